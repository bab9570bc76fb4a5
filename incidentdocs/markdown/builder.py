"""Parsed tokens and the file's lines become block values; each text is cut from the lines themselves."""

from collections.abc import Callable, Sequence
from typing import Any

from incidentdocs.markdown.blocks import (
    Block,
    Code,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
    ThematicBreak,
)
from incidentdocs.markdown.grammar import BLANK, split_row
from incidentdocs.markdown.places import Place

Token = dict[str, Any]


class BlockBuilder:
    """Makes blocks from tokens, for one file.

    A parser may take containers' prefixes off a line or expand tabs at its beginning, but it leaves the rest
    as it is: what follows the indentation is the end of the file's line too, and its length gives the column.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._makers: dict[str, Callable[[Token], Block]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "block_text": self._paragraph,
            "block_code": self._code,
            "block_html": lambda token: Html(token["first"], token["last"], token["raw"].removesuffix("\n")),
            "thematic_break": lambda token: ThematicBreak(token["first"], token["last"]),
            "list": self._list,
            "block_quote": lambda token: Quote(token["first"], token["last"], self.blocks(token["children"])),
            "table": self._table,
        }

    def blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Return a block for each token that shows something."""
        return tuple(self._makers[token["type"]](token) for token in tokens if not _is_blank(token))

    def _heading(self, token: Token) -> Heading:
        first = token["first"]
        if token["style"] == "setext":
            text = self._text(first, _rows(token))
            return Heading(first, token["last"], token["attrs"]["level"], text)
        start, end = _heading_text(token["raw"], token["level"])
        return Heading(first, first, token["level"], self._cell(first, token["raw"], start, end))

    def _paragraph(self, token: Token) -> Paragraph:
        rows = _rows(token)
        return Paragraph(token["first"], token["first"] + len(rows) - 1, self._text(token["first"], rows))

    def _code(self, token: Token) -> Code:
        first, raw = token["first"], token["raw"]
        if token["style"] == "indent":
            source = raw.rstrip(BLANK)
            return Code(first, first + source.count("\n"), "", source, fenced=False, closed=True)
        info = token.get("attrs", {}).get("info", "")
        return Code(first, token["last"], info, raw.removesuffix("\n"), fenced=True, closed=token["closed"])

    def _list(self, token: Token) -> List:
        items = tuple(
            ListItem(item["first"], item["last"], item["number"], self.blocks(item["children"]))
            for item in token["children"]
        )
        return List(token["first"], token["last"], token["attrs"]["ordered"], items, token["tight"])

    def _table(self, token: Token) -> Table:
        head, rule, *body = token["raw"].removesuffix("\n").split("\n")
        first = token["first"]
        rows = tuple(self._row(first + 2 + index, row) for index, row in enumerate(body))
        return Table(first, token["last"], self._row(first, head), rows, rule)

    def _row(self, line: int, row: str) -> Row:
        return Row(line, line, tuple(self._cell(line, row, start, end) for start, end in split_row(row)))

    def _cell(self, line: int, row: str, start: int, end: int) -> Text:
        return Text(row[start:end], (Place(line, self._column(line, len(row) - start)),))

    def _text(self, first: int, rows: Sequence[str]) -> Text:
        bare = [row.lstrip(" \t") for row in rows]
        starts = tuple(
            Place(line, self._column(line, len(row))) for line, row in enumerate(bare, start=first)
        )
        return Text("\n".join(row.rstrip(" \t") for row in bare), starts)

    def _column(self, line: int, length: int) -> int:
        return len(self._lines[line - 1]) - length + 1


def _is_blank(token: Token) -> bool:
    return token["type"] == "blank_line" or ("parts" in token and not _rows(token)[0].strip(BLANK))


def _rows(token: Token) -> list[str]:
    text: str = "".join(token["parts"])
    return text.split("\n")[: text.rstrip(BLANK).count("\n") + 1]


def _heading_text(row: str, level: int) -> tuple[int, int]:
    start = row.index("#") + level
    text = row[start:].rstrip()
    bare = text.rstrip("#")
    if not bare or bare[-1] in " \t":
        text = bare.rstrip()
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())
