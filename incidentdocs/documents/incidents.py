"""The incidents of a document that tells of several: the headings that begin them, with their dates."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.timeline.time_expressions import is_time
from incidentdocs.documents.timeline.written_dates import DateToken, WrittenDate, read_date
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import IncidentsProfile

LONGEST = 300
"""A date is looked for in the first characters of a heading only."""

_PARTS = {"title": ".*", "slug": r"\S*", "number": r"\d+", "year": r"\d{4}"}
"""What a pattern's parts may hold once a heading is folded; a title may be left out."""


class Incident(NamedTuple):
    """One of a document's incidents: the heading that begins it, and the date that it names."""

    heading: Heading
    date: WrittenDate


def read_incidents(headings: Sequence[Heading], wanted: IncidentsProfile | None) -> Mapping[int, Incident]:
    """Return the incidents that begin at `headings`, by their lines; none where the profile parts none.

    `03/04/2026` is the third of April unless another of the headings can only be American.
    """
    if wanted is None:
        return {}
    shown = [(heading, plain(heading.text.source)[:LONGEST]) for heading in headings]
    named = [(heading, text) for heading, text in shown if heading.level == wanted.level]
    american = any(_only_american(found) for _, text in named for found in _slashed().finditer(text))
    dated = ((heading, _date_in(text, wanted.title, american=american)) for heading, text in named)
    return {heading.first: Incident(heading, date) for heading, date in dated if date}


def incidents_around(
    headings: Iterable[Heading], begun: Mapping[int, Incident], wanted: IncidentsProfile | None
) -> Mapping[int, Incident]:
    """Return the incident in which each heading stands, its own included, by the heading's line.

    It ends at the next heading of its level or above, unless that only gives the time of an event.
    """
    around: dict[int, Incident] = {}
    current: Incident | None = None
    for heading in headings:
        ends = wanted is not None and heading.level <= wanted.level and not is_time(heading.text.source)
        current = begun.get(heading.first) or (None if ends else current)
        if current:
            around[heading.first] = current
    return around


def _date_in(text: str, pattern: str, *, american: bool) -> WrittenDate | None:
    """Return the date at which `text` follows the pattern, None where it follows it at none."""
    before, _, after = pattern.partition("{date}")
    for at, token in _dates(text, american=american):
        follows = _shape(before).fullmatch(fold(text[:at])) and _shape(after).fullmatch(
            fold(text[token.end :])
        )
        if token.date and follows:
            return _with_year_of_the_end(token.date, text, token.end)
    return None


def _dates(text: str, *, american: bool) -> Iterator[tuple[int, DateToken]]:
    for word in _word().finditer(text):
        at = word.start()
        token = _american(text, at, american=american) or read_date(text, at)
        if (
            token
            and token.date
            and token.date.month
            and (token.certain or _stands_alone(text, at, token.end))
        ):
            yield at, token


def _american(text: str, at: int, *, american: bool) -> DateToken | None:
    found = _slashed().match(text, at)
    if found is None or int(found[1]) > 12 or not (american or _only_american(found)):
        return None
    token = read_date(f"{found[2]}/{found[1]}/{found[3]}")  # day first, as it reads them
    return DateToken(found.end(), token.date) if token else None


def _only_american(found: re.Match[str]) -> bool:
    return int(found[1]) <= 12 < int(found[2]) <= 31


def _stands_alone(text: str, at: int, end: int) -> bool:
    """Tell a day without its year from a fraction: `3/4 of the nodes` names no day."""
    return any(map(str.isalpha, text[at:end])) or bool(_alone().match(text, end))


def _with_year_of_the_end(date: WrittenDate, text: str, end: int) -> WrittenDate:
    """Return the first day of `28 October – 2 November 2025` with the year that only the last one has."""
    joined = _joiner().match(text, end)
    until = read_date(text, joined.end()) if joined and date.year is None else None
    if until is None or until.date is None or until.date.year is None or date.month is None:
        return date
    before = until.date.month is not None and until.date.month < date.month
    return date._replace(year=until.date.year - before)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)\w")


@cache
def _slashed() -> re.Pattern[str]:
    return re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[-–—:|,)\]]|$)")


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile(r"\s?(?:[-–—]|to|au|until)\s?")


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    """Return what matches a folded text that follows a piece of a pattern, in whatever punctuation."""
    pieces = enumerate(re.split(r"\{(\w+)\}", pattern))
    parts = [_PARTS[piece] if index % 2 else re.escape(fold(piece)) for index, piece in pieces]
    return re.compile(r"\s*".join(filter(None, parts)))
