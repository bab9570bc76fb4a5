"""What a file's name says, by its profile's pattern."""

import re
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from incidentdocs.profiles.profile import Profile

PARTS = {
    "date": r"(?P<date>\d{4}-\d{2}-\d{2})",
    "year": r"(?P<year>\d{4})",
    "number": r"(?P<number>\d+)",
    "slug": r"(?P<slug>[\w.-]+)",
    "title": r"(?P<title>\S(?:.*\S)?)",
}
"""What may vary in a pattern, and what each part may hold."""


class Named(NamedTuple):
    """What a name that follows its profile's pattern says; None for what the pattern does not hold."""

    day: date | None = None
    year: int | None = None
    title: str | None = None


def read_filename(path: str, profile: Profile) -> Named | None:
    """Return what the file's name says, or None where it does not follow the profile's pattern.

    A date that no calendar has does not follow it.
    """
    if not profile.filename:
        return Named()
    stem = _without_extension(PurePosixPath(path).name, profile)
    found = _pattern(_without_extension(profile.filename, profile)).fullmatch(stem)
    return _named(found) if found else None


def day_in_name(path: str, profile: Profile) -> date | None:
    """Return the day that the file's name gives: by the pattern, else where it holds one as `YYYY-MM-DD`."""
    named = read_filename(path, profile)
    if named and named.day:
        return named.day
    found = _day().search(PurePosixPath(path).name)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


@cache
def _day() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def _named(found: re.Match[str]) -> Named | None:
    groups = found.groupdict()
    try:
        day = date.fromisoformat(groups["date"]) if groups.get("date") else None
    except ValueError:
        return None
    year = day.year if day else int(groups["year"]) if groups.get("year") else None
    return Named(day, year, groups.get("title") or groups.get("slug"))


def _without_extension(name: str, profile: Profile) -> str:
    endings = (f".{extension}" for extension in profile.extensions if extension)
    length = next((len(ending) for ending in endings if name.casefold().endswith(ending)), 0)
    return name[: len(name) - length]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", pattern)
    return re.compile("".join(PARTS[p] if i % 2 else re.escape(p) for i, p in enumerate(pieces)))
