"""On which line of a TOML text each key stands, which its parser does not tell."""

import re
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from incidentdocs.settings.mistakes import KeyPath


class _Token(NamedTuple):
    text: str
    line: int


@cache
def _tokens_pattern() -> re.Pattern[str]:
    return re.compile(
        r'"""(?:[^\\"]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
        r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
        r'|"(?:[^"\\\n]|\\.)*"'
        r"|'[^'\n]*'"
        r"|#[^\n]*"
        r"|\[\[|\]\]|[\[\]{},=.\n]"
        r"|[^\s\[\]{},=#\"'.]+"
    )


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line of every key of `text`, a valid TOML text, by its path.

    An array counts its items: the second `[[sections]]` is `("sections", 1)`.
    """
    scanner = _Scanner(text)
    with suppress(RecursionError):  # what was found so far is still right
        scanner.scan()
    return scanner.lines


class _Scanner:
    """Walks the tokens of one text and notes where each key begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._tokens = _tokens(text)
        self._next = 0
        self._arrays: dict[KeyPath, int] = {}

    def scan(self) -> None:
        """Read every statement: a table's head, or a key with its value."""
        table: KeyPath = ()
        while self._next < len(self._tokens):
            head = self._peek()
            if head == "\n":
                self._next += 1
            elif head in ("[", "[["):
                table = self._head(array=head == "[[")
            else:
                self._pair(table)

    def _peek(self) -> str:
        return self._tokens[self._next].text

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _head(self, *, array: bool) -> KeyPath:
        line = self._take().line
        written = self._key(until="]]" if array else "]")
        path: KeyPath = ()
        for part in written[:-1]:
            path = self._latest((*path, part))
        path = (*path, written[-1])
        self.lines.setdefault(path, line)
        if array:
            self._arrays[path] = self._arrays.get(path, -1) + 1
        path = self._latest(path)
        self.lines.setdefault(path, line)
        return path

    def _latest(self, path: KeyPath) -> KeyPath:
        return (*path, self._arrays[path]) if path in self._arrays else path

    def _key(self, *, until: str) -> list[str]:
        parts = []
        while (part := self._take().text) != until:
            if part != ".":
                parts.append(_unquoted(part))
        return parts

    def _pair(self, table: KeyPath) -> None:
        line = self._tokens[self._next].line
        path = table
        for part in self._key(until="="):
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self._peek()
        if opening in ("[", "[["):
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            while self._next < len(self._tokens) and self._peek() not in (",", "]", "]]", "}", "\n"):
                self._next += 1

    def _array(self, path: KeyPath) -> None:
        self._open_bracket()
        item = 0
        while (token := self._tokens[self._next]).text not in ("]", "]]"):
            if token.text in (",", "\n"):
                self._next += 1
                continue
            self.lines.setdefault((*path, item), token.line)
            self._value((*path, item))
            item += 1
        self._close_bracket()

    def _open_bracket(self) -> None:
        token = self._tokens[self._next]
        if token.text == "[[":
            self._tokens[self._next] = _Token("[", token.line)
        else:
            self._next += 1

    def _close_bracket(self) -> None:
        token = self._tokens[self._next]
        if token.text == "]]":
            self._tokens[self._next] = _Token("]", token.line)
        else:
            self._next += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._next += 1
        while (token := self._peek()) != "}":
            if token in (",", "\n"):
                self._next += 1
            else:
                self._pair(path)
        self._next += 1


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for found in _tokens_pattern().finditer(text):
        token = found[0]
        if not token.startswith("#"):
            tokens.append(_Token(token, line))
        line += token.count("\n")
    return tokens


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if key.startswith('"'):
        import tomllib

        return str(tomllib.loads(f"key = {key}")["key"])
    return key
