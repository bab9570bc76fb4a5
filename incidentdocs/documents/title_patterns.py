"""What a document's title says, by its profile's patterns."""

import re
from datetime import date
from functools import cache

from incidentdocs.documents.timeline.written_dates import read_date
from incidentdocs.documents.titles import fold
from incidentdocs.profiles.file_names import PARTS, Named
from incidentdocs.profiles.profile import Profile

_FOLDED_PARTS = PARTS | {
    "date": r"(?P<date>\d{4} \d{2} \d{2})",
    "slug": r"(?P<slug>\S+)",
}
"""The parts of a pattern as they stand in a folded title, where every hyphen is a space."""


def read_title(title: str, profile: Profile) -> Named | None:
    """Return what the title says, or None where it follows none of the profile's patterns.

    Case, accents, punctuation and spacing do not matter.
    """
    patterns = [pattern for of_language in profile.titles.values() for pattern in of_language]
    if not patterns:
        return Named(title=title)
    matches = (_pattern(pattern).fullmatch(fold(title)) for pattern in patterns)
    return next((_named(match) for match in matches if match), None)


def day_in_title(title: str) -> date | None:
    """Return the first day that a title gives with its year, in whatever form, such as `March 14, 2026`."""
    for word in _word().finditer(title):
        token = read_date(title, word.start())
        if token and token.certain and token.date and token.date.year:
            return token.date.on(first=date.min, last=date.min)
    return None


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<![\w./-])\w")


def _named(found: re.Match[str]) -> Named:
    groups = found.groupdict()
    try:
        day = date.fromisoformat(groups["date"].replace(" ", "-")) if groups.get("date") else None
    except ValueError:
        day = None
    return Named(day, day.year if day else None, groups.get("title") or groups.get("slug"))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    pieces = enumerate(re.split(r"\{(\w+)\}", pattern))
    parts = (_FOLDED_PARTS[piece] if index % 2 else re.escape(fold(piece)) for index, piece in pieces)
    return re.compile(r"\b\s*".join(filter(None, parts)))
