"""The rule runbook-escalation."""

import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.runbooks import escalations, said_in
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/runbooks/runbook-api.md"
_TEAM = '[people.ana]\nnames = ["Ana Ruiz"]\nrole = "backup"\n[people.oncall]\n[channels]\nops = "#ops"\n'
_EN = "# Runbook: API\n\n## Rollback / escalation\n- Rollback: redeploy the old image.\n- Escalation: {}\n"
_FR = "# Runbook : API\n\n## Rollback / escalade\n- Rollback : remettre l'image.\n- Escalade : {}\n"


class RunbookEscalation(DocumentRule):
    """A runbook says whom to call, by a name or a role that the roster has, and where.

    *Escalate if needed* leaves whoever is alone at night to look for a name and a number. The roster is what
    `[people]` lists, and the channels are those of `[channels]`; without the one nobody is asked for a name, without
    the other for no channel. A channel may be told anywhere in the runbook: `#ops`, a number, an address.

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
    )
    invalid = (
        Example(_EN.format("ask somebody in #ops."), ("Rollback / escalation",), _PATH, config=_TEAM),
        Example(_FR.format("prévenir @oncall."), ("Rollback / escalade",), _PATH, config=_TEAM),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each runbook whose escalation names nobody, or no channel."""
        process = document.process
        if role_of(document.profile) != "runbook" or not (process.people or process.channels):
            return
        sections = [section for section in escalations(document) if says_something(section)]
        if not sections:
            return
        said = " ".join(said_in(section.blocks) for section in sections)
        missing = []
        if process.people and not _names_somebody(said, document):
            missing.append("whom to call")
        if process.channels and not _names_a_channel(document):
            missing.append("where")
        section = sections[0]
        if missing and not document.holds_placeholder(section.body):
            someone = next((f"@{person.handle}" for person in process.people.people), "@oncall")
            channel = next(iter(process.channels.values()), "#ops")
            message = f"`{section.visible}` does not say {' and '.join(missing)}"
            hint = (
                f"write `après 15 minutes : appeler {someone}, et le dire dans {channel}`"
                if document.language == "fr"
                else f"write `after 15 minutes call {someone}, and say so in {channel}`"
            )
            yield self.finding(document, section.heading.text.span(), message, hint)


def _names_somebody(said: str, document: Document) -> bool:
    padded = f" {said} "
    people = document.process.people.people
    words = (
        word for person in people for word in (person.handle, *person.names, *person.emails, person.role)
    )
    return _duty().search(said) is not None or any(
        f" {key} " in padded for word in words if (key := fold(word))
    )


def _names_a_channel(document: Document) -> bool:
    text = "\n".join(document.source.lines)
    known = (channel for channel in document.process.channels.values() if channel)
    return any(channel in text for channel in known) or _channel().search(text) is not None


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
