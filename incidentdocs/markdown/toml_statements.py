"""TOML rows become statements with their places, which Python's own TOML reader does not tell."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from re import Match, Pattern
from typing import NamedTuple

from incidentdocs.markdown.front_matter_problems import DEEPEST, TOO_DEEP
from incidentdocs.markdown.places import Place, Problem, Span
from incidentdocs.markdown.toml_problems import TOO_LONG, no_field, open_bracket, open_quote

_LONGEST_BARE = 100
"""Of more digits no number is made: it would take time beyond measure."""


class Name(NamedTuple):
    """One part of a dotted key as it is written, quotes included."""

    written: str
    span: Span


class Statement(NamedTuple):
    """A `[table]`, a `[[table]]` (then `opening` is `[` or `[[`) or a `key = value` (then it is empty).

    `source` are its rows as TOML, and `first` is the file's line of the first of them. `span` is the place of
    the value, of the header in its brackets, or of the key where nothing follows it. One with a `problem`
    cannot be read; one without `names` is no statement at all.
    """

    opening: str
    names: tuple[Name, ...]
    span: Span
    first: int
    source: str
    value: str = ""
    problem: Problem | None = None


class Statements(NamedTuple):
    """The statements of some rows, and the lines that end with a comment."""

    statements: tuple[Statement, ...]
    comments: tuple[tuple[int, str], ...]


def read_statements(rows: Sequence[str], first: int) -> Statements:
    """Return what the TOML `rows` say one after the other; `first` is the file's line of the first row."""
    scanner = _Scanner(rows, first)
    return Statements(tuple(scanner.statements()), tuple(scanner.comments))


class _Fault(NamedTuple):
    """Why a value cannot be read: what to say, and where in the text it begins and ends."""

    message: str
    hint: str
    start: int
    end: int


class _Scanner:
    """Walks over the text from statement to statement; `at` is the offset of what comes next."""

    def __init__(self, rows: Sequence[str], first: int) -> None:
        self.text = "".join(f"{row}\n" for row in rows)
        self.first = first
        self.at = 0
        self.comments: list[tuple[int, str]] = []
        self._begins = [0, *(found + 1 for found, sign in enumerate(self.text) if sign == "\n")]
        self._endless: set[str] = set()
        self._dots = 0

    def statements(self) -> Iterator[Statement]:
        while (blank := _matched(_blank(), self.text, self.at)).end() < len(self.text):
            self.at = blank.end()
            if self.text[self.at] == "#":
                self._comment()
            else:
                yield self._statement()

    def _statement(self) -> Statement:
        start = self.at
        found = _header().match(self.text, start) or _pair().match(self.text, start)
        if found is None:
            self._rest(nested=False)
            return Statement("", (), self._span(start, start), start, "", problem=self._no_field(start))
        self.at = found.end()
        names = tuple(self._names(found))
        if found.re is _header():
            fault = self._rest(nested=False)
            return self._made(found, names, found.start(), found.end(), fault)
        value = self.at
        fault = self._rest(nested=True)
        return self._made(found, names, value, self._end, fault)

    def _made(
        self, found: Match[str], names: tuple[Name, ...], start: int, end: int, fault: _Fault | None
    ) -> Statement:
        opening = found["opening"] if found.re is _header() else ""
        if len(names) > DEEPEST:
            fault = _Fault(*TOO_DEEP, found.start("key"), found.end("key"))
        problem = Problem(self._span(fault.start, fault.end), fault.message, fault.hint) if fault else None
        span = self._span(start, end) if end > start else self._span(*found.span("key"))
        source, value = self.text[found.start() : self.at], self.text[start:end]
        return Statement(opening, names, span, self._place(found.start()).line, source, value, problem)

    def _names(self, found: Match[str]) -> Iterator[Name]:
        for part in _name().finditer(self.text, *found.span("key")):
            yield Name(part[0], self._span(*part.span()))

    def _no_field(self, start: int) -> Problem:
        row = self.text[start : self.text.index("\n", start)].rstrip()
        return no_field(self._span(start, start + len(row)), row)

    def _comment(self) -> None:
        end = self.text.index("\n", self.at)
        self.comments.append((self._place(self.at).line, self.text[self.at + 1 : end].strip()))
        self.at = end

    def _rest(self, *, nested: bool) -> _Fault | None:
        """Go to the end of the line, or of the lines that brackets and long texts hold together.

        `_end` is then where the last thing but a comment ends.
        """
        self._end = self.at
        self._dots = 0
        opened: list[int] = []
        fault: _Fault | None = None
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\n" and not self._goes_on(opened):
                break
            if sign == "#":
                self._comment()
            elif sign in " \t\n":
                self.at += 1
            else:
                found = self._token(opened if nested else [])
                fault = fault or found
                self._end = self.at
        if fault is None and nested and opened:
            fault = _Fault(*open_bracket(self.text[opened[-1]]), opened[-1], self._row_end(opened[-1]))
        return fault

    def _goes_on(self, opened: Sequence[int]) -> bool:
        """Tell whether the next line belongs to a list, which one that begins a field cannot."""
        if not opened or self.text[opened[-1]] != "[":
            return False
        return not (_pair().match(self.text, self.at + 1) or _table_line().match(self.text, self.at + 1))

    def _token(self, opened: list[int]) -> _Fault | None:
        start = self.at
        sign = self.text[start]
        if sign in "\"'":
            return self._quoted(start)
        if sign in "[{":
            opened.append(start)
            self.at += 1
            return _Fault(*TOO_DEEP, start, self._row_end(start)) if len(opened) > DEEPEST else None
        if sign in "]}":
            if opened:
                opened.pop()
            self.at += 1
            return None
        self.at = _matched(_bare(), self.text, start).end()
        return self._bare_fault(start)

    def _bare_fault(self, start: int) -> _Fault | None:
        """Refuse a number of too many digits, and a key of too many parts in an inline table."""
        written = self.text[start : self.at]
        self._dots = 0 if written in (",", "=") else self._dots + written.count(".")
        if self._dots > DEEPEST:
            return _Fault(*TOO_DEEP, start, self.at)
        return _Fault(*TOO_LONG, start, self.at) if len(written) > _LONGEST_BARE else None

    def _quoted(self, start: int) -> _Fault | None:
        marks = self.text[start : start + 3]
        if marks in ('"""', "'''"):
            found = None if marks in self._endless else _long_text(marks[0]).match(self.text, start)
            if found is None:
                self._endless.add(marks)
        else:
            found = _short_text().match(self.text, start)
        self.at = found.end() if found else self.text.index("\n", start)
        return None if found else _Fault(*open_quote(marks), start, self._row_end(start))

    def _row_end(self, start: int) -> int:
        return start + len(self.text[start : self.text.index("\n", start)].rstrip())

    def _span(self, start: int, end: int) -> Span:
        return Span.between(self._place(start), self._place(end))

    def _place(self, offset: int) -> Place:
        row = bisect_right(self._begins, offset) - 1
        return Place(self.first + row, offset - self._begins[row] + 1)


