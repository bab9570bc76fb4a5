"""What is wrong in a front matter, said with its place and with the text to write instead."""

from collections.abc import Sequence
from typing import Any

from incidentdocs.markdown.front_matter_problems import TOO_DEEP
from incidentdocs.markdown.places import Problem, Span


def unreadable_key(span: Span) -> Problem:
    """Return the problem of a list or mapping in a key's place."""
    return Problem(span, "a field's name must be plain text", "write the field as `key: value`")


def merge_key(span: Span) -> Problem:
    """Return the problem of `<<` among the fields."""
    return Problem(span, "merge keys are not read here", "write the merged fields out, one a line")


def no_field(span: Span) -> Problem:
    """Return the problem of text that is no mapping."""
    hint = "write each field on a line of its own, as `key: value` with a space after the colon"
    return Problem(span, "not a field", hint)


def unreadable_value(key: str, span: Span, written: str, tag: str) -> Problem:
    """Return the problem of a value that has a type's form and is none of its values."""
    if tag == "timestamp":
        message, hint = f"`{written}` is no date", "write a date that exists, as YYYY-MM-DD"
    else:
        plain = f"{key}: {quoted(written)}" if "\n" not in written else f"{key}: [a, b]"
        message, hint = f"the value of `{key}` cannot be read", f"write it as text or as a list: {plain}"
    return Problem(span, message, hint)


def bad_syntax(error: Any, rows: Sequence[str], first: int) -> Problem:
    """Return the problem of `rows`, the first of which is line `first`, that YAML's parser calls `error`."""
    mark = _mark(error)
    index = min(mark.line, len(rows) - 1) if mark else 0
    row = rows[index]
    column = mark.column if mark and mark.line < len(rows) else len(row)
    key, _, value = row.partition(":")
    value = value.partition(" #")[0].strip()
    message, hint, whole_value = _explained(error, row[: column + 1], key.strip(), value)
    written = len(row.rstrip())
    start = min(column, max(written - 1, 0))
    if whole_value:
        start = row.index(value, len(key) + 1)
        written = start + len(value)
    return Problem(Span(first + index, start + 1, first + index, max(written, start) + 1), message, hint)


def quoted(value: str) -> str:
    """Return a text of one line as YAML in double quotes."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _mark(error: Any) -> Any:
    """Return where the mistake was made: where what has no end began, else where the parser stopped."""
    context = getattr(error, "context", None) or ""
    if "quoted" in context or "flow" in context:
        return getattr(error, "context_mark", None)
    return getattr(error, "problem_mark", None)


def _explained(error: Any, before: str, key: str, value: str) -> tuple[str, str, bool]:
    """Return a message, a hint, and whether they speak of the row's whole value."""
    context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or "unreadable"
    indented = before.startswith(" ") and before.count(":") == 1 and "mapping values" in problem
    known = (
        ("nesting depth" in problem, *TOO_DEEP),  # said before any event by a YAML library that has a bound
        ("\t" in before, "a tab where YAML wants spaces", "write spaces instead of the tab"),
        (
            "quoted" in context,
            "a quote without its end, or text behind it",
            "close the quote at the value's end",
        ),
        (
            "flow" in context,
            "a list or mapping that is not closed",
            "end it with its bracket, as in `[a, b]`",
        ),
        ("alias" in problem, "an alias whose value stands nowhere", "write the value out instead of `*name`"),
        (indented, "an indented field under one that has its value", f"begin its line with `{key}:`"),
    )
    for applies, message, hint in known:
        if applies:
            return message, hint, False
    if value and value[0] not in "\"'":
        return "a value that YAML cannot read unquoted", f"write {key}: {quoted(value)}", True
    return f"not valid YAML: {problem}", "write each field on a line of its own, as `key: value`", False
