"""Clocks without a date get one, and an event that stands out of order is found, never one that does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.documents.document import read_document
from incidentdocs.documents.timeline.timeline import Timeline
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

BACK = date(2026, 10, 25)
"""Paris repeats the hour from 02:00 on this day."""

FORWARD = date(2026, 3, 29)
"""Paris skips the hour from 02:00 on this day."""


def timeline(*lines: str, day: date | None = date(2026, 3, 14), zone: str = "Europe/Paris") -> Timeline:
    items = "\n".join(lines if lines[0].startswith("#") else [f"- {line}" for line in lines])
    path = f"docs/post-mortems/{day}-api.md" if day else "docs/post-mortems/api.md"
    source = parse(f"# Post-mortem: API\n\n## Timeline\n\n{items}\n")
    read = read_document(path, source, built_in("post-mortem"), Process(zone=clock.zone(zone))).timeline
    assert read is not None
    return read


def starts(read: Timeline) -> list[str]:
    return [f"{event.start:%d %H:%M}" for event in read.events if event.start]


def clashes(read: Timeline) -> list[tuple[str, str]]:
    return [(found.event.written, found.before.written) for found in read.disorders if not found.ambiguous]


def doubts(read: Timeline) -> list[tuple[str, str]]:
    return [(found.event.written, found.before.written) for found in read.disorders if found.ambiguous]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["23:50 a", "00:10 b", "01:00 c"], ["14 23:50", "15 00:10", "15 01:00"]),
        (["23:59 a", "00:00 b"], ["14 23:59", "15 00:00"]),
        (["23:50 a", "24:00 b", "00:10 c"], ["14 23:50", "15 00:00", "15 00:10"]),
        (
            ["10:00 a", "23:00 b", "02:00 c", "22:00 d", "08:00 e"],
            ["14 10:00", "14 23:00", "15 02:00", "15 22:00", "16 08:00"],
        ),
        (["23:50-00:10 a", "00:05 b", "00:20 c"], ["14 23:50", "15 00:05", "15 00:20"]),
        (["18:00-02:00 a", "09:00 b"], ["14 18:00", "15 09:00"]),
        (["2026-03-13 23:50 a", "00:10 b"], ["13 23:50", "14 00:10"]),
        (["2026-03-13 22:00 a", "10:15 b"], ["13 22:00", "14 10:15"]),
        (["23:50 a", "2026-03-14 00:10 b", "01:00 c"], ["13 23:50", "14 00:10", "14 01:00"]),
        (["18:00 a", "09:00 (Mar 15) b", "10:00 c"], ["14 18:00", "15 09:00", "15 10:00"]),
        (
            ["18:00 a", "lendemain 09:00 b", "lendemain 09:30 c", "J+2 08:00 d"],
            ["14 18:00", "15 09:00", "15 09:30", "16 08:00"],
        ),
        (["vendredi 18:00 a", "lundi 09:00 b", "09:30 c"], ["13 18:00", "16 09:00", "16 09:30"]),
    ],
)
def test_a_clock_that_goes_back_far_has_passed_midnight(lines: list[str], expected: list[str]) -> None:
    read = timeline(*lines)
    assert starts(read) == expected
    assert read.disorders == ()


def test_the_year_that_is_not_written_turns_with_the_calendar() -> None:
    read = timeline("31 déc. 23:50 a", "1er janvier 00:10 b", day=date(2025, 12, 31))
    assert [event.day for event in read.events] == [date(2025, 12, 31), date(2026, 1, 1)]


def test_a_clock_that_goes_back_a_little_is_out_of_order() -> None:
    assert clashes(timeline("10:15 a", "10:40 b", "10:20 c", "11:00 d")) == [("10:20", "10:40")]


def test_a_dated_event_before_one_above_is_out_of_order_however_far() -> None:
    read = timeline("2026-03-15 10:00 a", "2026-03-14 10:00 b", "11:00 c")
    assert clashes(read) == [("2026-03-14 10:00", "2026-03-15 10:00")]
    assert starts(read)[2] == "15 11:00"


def test_after_an_event_out_of_order_the_latest_one_stays_the_measure() -> None:
    assert clashes(timeline("10:15 a", "11:00 b", "10:20 c", "10:50 d")) == [
        ("10:20", "11:00"),
        ("10:50", "11:00"),
    ]


def test_a_return_above_the_earlier_time_shows_a_mistake() -> None:
    assert clashes(timeline("18:00 a", "11:00 b", "18:30 c")) == [("11:00", "18:00")]


def test_a_clock_between_mistake_and_midnight_is_the_next_day_with_one_doubt() -> None:
    read = timeline("18:00 a", "09:00 b", "09:30 c", "10:00 d")
    assert doubts(read) == [("09:00", "18:00")]
    assert starts(read) == ["14 18:00", "15 09:00", "15 09:30", "15 10:00"]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["15:00 a", "12:01 b"], "clash"),
        (["15:00 a", "12:00 b"], "doubt"),
        (["15:00 a", "03:00 b"], "doubt"),
        (["15:00 a", "02:59 b"], "silence"),
    ],
)
def test_the_borders_are_three_and_twelve_hours(lines: list[str], kind: str) -> None:
    read = timeline(*lines)
    assert (len(clashes(read)), len(doubts(read))) == {"clash": (1, 0), "doubt": (0, 1), "silence": (0, 0)}[
        kind
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["~10:20 a", "10:10 b"],
        ["10:10 a", "~09:56 b"],
        ["10:15-10:40 a", "10:20 b"],
        ["10:15:30 a", "10:15 b"],
        ["10h a", "10:40 b", "10h c"],
        ["2026-03-14 deployed", "10:15 b"],
        ["10:15 a", "10:15 b"],
    ],
)
def test_intervals_that_overlap_are_in_order(lines: list[str]) -> None:
    assert timeline(*lines).disorders == ()


def test_seconds_are_compared() -> None:
    assert clashes(timeline("10:15:30 a", "10:15:10 b")) == [("10:15:10", "10:15:30")]


def test_a_root_cause_confirmed_next_morning_is_the_next_day() -> None:
    read = timeline("14:00 detection", "15:10 service restored", "09:30 root cause confirmed", "10:00 fix")
    assert read.disorders == ()
    assert starts(read) == ["14 14:00", "14 15:10", "15 09:30", "15 10:00"]


def test_a_root_cause_may_stand_after_the_restoration_it_came_before() -> None:
    read = timeline(
        "10:15 detection", "10:40 mitigation start", "11:02 service restored", "10:30 root cause confirmed"
    )
    assert read.disorders == ()
    assert starts(read)[3] == "14 10:30"


def test_a_root_cause_early_in_the_list_moves_nothing_else() -> None:
    read = timeline(
        "14:00 detection", "09:30 root cause confirmed", "14:30 mitigation", "15:10 service restored"
    )
    assert read.disorders == ()
    assert starts(read) == ["14 14:00", "15 09:30", "14 14:30", "14 15:10"]


def test_a_repeated_hour_takes_any_assignment_that_makes_order() -> None:
    read = timeline("02:40 a", "02:50 b", "02:05 c", "02:30 d", "03:10 e", day=BACK)
    assert read.disorders == ()
    offsets = [event.start.utcoffset() for event in read.events if event.start]
    assert offsets == [timedelta(hours=hours) for hours in (2, 2, 1, 1, 1)]


def test_an_hour_is_repeated_only_once() -> None:
    assert clashes(timeline("02:50 a", "02:10 b", "02:05 c", day=BACK)) == [("02:05", "02:10")]


def test_a_range_may_span_the_repeated_hour() -> None:
    (event,) = timeline("02:50-02:10 a", day=BACK).events
    assert event.problem is None


def test_a_skipped_hour_is_told_and_disturbs_nothing() -> None:
    read = timeline("01:50 a", "02:30 b", "03:10 c", day=FORWARD)
    assert [event.skipped for event in read.events] == [False, True, False]
    assert read.disorders == ()


def test_one_event_may_give_the_zone_of_all() -> None:
    read = timeline("2026-03-14 rollout", "12:51 (UTC) alert", "12:55 triage", "13:10 restart")
    assert read.disorders == ()
    assert starts(read)[1:] == ["14 12:51", "14 12:55", "14 13:10"]
    assert timeline("10:15 a", "10:20 UTC b", "10:40 c").disorders == ()
    # No zone makes order of these.
    assert clashes(timeline("10:15 a", "10:20 UTC b", "10:50 c", "10:40 d")) == [("10:40", "10:50")]


def test_events_with_zones_of_their_own_are_compared_as_instants() -> None:
    assert timeline("10:15 a", "09:20 UTC b", "10:30 c").disorders == ()
    assert clashes(timeline("10:15 a", "10:20 UTC b", "10:40 CET c")) == [("10:40 CET", "10:20 UTC")]


def test_a_backward_range_is_a_problem_and_no_disorder() -> None:
    read = timeline("10:40-10:15 a", "11:00 b")
    assert [bool(event.problem) for event in read.events] == [True, False]
    assert read.disorders == ()


def test_without_any_date_the_order_is_still_judged() -> None:
    read = timeline("23:50 a", "00:10 b", "08:00 c", "07:50 d", day=None)
    assert clashes(read) == [("07:50", "08:00")]
    assert not any(event.dated for event in read.events)


def test_a_date_in_the_timeline_dates_what_has_none() -> None:
    read = timeline("23:50 a", "2026-03-15 00:10 b", day=None)
    assert starts(read) == ["14 23:50", "15 00:10"]
    assert all(event.dated for event in read.events)


def test_parts_below_headings_of_their_own_may_run_beside_each_other() -> None:
    read = timeline("### Europe\n", "- 10:00 a", "- 11:00 b\n", "### America\n", "- 10:30 c", "- 10:45 d")
    assert read.disorders == ()


def test_a_heading_does_not_hide_that_midnight_has_passed() -> None:
    read = timeline("### Before\n", "- 22:00 a", "- 23:00 b\n", "### After\n", "- 00:30 c")
    assert starts(read) == ["14 22:00", "14 23:00", "15 00:30"]


def test_days_that_stand_the_wrong_way_round_are_one_disorder() -> None:
    read = timeline("### 15 mars 2026\n", "- 10:00 a\n", "### 14 mars 2026\n", "- 09:00 b", "- 09:30 c")
    assert clashes(read) == [("09:00", "10:00")]


def test_incidents_with_titles_of_their_own_are_independent() -> None:
    read = timeline("### March 15 - second\n", "- 10:00 a\n", "### March 14 - first\n", "- 09:00 b")
    assert read.disorders == ()
    assert starts(read) == ["15 10:00", "14 09:00"]


_DAYS = st.one_of(st.just(BACK), st.just(FORWARD), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
_ZONES = st.sampled_from(["Europe/Paris", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
_GAPS = st.lists(st.integers(0, 11 * 60 - 1), min_size=1, max_size=12)


@given(_DAYS, st.integers(0, 24 * 60 - 1), _GAPS, _ZONES)
def test_a_list_in_order_reads_back_to_the_same_instants(
    day: date, first: int, gaps: list[int], name: str
) -> None:
    zone = clock.zone(name)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=first)
    instants = [begin]
    for gap in gaps:
        instants.append(instants[-1] + timedelta(minutes=gap))
    shown = [instant.astimezone(zone) for instant in instants]
    assume(not any(_is_repeated(one) for one in shown))
    read = timeline(*(f"{one:%H:%M} x" for one in shown), day=shown[0].date(), zone=name)
    assert read.disorders == ()
    assert [event.start.astimezone(UTC) for event in read.events if event.start] == instants


@given(st.sampled_from([BACK, FORWARD]), st.lists(st.integers(0, 6 * 60), min_size=2, max_size=10))
def test_a_night_of_changing_clocks_is_never_accused(day: date, minutes: list[int]) -> None:
    zone = clock.zone("Europe/Paris")
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    shown = [(midnight + timedelta(minutes=minute)).astimezone(zone) for minute in sorted(minutes)]
    read = timeline(*(f"{one:%H:%M} x" for one in shown), day=day)
    assert read.disorders == ()
    assert not any(event.skipped for event in read.events)


def _is_repeated(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), min_size=2, max_size=12))
def test_every_event_is_in_order_or_told(clocks: list[tuple[int, int]]) -> None:
    read = timeline(*(f"{hour:02}:{minute:02} x" for hour, minute in clocks))
    told = {id(found.event) for found in read.disorders if not found.ambiguous}
    kept = [event.start for event in read.events if id(event) not in told and event.start]
    assert kept == sorted(kept)
