"""The events of an incident's timeline become the beginning of its post-mortem's."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from incidentdocs.clock import local_date
from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.milestones import DETECTION, RESTORED, milestone_in
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.editing.edits import Edit
from incidentdocs.markdown.places import Span

CLOCK = "HH:MM"


class _Line(NamedTuple):
    """Some rows of a timeline, when what they tell began, and on which day they say so, None for any."""

    when: datetime
    rows: tuple[str, ...]
    undated: date | None = None
    dated: date | None = None


def carried_timeline(begun: Document, incident: Document) -> Iterator[Edit]:
    """Yield the edits by which the timeline of a post-mortem just `begun` has the events of `incident`.

    They stand in the order in which they happened. A milestone that no event names takes the time that a
    field gives, and is still a gap where none does.
    """
    gaps = [event for event in (begun.timeline.events if begun.timeline else ()) if event.placeholder]
    milestones = [each for section in begun.profile.sections for each in section.milestones]
    told = list(_told(incident))
    known = {milestone_in(event.text.source, milestones) for event in told}
    lines = list(_event_lines(incident))
    for gap in gaps:
        place = Span(gap.span.line, 1, gap.span.line + 1, 1)
        moment = None if gap.milestone in known else _moment(gap.milestone, incident)
        row = begun.source.lines[gap.span.line - 1]
        if moment:
            row = row.replace(CLOCK, _clock(moment, incident), 1)
        if moment and lines:
            lines.append(_Line(moment, (row,), dated=local_date(moment, incident.process.zone)))
        elif moment:
            yield Edit(place, f"{row}\n")
        if lines and (moment or gap.milestone in known):
            yield Edit(place, "")
    if gaps and lines:
        rows = "".join(f"{row}\n" for row in _rows(lines, begun.date))
        yield Edit(Span(gaps[0].span.line, 1, gaps[0].span.line, 1), rows)


def _told(incident: Document) -> Iterator[Event]:
    for event in incident.timeline.events if incident.timeline else ():
        if event.start and not event.placeholder:
            yield event


def _event_lines(incident: Document) -> Iterator[_Line]:
    """Yield the rows of each event, with what stands below it, as the incident's document has them.

    An event of a table, or one that is a heading, becomes an item of a list.
    """
    every = incident.timeline.events if incident.timeline else ()
    for section in incident.sections_containing("timeline"):
        own = [event for event in every if section.heading.last < event.span.line <= section.last]
        titles = (title.span.line for title in incident.timeline.titles) if incident.timeline else ()
        ends = sorted({*(event.span.line for event in own), *titles, section.last + 1})
        below = dict(pairwise(ends))
        for event in own:
            if event.start and not event.placeholder:
                rows = incident.source.lines[event.span.line - 1 : below[event.span.line] - 1]
                if not _item().match(rows[0]):
                    rows = (f"- {event.written} {' '.join(event.text.source.split())}",)
                yield _Line(event.start, tuple(row for row in rows if row.strip()), *_days(event))


def _days(event: Event) -> tuple[date | None, date | None]:
    """Return the day of an event whose clock stands without one, and the day that an event writes."""
    if not event.dated or event.date_written:
        return None, event.day if event.dated else None
    return (event.day if _bare_clock().match(event.written) else None), None


def _rows(lines: Iterable[_Line], day: date | None) -> Iterator[str]:
    """Yield the rows in the order of time, each with its date where it changes."""
    # Of one zone Python compares the clocks alone, and not the instants in an hour that comes twice.
    for line in sorted(lines, key=lambda line: line.when.astimezone(UTC)):
        first, *others = line.rows
        if line.undated and line.undated != day:
            first = _bare_clock().sub(rf"{line.undated} \g<0>", first, count=1)
        day = line.undated or line.dated or day
        yield from (first, *others)


def _moment(milestone: str | None, incident: Document) -> datetime | None:
    if milestone == DETECTION:
        return incident.moment("detected") or incident.moment("started")
    return incident.moment("resolved") if milestone == RESTORED else None


def _clock(moment: datetime, incident: Document) -> str:
    day = local_date(moment, incident.process.zone)
    local = moment.astimezone(incident.process.zone) if day else moment
    return f"{local:%H:%M}" if day == incident.date else f"{local:%Y-%m-%d %H:%M}"


@cache
def _item() -> re.Pattern[str]:
    return re.compile(r"\s{0,3}(?:[-*+]|\d{1,9}[.)])\s")


@cache
def _bare_clock() -> re.Pattern[str]:
    return re.compile(r"(?<![\d:])~?\d{1,2}[:hH]\d{2}")
