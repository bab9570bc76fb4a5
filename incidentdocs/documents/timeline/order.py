"""The entries of a timeline get their dates, and those that stand out of order are found."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from incidentdocs.documents.timeline.entries import Entry
from incidentdocs.documents.timeline.spans import TYPO, Interval, intervals
from incidentdocs.documents.timeline.time_expressions import WrittenTime
from incidentdocs.documents.timeline.written_dates import WrittenDate
from incidentdocs.documents.timeline.written_shifts import Shift

MIDNIGHT = timedelta(hours=12)
"""A clock that goes back by more than this has passed midnight."""

SOME_DAY = date(2001, 1, 15)
"""Stands for the day of a timeline that nothing dates; far from any change of the clocks."""

_DAY = timedelta(days=1)


class Clash(NamedTuple):
    """The entry `at` is earlier, by `back`, than the entry `above`, both by their place in the list.

    `ambiguous` where it may as well be the next day's, and is read so.
    """

    at: int
    above: int
    back: timedelta
    ambiguous: bool = False


class Order(NamedTuple):
    """When each entry was, None where that is unknown, and which of them are out of order."""

    when: tuple[Interval | None, ...]
    clashes: tuple[Clash, ...]


class Line(NamedTuple):
    """An entry, and whether its milestone may be written anywhere after the first event."""

    entry: Entry
    floats: bool


def put_in_order(lines: Sequence[Line], *, day: date, zones: Sequence[tzinfo]) -> Order:
    """Return the reading of a timeline that has the least disorder, the first of equals.

    `day` is the first event's unless it says otherwise; `zones` are those in which clocks without a
    zone may be meant. Where the first date that is written shows that the first event was the evening
    before, it was.
    """
    readings = [_Reading(lines, day, zone).order() for zone in zones]
    best = min(readings, key=_disorder)
    if _began_the_evening_before(lines, best):
        zone = zones[readings.index(best)]
        best = min((best, _Reading(lines, day - _DAY, zone).order()), key=_disorder)
    return best


def _disorder(order: Order) -> int:
    return len(order.clashes)


def _began_the_evening_before(lines: Sequence[Line], order: Order) -> bool:
    dated = (index for index, line in enumerate(lines) if line.entry.time and line.entry.time.date)
    clash = next(iter(order.clashes), None)
    return clash is not None and clash.back > MIDNIGHT and clash.at == next(dated, None)


class _Step(NamedTuple):
    """A time to be placed: the entry's place in the list, what it says, whether it floats."""

    at: int
    time: WrittenTime
    floats: bool


class _Placed(NamedTuple):
    """An entry that has its interval."""

    at: int
    when: Interval

    def follows(self, when: Interval) -> bool:
        return when.precedes(self.when)


