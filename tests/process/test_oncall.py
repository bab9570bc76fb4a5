"""Laws of the rota: time is parted without a gap, handovers are local, overrides and absences hold."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs.clock import instant
from incidentdocs.process.oncall import (
    Absence,
    Duty,
    OnCall,
    Override,
    Rotation,
    absent,
    on_call,
    shifts,
    week_beginning,
    week_holding,
    week_of,
)
from incidentdocs.process.people import Person, Roster

ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
PARIS = ZoneInfo("Europe/Paris")
TEN_YEARS = 10 * 366
PEOPLE = ("ana", "bo", "cyd", "dee", "eli")
BEGIN = date(2020, 1, 1)


def shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def handovers(oncall: OnCall, since: datetime, until: datetime) -> list[datetime]:
    """Return the handovers as somebody finds them who watches the clock minute by minute."""
    assert oncall.rotation
    found = []
    day = oncall.rotation.start
    while (noon := datetime.combine(day, time(12), UTC)) <= until + timedelta(days=8):
        if noon >= since - timedelta(days=8):
            found.append(watched(datetime.combine(day, oncall.handover), oncall.zone, hours=3))  # type: ignore[arg-type]
        day += timedelta(days=7)
    return found


def watched(local: datetime, zone: ZoneInfo, hours: int = 26) -> datetime:
    """Return the first minute at which the clocks have come to `local` or gone past it.

    They are watched from as many `hours` before as clocks in the zone may be put forward or back.
    """
    offset = (local - timedelta(days=2)).replace(tzinfo=zone).utcoffset()
    assert offset is not None
    begin = local.replace(tzinfo=UTC) - offset - timedelta(hours=hours)
    minutes = (begin + timedelta(minutes=count) for count in range(2 * hours * 60))
    return next(minute for minute in minutes if shown(minute, zone) >= local)


@st.composite
def rotas(draw: st.DrawFn) -> OnCall:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    start = BEGIN + timedelta(days=draw(st.integers(0, 600)))
    order = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5, unique=True))
    backups = draw(st.just(()) | st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3).map(tuple))
    days = st.integers(0, TEN_YEARS).map(lambda number: BEGIN + timedelta(days=number))
    absences = [
        Absence(draw(st.sampled_from(PEOPLE)), first, first + timedelta(days=draw(st.integers(0, 40))))
        for first in draw(st.lists(days, max_size=8))
    ]
    return OnCall(
        backup="" if backups else draw(st.sampled_from(("", *PEOPLE))),
        rotation=Rotation(tuple(order), start, backups),
        weekday=start.weekday(),
        handover=draw(
            st.sampled_from([time(9), time(0), time(2, 15), time(2, 30), time(1, 45), time(23, 59)])
        ),
        zone=zone,
        overrides=tuple(draw(overrides(zone))),
        absences=tuple(absences),
        people=draw(rosters()),
    )


@st.composite
def overrides(draw: st.DrawFn, zone: ZoneInfo) -> list[Override]:
    hours = draw(st.lists(st.integers(0, TEN_YEARS * 24), max_size=8, unique=True).map(sorted))
    ends = [instant(datetime.combine(BEGIN, time()) + timedelta(hours=number), zone) for number in hours]
    return [
        Override(draw(st.sampled_from((*PEOPLE, "fay"))), "principal", since, until)
        for since, until in zip(ends[::2], ends[1::2], strict=False)
        if since < until
    ]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    if draw(st.booleans()):
        return Roster()
    days = st.none() | st.integers(0, TEN_YEARS).map(lambda number: BEGIN + timedelta(days=number))
    return Roster(tuple(Person(who, since=draw(days), until=draw(days)) for who in (*PEOPLE, "fay")))


SPAN = (datetime(2019, 12, 1, tzinfo=UTC), datetime(2030, 2, 1, tzinfo=UTC))


def pointed(stretches: list[Duty], moment: datetime) -> Duty:
    begins = [duty.since for duty in stretches if duty.since]
    return stretches[bisect_right(begins, moment) - 1]


@settings(max_examples=60)
@given(rotas())
def test_shifts_part_time_and_nobody_is_two_things_at_once(oncall: OnCall) -> None:
    found = list(shifts(oncall, *SPAN))
    assert (found[0].since, found[-1].until) == SPAN
    assert all(one.until == other.since for one, other in pairwise(found))
    assert all(duty.since and duty.until and duty.since < duty.until for duty in found)
    assert all(duty.principal is None or duty.principal != duty.backup for duty in found)


@settings(max_examples=8)
@given(rotas())
def test_at_every_hour_one_person_is_on_call_as_long_as_somebody_is_left(oncall: OnCall) -> None:
    found = list(shifts(oncall, *SPAN))
    assert oncall.rotation
    begins = watched(datetime.combine(oncall.rotation.start, oncall.handover), oncall.zone)  # type: ignore[arg-type]
    position, moment = 0, SPAN[0]
    there: dict[date, bool] = {}
    while moment < SPAN[1]:
        until = found[position].until
        assert until
        if moment >= until:
            position += 1
            continue
        day = shown(moment, oncall.zone).date()  # type: ignore[arg-type]
        if day not in there:
            there[day] = any(oncall.is_there(who, day) for who in oncall.named)
        decided = any(override.since <= moment < override.until for override in oncall.overrides)
        expected = decided or (moment >= begins and there[day])
        assert (found[position].principal is not None) == expected, moment
        moment += timedelta(hours=1)


@settings(max_examples=60)
@given(rotas(), st.data())
def test_one_moment_is_answered_as_the_shifts_are(oncall: OnCall, data: st.DataObject) -> None:
    found = list(shifts(oncall, *SPAN))
    edges = [duty.since for duty in found if duty.since]
    near = st.sampled_from(edges).flatmap(
        lambda edge: st.sampled_from([edge, edge - timedelta(seconds=1), edge + timedelta(seconds=1)])
    )
    for _ in range(20):
        moment = data.draw(near.filter(lambda at: SPAN[0] <= at < SPAN[1]))
        duty, shift = on_call(oncall, moment), pointed(found, moment)
        assert duty[:2] == shift[:2]
        assert duty.since is None or duty.since <= moment
        assert duty.until is None or moment < duty.until
        assert on_call(oncall, moment.astimezone(ZoneInfo("Asia/Tokyo"))) == duty


@settings(max_examples=12)
@given(
    st.sampled_from(ZONES), st.sampled_from([time(9), time(0), time(2, 15), time(2, 30)]), st.integers(0, 6)
)
def test_handovers_fall_on_the_clock_of_the_zone(zone: str, handover: time, weekday: int) -> None:
    start = date(2020, 1, 6) + timedelta(days=weekday)
    oncall = OnCall(
        rotation=Rotation(PEOPLE[:3], start), weekday=weekday, handover=handover, zone=ZoneInfo(zone)
    )
    expected = handovers(oncall, *SPAN)
    found = [duty.since for duty in shifts(oncall, expected[0], SPAN[1])]
    assert found == [moment for moment in expected if moment < SPAN[1]]
    turns = [duty.principal for duty in shifts(oncall, expected[0], SPAN[1])]
    assert turns == [PEOPLE[number % 3] for number in range(len(turns))]
    for moment in found:
        assert moment
        local = shown(moment, ZoneInfo(zone))
        exact = (local.weekday(), local.time()) == (weekday, handover)
        assert exact or shown(moment - timedelta(minutes=1), ZoneInfo(zone)).time() < handover < local.time()


@settings(max_examples=60)
@given(rotas())
def test_overrides_and_absences_hold(oncall: OnCall) -> None:
    for duty in shifts(oncall, *SPAN):
        assert duty.since
        decided = [each.who for each in oncall.overrides if each.since <= duty.since < each.until]
        if decided:
            assert duty.principal == decided[0]
        for who in filter(None, duty[:2]):
            assert who in decided or oncall.is_there(who, oncall.day_of(duty.since))
    for override in oncall.overrides:
        assert on_call(oncall, override.since).principal == override.who
        assert on_call(oncall, override.until - timedelta(seconds=1)).principal == override.who


@settings(max_examples=60)
@given(rotas())
def test_a_principal_who_is_there_is_not_replaced_and_an_absent_one_is_by_the_backup(oncall: OnCall) -> None:
    assert oncall.rotation
    as_planned = OnCall(
        backup=oncall.backup,
        rotation=oncall.rotation,
        weekday=oncall.weekday,
        handover=oncall.handover,
        zone=oncall.zone,
    )
    for duty in shifts(oncall, *SPAN):
        assert duty.since
        if any(each.since <= duty.since < each.until for each in oncall.overrides):
            continue
        planned, day = on_call(as_planned, duty.since), oncall.day_of(duty.since)
        if planned.principal and oncall.is_there(planned.principal, day):
            assert duty.principal == planned.principal
        elif planned.backup and oncall.is_there(planned.backup, day):
            assert duty.principal == planned.backup


def weekly(**more: object) -> OnCall:
    settled = {"rotation": Rotation(("ana", "bo", "cyd"), date(2026, 1, 5)), "zone": PARIS}
    return OnCall(**(settled | more))  # type: ignore[arg-type]


def at(text: str) -> datetime:
    return instant(datetime.fromisoformat(text), PARIS)


def pair(oncall: OnCall, text: str) -> tuple[str | None, str | None]:
    duty = on_call(oncall, at(text))
    return duty.principal, duty.backup


def test_a_week_has_an_hour_less_and_an_hour_more_when_the_clocks_change() -> None:
    hours = [
        (week.until - week.since) / timedelta(hours=1)
        for week in (week_beginning(weekly(), date(2026, *day)) for day in ((3, 23), (3, 30), (10, 19)))
    ]
    assert hours == [167, 168, 169]


def test_a_handover_that_is_skipped_is_after_the_gap_and_one_that_is_shown_twice_is_the_first() -> None:
    sundays = weekly(rotation=Rotation(("ana", "bo"), date(2026, 3, 22)), weekday=6, handover=time(2, 30))
    assert week_beginning(sundays, date(2026, 3, 29)).since == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert week_beginning(sundays, date(2026, 10, 25)).since == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert on_call(sundays, datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)).principal == "ana"
    assert on_call(sundays, datetime(2026, 3, 29, 1, tzinfo=UTC)).principal == "bo"


def test_a_day_that_a_zone_left_out_has_no_length() -> None:
    apia = ZoneInfo("Pacific/Apia")
    away = OnCall("ana", "bo", zone=apia, absences=(Absence("ana", date(2011, 12, 30), date(2011, 12, 30)),))
    assert {
        duty.principal for duty in shifts(away, *(datetime(2011, 12, day, tzinfo=UTC) for day in (28, 31)))
    } == {"ana"}


def test_a_midnight_that_the_clocks_show_twice_begins_its_day_and_its_week_once() -> None:
    newfoundland = ZoneInfo(
        "America/St_Johns"
    )  # on 7 November 2010 one minute after midnight was 23:01 again
    midnight = datetime(2010, 11, 7, 2, 30, tzinfo=UTC)
    oncall = OnCall(
        rotation=Rotation(("ana", "bo"), date(2010, 10, 31)),
        weekday=6,
        handover=time(0),
        zone=newfoundland,
        absences=(Absence("bo", date(2010, 11, 6), date(2010, 11, 6)),),
    )
    found = [
        on_call(oncall, midnight + timedelta(minutes=minutes)).principal for minutes in (-1, 0, 1, 30, 90)
    ]
    assert found == ["ana", "bo", "bo", "bo", "bo"]
    assert absent(oncall, midnight + timedelta(minutes=30)) == ()
    assert absent(oncall, midnight - timedelta(minutes=1)) == ("bo",)


def test_weeks_are_named_across_the_years_and_week_53() -> None:
    weeks = [
        week_holding(weekly(), date(2026, 12, 28) + timedelta(days=7 * number)).name for number in (0, 1)
    ]
    assert weeks == ["2026-W53", "2027-W01"]
    assert week_of(weekly(), at("2027-01-04 08:59")).name == "2026-W53"
    assert week_of(weekly(), at("2027-01-04 09:00")).name == "2027-W01"
    assert week_holding(weekly(), date(2027, 1, 4)).name == "2027-W01"
    assert pair(weekly(), "2027-01-03 12:00") == ("ana", "bo")
    assert pair(weekly(), "2027-01-04 12:00") == ("bo", "cyd")


def test_before_the_rotation_begins_nobody_is_on_call_but_by_an_override() -> None:
    early = Override("cyd", "principal", at("2026-01-02 00:00"), at("2026-01-03 00:00"))
    assert pair(weekly(), "2026-01-05 08:59") == (None, None)
    assert on_call(weekly(), at("2026-01-01")).until == at("2026-01-05 09:00")
    assert pair(weekly(overrides=(early,)), "2026-01-02 12:00") == ("cyd", None)


def test_the_next_in_order_stands_in_for_a_backup_and_everybody_absent_is_nobody() -> None:
    away = [Absence(who, date(2026, 1, 6), date(2026, 1, 6)) for who in ("bo", "ana", "cyd")]
    assert pair(weekly(absences=tuple(away[:1])), "2026-01-06 12:00") == ("ana", "cyd")
    assert pair(weekly(absences=tuple(away[:2])), "2026-01-06 12:00") == ("cyd", None)
    assert pair(weekly(absences=tuple(away)), "2026-01-06 12:00") == (None, None)
    assert absent(weekly(absences=tuple(away)), at("2026-01-06 12:00")) == ("ana", "bo", "cyd")
    assert pair(weekly(absences=tuple(away)), "2026-01-05 23:59") == ("ana", "bo")
    assert pair(weekly(absences=tuple(away)), "2026-01-07 00:00") == ("ana", "bo")


def test_whom_the_backup_relieves_stands_in_where_nobody_else_is_left() -> None:
    swap = (Override("bo", "principal", at("2026-01-06 18:00"), at("2026-01-07 09:00")),)
    assert pair(weekly(overrides=swap), "2026-01-06 20:00") == ("bo", "cyd")
    two = weekly(rotation=Rotation(("ana", "bo"), date(2026, 1, 5)), overrides=swap)
    assert pair(two, "2026-01-06 20:00") == ("bo", "ana")


def test_an_override_of_the_backup_leaves_another_principal() -> None:
    backup = (Override("ana", "backup", at("2026-01-06 18:00"), at("2026-01-07 09:00")),)
    assert pair(weekly(overrides=backup), "2026-01-06 20:00") == ("bo", "ana")


def test_backups_take_turns_of_their_own_or_one_holds_always() -> None:
    turns = weekly(rotation=Rotation(("ana", "bo"), date(2026, 1, 5), ("dee", "eli", "fay")))
    days = ("2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27")
    assert [pair(turns, day) for day in days] == [
        ("ana", "dee"),
        ("bo", "eli"),
        ("ana", "fay"),
        ("bo", "dee"),
    ]
    fixed = weekly(backup="bo")
    assert [pair(fixed, day) for day in days[:3]] == [("ana", "bo"), ("bo", "cyd"), ("cyd", "bo")]


def test_an_assignment_holds_always_but_for_absences() -> None:
    fixed = OnCall("ana", "bo", zone=PARIS, absences=(Absence("ana", date(2026, 1, 6), date.max),))
    assert on_call(fixed, at("2020-01-01")) == Duty("ana", "bo", None, at("2026-01-06"))
    assert pair(fixed, "2500-01-01") == ("bo", None)
    assert on_call(OnCall("ana"), at("2026-01-06")) == Duty("ana", None, None, None)


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_the_ends_of_the_calendar_are_answered(moment: datetime) -> None:
    assert on_call(weekly(), moment.replace(tzinfo=UTC)).until
    assert on_call(OnCall("ana"), moment.replace(tzinfo=UTC)).principal == "ana"


def test_who_comes_and_goes_is_on_call_while_there() -> None:
    roster = Roster(
        (Person("ana", until=date(2026, 1, 7)), Person("bo"), Person("cyd", since=date(2026, 1, 8)))
    )
    days = ("2026-01-05 12:00", "2026-01-07 23:59", "2026-01-08 00:00")
    assert [pair(weekly(people=roster), day) for day in days] == [("ana", "bo"), ("ana", "bo"), ("bo", "cyd")]


def test_shifts_of_no_time_are_none() -> None:
    assert list(shifts(weekly(), at("2026-01-06"), at("2026-01-06"))) == []


def local_times() -> Iterator[st.SearchStrategy[datetime]]:
    yield st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1)).map(
        lambda each: each.replace(second=0, microsecond=0)
    )


@settings(max_examples=40)
@given(st.sampled_from((*ZONES, "Pacific/Apia", "America/St_Johns")), *local_times())
def test_an_instant_is_the_first_at_which_the_clocks_have_come_to_a_time(zone: str, local: datetime) -> None:
    assert instant(local, ZoneInfo(zone)) == watched(local, ZoneInfo(zone))
