"""Finds a file's front matter, YAML or TOML, between its fences."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from re import Pattern
from typing import NamedTuple

from incidentdocs.markdown.front_matter import FENCES, FrontMatter, Reading, Syntax
from incidentdocs.markdown.places import Problem, Span


class _Form(NamedTuple):
    """How front matter of one syntax looks: its fences, and how a field and its further rows begin."""

    syntax: Syntax
    fence: str
    field: Callable[[], Pattern[str]]
    continued: tuple[str, ...]


def read_front_matter(lines: Sequence[str]) -> FrontMatter | None:
    """Return the front matter of a file, None when its first line begins none."""
    form = _form_of(lines[0].rstrip()) if lines else None
    if form is None:
        return None
    ends = FENCES[form.fence]
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() in ends), None)
    closed = _read(form, lines, end, ()) if end and _is_head(form, lines[1:end]) else None
    if closed and not (closed.problems and _goes_into_text(form, lines[1:end])):
        return closed
    return _read_unclosed(form, lines) or closed


def _form_of(fence: str) -> _Form | None:
    if fence == "---":
        return _Form("YAML", "---", _yaml_field, (" ", "\t", "- ", "#"))
    if fence == "+++":
        return _Form("TOML", "+++", _toml_field, (" ", "\t", "]", "#"))
    return None


def _read(form: _Form, lines: Sequence[str], end: int, problems: tuple[Problem, ...]) -> FrontMatter:
    rows = lines[1:end]
    found = _fields(form, rows) if any(row.strip() for row in rows) else Reading((), (), ())
    return FrontMatter(1, end + 1, found.fields, (*problems, *found.problems), found.comments, form.syntax)


def _fields(form: _Form, rows: Sequence[str]) -> Reading:
    if form.syntax == "TOML":
        from incidentdocs.markdown.toml_fields import read_fields as read_toml

        return read_toml(rows, first=2)
    # yaml takes a sixth of a whole run's start, and many documents have no front matter.
    from incidentdocs.markdown.yaml_fields import read_fields as read_yaml

    return read_yaml(rows, first=2)


def _read_unclosed(form: _Form, lines: Sequence[str]) -> FrontMatter | None:
    end = _end_of_fields(form, lines)
    if end == 1:
        return None
    problem = Problem(
        Span(1, 1, 1, 4),
        "the front matter that begins here has no end",
        f"write `{form.fence}` on a line of its own after line {end}",
    )
    return _read(form, lines, end, (problem,))._replace(last=end)


def _end_of_fields(form: _Form, lines: Sequence[str]) -> int:
    for index in range(1, len(lines)):
        line = lines[index]
        continued = index > 1 and line.startswith(form.continued) and line.strip()
        if not form.field().match(line) and not continued:
            return index
    return max(len(lines), 1)


def _is_head(form: _Form, rows: Sequence[str]) -> bool:
    """Tell fields from text between two such lines: it has a blank line and begins with no field."""
    written = [row for row in rows if row.strip() and not row.lstrip().startswith("#")]
    begins = bool(written and form.field().match(written[0]))
    return begins or len(rows) <= 1 or all(row.strip() for row in rows)


def _goes_into_text(form: _Form, rows: Sequence[str]) -> bool:
    """Tell whether a heading stands among the rows; a comment above more TOML looks like one and is none."""
    pairs = enumerate(pairwise(rows), start=1)
    heading = next((at for at, (above, row) in pairs if _heading().match(row) and not above.strip()), None)
    if heading is None:
        return False
    return form.syntax == "YAML" or not any(form.field().match(row) for row in rows[heading:])


@cache
def _yaml_field() -> Pattern[str]:
    return re.compile(r"""(?:"[^"\n]+"|'[^'\n]+'|[^\W][\w./-]*(?: [\w./-]+){0,4})[ \t]*:(?:[ \t]|$)""")


@cache
def _toml_field() -> Pattern[str]:
    part = r"""(?:[\w-]+|"[^"\n]+"|'[^'\n]+')"""
    key = rf"{part}(?:[ \t]*\.[ \t]*{part})*"
    return re.compile(rf"{key}[ \t]*=|\[{{1,2}}[ \t]*{key}[ \t]*\]{{1,2}}[ \t]*(?:#|$)")


@cache
def _heading() -> Pattern[str]:
    return re.compile(r"#{1,6}[ \t]")
