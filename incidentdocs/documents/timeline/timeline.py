"""What happened when: the sections of a timeline become events, with those that are out of order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import NamedTuple

from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.date_order import in_one_order
from incidentdocs.documents.timeline.entries import Entry
from incidentdocs.documents.timeline.milestones import ROOT_CAUSE, milestone_in
from incidentdocs.documents.timeline.notations import read_entries
from incidentdocs.documents.timeline.order import SOME_DAY, Line, Order, put_in_order
from incidentdocs.documents.timeline.parts import Part, parts_of
from incidentdocs.documents.timeline.spans import Interval
from incidentdocs.documents.timeline.written_dates import YEARS
from incidentdocs.documents.timeline.zones import stated_zone
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Problem, Span

_MOST_ZONES = 4
"""People who write one timeline live in so many zones at most."""


class Event(NamedTuple):
    """One event of a timeline, whether or not its time can be read.

    `written` is the time as it stands at `span`, and `text` says what happened. The event lies from
    `start` up to `end`, an interval as wide as the writing is precise; both are in the event's own
    zone, where Python's differences ignore daylight saving: convert to UTC before you subtract. They
    are None where the time cannot be read. `first` and `last` are the beginning and the end as they are
    written, without what `~` leaves open; `clocked` says that a clock is written, and not a date alone.
    `day` is the day on which it begins. Where nothing dates the timeline (`dated` is False) the days are
    made up, and only the order of its events means anything. `date_written` says that the event carries
    its own date, `skipped` that the zone's clocks never showed its time, `unknown` that its author says
    openly that nobody knows it. `own_zone` is the zone that the event writes itself, `stated_zone` the
    one that its section states for all.
    """

    span: Span
    text: Text
    written: str
    start: datetime | None = None
    end: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None
    clocked: bool = False
    day: date | None = None
    dated: bool = False
    date_written: bool = False
    skipped: bool = False
    milestone: str | None = None
    placeholder: bool = False
    unknown: bool = False
    problem: Problem | None = None
    own_zone: tzinfo | None = None
    stated_zone: tzinfo | None = None


class Disorder(NamedTuple):
    """An event that is earlier than `before`, which stands above it.

    `ambiguous` where it may as well be the next day's; it is then read so, and that date is `event.day`.
    """

    event: Event
    before: Event
    ambiguous: bool


class Timeline(NamedTuple):
    """The events of a document's timelines in the file's order, and those that are out of order.

    `titles` are the lines and headings that are no events and date those below them, with their year.
    `incidents` is the number of incidents that they tell of: more than one only where the profile says
    how a document parts them.
    """

    events: tuple[Event, ...]
    disorders: tuple[Disorder, ...]
    incidents: int = 1
    titles: tuple[Event, ...] = ()


def read_timeline(sections: Sequence[Section], *, day: date | None, zone: tzinfo) -> Timeline:
    """Return the events of the sections that contain timelines; each section is a timeline of its own.

    So is each incident that the profile parts from others within a section, on the day that it names.

    `day` is the incident's date, None where it is unknown; `zone` is that of clocks without one.
    """
    known = day if day and day.year in YEARS else None
    parts = list(parts_of(sections, known))
    read = [_read_part(part, zone) for part in parts]
    told = {part.incident for part, timeline in zip(parts, read, strict=True) if timeline.events}
    return Timeline(
        tuple(event for timeline in read for event in timeline.events),
        tuple(disorder for timeline in read for disorder in timeline.disorders),
        max(len(told), 1),
        tuple(title for timeline in read for title in timeline.titles),
    )


def _read_part(part: Part, zone: tzinfo) -> Timeline:
    """Read one incident's timeline; where nothing in it has a time, its heading is its only event."""
    shared = stated_zone(part.section.visible, part.shared) if part.shared else None
    read = _read_section(part.section, part.day, shared or zone)
    if part.heading is None or read.events:
        return read
    headed = part.section._replace(blocks=(part.heading, *part.section.blocks))
    return _read_section(headed, part.day, shared or zone)


