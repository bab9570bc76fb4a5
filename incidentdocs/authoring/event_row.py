"""One more event gets its row in a document's timeline, where its time belongs."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from itertools import product
from typing import NamedTuple

from incidentdocs.authoring.event_spot import Spot, section_at, spots
from incidentdocs.authoring.new_document import one_line
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.documents.timeline.zones import stated_zone
from incidentdocs.editing.edits import Edit, edited
from incidentdocs.errors import UsageError, nearest
from incidentdocs.markdown.blocks import Block, Row, Table, walk
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.profile import MilestoneProfile

_COLON = {"fr": " : ", "en": ": "}
_BULLET = "- "
_BETWEEN = (" ", " : ", " — ", " \\", " : \\")
"""What may stand between a time and its words: the first with which the time is read as it is meant."""

_SIGNS = " :—\\"

_MINUTE = timedelta(minutes=1)


class _New(NamedTuple):
    """An event that is still to be written: when it was, on the timeline's clock, and its words."""

    moment: datetime
    words: str
    milestone: str | None


def with_event(
    text: str, document: Document, moment: datetime, words: str, *, milestone: str | None = None
) -> str:
    """Return `text`, which was read as `document`, with one more event in its timeline.

    `moment` is aware; it is written to the minute on the timeline's clock, with its date where that changes
    and its offset in an hour that the zone repeats. The row stands where its time belongs and has the form of
    those around it; the template's row for the `milestone` gives way to it. Every other event stays when it
    was. UsageError for an unknown `milestone`, and where no row would be read back as it is meant.
    """
    if milestone is not None:
        _refuse_unknown(document, milestone)
    zone = _zone(document)
    local = moment.astimezone(zone).replace(second=0, microsecond=0)
    new = _New(local, _words(document, words, milestone), milestone)
    for edits in _ways(document, new):
        if _holds(document, edits, new):
            return edited(text, edits)
    raise UsageError(
        f"{document.path}: no row for {local:%Y-%m-%d %H:%M} would be read back as it is meant",
        hint=f"write it into the timeline by hand: - {local:%Y-%m-%d %H:%M}{_offset(local)} {new.words}",
    )


def milestones_of(document: Document) -> tuple[MilestoneProfile, ...]:
    """Return the milestones that the document's profile knows, in the order in which they are expected."""
    return tuple(each for section in document.profile.sections for each in section.milestones)


def _refuse_unknown(document: Document, milestone: str) -> None:
    known = [each.id for each in milestones_of(document)]
    if milestone not in known:
        near = nearest(milestone, known)
        meant = f"did you mean {near}? " if near else ""
        raise UsageError(
            f"{document.path} has no milestone {milestone!r}",
            hint=f"{meant}it has {', '.join(known) or 'none'}",
        )


def _zone(document: Document) -> tzinfo:
    """Return the zone of the timeline's clock: the one that its section states, else the documents'."""
    sections = document.sections_containing("timeline")
    stated = (stated_zone(section.visible, section.blocks) for section in sections)
    return next((zone for zone in stated if zone), document.process.zone)


def _words(document: Document, words: str, milestone: str | None) -> str:
    said = inert(one_line(words))
    known = next((each for each in milestones_of(document) if each.id == milestone), None)
    if known is None:
        return said
    label = document.in_language(known.label)
    return f"{label}{_COLON.get(document.language, ': ')}{said}" if said else label


def inert(words: str) -> str:
    """Return words whose `<` begins no HTML and no comment; what else they mark up is meant."""
    return _opening().sub(r"\\<", words)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)<(?=[A-Za-z/!?](?![A-Za-z0-9+.-]{1,31}:))")


def _ways(document: Document, new: _New) -> Iterator[list[Edit]]:
    """Yield the ways of writing the event, the plainest first."""
    for spot in spots(document, new.moment):
        datings, times = _datings(document, spot, new.moment), _times(document, spot, new.moment)
        for between, dated, time in product(_BETWEEN, datings, times):
            gap = _gap(document, new.milestone)
            yield [*_put_in(document, spot, time, between + new.words if new.words else ""), *dated, *gap]


def _times(document: Document, spot: Spot, local: datetime) -> Iterator[str]:
    """Yield the ways of writing a time, from a bare clock to date and offset."""
    before = spot.above.day if spot.above else document.date
    day = "" if before == local.date() else f"{local:%Y-%m-%d} "
    offset = _offset(local)
    if not _repeated(local):
        yield f"{day}{local:%H:%M}"
    yield f"{day}{local:%H:%M}{offset}"
    yield f"{local:%Y-%m-%d %H:%M}{offset}"