class _Reading:
    """One way through the entries from top to bottom, clocks without a zone being `zone`'s."""

    def __init__(self, lines: Sequence[Line], day: date, zone: tzinfo) -> None:
        self.lines = lines
        self.zone = zone
        self.start_day = self.first_day = self.last_day = day
        self.known_days = {day}
        self.first: Interval | None = None
        self.latest: Interval | None = None
        self.top: _Placed | None = None
        self.above_title: _Placed | None = None
        self.below_title = False
        self.peaks = _peaks(lines)
        self.dating = _dating(lines)
        self.clashes: list[Clash] = []

    def order(self) -> Order:
        return Order(tuple(self._intervals()), tuple(self.clashes))

    def _intervals(self) -> Iterator[Interval | None]:
        for at, line in enumerate(self.lines):
            time = line.entry.time
            if time is None:
                self.below_title |= line.entry.title
                yield None
            elif time.date and self.dating[at]:
                self._begin_day(time.date, bool(line.entry.text.source.strip()))
                yield None
            else:
                yield self._place(_Step(at, time, line.floats))

    def _begin_day(self, written: WrittenDate, another: bool) -> None:
        """Start afresh on the day of a title; with words of its own it is `another` incident's."""
        day = self._day(written)
        if day is None:
            return
        self.start_day = self.last_day = day
        self.above_title = None if another else self.top
        self.top = None

    def _place(self, step: _Step) -> Interval | None:
        if step.time.shift:
            return self._shifted(step.time.shift, about=step.time.approximate)
        placed = self._dated(step, step.time.date) if step.time.date else self._bare(step)
        self.below_title = False
        if placed:
            self.latest = placed
            self.first_day = self.first_day if self.first else placed.day
            self.first = self.first or placed
            relative = step.time.date is not None and step.time.date.is_relative
            self.last_day = self.last_day if relative else placed.day
        return placed

    def _shifted(self, shift: Shift, *, about: bool) -> Interval | None:
        """Reckon a shift from the event that it counts from; it is as sure as that one, and accuses none."""
        origin = self.first if shift.from_first else self.latest
        self.latest = origin.later(shift.delta, about=about) if origin else None
        return self.latest

    def _options(self, step: _Step, day: date) -> list[Interval]:
        until = step.time.until_date
        until_day = until.on(first=self.first_day, last=day) if until else None
        return intervals(step.time, day, until_day, step.time.zone or self.zone)

    def _day(self, written: WrittenDate) -> date | None:
        """Return the day of a written date; a weekday is the next, for the first event the nearest."""
        since = timedelta(days=3) if self.first is None and written.weekday is not None else timedelta(0)
        return written.on(first=self.first_day, last=self.last_day - since)

    def _dated(self, step: _Step, written: WrittenDate) -> Interval | None:
        day = self._day(written)
        if day is None:
            return None
        above = _Placed(0, self.first) if step.floats and self.first else self.top
        options = self._options(step, day)
        placed = next((option for option in options if not (above and above.follows(option))), None)
        if above and placed is None:
            return self._clash(step, options[0], above)
        return placed if step.floats or placed is None else self._accept(step, placed)

    def _bare(self, step: _Step) -> Interval:
        top = self.top
        if top is None:
            return self._accept(step, self._options(step, self.start_day)[0])
        day = top.when.clock(step.time.zone or self.zone).date()
        if step.floats and self.first:
            return self._floating(step, top.when, self.first, day)
        self.known_days = {known for known in self.known_days if known > day}
        for known in (day, *sorted(self.known_days)):
            for option in self._options(step, known):
                if not top.follows(option):
                    return self._accept(step, option)
        return self._going_back(step, top, day)

    def _floating(self, step: _Step, top: Interval, first: Interval, day: date) -> Interval:
        """Place a root cause: before the first event's clock it is the next day's."""
        placed = self._options(step, day)[0]
        if placed.precedes(top) and _clock(step.time) < _since_midnight(first.clock(placed.zone)):
            placed = self._options(step, day + _DAY)[0]
        self.known_days.add(placed.day)
        return placed

    def _going_back(self, step: _Step, top: _Placed, day: date) -> Interval:
        """Decide what a clock means that is earlier than one above: the next day, or a mistake."""
        above = top.when.clock(step.time.zone or self.zone)
        back = above - (datetime.combine(day, datetime.min.time()) + _clock(step.time))
        if back > MIDNIGHT:
            return self._accept(step, self._options(step, day + _DAY)[-1])
        same_day = self._options(step, day)[0]
        if self.below_title:
            self.top = None
            return self._accept(step, same_day)
        if back < TYPO or self.peaks[step.at] > _since_midnight(above):
            return self._clash(step, same_day, top)
        self.clashes.append(Clash(step.at, top.at, back, ambiguous=True))
        return self._accept(step, self._options(step, day + _DAY)[0])

    def _clash(self, step: _Step, placed: Interval, above: _Placed) -> Interval:
        self.clashes.append(Clash(step.at, above.at, above.when.first - placed.first))
        return placed

    def _accept(self, step: _Step, placed: Interval) -> Interval:
        if self.above_title and self.above_title.follows(placed):
            self._clash(step, placed, self.above_title)
        self.above_title = None
        if self.top is None or placed.start >= self.top.when.start:
            self.top = _Placed(step.at, placed)
        self.known_days.add(placed.last.astimezone(placed.zone).date())
        return placed


def _dating(lines: Sequence[Line]) -> list[bool]:
    """Tell of each entry whether it only dates those below it: a day's heading before a bare clock.

    Clocks with dates of their own show it as well, where they stand below the heading.
    """
    dating: list[bool] = []
    below: Entry | None = None
    for line in reversed(lines):
        entry = line.entry
        alone = entry.names_day and (entry.title or not entry.text.source.strip())
        dating.append(alone and below is not None and (not _is_dated(below) or _is_below(below, entry)))
        below = entry if entry.time or not entry.title else below
    return dating[::-1]


def _is_dated(entry: Entry) -> bool:
    return entry.time is not None and entry.time.date is not None


def _is_below(entry: Entry, heading: Entry) -> bool:
    """Return whether a clock is one of those that a heading is the title of, and no heading like it."""
    clocked = entry.time is not None and entry.time.clock is not None
    return clocked and heading.level > 0 and (entry.level == 0 or entry.level > heading.level)


def _clock(time: WrittenTime) -> timedelta:
    """Return the clock as the time since midnight; a date alone begins with its day."""
    return time.clock or timedelta(0)


def _since_midnight(wall: datetime) -> timedelta:
    return wall - datetime.combine(wall.date(), datetime.min.time())


def _peaks(lines: Sequence[Line]) -> list[timedelta]:
    """Return for each entry the latest clock below it, up to the next entry that carries a date."""
    peaks: list[timedelta] = []
    peak = -_DAY
    for line in reversed(lines):
        peaks.append(peak)
        time = line.entry.time
        if time and time.date:
            peak = -_DAY
        elif time and time.shift is None and not line.floats:
            peak = max(peak, _clock(time))
    return peaks[::-1]
