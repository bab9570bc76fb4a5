"""The rule impact-contradiction."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache

from incidentdocs.clock import parse_duration
from incidentdocs.documents.document import Document
from incidentdocs.documents.impact import Value
from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.milestones import RESTORED
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.blocks import Block, Paragraph, Table, Text, walk
from incidentdocs.markdown.inline import plain
from incidentdocs.process.business_hours import working_time
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Impact\n- Downtime: 45m\n- Users affected: {}\n- Data loss: no\n"
_FR = "# Post-mortem : panne de l'API\n\n## Impact\n- Duree downtime : 45m\n- Users impactes : {}\n- Data loss : non\n"


class ImpactContradiction(DocumentRule):
    """A downtime comes with whom or what it hit, or with why it hit nobody.

    A service that was down for an hour while no user was affected, nothing was lost and nothing is said is a
    riddle: either somebody was affected and nobody counted, or the service was not down, only slow, or it was night.
    Whoever weighs the next improvement by its impact needs to know which.

    Count the users, or say in a word why there were none: `0 (at night)`. Any other sentence of the impact that
    tells what was felt will do, and so does a timeline that lies outside of the working hours.
    """

    name = "impact-contradiction"
    severity = "warning"
    valid = (
        Example(_EN.format("0 (at night)")),
        Example(_EN.format("none") + "- Estimated cost: ~300 €\n"),
        Example(_FR.format("0") + "\nLes traitements de la nuit ont attendu le matin.\n"),
        Example(_FR.format("inconnu")),
        Example(_EN.format("0").replace("Data loss: no", "Data loss: no, but nine days without a backup")),
        Example(_EN.format("0").replace("45m", "none (slow)")),
        Example(
            _FR.format("0") + "\n## Timeline\n- 02:10 detection\n- 02:55 service restored\n- 10:00 annonce\n"
        ),
    )
    invalid = (
        Example(_EN.format("none"), ("none",)),
        Example(_FR.format("0") + "- Cout estime : 0 €\n", ("0",)),
        Example(
            "# Post-mortem: API down\n\n## Impact\n| | |\n|---|---|\n| Downtime | ~1h 30m |\n| Users affected | nobody |\n",
            ("nobody",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where a service was down and the impact says that nobody and nothing was hit."""
        told = {value.field.id: value for value in reversed(document.values)}
        users, downtime = told.get("users"), told.get("downtime")
        if users is None or downtime is None or not _is_nobody(users) or not _was_down(downtime):
            return
        if document.answer("user-facing") is False or not all(map(_is_nothing, _others(document))):
            return
        held = any(document.holds_placeholder(value.text.span()) for value in document.values)
        if held or _says_more(document) or _was_after_work(document):
            return
        written, label = plain(users.text.source), plain(users.label.source)
        french = document.language == "fr"
        example = f"{label}{' :' if french else ':'} {written} ({'la nuit' if french else 'at night'})"
        message = f"a downtime of `{plain(downtime.text.source)}`, and nobody and nothing was affected"
        hint = f"count who was, or write why nobody was: `{example}`"
        yield self.finding(document, users.text.span(), message, hint)


def _is_nobody(value: Value) -> bool:
    return value.problem is None and _nobody().fullmatch(fold(plain(value.text.source))) is not None


@cache
def _nobody() -> re.Pattern[str]:
    who = r"(?: (?:users?|customers?|clients?|utilisateurs?|personnes?|people))?"
    return re.compile(rf"(?:0|zero|no|none|nobody|no one|nil|aucune?|personne|nul|neant|pas d){who}")


def _was_down(value: Value) -> bool:
    """Return whether a downtime is some time and not a word more."""
    bare = plain(value.text.source).strip(" ~≈.")
    return (
        isinstance(value.parsed, timedelta)
        and value.parsed > timedelta(0)
        and parse_duration(bare) is not None
    )


def _others(document: Document) -> Iterator[Value]:
    return (value for value in document.values if value.field.id not in ("users", "downtime"))


def _is_nothing(value: Value) -> bool:
    """Return whether another value tells of no impact either, and not a word more: no, nothing, unknown."""
    if len(fold(value.text.source).split()) > 2:
        return False
    if value.parsed in (None, False) or value.parsed == 0:
        return value.problem is None
    return isinstance(value.parsed, str) and _nothing().match(fold(value.parsed)) is not None


@cache
def _nothing() -> re.Pattern[str]:
    return re.compile(
        r"(?:no|none|nothing|n a|aucune?|nul|neant|negligible|negligeable|rien|non|0|inconnue?|unknown)\b"
    )


def _says_more(document: Document) -> bool:
    """Return whether the impact has words beside its values: they tell or explain."""
    covered = {line for value in document.values for line in _lines(value)}
    sections = document.sections_containing("fields")
    return any(_has_words(text, covered) for section in sections for text in _texts(section))


def _was_after_work(document: Document) -> bool:
    """Return whether nobody was at work from the first event to the restoration, which explains much."""
    events = [event for event in document.timeline.events if event.first] if document.timeline else []
    ends = [event for event in events if event.milestone == RESTORED] or events
    if not events:
        return False
    first, last = (
        event.first.astimezone(document.process.zone) for event in (events[0], ends[-1]) if event.first
    )
    return not working_time(first, last + timedelta(minutes=1), document.process.hours)


def _lines(value: Value) -> range:
    return range(value.label.starts[0].line, value.text.span().end_line + 1)


def _texts(section: Section) -> Iterator[Text]:
    for block in walk(section.blocks):
        yield from _of_block(block)


def _of_block(block: Block) -> Sequence[Text]:
    match block:
        case Paragraph(text=text):
            return (text,)
        case Table(rows=rows):
            return tuple(cell for row in rows for cell in row.cells)
        case _:
            return ()


def _has_words(text: Text, covered: set[int]) -> bool:
    rows = zip(text.source.split("\n"), text.starts, strict=False)
    return any(start.line not in covered and bool(plain(row)) for row, start in rows)
