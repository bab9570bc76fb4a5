"""How a value is written in front matter or settings so that YAML, or TOML, reads it back."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

_READ_AS_SOMETHING_ELSE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def yaml_value(value: object) -> str:
    """Return `value` as one line of YAML: text, a date, a number, yes or no, nothing, or a list of these.

    TypeError for anything else.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(yaml_value(item) for item in value)}]"
    raise TypeError(f"a {type(value).__name__} cannot be written as YAML")


def toml_value(value: object) -> str:
    """Return `value` as one line of TOML: text, a date, a number, yes or no, or a list of these.

    TypeError for anything else.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    raise TypeError(f"a {type(value).__name__} cannot be written as TOML")


def toml_key(key: str) -> str:
    """Return a key as TOML writes it: in quotes where it is more than letters, digits, `_` and `-`."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _text(text: str) -> str:
    if _day_and_clock().fullmatch(text):  # without seconds it is no timestamp but a text
        return text
    if _plain().fullmatch(text) and text.casefold() not in _READ_AS_SOMETHING_ELSE:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    import json  # only writing asks for it, and most runs only read

    return "".join(map(_printable, json.dumps(text, ensure_ascii=False)))


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?:[\w./-]| (?=[^\W_]))*")


@cache
def _day_and_clock() -> re.Pattern[str]:
    return re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d", re.ASCII)


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
