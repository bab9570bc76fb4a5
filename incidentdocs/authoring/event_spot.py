"""Where one more event goes in a document's timeline: after which line, and between which events."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.milestones import DETECTION
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.markdown.blocks import Heading, ListItem, walk


class Spot(NamedTuple):
    """Where a row goes: at the end of the file's `line`, after the event `above` and before `below`."""

    line: int
    above: Event | None
    below: Event | None


def spots(document: Document, moment: datetime) -> Iterator[Spot]:
    """Yield where the row may go: before the first event that is later, else after the last that is not."""
    events = document.timeline.events if document.timeline else ()
    timed = [(at, event.first) for at, event in enumerate(events) if event.first]
    later = [at for at, first in timed if first.replace(second=0, microsecond=0) > moment]
    earlier = [at for at, first in timed if at not in later]
    if later:
        yield _before(document, events, later[0])
    if earlier:
        yield _after(document, events, earlier[-1])
    if not timed and events:
        ahead = [at for at, event in enumerate(events) if event.milestone != DETECTION]
        yield _before(document, events, ahead[0]) if ahead else _after(document, events, len(events) - 1)
    if not events:
        yield Spot(_last_row(document), None, None)


def _before(document: Document, events: Sequence[Event], at: int) -> Spot:
    above = next((event for event in reversed(events[:at]) if event.first), None)
    if at and events[at - 1].first:
        return Spot(_end_of(document, events, at - 1), above, events[at])
    return Spot(events[at].span.line - 1, above, events[at])


def _after(document: Document, events: Sequence[Event], at: int) -> Spot:
    below = events[at + 1] if at + 1 < len(events) and events[at + 1].first else None
    return Spot(_end_of(document, events, at), events[at] if events[at].first else None, below)


def _end_of(document: Document, events: Sequence[Event], at: int) -> int:
    """Return the last line of what belongs to an event: its item, or all that stands below its heading."""
    line = events[at].span.line
    section = section_at(document, line)
    following = min((e.span.line for e in events if e.span.line > line), default=section.last + 1)
    around = [block for block in walk(section.blocks) if block.first <= line <= block.last]
    if around and isinstance(around[-1], Heading):
        ends = [b.first for b in section.blocks if isinstance(b, Heading) and b.first > line]
        last = min([following, *ends, section.last + 1]) - 1
    else:
        items = [block.last for block in around if isinstance(block, ListItem)]
        last = min(items[-1] if items else line, following - 1)
    rows = document.source.lines[:last]
    return next(number for number in range(last, 0, -1) if rows[number - 1].strip() or number == line)


def section_at(document: Document, line: int) -> Section:
    """Return the section of a timeline in which the file's `line` stands."""
    sections = document.sections_containing("timeline")
    return next(s for s in reversed(sections) if s.heading.first <= line or s is sections[0])


def _last_row(document: Document) -> int:
    """Return the last line that says something of the timeline's section, else of the file."""
    sections = document.sections_containing("timeline")
    last = sections[-1].last if sections else len(document.source.lines)
    rows = document.source.lines[:last]
    return next((number for number in range(last, 0, -1) if rows[number - 1].strip()), 0)
