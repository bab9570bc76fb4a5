"""The rule runbook-escalation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import ClassVar

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.runbooks import escalations, said_in
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import texts_in
from incidentdocs.markdown.places import Span
from incidentdocs.process.people import Person
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

_MOST_REASONS = 5
"""So many people are told of in one finding."""

_PATH = "docs/runbooks/runbook-api.md"
_TEAM = '[people.ana]\nnames = ["Ana Ruiz"]\nrole = "backup"\n[people.oncall]\n[channels]\nops = "#ops"\n'
_LEFT = '[people.luc]\nnames = ["Luc Petit"]\nrole = "backup"\nuntil = 2026-01-31\n[people.ana]\n[channels]\nops = "#ops"\n'
_EN = "# Runbook: API\n\n## Rollback / escalation\n- Rollback: redeploy the old image.\n- Escalation: {}\n"
_FR = "# Runbook : API\n\n## Rollback / escalade\n- Rollback : remettre l'image.\n- Escalade : {}\n"


class RunbookEscalation(DocumentRule):
    """A runbook says whom to call, by a name or a role that the roster has, and where.

    *Escalate if needed* leaves whoever is alone at night to look for a name and a number, and so does the name of
    somebody who has left. The roster is what `[people]` lists, with who is there today, and the channels are those of
    `[channels]`; without the one nobody is asked for a name, without the other for no channel. A role that only
    people who left had calls nobody. A channel may be told anywhere in the runbook: `#ops`, a number, an address.

    Write the role and the channel: *after 15 minutes call @oncall, and say so in #ops*.
    """

    name = "runbook-escalation"
    severity: ClassVar[Severity] = "warning"
    completeness = True
    valid = (
        Example(_EN.format("after 15 minutes call @oncall, and say so in #ops."), path=_PATH, config=_TEAM),
        Example(_EN.format("Ana Ruiz, +33 1 99 00 12 34."), path=_PATH, config=_TEAM),
        Example(_EN.format("ask somebody."), path=_PATH),
        Example(_FR.format("appeler l'astreinte, puis prévenir #ops."), path=_PATH, config=_TEAM),
        Example(_EN.format("call @luc, and say so in #ops."), path=_PATH, config=_LEFT, today="2026-01-31"),
    )
    invalid = (
        Example(_EN.format("ask somebody in #ops."), ("Rollback / escalation",), _PATH, config=_TEAM),
        Example(_FR.format("prévenir @oncall."), ("Rollback / escalade",), _PATH, config=_TEAM),
        Example(
            _EN.format("call the backup, and say so in #ops."),
            ("Rollback / escalation",),
            _PATH,
            config=_LEFT,
        ),
        Example(
            _FR.format("appeler @zoe, et le dire dans #ops."), ("Rollback / escalade",), _PATH, config=_LEFT
        ),
        Example(_FR.format("appeler @luc, puis @ana, et le dire dans #ops."), ("@luc",), _PATH, config=_LEFT),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each runbook whose escalation names nobody, or no channel, and for each who has left."""
        process = document.process
        if role_of(document.profile) != "runbook" or not (process.people or process.channels):
            return
        sections = [section for section in escalations(document) if says_something(section)]
        if not sections:
            return
        said = " ".join(said_in(section.blocks) for section in sections)
        mentions = list(_mentions(sections)) if process.people else []
        section, why = sections[0], ""
        missing: list[str] = []
        if document.holds_placeholder(section.body):
            return
        if process.people and not _names_somebody(said, document):
            missing.append("whom to call")
            why = _why(said, mentions, document)
        else:
            yield from self._gone(document, mentions)
        if process.channels and not _names_a_channel(document):
            missing.append("where")
        if missing:
            message = f"`{section.visible}` does not say {' and '.join(missing)}{why}"
            yield self.finding(document, section.heading.text.span(), message, _hint(document))

    def _gone(self, document: Document, mentions: Sequence[tuple[str, Span]]) -> Iterator[Finding]:
        """Yield a finding for each who is called by a handle, beside others, and has left."""
        for written, span in mentions:
            person = document.process.people.find(written)
            if person and not _is_there(person, document):
                hint = f"write who does it now, such as `{_someone(document)}`"
                yield self.finding(document, span, _absent(written, person), hint)


def _hint(document: Document) -> str:
    someone, channel = _someone(document), next(iter(document.process.channels.values()), "#ops")
    if document.language == "fr":
        return f"write `après 15 minutes : appeler {someone}, et le dire dans {channel}`"
    return f"write `after 15 minutes call {someone}, and say so in {channel}`"


def _someone(document: Document) -> str:
    """Return the handle of the first person of the roster who is there."""
    there = (person for person in document.process.people.people if _is_there(person, document))
    return next((f"@{person.handle}" for person in there if person.kind == "person"), "@oncall")


def _is_there(person: Person, document: Document) -> bool:
    """Return whether somebody can be called today: the day of the night in which a runbook is read, not written."""
    today = document.process.today
    return today == date.max or person.present(today)


def _absent(written: str, person: Person) -> str:
    if person.until and not (person.since and person.since > person.until):
        return f"`{written}` left on {person.until}"
    return f"`{written}` is there from {person.since} on"


def _mentions(sections: Iterable[Section]) -> Iterator[tuple[str, Span]]:
    """Yield the handles that the sections write, with their `@`, and where; a team with a slash is none."""
    for section in sections:
        for text in texts_in(section.blocks):
            for found in _handle().finditer(text.source) if "@" in text.source else ():
                yield found[0], text.span(*found.span())


def _names_somebody(said: str, document: Document) -> bool:
    people = document.process.people.people
    named = any(_is_named(person, said) for person in people if _is_there(person, document))
    return named or _duty().search(said) is not None


def _is_named(person: Person, said: str) -> bool:
    words = (person.handle, *person.names, *person.emails, person.role)
    return any(f" {key} " in f" {said} " for word in words if (key := fold(word)))


def _why(said: str, mentions: Sequence[tuple[str, Span]], document: Document) -> str:
    """Return why nobody whom the sections name can be called, empty where they name nobody."""
    people = document.process.people
    reasons = dict.fromkeys(
        f"`{written}` is not in the roster" for written, _ in mentions if not people.find(written)
    )
    for person in people.people:
        if not _is_there(person, document) and _is_named(person, said):
            role = "" if _is_named(person._replace(role=""), said) else f"the {person.role}, "
            reasons[f"{role}{_absent(f'@{person.handle}', person)}"] = None
    return f": {', '.join(islice(reasons, _MOST_REASONS))}" if reasons else ""


def _names_a_channel(document: Document) -> bool:
    text = "\n".join(document.source.lines)
    known = (channel for channel in document.process.channels.values() if channel)
    return any(channel in text for channel in known) or _channel().search(text) is not None


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@.+-])@[^\W_](?:[\w-]{0,60}\w)?(?![\w/@]|\.\w)")


@cache
def _duty() -> re.Pattern[str]:
    """Return what matches the role that everybody has, in folded words."""
    return re.compile(r"\b(?:on ?call|astreinte|duty (?:manager|officer)|incident commander)\b")


@cache
def _channel() -> re.Pattern[str]:
    word = r"\b(?:slack|teams|mattermost|matrix|pager\w*|opsgenie|phone|hotline|t[ée]l(?:[ée]phone)?\b)"
    return re.compile(
        rf"(?<![\w#&/])\#[a-z][\w-]{{1,80}}|[\w.+-]{{1,64}}@[\w-]{{1,64}}\.\w|(?i:{word})|\+?\d{{2}}(?:[ .]?\d){{7,13}}"
    )
