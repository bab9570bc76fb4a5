"""The figures of incidents against figures computed by hand, and by definition."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.response import Response
from incidentdocs.reports.metrics import Measured, MetricsRow, Period, last_year, metrics, quarter_of, spread
from incidentdocs.reports.promises import Promises

NOTHING = Promises(date(2026, 6, 30), UTC, ())
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def incident(day: str, *, severity: str | None = "SEV1", **known: Any) -> Measured:
    usual = Measured(
        date.fromisoformat(day), severity, (f"docs/incidents/{day}.md",), Response(), None, None, False, None
    )
    return usual._replace(**known)


def row(incidents: list[Measured], quarter: str | None = None) -> MetricsRow:
    report = metrics(incidents, NOTHING, YEAR)
    return next(row for row in report.rows if row.quarter == quarter)


def test_an_incident_counts_in_its_severity_and_quarter_and_in_the_whole_time() -> None:
    days = ["2026-01-01", "2026-03-31", "2026-04-01"]
    report = metrics(
        [*map(incident, days), incident("2026-04-02", severity=None), incident("2025-12-31")], NOTHING, YEAR
    )
    assert [(row.severity, row.quarter, row.incidents) for row in report.rows] == [
        ("SEV1", None, 3),
        ("SEV1", "2026-Q1", 2),
        ("SEV1", "2026-Q2", 1),
        (None, None, 1),
        (None, "2026-Q2", 1),
    ]


def test_durations_are_told_of_those_incidents_that_tell_them() -> None:
    taken = [timedelta(minutes=number) for number in (5, 60, 10)]
    told = [incident("2026-02-01", response=Response(restore=duration)) for duration in taken]
    found = row([*told, incident("2026-02-02")])
    assert (found.incidents, found.restore_seconds.n, found.restore_seconds.few) == (4, 3, True)
    assert (found.restore_seconds.median, found.restore_seconds.p90) == (600, 3600)
    assert (found.detect_seconds.median, found.detect_seconds.n) == (None, 0)


def test_five_incidents_are_not_few() -> None:
    five = [incident("2026-02-01", found="alert") for _ in range(5)]
    assert not row(five).found_by_alert.few
    assert row(five[:4]).found_by_alert.few


def test_a_share_is_of_those_of_which_it_is_known() -> None:
    found = row(
        [
            incident("2026-02-01", found="alert"),
            incident("2026-02-02", found="user-report", repeats=True),
            incident("2026-02-03", found="logs"),
            incident("2026-02-04"),
        ]
    )
    assert (found.found_by_alert.count, found.found_by_users.count, found.found_by_alert.n) == (1, 1, 3)
    assert (found.repeats.count, found.repeats.n) == (1, 4)


def test_costs_of_several_currencies_are_never_added() -> None:
    given_ = [(100.0, "EUR"), (50.0, "USD"), (300.0, "EUR")]
    costs = row([incident("2026-02-01", cost=cost) for cost in given_]).costs
    assert [(cost.currency, cost.total, cost.spread.median, cost.spread.n) for cost in costs] == [
        ("EUR", 400, 200, 2),
        ("USD", 50, 50, 1),
    ]


def test_time_to_publish_is_in_days() -> None:
    published = incident("2026-02-01", published=date(2026, 2, 8))
    assert row([published, incident("2026-02-02")]).publish_days.median == 7


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        ("2026-06-30", "2025-07-01"),
        ("2026-01-01", "2025-04-01"),
        ("2026-12-31", "2026-01-01"),
        ("2024-02-29", "2023-04-01"),
    ],
)
def test_a_year_ends_today_and_begins_with_a_quarter(as_of: str, first: str) -> None:
    day = date.fromisoformat(as_of)
    assert last_year(day) == Period(date.fromisoformat(first), day)


@given(st.dates(min_value=date(1001, 1, 1)))
def test_the_usual_time_spans_four_quarters(day: date) -> None:
    period = last_year(day)
    days = (period.last - period.first).days + 1
    quarters = {quarter_of(period.first + timedelta(days=number)) for number in range(days)}
    assert len(quarters) == 4
    assert quarter_of(period.first - timedelta(days=1)) not in quarters


@given(st.lists(st.lists(st.integers(0, 10**6), max_size=3), max_size=30))
def test_a_spread_is_what_its_definition_says(groups: list[list[int]]) -> None:
    found = spread(groups)
    values = [value for group in groups for value in group]
    assert found.n == len(values)
    assert found.few == (sum(map(bool, groups)) < 5)
    if not values:
        assert found.median is None
        assert found.p90 is None
        return
    assert found.p90 == min(
        value for value in values if 10 * sum(other <= value for other in values) >= 9 * len(values)
    )
    assert found.median is not None
    assert 2 * sum(value <= found.median for value in values) >= len(values)
    assert 2 * sum(value >= found.median for value in values) >= len(values)


def test_nothing_has_no_rows() -> None:
    assert metrics([], NOTHING, YEAR, undated=2).rows == ()
