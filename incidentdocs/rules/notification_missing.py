"""The rule notification-missing."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.communications import Kind, communication_text, facts_of, on_call_of
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import Handling, handling, is_resolved
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span
from incidentdocs.process.communication import handles
from incidentdocs.rules.rule import DocumentRule, Example

_FAR = 500
_SHORTEST = 3
"""A first name of fewer letters may be another word."""

_PATH = "docs/incidents/2026-03-14-disk-full.md"
_FR = (
    '---\nseverity: SEV1\nresolved: 2026-03-14 03:20\noncall: ["@oncall"]\nbackup: ["@backup"]\ndata-loss: {}\n---\n'
    "# Incident : disque plein\n\n## Timeline\n- 02:05 detection\n"
)
_EN = (
    "---\nseverity: SEV2\nresolved: 2026-03-14 15:20\nuser-facing: {}\n---\n"
    "# Incident: API slow\n\n## Timeline\n- 14:05 detection\n"
)


class NotificationMissing(DocumentRule):
    """Everybody whom the table asks for is told of an incident.

    The backup is told of every SEV1 and SEV2, others where data was lost, and all get an e-mail where the table of
    `[communication.notify]` asks for one. Who is told too late can neither help nor answer. Somebody is told where a
    communication names them, or an event of the timeline, or what a step brought. A ticked box tells nothing: passing a
    step ticks all of its boxes.

    Tell them and record it; `incidentdocs comm update --to @backup` does. An incident that is still open is asked about them
    once its triage is passed, about the e-mail once it is resolved.
    """

    name = "notification-missing"
    severity = "warning"
    valid = (
        Example(
            f"{_FR.format('oui')}- 02:10 communication : annonce dans #ops, à @backup, @lead\n"
            "- 03:30 communication : e-mail à tous\n",
            path=_PATH,
        ),
        Example(
            f"{_EN.format('no')}- 14:10 communication: announcement in #ops\n- 14:15 the backup is called\n",
            path=_PATH,
        ),
        Example(
            "---\nseverity: SEV1\n---\n# Incident: disk full\n\n## Timeline\n- 02:12 communication: banner up\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            f"{_FR.format('oui')}- 02:10 communication : annonce dans #ops, à @backup\n",
            ("Timeline", "Timeline"),
            path=_PATH,
        ),
        Example(
            f"{_EN.format('yes')}- 14:10 communication: announcement in #ops, to @backup\n",
            ("Timeline",),
            path=_PATH,
        ),
        Example(
            f"{_EN.format('no')}- 14:10 communication: announcement in #ops\n", ("Timeline",), path=_PATH
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each person who is told nowhere, and one where the e-mail to all is missing."""
        handled = handling(document)
        if handled is None or not (is_resolved(document) or _triaged(handled)):
            return
        notice, facts = document.process.communication.notice(document.severity), facts_of(document)
        said = f" {' '.join(_said(document, handled))} "
        told = {person.casefold() for sent in handled.sent for person in sent.people}
        for word in notice.told(facts):
            handle = next(handles((word,), document.process.people, on_call_of(document)))
            known = any(f" {fold(name)} " in said for name in _names(document, word, handle))
            if handle.casefold() not in told and not known:
                text = self._text(document, "update", handle)
                message = f"a {document.severity} asks that {handle} is told, and no communication or event names them"
                hint = f"once they are, write when: `- HH:MM {text}`"
                yield self.finding(document, _place(document), message, hint)
        mailed = handled.of("email") or _mailed().search(said)
        if is_resolved(document) and facts.give(notice.email) and not mailed:
            hint = f"once it is sent, write when: `- HH:MM {self._text(document, 'email')}`"
            message = "the table asks for an e-mail to all, and nothing records one"
            yield self.finding(document, _place(document), message, hint)

    def _text(self, document: Document, kind: Kind, *people: str) -> str:
        where = document.process.communication.channel if people else ""
        return communication_text(kind, document.language, where=where, people=people)


def _triaged(handled: Handling) -> bool:
    """Return whether the step in which people are told was passed, or one after it."""
    asks = next((each for each in handled.steps if each.step and _tells(each.step.checks)), None)
    return asks is not None and (asks.passed or handled.passed_after(asks) is not None)


def _tells(checks: tuple[str, ...]) -> bool:
    return any("{notified}" in check for check in checks)


def _said(document: Document, handled: Handling) -> Iterator[str]:
    """Yield, folded, what events tell, what steps brought, and who says so."""
    for event in document.timeline.events if document.timeline else ():
        yield fold(plain(event.text.source[:_FAR]))
    for taken in handled.steps:
        if (output := taken.done.output) and output.said:
            yield fold(plain(output.said[:_FAR]))
            yield fold(output.by)


def _names(document: Document, word: str, handle: str) -> Iterator[str]:
    """Yield what somebody may be called: by the table's word, by handle, by role, by name or its first part."""
    yield from (word, handle)
    names = document.words(word.removeprefix("@"))
    if person := document.process.people.find(handle):
        names = (*names, *person.names)
        yield from filter(None, (person.role,))
    yield from names
    yield from (first for name in names for first in name.split()[:1] if len(first) >= _SHORTEST)


def _place(document: Document) -> Span:
    """Return where the record is missing: the timeline's heading, the title where there is none."""
    section = next(iter(document.sections_containing("timeline")), None)
    return section.heading.text.span() if section else document.title_span()


@cache
def _mailed() -> re.Pattern[str]:
    mail = r"\b(?:e mails?|emails?|mails?|courriels?)\b"
    everybody = (
        r"\b(?:all|everybody|everyone|tous|toutes|tout le monde|users|customers|clients|utilisateurs)\b"
    )
    sent = r"\b(?:sent|sends?|envoye\w*|envoi|went out|goes out|partie?s?)\b"
    return re.compile(
        rf"{mail}.{{0,60}}?(?:{everybody}|{sent})|{everybody}.{{0,40}}?{mail}|{sent}.{{0,40}}?{mail}"
    )