def _repeated(local: datetime) -> bool:
    """Return whether the zone shows this clock twice."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _offset(local: datetime) -> str:
    offset = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // _MINUTE, 60)
    return f" UTC-{hours:02}:{minutes:02}" if offset < timedelta() else f"+{hours:02}:{minutes:02}"


def _datings(document: Document, spot: Spot, local: datetime) -> Iterator[list[Edit]]:
    """Yield what is written at the event below, so that it stays when it was."""
    below = spot.below
    if below is None or below.first is None or below.day is None or below.date_written:
        yield []
        return
    if below.day == local.date():
        yield []
    start, end = Span(*below.span[:2], *below.span[:2]), Span(*below.span[2:], *below.span[2:])
    dated = Edit(start, f"{below.day} ")
    yield [dated]
    if below.own_zone is None:
        yield [dated, Edit(end, _offset(below.first.astimezone(document.process.zone)))]


def _put_in(document: Document, spot: Spot, time: str, rest: str) -> Iterator[Edit]:
    like = spot.above or spot.below or _any_event(document)
    if like is None:
        row = f"{_heading_above(document)}{_BULLET}{time}{rest}"
    elif cells := _cells(document, like):
        row = _table_row(cells, like, time, rest)
    else:
        row = f"{_marker(document, like)}{time}{rest}"
    end = len(document.source.lines[spot.line - 1]) + 1 if spot.line else 1
    yield Edit(Span(max(spot.line, 1), end, max(spot.line, 1), end), f"\n{row}")


def _any_event(document: Document) -> Event | None:
    return next(iter(document.timeline.events), None) if document.timeline else None


def _heading_above(document: Document) -> str:
    """Return what comes before the first event of all: a heading where the timeline has no section yet."""
    sections = document.sections_containing("timeline")
    if not sections:
        told = [each for each in document.profile.sections if each.contains == "timeline"]
        return f"\n{document.heading(document.in_language(told[0].title))}\n" if told else "\n"
    return "\n" if sections[-1].blocks else ""


def _marker(document: Document, like: Event) -> str:
    """Return what begins a row of the form of an event's: a bullet, a number, a heading's signs."""
    row = document.source.lines[like.span.line - 1]
    found = _row_marker().match(row[: like.span.column - 1])
    return found[0] if found else _BULLET


@cache
def _row_marker() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|#{1,6})\s+")


def _cells(document: Document, like: Event) -> Row | None:
    blocks: Sequence[Block] = section_at(document, like.span.line).blocks
    tables = (block for block in walk(blocks) if isinstance(block, Table))
    rows = (row for table in tables for row in table.rows)
    return next((row for row in rows if row.first == like.span.line), None)


def _table_row(like: Row, event: Event, time: str, rest: str) -> str:
    """Return a row of as many cells as another, with the time and the words in the columns of its own."""
    cells = ["" for _ in like.cells]
    places = [cell.span() for cell in like.cells]
    clock = next(i for i, place in enumerate(places) if place[:2] <= event.span[:2] <= place[2:])
    words = [
        i for i, cell in enumerate(like.cells) if cell.starts[:1] == event.text.starts[:1] and i != clock
    ]
    said = rest.lstrip(_SIGNS).replace("|", r"\|")
    cells[clock] = time if words else f"{time} {said}"
    if words:
        cells[words[0]] = said
    return f"| {' | '.join(cells)} |"


def _gap(document: Document, milestone: str | None) -> Iterator[Edit]:
    """Yield the edit that takes away the template's row for a milestone."""
    events = document.timeline.events if document.timeline else ()
    gap = next((e for e in events if e.placeholder and milestone and e.milestone == milestone), None)
    if gap:
        row = document.source.lines[gap.span.line - 2] if gap.span.line > 1 else ""
        yield Edit(Span(gap.span.line - 1, len(row) + 1, gap.span.line, _length(document, gap.span.line)), "")


def _length(document: Document, line: int) -> int:
    return len(document.source.lines[line - 1]) + 1


def _holds(document: Document, edits: Sequence[Edit], new: _New) -> bool:
    """Return whether with `edits` every event keeps its moment, and the new one has its own."""
    text = edited("\n".join(document.source.lines), edits)
    again = read_document(document.path, parse(text), document.profile, document.process)
    if again.timeline is None:
        return False
    before = list(document.timeline.events) if document.timeline else []
    after = list(again.timeline.events)
    told = [event for event in after if _is_new(event, new)]
    disorders = len(document.timeline.disorders) if document.timeline else 0
    gone = next((e for e in before if new.milestone and e.placeholder and e.milestone == new.milestone), None)
    kept = [_instant(event) for event in before if event is not gone]
    for event in told:
        rest = [_instant(each) for each in after if each is not event]
        if rest == kept and len(again.timeline.disorders) <= disorders:
            return True
    return False


def _is_new(event: Event, new: _New) -> bool:
    same = event.first is not None and event.first.astimezone(UTC) == new.moment.astimezone(UTC)
    said = event.text.source.replace(r"\|", "|").strip(_SIGNS) == new.words.strip(_SIGNS)
    return same and said and not event.problem and (event.milestone == new.milestone or new.milestone is None)


def _instant(event: Event) -> tuple[str, datetime | None, datetime | None]:
    first, last = (moment.astimezone(UTC) if moment else None for moment in (event.first, event.last))
    return event.text.source, first, last