def _read_section(section: Section, day: date | None, zone: tzinfo) -> Timeline:
    own = section.profile.placeholders if section.profile else ()
    milestones = section.profile.milestones if section.profile else ()
    entries = in_one_order(tuple(read_entries(section.blocks, own)), day)
    named = [milestone_in(entry.text.source, milestones) for entry in entries]
    lines = [Line(entry, id == ROOT_CAUSE) for entry, id in zip(entries, named, strict=True)]
    known = day or _first_date(entries)
    stated = stated_zone(section.visible, section.blocks)
    zones = (stated,) if stated else _zones(entries, zone, known)
    order = put_in_order(lines, day=known or SOME_DAY, zones=zones)
    placed = zip(entries, named, order.when, strict=True)
    events = [
        _event(entry, id, when, dated=known is not None)._replace(stated_zone=stated)
        for entry, id, when in placed
    ]
    kept = tuple(event for entry, event in zip(entries, events, strict=True) if _happened(entry, event))
    dating = (entry for entry, when in zip(entries, order.when, strict=True) if when is None)
    return Timeline(kept, tuple(_disorders(order, events)), titles=tuple(_titles(dating)))


def _titles(entries: Iterable[Entry]) -> Iterator[Event]:
    """Yield the titles that are days with their year, as if each were what happened when its day began."""
    for entry in entries:
        written = entry.time.date if entry.time and entry.names_day else None
        day = written.on(first=SOME_DAY, last=SOME_DAY) if written and written.year is not None else None
        if day:
            begins = datetime.combine(day, datetime.min.time())
            yield Event(
                entry.span, entry.text, entry.written, first=begins, day=day, dated=True, date_written=True
            )


def _happened(entry: Entry, event: Event) -> bool:
    """Return whether an entry is an event; what only dates others, or counts from nothing, is none."""
    if entry.time and entry.time.shift and event.start is None:
        return False
    return bool(event.start or event.problem or event.placeholder or (entry.written and not entry.names_day))


def _disorders(order: Order, events: Sequence[Event]) -> Iterator[Disorder]:
    for clash in order.clashes:
        yield Disorder(events[clash.at], events[clash.above], clash.ambiguous)


def _first_date(entries: Sequence[Entry]) -> date | None:
    """Return the first date that is written with its year."""
    times = (entry.time for entry in entries if entry.time)
    dates = (time.date for time in times if time.date and time.date.year is not None)
    return next((day for found in dates if (day := found.on(first=SOME_DAY, last=SOME_DAY))), None)


def _zones(entries: Sequence[Entry], zone: tzinfo, day: date | None) -> tuple[tzinfo, ...]:
    """Return the zones in which clocks without one may be meant, the likeliest first.

    Where the section states none, the first event may have given it for all, or any other event that says
    in brackets what the rest take for granted. An offset that is the zone's own on that day gives no other:
    it only says which of two equal hours is meant.
    """
    written = [entry.time.zone for entry in entries if entry.time]
    firsts = [first for first in written[:1] if first and not (day and _is_own(first, zone, day))]
    others = dict.fromkeys(found for found in written if found)
    return tuple(dict.fromkeys((*firsts, zone, *islice(others, _MOST_ZONES))))


def _is_own(written: tzinfo, zone: tzinfo, day: date) -> bool:
    """Return whether a written offset is the one that `zone` has when `day` begins, or when it ends."""
    begin, end = (datetime.combine(day, clock) for clock in (datetime.min.time(), datetime.max.time()))
    return written.utcoffset(begin) in (zone.utcoffset(begin), zone.utcoffset(end))


def _event(entry: Entry, milestone: str | None, when: Interval | None, *, dated: bool) -> Event:
    return Event(
        span=entry.span,
        text=entry.text,
        written=entry.written,
        start=when.start.astimezone(when.zone) if when else None,
        end=when.end.astimezone(when.zone) if when else None,
        first=when.first.astimezone(when.zone) if when else None,
        last=when.last.astimezone(when.zone) if when else None,
        clocked=bool(entry.time and (entry.time.shift or entry.time.clock is not None)),
        day=when.day if when else None,
        dated=dated and when is not None,
        date_written=bool(entry.time and entry.time.date),
        skipped=bool(when and when.oddity == "skipped" and dated),
        milestone=milestone,
        placeholder=entry.placeholder,
        unknown=entry.unknown,
        problem=entry.problem or _problem(entry, when),
        own_zone=entry.time.zone if entry.time else None,
    )


def _problem(entry: Entry, when: Interval | None) -> Problem | None:
    if when and when.oddity == "backwards":
        hint = "write the earlier time first, or the date of the end: `2026-03-14 23:50 - 2026-03-15 00:10`"
        return Problem(entry.span, f"the range `{entry.written}` ends before it begins", hint)
    return None
