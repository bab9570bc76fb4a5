"""What is wrong in front matter of either syntax, said with its place and with what to write instead."""

from re import Match

from incidentdocs.markdown.places import Problem, Span

DEEPEST = 20
"""Levels of lists and tables in one another; no document needs as many."""

TOO_DEEP = "nested too deeply", "keep the front matter to fields and short lists"
"""Message and hint for what is deeper than DEEPEST."""


def repeated_key(key: str, span: Span, before: int) -> Problem:
    """Return the problem of a key, or a table, that stands a second time."""
    return Problem(span, f"`{key}` is written twice, first on line {before}", "keep one of the two")


def unprintable(match: Match[str], line: int) -> Problem:
    """Return the problem of a character that the syntax does not allow."""
    span = Span(line, match.start() + 1, line, match.end() + 1)
    return Problem(span, f"control character U+{ord(match[0]):04X}", "delete it")
