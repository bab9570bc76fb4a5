"""Which events of a timeline fit the others only in another year than the one that is written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from incidentdocs.clock import lies_ahead
from incidentdocs.documents.timeline.milestones import ROOT_CAUSE
from incidentdocs.documents.timeline.timeline import Event, Timeline
from incidentdocs.markdown.places import Span

APART = timedelta(days=180)
"""Events further apart than this are of different times, unless one of them has the wrong year."""

_NEAR = timedelta(days=60)
_FITS = timedelta(days=31)
_SAME_OCCASION = timedelta(days=2)
_NIGHT = timedelta(hours=12)
_AGE = range(1990, 2101)
"""The years in which a computer that somebody watches may have failed."""


class Known(NamedTuple):
    """What a document tells of its time beside its timeline: its day, its file's year, and today."""

    day: date | None
    year: int | None
    today: date

    def is_ahead(self, day: date | None) -> bool:
        """Return whether a day lies in the future, wherever on earth."""
        return day is not None and lies_ahead(day, self.today)


class Misdated(NamedTuple):
    """An event, the year that it should have, None where that cannot be told, and a day that shows it."""

    event: Event
    year: int | None
    near: date | None


class _Run(NamedTuple):
    """Events that follow each other in the file, none half a year from the one before."""

    events: list[Event]

    @property
    def first(self) -> datetime:
        return _wall(self.events[0])

    @property
    def last(self) -> datetime:
        return _wall(self.events[-1])

    def is_near(self, day: date | None) -> bool:
        near = datetime.combine(day, datetime.min.time()) if day else None
        return near is not None and any(abs(_wall(event) - near) <= _NEAR for event in self.events)


def misdated(timeline: Timeline, known: Known) -> Iterator[Misdated]:
    """Yield the events whose year cannot be the one that is written.

    What began years before, in the right order, is left alone: the certificate that was issued a year ago.
    """
    written = sorted((*timeline.events, *timeline.titles), key=lambda event: event.span)
    dated = [event for event in written if event.dated and event.first and event.day]
    runs = list(_runs(dated)) if timeline.incidents == 1 else []
    anchor = _anchor(runs, known)
    if anchor is None:
        yield from _all_of_another_year(runs, known) if len(runs) == 1 else _of_another_age(dated, known)
        return
    sure = _Run([event for event in anchor.events if not known.is_ahead(event.day)] or anchor.events)
    disordered = {event.span for disorder in timeline.disorders for event in disorder[:2]}
    if any(event.span in disordered for event in sure.events):
        disordered = {event.span for event in dated}
    at = runs.index(anchor)
    for index, run in enumerate(runs):
        if run is not anchor:
            yield from _wrong_run(run, sure, index < at, disordered, known)
    yield from _of_another_age(anchor.events, known)


def _wall(event: Event) -> datetime:
    assert event.first is not None
    return event.first.replace(tzinfo=None)


def _runs(events: Sequence[Event]) -> Iterator[_Run]:
    run: list[Event] = []
    for event in events:
        if run and abs(_wall(event) - _wall(run[-1])) > APART:
            yield _Run(run)
            run = []
        run.append(event)
    if run:
        yield _Run(run)


def _anchor(runs: Sequence[_Run], known: Known) -> _Run | None:
    """Return the run that surely has the right year: near the document's day, else most of all events."""
    near = [run for run in runs if run.is_near(known.day)]
    if near or known.day:
        return max(near, key=lambda run: (_past(run, known), len(run.events)), default=None)
    longest = max(runs, key=lambda run: len(run.events), default=None)
    all_events = sum(len(run.events) for run in runs)
    return longest if longest and 2 * len(longest.events) > all_events else None


def _past(run: _Run, known: Known) -> int:
    """Return how many events of a run do not lie in the future, and may tell what the others should be."""
    return sum(not known.is_ahead(event.day) for event in run.events)