def _matched(pattern: Pattern[str], text: str, at: int) -> Match[str]:
    found = pattern.match(text, at)
    assert found is not None
    return found


# Groups are repeated without possessive quantifiers: Python before 3.11.5 matches those wrongly. Nothing is
# gained by going back into them either, as no two of their alternatives begin alike.
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*+')"""
_KEY = rf"(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*)"


@cache
def _name() -> Pattern[str]:
    return re.compile(_PART)


@cache
def _pair() -> Pattern[str]:
    return re.compile(rf"[ \t]*+{_KEY}[ \t]*+=[ \t]*+")


@cache
def _header() -> Pattern[str]:
    return re.compile(rf"(?P<opening>\[\[?)[ \t]*+{_KEY}[ \t]*+\]\]?")


@cache
def _table_line() -> Pattern[str]:
    """Return the pattern of a table's line, which no list's line can be: a bare word is no value."""
    word = r"(?!true\b|false\b|inf\b|nan\b)[A-Za-z_][\w-]*+"
    return re.compile(rf"\[\[?{word}(?:\.{word})*\]\]?[ \t]*+(?:#|\n|$)")


@cache
def _blank() -> Pattern[str]:
    return re.compile(r"[ \t\n]*+")


@cache
def _bare() -> Pattern[str]:
    return re.compile(r"[,=]|[^\s#\"'\[\]{},=]++|.")


@cache
def _short_text() -> Pattern[str]:
    return re.compile(r"""\"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*+'""")


@cache
def _long_text(mark: str) -> Pattern[str]:
    if mark == "'":
        return re.compile(r"'''[^']*+(?:'{1,2}(?!')[^']*+)*'{3,5}")
    return re.compile(r'"""[^\\"]*+(?:(?:\\[\s\S]|"{1,2}(?!"))[^\\"]*+)*"{3,5}')
