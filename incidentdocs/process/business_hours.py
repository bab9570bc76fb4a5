"""The hours in which a team works, and how much of them lies between two moments."""

from collections.abc import Iterator, Set
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as the configuration writes them, Monday first."""


class BusinessHours(NamedTuple):
    """From when to when a team works, on which `days` of the week (0 is Monday).

    `zone` is that of the clock, None for that of the documents. On the public holidays of `country`, an ISO
    code such as `FR` or `FR-57` (with the subdivision), nobody works; an empty one has none.
    """

    days: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    closes: time = time(18)
    zone: tzinfo | None = None
    country: str = ""


def working_time(start: datetime, end: datetime, hours: BusinessHours | None = None) -> timedelta:
    """Return how much of the working hours lies between two moments; none where `end` is not after `start`.

    Moments without a zone are those of the team's clock; of two moments both have one or none.
    """
    hours = hours or BusinessHours()
    first, last = (_on_the_clock(moment, hours) for moment in (start, end))
    weeks = max((last - first).days // 7, 0)
    rest = first + timedelta(weeks=weeks)
    in_weeks = weeks * len(hours.days) * (_on(first.date(), hours.closes) - _on(first.date(), hours.opens))
    days = (day for day in _days(rest.date(), last.date()) if day.weekday() in hours.days)
    worked = in_weeks + sum((_worked(day, rest, last, hours) for day in days), timedelta())
    return worked - sum((_worked(day, first, last, hours) for day in _free(first, last, hours)), timedelta())


def is_working(moment: datetime, hours: BusinessHours | None = None) -> bool:
    """Return whether the team works at `moment`: on a working day, from when it opens until before it closes.

    A moment without a zone is one of the team's clock.
    """
    hours = hours or BusinessHours()
    local = _on_the_clock(moment, hours)
    if local.weekday() not in hours.days or not hours.opens <= local.time() < hours.closes:
        return False
    return not hours.country or local.date() not in holidays(hours.country, local.year, local.year)


def _on_the_clock(moment: datetime, hours: BusinessHours) -> datetime:
    local = moment.astimezone(hours.zone) if hours.zone and moment.tzinfo else moment
    return local.replace(tzinfo=None)


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _free(first: datetime, last: datetime, hours: BusinessHours) -> Iterator[date]:
    """Yield the public holidays from the first moment to the last on which there would be work otherwise."""
    if hours.country and first < last:
        known = holidays(hours.country, first.year, last.year)
        yield from (day for day in known if day.weekday() in hours.days)


def _worked(day: date, first: datetime, last: datetime, hours: BusinessHours) -> timedelta:
    opens, closes = _on(day, hours.opens), _on(day, hours.closes)
    return max(min(closes, last) - max(opens, first), timedelta())


def _on(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock)


@lru_cache(maxsize=16)
def holidays(country: str, first: int, last: int) -> Set[date]:
    """Return the public holidays of `country` from one year to another; ValueError for no such country."""
    from holidays import country_holidays

    name, _, subdivision = country.partition("-")
    try:
        return frozenset(country_holidays(name, subdiv=subdivision or None, years=range(first, last + 1)))
    except NotImplementedError as error:
        raise ValueError(f"no public holidays are known for {country!r}") from error
