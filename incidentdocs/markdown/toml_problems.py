"""What is wrong in TOML front matter, said with its place and with the text to write instead."""

import re
from functools import cache
from re import Pattern

from incidentdocs.markdown.places import Problem, Span

TOO_LONG = "a number that is too long", "write it as text, between quotes"
_TWICE = ("Cannot overwrite ", "Cannot declare ", "Cannot mutate ")
"""How the parser begins to say that something stands there already."""
_ONE_A_LINE = 'write each field on a line of its own, as `key = "value"`'


def open_quote(marks: str) -> tuple[str, str]:
    """Return message and hint for a quote without its end; `marks` is what it begins with."""
    long = marks in ('"""', "'''")
    hint = f"write {marks} at the text's end" if long else "close the quote at the value's end"
    return "a quote without its end", hint


def open_bracket(bracket: str) -> tuple[str, str]:
    """Return message and hint for a list or an inline table without its end."""
    if bracket == "[":
        return "a list that is not closed", 'end it with its bracket, as in `["a", "b"]`'
    return "a table in braces that its line does not close", 'end it on its line, as in `{ a = "b" }`'


def no_field(span: Span, row: str) -> Problem:
    """Return the problem of a row that is neither a field nor a table."""
    colon = _colon().fullmatch(row)
    if colon and colon["value"]:
        hint = f"write {colon['key']} = {_as_toml(colon['value'])}"
        return Problem(span, "a colon where TOML wants an equals sign", hint)
    spaced = _odd_key().fullmatch(row)
    if spaced:
        value = spaced["value"] or quoted("")
        return Problem(span, "a key that needs quotes", f"write {quoted(spaced['key'])} = {value}")
    if row.startswith("["):
        return Problem(
            span, "a table's name that cannot be read", "write it on a line of its own, as `[name]`"
        )
    return Problem(span, "not a field", _ONE_A_LINE)


def bad_value(error: str, key: str, value: str, span: Span) -> Problem:
    """Return the problem of the value of `key`, written at `span`, of which the parser says `error`."""
    plain = value.strip()
    if not plain:
        return Problem(span, f"`{key}` has no value", f'write {key} = "", or delete the line')
    if plain.lower() in ("true", "false"):
        return Problem(span, f"`{plain}` is not how TOML writes it", f"write {key} = {plain.lower()}")
    if _date_like().fullmatch(plain):
        return Problem(span, f"`{plain}` is no date", "write a date that exists, as YYYY-MM-DD")
    if "\\" in plain and plain[0] == '"' and "'" not in plain:
        return Problem(span, "a backslash in double quotes", f"write {key} = '{plain[1:-1]}'")
    return _unreadable(error, key, plain, span)


def _unreadable(error: str, key: str, value: str, span: Span) -> Problem:
    if value[0] in "[{":
        hint = 'write texts in quotes, with commas between: `["a", "b"]`, `{ a = "b" }`'
        return Problem(span, "a list or table that cannot be read", hint)
    if value[0] not in "\"'" and "\n" not in value:
        return Problem(span, "a text without quotes", f"write {key} = {quoted(value)}")
    return bad_syntax(error, span)


def bad_syntax(error: str, span: Span) -> Problem:
    """Return the problem of a statement that the parser refuses only beside others, or for another reason."""
    reason = _place().sub("", error) or "unreadable"
    if reason.startswith(_TWICE):
        return Problem(span, "this stands there already", "write each key and each [table] once")
    return Problem(span, f"not valid TOML: {reason[:1].lower()}{reason[1:]}", _ONE_A_LINE)


def quoted(value: str) -> str:
    """Return a text of one line as TOML in double quotes."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _as_toml(value: str) -> str:
    """Return the value of a row that is written as YAML, as TOML writes it."""
    if value[0] == "[" and value[-1] == "]" and not _quotes().search(value[1:-1]):
        return f"[{', '.join(quoted(word.strip()) for word in value[1:-1].split(',') if word.strip())}]"
    if value[0] in "\"'[{" or _date_like().fullmatch(value) or value in ("true", "false"):
        return value
    is_number = value.isdecimal() and value.isascii() and value[0] != "0"
    return value if is_number else quoted(value)


@cache
def _colon() -> Pattern[str]:
    return re.compile(r"(?P<key>[A-Za-z0-9_-]+)[ \t]*:[ \t]*(?P<value>[^#]*[^#\s])?(?:\s*#.*)?")


@cache
def _odd_key() -> Pattern[str]:
    return re.compile(r"(?P<key>[^\s\[\"'#=:][^\"'#=:\\]*?)[ \t]*=[ \t]*(?P<value>[^#]*[^#\s])?(?:\s*#.*)?")


@cache
def _date_like() -> Pattern[str]:
    return re.compile(r"\d{4}-\d\d-\d\d(?![\w-])(?:[Tt ]\d\d:\d\d\S*)?|\d{4}-\d{1,2}-\d{1,2}")


@cache
def _quotes() -> Pattern[str]:
    return re.compile(r"[\"'\[\]{}]")


@cache
def _place() -> Pattern[str]:
    return re.compile(r" \(at (?:line \d+, column \d+|end of document)\)$")