def _wrong_run(
    run: _Run, anchor: _Run, before: bool, disordered: set[Span], known: Known
) -> Iterator[Misdated]:
    end = run.last if before else run.first
    edge = anchor.first if before else anchor.last
    years = next((years for years in _shifts(end, edge) if _fits(end, edge, years, before)), None)
    gap = abs(edge - _in_year(end, end.year + years)) if years else None
    if gap is not None and _is_convicted(run, anchor, before, gap, disordered, known):
        for event in filter(writes_year, run.events):
            assert event.day is not None
            yield Misdated(event, event.day.year + (years or 0), edge.date())
    else:
        yield from _of_another_age(run.events, known)


def _shifts(end: datetime, edge: datetime) -> Iterator[int]:
    return (years for years in (edge.year - end.year + step for step in (0, -1, 1)) if years)


def _fits(end: datetime, edge: datetime, years: int, before: bool) -> bool:
    moved = _in_year(end, end.year + years)
    return timedelta(0) <= ((edge - moved) if before else (moved - edge)) <= _FITS


def _in_year(moment: datetime, year: int) -> datetime:
    day = min(moment.day, 28) if moment.month == 2 else moment.day
    return moment.replace(year=min(max(year, 1), 9999), day=day)


def _is_convicted(
    run: _Run, anchor: _Run, before: bool, gap: timedelta, disordered: set[Span], known: Known
) -> bool:
    """Return whether a run that would fit in another year cannot have its own."""
    wrong_way = run.last > anchor.first if before else run.first < anchor.last
    if wrong_way:
        told = any(_tells_of_another_time().search(event.text.source[:400]) for event in run.events)
        return not told and any(event.span in disordered for event in run.events)
    if any(known.is_ahead(event.day) or not _of_our_age(event) for event in run.events):
        return True
    end = run.events[-1] if before else run.events[0]
    named = any(event.milestone not in (None, ROOT_CAUSE) for event in run.events)
    if named and gap <= _SAME_OCCASION:
        return True
    return before and gap <= _NIGHT and _is_new_year_s(end, anchor.first)


def _is_new_year_s(event: Event, following: datetime) -> bool:
    """Return whether last year's number was written in January, by habit."""
    a_year_before = following.month == 1 and _wall(event).year == following.year - 1
    return a_year_before and event.clocked and not _tells_of_a_beginning().search(event.text.source[:400])


@cache
def _tells_of_another_time() -> re.Pattern[str]:
    words = (
        "first|similar|previous|earlier|already|years?"
        "|premi[eè]re?|semblable|pr[ée]c[ée]dente?|d[ée]j[àa]|ann[ée]es?|ans?"
    )
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _tells_of_a_beginning() -> re.Pattern[str]:
    words = (
        "certifi|expir|issu|renew|renouvel|introdu|merg|releas|deploy|déploi|deploi|install|creat|cré|emis|émis"
        "|sign|year|année|annee| ans?\\b|first|premi|bought|achet|contract|contrat|licen|config|chang|migrat"
    )
    return re.compile(words, re.IGNORECASE)


def _of_our_age(event: Event) -> bool:
    return event.day is not None and event.day.year in _AGE


def _of_another_age(events: Sequence[Event], known: Known) -> Iterator[Misdated]:
    for event in events:
        if not _of_our_age(event) and writes_year(event):
            yield Misdated(event, None, known.day)


def _all_of_another_year(runs: Sequence[_Run], known: Known) -> Iterator[Misdated]:
    """Yield the first event of a timeline that is dated, as a whole, years from its document's day."""
    (run,) = runs
    first = next(filter(writes_year, run.events), None)
    if first is None or known.day is None or first.day is None:
        yield from _of_another_age(run.events, known)
        return
    day = datetime.combine(known.day, datetime.min.time())
    moved = _in_year(run.first, known.day.year)
    years = known.day.year - run.first.year
    if years and abs(moved - day) <= _SAME_OCCASION:
        yield Misdated(first, first.day.year + years, known.day)
    else:
        yield from _of_another_age(run.events, known)


def writes_year(event: Event) -> bool:
    """Return whether an event's own date has its year."""
    return event.date_written and event.day is not None and _shows(event.written, event.day.year)


def _shows(written: str, year: int) -> bool:
    short = rf"[./-]\d{{1,2}}[./-]{year % 100:02}(?!\d)"
    return str(year) in written or re.search(short, written) is not None
