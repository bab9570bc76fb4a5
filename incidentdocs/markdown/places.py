"""Places in a file: a line and a column, and spans from one place to another."""

from typing import NamedTuple


class Place(NamedTuple):
    """One character of a file; line and column count from 1, columns in Unicode code points."""

    line: int
    column: int


class Span(NamedTuple):
    """The characters from (line, column) up to, not including, (end_line, end_column)."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def between(cls, start: Place, end: Place) -> "Span":
        """Return the span from `start` up to, not including, `end`."""
        return cls(start.line, start.column, end.line, end.column)


class Problem(NamedTuple):
    """Something a reader could not understand: where, what, and what to write instead."""

    span: Span
    message: str
    hint: str
