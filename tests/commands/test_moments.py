"""What a responder types for a time is the instant that they mean, and never one that has not come."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from incidentdocs.commands.moments import moment_from
from incidentdocs.errors import UsageError

PARIS = ZoneInfo("Europe/Paris")


def moment(text: str | None, now: str) -> str:
    return moment_from(text, PARIS, datetime.fromisoformat(now)).isoformat()


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        (None, "2026-03-14T02:20:59+01:00", "2026-03-14T02:20:00+01:00"),
        ("02:20", "2026-03-14T02:20:01+01:00", "2026-03-14T02:20:00+01:00"),
        ("2h05", "2026-03-14T02:20+01:00", "2026-03-14T02:05:00+01:00"),
        ("23:50", "2026-03-14T02:20+01:00", "2026-03-13T23:50:00+01:00"),
        ("2:30", "2026-03-29T12:00+02:00", "2026-03-28T02:30:00+01:00"),  # skipped that night
        ("02:30", "2026-10-25T02:40+02:00", "2026-10-25T02:30:00+02:00"),
        ("02:30", "2026-10-25T02:10+01:00", "2026-10-25T02:30:00+02:00"),
        ("02:30", "2026-10-25T12:00+01:00", "2026-10-25T02:30:00+01:00"),
        ("02:30+02:00", "2026-10-25T12:00+01:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 02:30", "2026-10-25T02:35+02:00", "2026-10-25T02:30:00+02:00"),
        ("13:01", "2026-04-01T12:00+02:00", "2026-03-31T13:01:00+02:00"),
        ("00:10", "2026-04-01T22:50+02:00", "2026-04-01T00:10:00+02:00"),
        ("2026-03-14T01:20Z", "2026-03-14T02:20+01:00", "2026-03-14T02:20:00+01:00"),
        ("2026-03-13T20:20-05:00", "2026-03-14T12:00+01:00", "2026-03-14T02:20:00+01:00"),
    ],
)
def test_a_time_is_the_instant_that_is_meant(text: str | None, now: str, meant: str) -> None:
    assert moment(text, now) == meant


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("soon", "--at 'soon' is no time", "write --at 02:20 for"),
        ("25:10", "--at '25:10' is no time", "write --at 02:20 for"),
        ("2026-03-14", "--at '2026-03-14' is no time", "write --at 02:20 for"),
        ("0001-01-01T00:00", "--at '0001-01-01T00:00' is no time", "write --at 02:20 for"),
        (
            "2026-04-14T10:00",
            "--at 2026-04-14T10:00 lies in the future: it is 2026-04-01 12:00",
            "leave --at out",
        ),
        (
            "12:01",
            "--at 12:01 lies in the future: it is 2026-04-01 12:00",
            "leave --at out for now, or write --at 2026-03-31T12:01 if the day before is meant",
        ),
        (
            "13h00",
            "--at 13h00 lies in the future: it is 2026-04-01 12:00",
            "leave --at out for now, or write",
        ),
        ("2026-03-29T02:30", "--at 2026-03-29T02:30: clocks never showed", "write --at 2026-03-29T03:30"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_type(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        moment(text, "2026-04-01T12:00+02:00")
    assert refused.value.message.startswith(message)
    assert refused.value.hint.startswith(hint)
