"""Time zones, durations, and the one door to the machine's clock and zone."""

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone(name: str) -> tzinfo:
    """Return the time zone called `name`, such as `Europe/Paris`; ValueError where there is none."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"no time zone is called {name!r}") from error


def today(in_zone: tzinfo) -> date:
    """Return the machine's date in `in_zone`."""
    return datetime.now(in_zone).date()


def now(in_zone: tzinfo) -> datetime:
    """Return the machine's date and time in `in_zone`."""
    return datetime.now(in_zone)


def local_time() -> datetime:
    """Return the machine's time on its own clock."""
    return datetime.now().astimezone()


def local_date(moment: datetime, in_zone: tzinfo) -> date | None:
    """Return the day of `moment` in a zone, None where the calendar ends before it."""
    try:
        return moment.astimezone(in_zone).date()
    except OverflowError:
        return None


def lies_ahead(day: date, today: date) -> bool:
    """Return whether `day` is after today in every zone: somewhere it is already tomorrow."""
    return today < date.max and day > today + timedelta(days=1)


def instant(local: datetime, in_zone: tzinfo) -> datetime:
    """Return the instant, in UTC, at which the clocks of a zone first show `local`, a time without a zone.

    Where they skip that time it is the first instant after the gap, and where they show it twice the first of
    the two. Beyond the calendar's ends it is the end.
    """
    try:
        found = local.replace(tzinfo=in_zone, fold=0).astimezone(UTC)
        if found.astimezone(in_zone).replace(tzinfo=None) == local:
            return found
        return _after_the_gap(local, found, in_zone)
    except OverflowError:
        return (datetime.min if local.year < 2 else datetime.max).replace(tzinfo=UTC)


def _after_the_gap(local: datetime, after: datetime, in_zone: tzinfo) -> datetime:
    """Return the instant at which clocks that skip `local` go on; `after` lies less than a day behind it."""
    before = local.replace(tzinfo=in_zone, fold=1).astimezone(UTC).replace(microsecond=0)
    seconds = range(int((after - before).total_seconds()) + 1)

    def has_passed(second: int) -> bool:
        shown = (before + timedelta(seconds=second)).astimezone(in_zone)
        return shown.replace(tzinfo=None) > local

    return before + timedelta(seconds=bisect_left(seconds, True, key=has_passed))


