"""Finds a file's front matter: its fences, its fields and its comments."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from re import Pattern

from incidentdocs.markdown.front_matter import FrontMatter
from incidentdocs.markdown.places import Place, Problem, Span

_FENCES = ("---", "...")


def read_front_matter(lines: Sequence[str]) -> FrontMatter | None:
    """Return the front matter of a file, None when its first line begins none."""
    if not lines or lines[0].rstrip() != "---":
        return None
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() in _FENCES), None)
    closed = _read(lines, end, ()) if end and _is_head(lines[1:end]) else None
    if closed and not (closed.problems and _holds_heading(lines[1:end])):
        return closed
    return _read_unclosed(lines) or closed


def _read(lines: Sequence[str], end: int, problems: tuple[Problem, ...]) -> FrontMatter:
    rows = lines[1:end]
    if not any(row.strip() for row in rows):
        return FrontMatter(1, end + 1, (), problems, ())
    # yaml takes a sixth of a whole run's start, and many documents have no front matter.
    from incidentdocs.markdown.yaml_fields import read_fields

    reading = read_fields(rows, first=2)
    comments = tuple(_comments(rows, 2, reading.scalars))
    return FrontMatter(1, end + 1, reading.fields, (*problems, *reading.problems), comments)


def _read_unclosed(lines: Sequence[str]) -> FrontMatter | None:
    end = _end_of_fields(lines)
    if end == 1:
        return None
    problem = Problem(
        Span(1, 1, 1, 4),
        "the front matter that begins here has no end",
        f"write `---` on a line of its own after line {end}",
    )
    found = _read(lines, end, (problem,))
    return FrontMatter(1, end, found.fields, found.problems, found.comments)


def _end_of_fields(lines: Sequence[str]) -> int:
    for index in range(1, len(lines)):
        line = lines[index]
        continued = index > 1 and line.startswith((" ", "\t", "- ", "#")) and line.strip()
        if not _field().match(line) and not continued:
            return index
    return max(len(lines), 1)


def _is_head(rows: Sequence[str]) -> bool:
    """Tell fields from text between two thematic breaks: it has a blank line and begins with no field."""
    written = [row for row in rows if row.strip() and not row.lstrip().startswith("#")]
    return len(rows) <= 1 or all(row.strip() for row in rows) or bool(written and _field().match(written[0]))


def _holds_heading(rows: Sequence[str]) -> bool:
    return any(_heading().match(row) and not before.strip() for before, row in pairwise(rows))


def _comments(
    rows: Sequence[str], first: int, scalars: Sequence[tuple[Place, Place]]
) -> Iterator[tuple[int, str]]:
    starts = [start for start, _ in scalars]
    for line, row in enumerate(rows, start=first):
        places = (Place(line, match.end()) for match in _hash().finditer(row))
        place = next(_outside(places, starts, scalars), None)
        if place:
            yield line, row[place.column :].strip()


def _outside(
    places: Iterable[Place], starts: Sequence[Place], scalars: Sequence[tuple[Place, Place]]
) -> Iterator[Place]:
    for place in places:
        before = bisect_right(starts, place)
        if not before or place >= scalars[before - 1][1]:
            yield place


@cache
def _field() -> Pattern[str]:
    return re.compile(r"""(?:"[^"\n]+"|'[^'\n]+'|[^\W][\w./-]*(?: [\w./-]+){0,4})[ \t]*:(?:[ \t]|$)""")


@cache
def _heading() -> Pattern[str]:
    return re.compile(r"#{1,6}[ \t]")


@cache
def _hash() -> Pattern[str]:
    return re.compile(r"(?:^|(?<=[ \t]))#")
