"""When something was, as a responder types it: a date with a time, or a clock for the last such instant."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from incidentdocs.errors import UsageError

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_SOON = timedelta(hours=1)


def moment_from(
    text: str | None, zone: tzinfo, now: datetime, *, option: str = "--at", end: str = ""
) -> datetime:
    """Return the moment, in `zone` and to the minute, that `text` writes; None is `now`.

    Read are `2026-03-14T02:20`, with a space or an offset as well, and a bare `02:20`, `2:20` or `2h20` for
    the last such instant that is not after `now`. In an hour that the zone repeats, a time without an offset
    is the later that has been. UsageError, naming `option`, for any other writing, a time that clocks in the
    zone never showed, and one that has not come yet; so is a bare time that comes within the hour, for who
    types it hardly means yesterday. `end` says what happens at `now`, where that is not the present.
    """
    present = now.astimezone(UTC).replace(second=0, microsecond=0)
    if text is None:
        return present.astimezone(zone)
    clock = _clock().fullmatch(text.strip())
    try:
        moment = _last_such(clock, zone, present) if clock else _written(text, zone, present, option)
    except (ValueError, OverflowError):  # the calendar ends there
        moment = None
    if moment is None:
        raise UsageError(
            f"{option} {text!r} is no time",
            hint=f"write {option} 02:20 for the last such time, or {option} 2026-03-14T02:20",
        )
    local = moment.astimezone(zone)
    soon = clock is not None and present - moment > _DAY / 2 and _comes_soon(clock, present.astimezone(zone))
    if moment > present or soon:
        future = f"comes after {end} at" if end else "lies in the future: it is"
        instead = f"{option} {local:%Y-%m-%dT%H:%M} if the day before is meant" if soon else "when it was"
        raise UsageError(
            f"{option} {text} {future} {present.astimezone(zone):%Y-%m-%d %H:%M}",
            hint=f"leave {option} out{'' if end else ' for now'}, or write {instead}",
        )
    return local


def comes_before(typed: datetime, known: datetime) -> bool:
    """Return whether a moment that was typed to the minute comes before one that is known to the second."""
    return typed.timestamp() < known.timestamp() - 59


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(r"(?P<hour>[01]?\d|2[0-3])[:hH](?P<minute>[0-5]\d)(?P<offset>[+-]\d\d:?\d\d|Z)?")


def _comes_soon(clock: re.Match[str], now: datetime) -> bool:
    if clock["offset"]:
        return False
    ahead = timedelta(hours=int(clock["hour"]) - now.hour, minutes=int(clock["minute"]) - now.minute)
    return timedelta() < ahead % _DAY <= _SOON


def _last_such(clock: re.Match[str], zone: tzinfo, now: datetime) -> datetime | None:
    """Return the last instant, not after `now`, at which clocks in the zone showed a time."""
    days = (now.date() - _DAY * back for back in range(-1, 4))  # a day may skip the hour, and zones lie ahead
    written = f"{int(clock['hour']):02}:{clock['minute']}:00{clock['offset'] or ''}"
    found = (each for day in days for each in _instants(f"{day}T{written}", zone))
    return max((each for each in found if each <= now), default=None)


def _written(text: str, zone: tzinfo, now: datetime, option: str) -> datetime | None:
    given = datetime.fromisoformat(text.strip())
    if len(text.strip()) <= len("2026-03-14"):
        return None
    instants = _instants(given.isoformat(), zone)
    if not instants:
        after = given.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        raise UsageError(
            f"{option} {text}: clocks never showed that time, they were put forward",
            hint=f"write {option} {after:%Y-%m-%dT%H:%M}, or the time with its offset",
        )
    return max((each for each in instants if each <= now), default=instants[0])


def _instants(written: str, zone: tzinfo) -> list[datetime]:
    """Return the instants, in UTC, that a full time means: none that the zone skips, two that it repeats."""
    given = datetime.fromisoformat(written).replace(second=0, microsecond=0)
    if given.tzinfo:
        return [given.astimezone(UTC)]
    both = {given.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(each for each in both if each.astimezone(zone).replace(tzinfo=None) == given)
