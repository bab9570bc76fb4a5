from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.process.business_hours import BusinessHours, holidays, working_time


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-13 17:00", "2026-03-16 10:00", 2),
        ("2026-03-13 08:00", "2026-03-13 20:00", 9),
        ("2026-03-14 10:00", "2026-03-15 10:00", 0),
        ("2026-03-02 09:00", "2026-03-30 09:00", 180),
        ("2026-03-13 12:00", "2026-03-13 11:00", 0),
    ],
)
def test_working_time_is_counted_on_weekdays_from_nine_to_six(start: str, end: str, hours: int) -> None:
    worked = working_time(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert worked == timedelta(hours=hours)


_MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


@given(_MOMENTS, _MOMENTS, _MOMENTS)
def test_working_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    whole = working_time(first, last)
    assert whole == working_time(first, middle) + working_time(middle, last)
    assert timedelta(0) <= whole <= last - first


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_team_has_days_and_hours_of_its_own() -> None:
    hours = BusinessHours(frozenset({5, 6}), time(8, 30), time(12))
    assert working_time(at("2026-03-13 00:00"), at("2026-03-16 00:00"), hours) == timedelta(hours=7)


def test_nobody_works_on_a_public_holiday_of_the_country() -> None:
    french = BusinessHours(country="FR")
    assert working_time(at("2026-07-13 09:00"), at("2026-07-15 18:00"), french) == timedelta(hours=18)
    assert working_time(at("2026-07-13 09:00"), at("2026-07-15 18:00")) == timedelta(hours=27)
    alsace = BusinessHours(country="FR-57")  # Good Friday is a holiday in Moselle
    assert working_time(at("2026-04-03 09:00"), at("2026-04-03 18:00"), alsace) == timedelta(0)


def test_a_country_without_known_holidays_is_refused() -> None:
    with pytest.raises(ValueError, match="'XX'"):
        holidays("XX", 2026, 2026)


def test_moments_are_read_on_the_clock_of_the_team() -> None:
    hours = BusinessHours(zone=ZoneInfo("Europe/Paris"))
    start = datetime(2026, 3, 13, 16, 0, tzinfo=UTC)  # 17:00 in Paris
    assert working_time(start, start + timedelta(hours=5), hours) == timedelta(hours=1)


@given(_MOMENTS, _MOMENTS, st.frozensets(st.integers(0, 6)))
def test_working_time_is_what_each_day_adds(one: datetime, two: datetime, days: frozenset[int]) -> None:
    first, last = sorted((one, two))
    hours = BusinessHours(days=days, country="FR")
    free = holidays("FR", first.year, last.year)
    naive = timedelta(0)
    for ahead in range((last.date() - first.date()).days + 1):
        day = first.date() + timedelta(days=ahead)
        if day.weekday() in days and day not in free:
            opens, closes = (datetime.combine(day, edge) for edge in (hours.opens, hours.closes))
            naive += max(min(closes, last) - max(opens, first), timedelta(0))
    assert working_time(first, last, hours) == naive
