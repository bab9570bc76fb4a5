"""Zones that events of a timeline cannot mean, and times that the zone's clocks showed twice."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incidentdocs.clock import written_zone
from incidentdocs.documents.timeline.timeline import Disorder, Event, Timeline
from incidentdocs.markdown.places import Span

_SEASONS = (
    ("CET", "CEST"), ("WET", "WEST"), ("EET", "EEST"), ("GMT", "BST"), ("EST", "EDT"), ("CST", "CDT"),
    ("MST", "MDT"), ("PST", "PDT"), ("AEST", "AEDT"), ("NZST", "NZDT"),
)  # fmt: skip
"""What the clocks of one place are called in winter and in summer."""

_LOOKED_AT = 20
"""The events around one that are looked at for its neighbours."""

_OTHER_SEASON = {one: other for pair in _SEASONS for one, other in (pair, pair[::-1])}


class ZoneSlip(NamedTuple):
    """An event whose own zone cannot be meant: its `word`, at `span`, and what is meant instead.

    In `season` it is the same place's zone of the other half of the year; otherwise, read as it is written,
    the event is out of order, which it is not in the zone that its section states.
    """

    event: Event
    span: Span
    word: str
    instead: str
    season: bool


def zone_slips(timeline: Timeline, zone: tzinfo) -> tuple[ZoneSlip, ...]:
    """Return the events whose own zone contradicts that of their section, or of the documents."""
    if not any(event.own_zone for event in timeline.events):
        return ()
    return tuple(_slips(timeline, zone))


def _slips(timeline: Timeline, zone: tzinfo) -> Iterator[ZoneSlip]:
    clashing = {event.span for disorder in timeline.disorders for event in disorder[:2]}
    for index, event in enumerate(timeline.events):
        if event.own_zone is None or event.first is None or not event.clocked:
            continue
        found = _word().search(event.written)
        if found is None:
            continue
        line, column, *_ = event.span
        span = Span(line, column + found.start(), line, column + found.end())
        other = _other_season(event, found[0], event.stated_zone or zone)
        if other and _fits(timeline.events, index, _in_zone(event, written_zone(other))):
            yield ZoneSlip(event, span, found[0], other, season=True)
        elif event.span in clashing and _fits(timeline.events, index, _in_zone(event, event.stated_zone)):
            yield ZoneSlip(event, span, found[0], "", season=False)


@cache
def _word() -> re.Pattern[str]:
    """Return what matches a written zone behind a clock."""
    region, offset = r"[A-Z][A-Za-z]{1,20}/[A-Za-z_/]{2,40}", r"(?:UTC|GMT)[+-][\d:]{1,5}"
    return re.compile(rf"(?<![\w/])(?:{region}|{offset}|(?!AM\b|PM\b)[A-Z]{{2,5}})(?![\w/])")


def _other_season(event: Event, word: str, zone: tzinfo) -> str:
    """Return the abbreviation that the clocks of the place had that day, empty where `word` is right.

    Where the section states no zone, winter's is left alone: people say CET and EST all year.
    """
    if event.stated_zone is None and any(word == winter for winter, _ in _SEASONS):
        return ""
    other = _OTHER_SEASON.get(word)
    if other is None or event.first is None or word == "GMT":  # which is said for UTC in summer as well
        return ""
    if isinstance(zone, ZoneInfo):
        return other if event.dated and event.first.astimezone(zone).tzname() == other else ""
    meant = written_zone(other)
    offset = zone.utcoffset(None)
    return other if offset and meant and meant.utcoffset(None) == offset else ""


def _fits(events: Sequence[Event], index: int, moments: Sequence[datetime]) -> bool:
    """Return whether one of `moments` lies between the events above and below that of `index`."""
    above = _next(events, range(index - 1, -1, -1))
    below = _next(events, range(index + 1, len(events)))
    return any(
        (above is None or any(other <= moment for other in _readings(above)))
        and (below is None or any(moment <= other for other in _readings(below)))
        for moment in moments
    )


def _next(events: Sequence[Event], places: range) -> Event | None:
    """Return the first event at `places`, of the next few, whose time is known."""
    return next((events[place] for place in places[:_LOOKED_AT] if events[place].first), None)


def _readings(event: Event) -> list[datetime]:
    """Return when an event was as it is written, and in the zone that its section states."""
    assert event.first is not None
    return [event.first.astimezone(UTC), *_in_zone(event, event.stated_zone if event.own_zone else None)]


def _in_zone(event: Event, zone: tzinfo | None) -> list[datetime]:
    """Return when an event was if its clock is read in `zone`: on its day, or on the day before.

    An event that seemed to come before the one above it may have been read as the next day's.
    """
    if zone is None or event.first is None:
        return []
    wall = event.first.replace(tzinfo=None)
    return [day.replace(tzinfo=zone).astimezone(UTC) for day in (wall, wall - timedelta(days=1))]


def is_repeated_hour(disorder: Disorder) -> bool:
    """Return whether two events are out of order within an hour that the zone's clocks showed twice."""
    event, before, _ = disorder
    twice = _shown_twice(event) and _shown_twice(before)
    return twice and event.own_zone is None and event.day == before.day


def _shown_twice(event: Event) -> bool:
    if event.first is None or not event.clocked or not event.dated:
        return False
    return event.first.replace(fold=0).utcoffset() != event.first.replace(fold=1).utcoffset()