def machine_zone() -> str:
    """Return the IANA name of the machine's time zone, `UTC` where it has none."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or "UTC"
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return "UTC"
    return "UTC" if name == "Etc/UTC" else name


@cache
def _duration_pattern() -> re.Pattern[str]:
    units = (
        r"(?:(?P<days>\d{1,4})\s*(?:d|j|days?|jours?))?\s*"
        r"(?:(?P<hours>\d{1,5})\s*(?:h|hrs?|hours?|heures?))?\s*"
        r"(?:(?:,|and|et)?\s*(?P<minutes>\d{1,6}+)\s*(?:m|min|mins|mn|minutes?)?)?\s*"
        r"(?:(?P<seconds>\d{1,6})\s*(?:s|sec|secs|seconds?|secondes?))?"
    )
    return re.compile(units, re.IGNORECASE)


def parse_duration(text: str) -> timedelta | None:
    """Return the duration that `text` writes, or None where it writes none.

    Read are `1h 40m`, `1h40`, `45m`, `45 min`, `2 hours`, `1d 3h`, `669 minutes` and their French words.
    A bare number has no unit and is no duration.
    """
    bare = text.strip()
    found = _duration_pattern().fullmatch(bare)
    if not bare or bare.isdecimal() or found is None:
        return None
    amounts = {unit: int(amount) for unit, amount in found.groupdict().items() if amount}
    return timedelta(**amounts) if amounts else None


def format_duration(duration: timedelta) -> str:
    """Write a duration as the process does: `1h 40m`, `45m`, `2h 0m`."""
    minutes = int(duration.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours}h {rest}m" if hours else f"{rest}m"


def format_days(duration: timedelta) -> str:
    """Write a duration of days in words, in its two largest units: `7 days`, `3 days and 2 hours`."""
    hours, minutes = duration.seconds // 3600, duration.seconds // 60 % 60
    rest = (hours, "hour") if hours else (minutes, "minute")
    units = ((duration.days, "day"), rest)
    return " and ".join(f"{number} {unit}{'s' * (number != 1)}" for number, unit in units if number)


_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0,
    "CET": 60, "BST": 60, "WEST": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
    "IST": 330, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "BRT": -180, "EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360,
    "MST": -420, "PDT": -420, "PST": -480,
}  # fmt: skip
"""Minutes east of Greenwich of the zone abbreviations in common use."""

_REGIONS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

_AREAS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian")
"""The parts of the world in which a city is looked for that is written without one."""

_NAMED = (
    r"(?:Pacific|Mountain|Central(?:\sEuropean)?|Eastern(?:\sEuropean)?|Western\sEuropean"
    r"|British|Greenwich\sMean|India|Japan)"
)
_LONG_NAME = (
    rf"{_NAMED}(?:\s(?:Standard|Daylight|Summer))?\s[Tt]ime"
    r"|(?:Coordinated\s)?Universal\s[Tt]ime"
    r"|(?:[Hh]eures?|[Hh]ora)\s(?:de\s|d['’])[A-Z][a-z-]{2,20}(?:\s[A-Z][a-z]{2,20})?"
    r"|[A-Z][a-z]{2,20}(?:\s[A-Z][a-z]{2,20})?\s[Tt]ime"
)
"""Zones in words: `Pacific time`, `heure de Paris`, `London time`."""

_ABBREVIATIONS = "|".join(sorted([*_OFFSETS, *_REGIONS], key=len, reverse=True))

ZONE_PATTERN = (
    r"(?:(?:UTC|GMT|utc)(?:\s?[+−-](?:1[0-4]|0?\d)(?::?(?:00|30|45))?(?![\d:]))?"
    rf"|(?!(?:{_ABBREVIATIONS})/)[A-Z][A-Za-z]{{1,20}}/[A-Z][A-Za-z_/+-]{{1,30}}"
    rf"|(?:{_ABBREVIATIONS})"
    rf"|(?:{_LONG_NAME})(?![\w-]))(?![A-Za-z])"
)
"""A regular expression for the written zones that `written_zone` may understand."""


def written_zone(text: str) -> tzinfo | None:
    """Return the zone that `text` writes (`UTC`, `CEST`, `UTC+2`, `+02:00`, `Europe/Paris`), or None.

    An abbreviation is a fixed offset, as its author wrote it, whatever the season.
    """
    name = text.strip().replace("−", "-")
    if name.upper() in _OFFSETS:
        return _fixed(_OFFSETS[name.upper()])
    offset = _offset_pattern().fullmatch(name)
    if offset:
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        return _fixed(-minutes if offset["sign"] == "-" else minutes)
    if " " in name:
        return _in_words(name)
    return _known(_REGIONS.get(name, name)) if "/" in name or name in _REGIONS else None


def is_offset(text: str) -> bool:
    """Return whether a written zone is an exact offset, such as `UTC-7`, and no abbreviation or region."""
    return _offset_pattern().fullmatch(text.strip().replace("−", "-")) is not None


def likely_zone(text: str) -> tzinfo | None:
    """Return the zone that a misspelt region can only mean by what follows its slash: `UC/Pacific`."""
    place = text.rpartition("/")[2]
    return _in_words(f"{place} time") if place.isalpha() else None


def _in_words(name: str) -> tzinfo | None:
    """Return the zone that words name: `Pacific Time`, `Central European Summer Time`, `heure de Paris`."""
    words = name.split()
    if words[-1].lower() == "time":
        initials = "".join(word[0] for word in words).upper()
        if words[-2] == "Universal":
            return UTC
        if _named_pattern().match(name):
            return written_zone(initials)
        return _city("_".join(words[:-1]))
    return _city("_".join(re.split(r"\sd(?:e\s|['’])", name, maxsplit=1)[-1].split()))


@lru_cache(maxsize=1000)
def _city(place: str) -> tzinfo | None:
    """Return the zone of a city, or of whatever the one region of that name is; None where there are two."""
    found = [known for area in _AREAS if (known := _known(f"{area}/{place}"))]
    return found[0] if len(found) == 1 else None


def _known(name: str) -> tzinfo | None:
    try:
        return zone(name)
    except ValueError:
        return None


@cache
def _named_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_NAMED}\b")


def _fixed(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


@cache
def _offset_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>1[0-4]|0?\d)(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE
    )
