"""A written time on a given day becomes an interval of real time, daylight saving included."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from incidentdocs.documents.timeline.time_expressions import WrittenTime

ABOUT = timedelta(minutes=15)
"""How far on either side of it a time written with `~` may lie."""

TYPO = timedelta(hours=3)
"""Clocks that go back by less than this were not written on the next day."""

Oddity = Literal["", "skipped", "backwards"]


class Interval(NamedTuple):
    """The real time that one event may have happened in, from `start` up to `end`, both in UTC.

    `first` and `last` are the times as written. `oddity` says that the zone skips the hour, or that a
    range ends before it begins.
    """

    start: datetime
    end: datetime
    first: datetime
    last: datetime
    day: date
    zone: tzinfo
    oddity: Oddity = ""

    def precedes(self, other: "Interval") -> bool:
        """Return whether the whole of it lies before the other."""
        return self.end <= other.start

    def later(self, delta: timedelta, *, about: bool) -> "Interval":
        """Return the interval of an event that was `delta` later, as wide as this one, or as `~` makes it."""
        room = ABOUT if about else timedelta(0)
        start, end, first, last = (moment + delta for moment in (self.start, self.end, self.first, self.last))
        day = first.astimezone(self.zone).date()
        return Interval(start - room, end + room, first, last, day, self.zone)

    def clock(self, zone: tzinfo) -> datetime:
        """Return the wall clock of its beginning in `zone`, without the zone."""
        return self.first.astimezone(zone).replace(tzinfo=None)


def intervals(time: WrittenTime, day: date, until_day: date | None, zone: tzinfo) -> list[Interval]:
    """Return what `time` on `day` may mean, earliest first: two intervals in an hour that `zone` repeats."""
    if time.clock is None:
        return [_days(time, day, until_day or day, zone)]
    readings = []
    for first, skipped in _instants(day, time.clock, zone):
        last, oddity = _last(time, first, day, until_day, zone)
        readings.append(_interval(time, (first, last), day, zone, "skipped" if skipped else oddity))
    return [_spanning(readings)] if readings[0].oddity == "skipped" else readings


def _days(time: WrittenTime, first: date, last: date, zone: tzinfo) -> Interval:
    start, _ = _instants(first, timedelta(0), zone)[0]
    end, _ = _instants(max(first, last) + timedelta(days=1), timedelta(0), zone)[0]
    about = timedelta(days=1) if time.approximate else timedelta(0)
    return Interval(start - about, end + about, start, end - timedelta(microseconds=1), first, zone)


def _instants(day: date, clock: timedelta, zone: tzinfo) -> list[tuple[datetime, bool]]:
    """Return the instants at which clocks in `zone` show this, each with whether they never do."""
    wall = datetime.combine(day, datetime.min.time()) + clock
    both = sorted({wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)})
    skipped = all(instant.astimezone(zone).replace(tzinfo=None) != wall for instant in both)
    return [(instant, skipped) for instant in both]


def _last(
    time: WrittenTime, first: datetime, day: date, until_day: date | None, zone: tzinfo
) -> tuple[datetime, Oddity]:
    """Return when a range ends: after midnight where its clock goes back, unless that is a mistake."""
    assert time.clock is not None
    if time.until is None:
        return first, ""
    ends = [end for end, _ in _instants(until_day or day, time.until, zone) if end >= first]
    if ends:
        return ends[0], ""
    if until_day or time.clock - time.until < TYPO:
        return first, "backwards"
    return _instants(day + timedelta(days=1), time.until, zone)[0][0], ""


def _interval(
    time: WrittenTime, ends: tuple[datetime, datetime], day: date, zone: tzinfo, oddity: Oddity
) -> Interval:
    about = ABOUT if time.approximate else timedelta(0)
    first, last = ends
    return Interval(first - about, last + time.precision + about, first, last, day, zone, oddity)


def _spanning(readings: list[Interval]) -> Interval:
    """Return one interval over every reading of a clock that never was."""
    return readings[0]._replace(end=max(reading.end for reading in readings))
