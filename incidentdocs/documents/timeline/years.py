"""Years that a timeline cannot mean: with a digit too many, of another age, last year's in January."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple

from incidentdocs.documents.timeline.misdated import Known, misdated
from incidentdocs.documents.timeline.timeline import Event, Timeline
from incidentdocs.documents.timeline.written_dates import YEARS
from incidentdocs.markdown.places import Span

_MOST_YEARS = 20
"""A timeline tells of so many years at most."""


class WrongYear(NamedTuple):
    """An event whose year, written from `start` to `end` of its time, cannot be.

    `meant` is None where several years may be; `near` is what the other events and the document say.
    """

    event: Event
    start: int
    end: int
    meant: int | None = None
    near: date | None = None

    @property
    def span(self) -> Span:
        """The span of the year's digits."""
        line, column, *_ = self.event.span
        return Span(line, column + self.start, line, column + self.end)

    @property
    def year(self) -> str:
        """The year as it is written."""
        return self.event.written[self.start : self.end]

    @property
    def corrected(self) -> str:
        """The event's time as it should be written, empty where nobody can tell."""
        if self.meant is None:
            return ""
        year = str(self.meant)[2:] if self.end - self.start == 2 else str(self.meant)
        return f"{self.event.written[: self.start]}{year}{self.event.written[self.end :]}"


def wrong_years(timeline: Timeline, known: Known) -> tuple[WrongYear, ...]:
    """Return the events of a timeline whose year cannot be, in the file's order."""
    events = timeline.events
    if not timeline.titles and not any(event.problem or event.date_written for event in events):
        return ()
    found = (*_unreadable(events, known), *_readable(timeline, known))
    return tuple(sorted(found, key=lambda wrong: wrong.span))


def _unreadable(events: Sequence[Event], known: Known) -> Iterator[WrongYear]:
    """Yield the events with a year of three or five digits, or outside of the years that are read."""
    problems = [event for event in events if event.problem]
    if not problems:
        return
    years = (event.day.year for event in events if event.day and event.dated)
    all_years = dict.fromkeys((known.day.year if known.day else None, known.year, *years))
    near = [year for year in islice(all_years, _MOST_YEARS) if year]
    for event in problems:
        found = _written_year(event.written)
        if found and not (len(found["year"]) == 4 and int(found["year"]) in YEARS):
            meant = _meant(found["year"], near, known.today)
            yield WrongYear(event, found.start("year"), found.end("year"), meant)


def _readable(timeline: Timeline, known: Known) -> Iterator[WrongYear]:
    for event, year, near in misdated(timeline, known):
        assert event.day is not None
        start = event.written.find(str(event.day.year))
        end = start + 4
        if start < 0:
            short = _short_year().search(event.written)
            start, end = short.span("year") if short else (0, len(event.written))
        yield WrongYear(event, start, end, year, near)


def _written_year(written: str) -> re.Match[str] | None:
    """Return the year of a date whose month and day can be, whatever its number of digits."""
    patterns = (_year_first(), _year_last(), _year_after_words())
    return next((found for pattern in patterns if (found := pattern.search(written))), None)


_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:[12]\d|3[01]|0?[1-9])"


@cache
def _year_first() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d/-])(?P<year>[0-9]{{3,6}})(?P<sign>[-/.]){_MONTH}(?P=sign){_DAY}(?!\d)")


@cache
def _year_last() -> re.Pattern[str]:
    either = rf"(?:{_DAY}(?P<sign>[-/.]){_MONTH}(?P=sign)|{_MONTH}(?P<other>[-/.]){_DAY}(?P=other))"
    return re.compile(rf"(?<!\d){either}(?P<year>[0-9]{{4,5}})(?!\d)")


@cache
def _year_after_words() -> re.Pattern[str]:
    return re.compile(r"(?<=[\s/-])(?P<year>2[0-9]{4})(?!\d)")


@cache
def _short_year() -> re.Pattern[str]:
    return re.compile(r"[./-]\d{1,2}[./-](?P<year>[0-9]{2})(?!\d)")


def _meant(digits: str, near: Sequence[int], today: date) -> int | None:
    """Return the year that was meant: one of those near, else the only one that a digit less leaves."""
    known = next((year for year in near if _slips(digits, str(year))), None)
    if known or len(digits) < 5:
        return known
    left = {int(digits[:at] + digits[at + 1 :]) for at in range(len(digits))}
    possible = [year for year in left if 1990 <= year <= min(today.year, 2100)]
    return possible[0] if len(possible) == 1 else None


def _slips(digits: str, year: str) -> bool:
    """Return whether `digits` are those of `year` with one too many, one missing, or two exchanged."""
    if len(digits) == len(year):
        return sorted(digits) == sorted(year)
    longer, shorter = sorted((digits, year), key=len, reverse=True)
    rest = iter(longer)
    return all(digit in rest for digit in shorter)
