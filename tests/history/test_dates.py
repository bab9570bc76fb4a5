"""Commits count on their own dates where these never go back, and on a neighbour's where they do."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.history.commits import ChainCommit
from incidentdocs.history.dates import counted_dates, landings, longest_run

DAY = datetime(2026, 7, 1, 12, tzinfo=UTC)
days = st.lists(st.integers(0, 12), max_size=24)


def dates(numbers: Sequence[int]) -> list[datetime]:
    return [DAY + timedelta(days=number) for number in numbers]


def counted(*numbers: int) -> list[tuple[int, bool]]:
    return [((when - DAY).days, corrected) for when, corrected in counted_dates(dates(numbers))]


def length_of_longest_run(values: Sequence[int]) -> int:
    """Compare every value with every one before it."""
    lengths: list[int] = []
    for index, value in enumerate(values):
        before = (lengths[i] for i in range(index) if values[i] <= value)
        lengths.append(1 + max(before, default=0))
    return max(lengths, default=0)


def test_dates_that_never_go_back_stand() -> None:
    assert counted(1, 2, 2, 5) == [(1, False), (2, False), (2, False), (5, False)]


def test_a_commit_dated_ten_years_ahead_counts_on_the_day_of_the_one_before_it() -> None:
    assert counted(1, 2, 3650, 3, 4) == [(1, False), (2, False), (2, True), (3, False), (4, False)]


def test_a_clock_that_runs_backwards_for_a_while_moves_nothing_back() -> None:
    assert counted(4, 5, 6, 1, 2, 7)[3:] == [(6, True), (6, True), (7, False)]


def test_a_wrong_first_date_becomes_that_of_the_first_kept_commit() -> None:
    assert counted(3650, 1, 2) == [(1, True), (1, False), (2, False)]


def test_of_several_longest_runs_one_that_ends_earliest_stands() -> None:
    assert counted(1, 9, 2) == [(1, False), (1, True), (2, False)]


def test_the_same_moment_in_another_zone_does_not_go_back() -> None:
    tokyo = DAY.astimezone(timezone(timedelta(hours=9)))
    assert [corrected for _, corrected in counted_dates([tokyo, DAY, tokyo])] == [False, False, False]


def test_nothing_has_no_dates() -> None:
    assert counted_dates([]) == ()


@given(days)
def test_the_run_is_the_longest_there_is(values: list[int]) -> None:
    run = longest_run(values)
    assert run == sorted(set(run))
    assert all(values[a] <= values[b] for a, b in pairwise(run))
    assert len(run) == length_of_longest_run(values)


@given(days)
def test_counted_dates_never_go_back_and_are_corrected_only_outside_the_run(values: list[int]) -> None:
    told = counted_dates(dates(values))
    assert [when for when, _ in told] == sorted(when for when, _ in told)
    kept = set(longest_run(values))
    assert [corrected for _, corrected in told] == [index not in kept for index in range(len(values))]
    assert all(
        when == date for (when, corrected), date in zip(told, dates(values), strict=True) if not corrected
    )


def test_a_hundred_thousand_dates_take_no_time_to_speak_of() -> None:
    values = [number * 7919 % 100_003 for number in range(100_000)]
    assert len(longest_run(values)) > 300


def test_a_commit_lands_when_it_counts_and_is_said_to_be_made_by_itself() -> None:
    chain = [
        ChainCommit(name, None, (), "Ada", when, "")
        for name, when in zip("abc", dates([1, 9, 2]), strict=True)
    ]
    first, ahead, _ = landings(iter(chain))
    assert first == ("a", DAY + timedelta(days=1), "Ada", "a", DAY + timedelta(days=1), False)
    assert ahead == ("b", first.when, "Ada", "b", first.when, True)
