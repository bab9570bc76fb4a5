"""What a terminal can be trusted with: visible characters, their widths, and colours."""

import re
import unicodedata
from functools import cache

from incidentdocs.library.finding import Severity

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats (bidi, zero-width, tags), lone surrogates, line and paragraph separators."""

TAB = "    "


@cache
def _ci_command() -> re.Pattern[str]:
    return re.compile(r"##(?=\w{0,20}\[)|\A\s*::")


def visible(text: str) -> str:
    r"""Return `text` so that it can only be read, never obeyed, by a terminal or a CI log.

    A control, bidirectional, zero-width or otherwise invisible character is shown as its escape
    (`\x1b`, `\u202e`), a tab as one space; `##vso[` and a leading `::`, which build servers take
    for commands, lose their first or last character to its escape.
    """
    if text.isprintable() and "##" not in text and "::" not in text:
        return text
    return "".join(visible_characters(text, tab=" "))


def visible_characters(text: str, *, tab: str = TAB) -> list[str]:
    """Return what to show for each character of `text`, in order."""
    shown = [tab if character == "\t" else _visible_character(character) for character in text]
    for command in _ci_command().finditer(text):
        shown[command.end() - 1] = f"\\x{ord(text[command.end() - 1]):02x}"
    return shown


def _visible_character(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _INVISIBLE:
        return character
    escapes = {"\n": "\\n", "\r": "\\r"}
    return escapes.get(character) or _escape(ord(character))


def _escape(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def width(text: str) -> int:
    """Return how many columns of a terminal `text`, which is visible, takes."""
    return len(text) if text.isascii() else sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


class Style:
    """Colours for a terminal, or none at all."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def bold(self, text: str) -> str:
        """Return `text` in bold."""
        return self._painted(text, "1")

    def faint(self, text: str) -> str:
        """Return `text` in the background: line numbers and frames."""
        return self._painted(text, "2")

    def error(self, text: str) -> str:
        """Return `text` in the colour of an error."""
        return self._painted(text, "1;31")

    def warning(self, text: str) -> str:
        """Return `text` in the colour of a warning."""
        return self._painted(text, "1;33")

    def grave(self, text: str, severity: Severity) -> str:
        """Return `text` in the colour of an error or of a warning."""
        return self.error(text) if severity == "error" else self.warning(text)

    def hint(self, text: str) -> str:
        """Return `text` in the colour of a way out."""
        return self._painted(text, "36")

    def good(self, text: str) -> str:
        """Return `text` in the colour of nothing to do."""
        return self._painted(text, "32")

    def linked(self, text: str, address: str) -> str:
        """Return `text` as a link to `address`, which terminals that know no links show as it is."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.colour and address else text

    def _painted(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text
