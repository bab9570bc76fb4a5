"""What a document's title says, by its profile's patterns."""

import re
from collections.abc import Iterable
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

_FARTHEST = 20
"""Words that may stand before or after the title's own; patterns are short."""


def read_title(title: str, profile: Profile) -> Named | None:
    """Return what the title says, or None where it follows none of the profile's patterns.

    Case, accents, punctuation and spacing do not matter.
    """
    patterns = profile.title_forms
    if not patterns:
        return Named(title=title)
    matches = (_pattern(pattern).fullmatch(fold(title)) for pattern in patterns)
    return next((_named(match) for match in matches if match), None)


def words_of_title(title: str, patterns: Iterable[str]) -> str | None:
    """Return what stands in `title` for the `{title}` or `{slug}` of the first pattern that it follows.

    It is a piece of `title` as it is written, markup and all. None where no pattern says more than that.
    """
    return next((words for pattern in patterns if (words := _words_between(title, pattern))), None)


def meant_title(title: str, name: str, day: date | None, form: str) -> str:
    """Return the title in the pattern `form` that is most likely meant by one that does not follow it.

    `title` is what is written, "" where nothing is, and `name` what the file is called. What nothing tells
    stands in angle brackets.
    """
    written = " ".join(title.split())
    starts = [found.start() for found in re.finditer(r"(?<!\S)\w", written)][:_FARTHEST]
    if fold(re.sub(r"\{(?:title|slug)\}", "", form)):
        right = (start for start in starts if _pattern(form).fullmatch(fold(written[start:])))
        if (start := next(right, None)) is not None:
            return written[start:]
    label = _closed_up(form.partition("{")[0])
    ends = (found.end() for found in list(re.finditer(r"\S+", written))[:_FARTHEST])
    end = next((end for end in ends if label and _closed_up(written[:end]) == label), 0)
    words = re.sub(r"^[\s:：,;|–—-]+", "", written[end:])
    spaced = " ".join(re.split(r"[-_\s]+", name.strip("-_ ")))
    parts = {
        "title": words or spaced or "<title>",
        "slug": name or "-".join(words.split()) or "<name>",
        "date": day.isoformat() if day else "YYYY-MM-DD",
        "year": f"{day.year:04}" if day else "YYYY",
        "number": "<number>",
    }
    return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], form)


def _closed_up(text: str) -> str:
    return fold(text).replace(" ", "")


def _words_between(title: str, pattern: str) -> str | None:
    before, *rest = re.split(r"\{(?:title|slug)\}", pattern, maxsplit=1)
    after = rest[0] if rest else ""
    if not rest or not fold(before + after):
        return None
    start = _start_after(title, before) if fold(before) else 0
    if start is None:
        return None
    end = _end_before(title, after) if fold(after) else len(title)
    return title[start:end].strip() or None if end is not None else None


def _start_after(title: str, before: str) -> int | None:
    starts = [found.start() for found in re.finditer(r"(?<!\S)\S", title)][1:_FARTHEST]
    start = next((start for start in starts if _leniently(before).fullmatch(fold(title[:start]))), None)
    separator = re.compile(r"[:：,;|–—-]+\s+").match(title, start) if start else None
    return separator.end() if separator else start


def _end_before(title: str, after: str) -> int | None:
    ends = [found.end() for found in re.finditer(r"\S(?!\S)", title)][-_FARTHEST:-1]
    return next((end for end in reversed(ends) if _leniently(after).fullmatch(fold(title[end:]))), None)


@cache
def _leniently(pattern: str) -> re.Pattern[str]:
    """Return a pattern whose parts may be still to be written: `PM-TODO`."""
    pieces = enumerate(re.split(r"\{(\w+)\}", pattern))
    parts = (
        f"(?:{_FOLDED_PARTS[piece]}|todo)" if index % 2 else re.escape(fold(piece)) for index, piece in pieces
    )
    return re.compile(r"\s*".join(filter(None, parts)))


def day_in_title(title: str) -> date | None:
    """Return the first day that a title gives with its year, in whatever form, such as `March 14, 2026`."""
    for word in _word().finditer(title):
        slashed = _slashed().match(title, word.start())
        if slashed:
            day = _day_of(*map(int, slashed.groups()))
            if day:
                return day
            continue
        token = read_date(title, word.start())
        if token and token.certain and token.date and token.date.year:
            return token.date.on(first=date.min, last=date.min)
    return None


def _day_of(first: int, second: int, year: int) -> date | None:
    """Return the day that `3/14/2026` or `14/3/2026` can only be; None for `3/4/2026`, which may be two."""
    if first != second and max(first, second) <= 12:
        return None
    month, day = (first, second) if second > 12 else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _slashed() -> re.Pattern[str]:
    return re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")


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
