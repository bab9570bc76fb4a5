"""One written time becomes a value, and what only looks like one says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.timeline.time_expressions import WrittenTime, read_time
from incidentdocs.documents.timeline.written_dates import WrittenDate, read_date

NOWHERE = date(2026, 3, 14)


def reading(text: str) -> WrittenTime:
    time = read_time(text)
    assert time is not None, text
    return time


def clock(hours: int, minutes: int = 0, seconds: int = 0) -> timedelta:
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("10:15 detection", clock(10, 15), "detection"),
        ("**10:15** - detection", clock(10, 15), "detection"),
        ("**10:15 :** detection", clock(10, 15), "detection"),
        ("[10:15] detection", clock(10, 15), "detection"),
        ("[10:15](https://ops.example/t/1) — detection", clock(10, 15), "detection"),
        ("`10:15` detection", clock(10, 15), "detection"),
        ("🔴 10:15 detection", clock(10, 15), "detection"),
        ("[x] 10:15 detection", clock(10, 15), "detection"),
        ("10h15 détection", clock(10, 15), "détection"),
        ("10 h 15 : détection", clock(10, 15), "détection"),
        ("10h : détection", clock(10), "détection"),
        ("10:15:30 detection", clock(10, 15, 30), "detection"),
        ("4:23 PM detection", clock(16, 23), "detection"),
        ("4:23pm detection", clock(16, 23), "detection"),
        ("12:05 a.m. detection", clock(0, 5), "detection"),
        ("17:14pm detection", clock(17, 14), "detection"),
        ("24:00 detection", clock(24), "detection"),
        ("à 10h15 détection", clock(10, 15), "détection"),
        ("At 10:15, detection", clock(10, 15), "detection"),
        ("10:15 **detection**: probe", clock(10, 15), "**detection**: probe"),
        ("10:15 2 pods down", clock(10, 15), "2 pods down"),
    ],
)
def test_a_clock_is_read_in_every_notation(text: str, expected: timedelta, rest: str) -> None:
    time = reading(text)
    assert (time.clock, time.date, time.hint) == (expected, None, None)
    assert text[time.text :] == rest


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – ", " to ", " à ", " → "])
def test_a_range_has_two_clocks(dash: str) -> None:
    time = reading(f"10:15{dash}10:40 restart")
    assert (time.clock, time.until) == (clock(10, 15), clock(10, 40))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4:00-5:00 PM x", clock(16), clock(17)),
        ("11:00-1:00 PM x", clock(11), clock(13)),
        ("17h-18h x", clock(17), clock(18)),
    ],
)
def test_a_range_shares_its_half_of_the_day(text: str, first: timedelta, last: timedelta) -> None:
    assert (reading(text).clock, reading(text).until) == (first, last)


@pytest.mark.parametrize(
    "text", ["10:15 - 2 pods down", "10:15 - 10h de coupure", "10:15 — 5 PM release is out"]
)
def test_an_event_that_begins_with_a_number_is_no_range(text: str) -> None:
    assert reading(text).until is None


@pytest.mark.parametrize(
    "text", ["~10:15 x", "ca. 10:15 x", "vers 10h15 x", "10:15~ | x", "10:15 (approx.) x"]
)
def test_an_approximate_time_says_so(text: str) -> None:
    time = reading(text)
    assert time.approximate
    assert time.clock == clock(10, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-14 10:15", date(2026, 3, 14)),
        ("2026/03/14 10:15", date(2026, 3, 14)),
        ("14/03/2026 10:15", date(2026, 3, 14)),
        ("14.03.2026 10:15", date(2026, 3, 14)),
        ("14/03 10h15", date(2026, 3, 14)),
        ("14 mars 2026 à 10h15", date(2026, 3, 14)),
        ("Le 1er avril, 10h15", date(2026, 4, 1)),
        ("19. April, 10:15", date(2026, 4, 19)),
        ("March 14, 2026 10:15", date(2026, 3, 14)),
        ("Mar 14 10:15", date(2026, 3, 14)),
        ("Sep 27 2017 10:15", date(2017, 9, 27)),
        ("samedi 14 mars 10:15", date(2026, 3, 14)),
        ("10:15 (Mar 15)", date(2026, 3, 15)),
        ("10:15 on March 15", date(2026, 3, 15)),
        ("10:15 (lendemain)", date(2026, 3, 15)),
        ("lendemain 10:15", date(2026, 3, 15)),
        ("J+2 10:15", date(2026, 3, 16)),
        ("Mon 10:15", date(2026, 3, 16)),
        ("2026-03-14T10:15:00Z", date(2026, 3, 14)),
    ],
)
def test_a_time_may_carry_its_date(text: str, expected: date) -> None:
    time = reading(text)
    assert time.date is not None
    assert time.date.on(first=NOWHERE, last=NOWHERE) == expected
    assert time.clock == clock(10, 15)
    assert text[time.text :] == ""


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10:15 UTC x", 0),
        ("10:15Z x", 0),
        ("10:15 (CET) x", 60),
        ("10:15 PST x", -480),
        ("10:15 UTC+2 x", 120),
        ("10:15 UTC+05:30 x", 330),
        ("2026-03-14T10:15:00+02:00 x", 120),
        ("10:15-10:40 CEST x", 120),
    ],
)
def test_a_time_may_carry_its_zone(text: str, minutes: int) -> None:
    time = reading(text)
    assert time.zone is not None
    assert time.zone.utcoffset(None) == timedelta(minutes=minutes)
    assert text[time.text :] == "x"


@pytest.mark.parametrize("text", ["10:15 (UTC 09:15) x", "10:15 Kafka/Zookeeper down", "10:15 Etcd down"])
def test_what_only_resembles_a_zone_is_text(text: str) -> None:
    assert reading(text).zone is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("25:10 x", "25:10"),
        ("10:75 x", "10:75"),
        ("14:__ x", "14:__"),
        ("10:15-12:__ x", "10:15-12:__"),
        ("10:1O x", "10:1O"),
        ("10:5 x", "10:5"),
        ("24:10 x", "24:10"),
        ("20262-03-14 12:00", "20262-03-14 12:00"),
        ("2026-02-30 10:15", "2026-02-30 10:15"),
        ("32/03/2026 10:15", "32/03/2026 10:15"),
        ("2026-0?-14 10:15", "2026-0?-14 10:15"),
    ],
)
def test_an_impossible_time_is_kept_with_what_to_write(text: str, written: str) -> None:
    time = reading(text)
    assert time.hint
    assert text[time.start : time.end] == written


def test_a_letter_for_a_digit_is_mended() -> None:
    assert reading("1O:l5 x").hint == "write `10:15`"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "**Note:** 10:15 was busy",
        "Detected: 10:15",
        "1h40 de coupure",
        "10h after the release",
        "1:1 meeting",
        "1/2 of the pods",
        "3/4 10 pods",
        "1.20.13 released",
        "10.12.5.6:8080 refused",
        "may 10 users be hit",
        "2 pods down since 10:15",
        "Next step: 10:15",
    ],
)
def test_what_begins_with_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


def test_prose_begins_with_the_time_itself() -> None:
    assert read_time("At 10:15 the disk filled up", prose=True) is None
    assert read_time("2026-03-14 was a long day", prose=True) is None
    assert read_time("**10:15** the disk filled up", prose=True) is not None


@pytest.mark.parametrize(
    ("text", "certain"), [("2026-03-14", True), ("14 mars 2026", True), ("14 mars", False), ("lundi", False)]
)
def test_a_date_without_a_year_may_be_something_else(text: str, certain: bool) -> None:
    token = read_date(text)
    assert token is not None
    assert token.certain is certain


@given(st.dates(), st.dates(min_value=date(1010, 1, 1), max_value=date(8990, 1, 1)))
def test_a_date_without_its_year_is_the_nearest(day: date, near: date) -> None:
    found = WrittenDate(month=day.month, day=day.day).on(first=near, last=near)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert abs(found - near) <= timedelta(days=366 * (4 if (day.month, day.day) == (2, 29) else 1))


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(8999, 12, 31)), st.times())
def test_the_iso_form_is_read_back(day: date, time: object) -> None:
    found = reading(f"{day} {str(time)[:5]} x")
    assert found.hint is None
    assert found.date is not None
    assert found.date.on(first=NOWHERE, last=NOWHERE) == day


@given(st.text(alphabet=st.sampled_from("0123456789:-–/.~[]()*_`| ,hHXx?UTCZapm+à\nJanmars"), max_size=60))
def test_any_text_is_read_without_failing_and_within_itself(text: str) -> None:
    time = read_time(text)
    if time is not None:
        assert 0 <= time.start < time.end <= time.text <= len(text)
        told = (time.hint, time.clock, time.date, time.shift)
        assert any(each is not None for each in told)


@pytest.mark.parametrize("below", ["~", "?", "UTC", "(UTC)", "- 10:20", "(2026-03-15)"])
def test_a_time_ends_with_its_line(below: str) -> None:
    time = read_time(f"10:15\n{below}")
    assert time is not None
    assert time.end == len("10:15")
