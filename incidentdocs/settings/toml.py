"""The text of a TOML file becomes plain values, or one error with the line of what is wrong."""

import re
import tomllib
from typing import Any

from incidentdocs.errors import ConfigError

MOST_CHARACTERS = 200_000
"""More than any configuration needs, and few enough that parsing ends at once."""

MOST_KEY_PARTS = 100
"""Dots in one line; the parser's time grows with their square."""


_TWICE = ("Cannot overwrite ", "Cannot declare ")
"""How the parser begins to say that something stands there already."""


def decode_toml(content: bytes, *, path: str) -> str:
    """Return the text of a TOML file, without a byte order mark; ConfigError where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8, which TOML asks for"
        raise ConfigError("this line is not UTF-8", path=path, line=line, hint=hint) from error


def parse_toml(text: str, *, path: str) -> dict[str, Any]:
    """Return the tables of a TOML text; ConfigError with the line where its syntax is broken."""
    _refuse_excess(text, path)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        hint = "write the settings as tables, without arrays in arrays"
        raise ConfigError("the values are nested too deeply", path=path, hint=hint) from error
    except ValueError as error:
        raise _syntax_error(str(error), text, path) from error


def _refuse_excess(text: str, path: str) -> None:
    if len(text) > MOST_CHARACTERS:
        message = f"the file is longer than {MOST_CHARACTERS} characters"
        raise ConfigError(message, path=path, hint="keep only the settings in it")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_KEY_PARTS and _long_key().match(line):
            hint = "write the settings as tables, such as [rules.timeline-order]"
            raise ConfigError("this key has too many parts", path=path, line=number, hint=hint)


def _long_key() -> re.Pattern[str]:
    return re.compile(r"[^#=]{200}")


def _syntax_error(message: str, text: str, path: str) -> ConfigError:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if place is None:  # the only error without a place: a number of more digits than Python reads
        return ConfigError("a number is too long", path=path, hint="write a shorter number")
    line = int(place[1]) if place[1] else len(text.rstrip().splitlines()) or 1
    reason = message[: place.start()]
    hint = 'text stands in quotes, as in language = "fr"; a list in brackets, as in exclude = ["drafts/*"]'
    if reason.startswith(_TWICE):
        hint = "write each key and each [table] once, and remove the other"
    return ConfigError(f"not valid TOML: {reason[:1].lower()}{reason[1:]}", path=path, line=line, hint=hint)
