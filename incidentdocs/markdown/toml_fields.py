"""TOML rows become fields with places, and what TOML refuses becomes problems."""

import re
import tomllib
from collections.abc import Sequence
from datetime import time
from functools import cache
from re import Pattern
from typing import Any

from incidentdocs.markdown import toml_problems
from incidentdocs.markdown.front_matter import Field, Reading
from incidentdocs.markdown.front_matter_problems import repeated_key, unprintable
from incidentdocs.markdown.places import Problem, Span
from incidentdocs.markdown.toml_statements import Name, Statement, read_statements

_Table = dict[str, Any]


def read_fields(rows: Sequence[str], first: int) -> Reading:
    """Return what the TOML `rows`, the first of which is line `first` of its file, hold; never raises."""
    reader = _Reader()
    readable = [reader.readable(row, line) for line, row in enumerate(rows, start=first)]
    read = read_statements(readable, first)
    for statement in read.statements:
        reader.take(statement)
    if not reader.problems:
        reader.check_whole(readable, read.statements, first)
    problems = sorted(reader.problems, key=lambda problem: problem.span)
    return Reading(tuple(reader.fields()), tuple(problems), read.comments)


class _Reader:
    """Puts the statements together as TOML does, and keeps what stands beside a broken one."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._root: _Table = {}
        self._table: _Table = self._root
        self._above: tuple[str, ...] = ()
        self._lines: dict[tuple[int, str], int] = {}
        self._headed: set[int] = set()
        self._kept: list[_Table] = []  # so that no other object takes the id of one that is left out
        self._spans: dict[str, tuple[Span, Span]] = {}
        self._latest = ""

    def fields(self) -> list[Field]:
        """Return the top-level fields in the file's order."""
        return [
            Field(key, _plain(self._root[key]), span, key_span)
            for key, (span, key_span) in self._spans.items()
        ]

    def readable(self, row: str, line: int) -> str:
        """Return a row without what TOML does not allow in it, which is told."""
        if row.isprintable():
            return row
        refused = _unprintable().search(row)
        if refused:
            self.problems.append(unprintable(refused, line))
        return _unprintable().sub("\ufffd", row)

    def check_whole(self, rows: Sequence[str], statements: Sequence[Statement], first: int) -> None:
        """Tell what TOML refuses though each statement is right by itself."""
        try:
            tomllib.loads("".join(f"{row}\n" for row in rows))
        except ValueError as error:
            at = re.search(r"\(at line (\d+)", str(error))
            line = first + int(at[1]) - 1 if at else statements[-1].first
            above = [statement for statement in statements if statement.first <= line]
            self.problems.append(toml_problems.bad_syntax(str(error), (above or list(statements))[-1].span))

    def take(self, statement: Statement) -> None:
        """Read one statement into the table that it belongs to."""
        names = [_name(name) for name in statement.names]
        if statement.problem:
            self.problems.append(statement.problem)
            if statement.opening:
                self._begin_table("")
            else:
                self._keep_as_written(statement, names)
        elif statement.opening:
            self._head(statement, names)
        else:
            self._pair(statement, names)

    def _head(self, statement: Statement, names: Sequence[str]) -> None:
        self._begin_table(names[0])
        if not self._is_closed(statement):
            return
        parent = self._parent(self._root, statement, names)
        if parent is None:
            return
        self._note(statement, names[0])
        array, last = statement.opening == "[[", statement.names[-1]
        here = parent.setdefault(names[-1], [] if array else {})
        before = self._lines.setdefault((id(parent), names[-1]), last.span.line)
        if array and isinstance(here, list) and all(isinstance(item, dict) for item in here):
            here.append(self._table)
        elif not array and isinstance(here, dict) and id(here) not in self._headed:
            self._headed.add(id(here))
            self._table = here
        else:
            self.problems.append(repeated_key(names[-1], last.span, before))

    def _begin_table(self, above: str) -> None:
        self._table, self._above = {}, (above,)
        self._kept.append(self._table)

    def _is_closed(self, statement: Statement) -> bool:
        try:
            tomllib.loads(statement.source)
        except ValueError as error:
            self.problems.append(toml_problems.bad_syntax(str(error), statement.span))
            return False
        return True

    def _pair(self, statement: Statement, names: Sequence[str]) -> None:
        try:
            value: Any = tomllib.loads(statement.source)
        except ValueError as error:
            key = ".".join(name.written for name in statement.names)
            problem = toml_problems.bad_value(str(error), key, statement.value, statement.span)
            self.problems.append(problem)
            self._keep_as_written(statement, names)
            return
        for name in names:
            value = value[name]
        self._put(statement, names, value)

    def _keep_as_written(self, statement: Statement, names: Sequence[str]) -> None:
        if names and not self._above and len(names) == 1 and names[0] not in self._root:
            self._put(statement, names, statement.value.partition("\n")[0].strip())

    def _put(self, statement: Statement, names: Sequence[str], value: object) -> None:
        parent = self._parent(self._table, statement, names)
        if parent is None:
            return
        last = statement.names[-1]
        before = self._lines.get((id(parent), names[-1]))
        if before is not None:
            self.problems.append(repeated_key(names[-1], last.span, before))
            return
        parent[names[-1]] = value
        self._lines[id(parent), names[-1]] = last.span.line
        self._note(statement, (*self._above, *names)[0])

    def _parent(self, table: _Table, statement: Statement, names: Sequence[str]) -> _Table | None:
        """Return the table that holds the last of the names, None where one before it is no table."""
        for name, written in zip(names[:-1], statement.names, strict=False):
            below = table.setdefault(name, {})
            before = self._lines.setdefault((id(table), name), written.span.line)
            below = below[-1] if isinstance(below, list) and below else below
            if not isinstance(below, dict):
                self.problems.append(repeated_key(name, written.span, before))
                return None
            table = below
        return table

    def _note(self, statement: Statement, key: str) -> None:
        """Keep the place of a top-level field, which reaches as far as its statements follow each other."""
        if key not in self._spans:
            self._spans[key] = statement.span, statement.names[0].span
        elif key == self._latest:
            span, key_span = self._spans[key]
            self._spans[key] = Span(*span[:2], *statement.span[2:]), key_span
        self._latest = key


def _name(name: Name) -> str:
    if name.written[0] == "'":
        return name.written[1:-1]
    if name.written[0] != '"':
        return name.written
    try:
        return next(iter(tomllib.loads(f"{name.written} = 0")))
    except ValueError:
        return name.written[1:-1]


def _plain(value: Any) -> object:
    """Return a value without times of day, which no field of a document holds: they become text."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, time) else value


@cache
def _unprintable() -> Pattern[str]:
    return re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
