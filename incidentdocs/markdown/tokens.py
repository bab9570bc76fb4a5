"""Blocks become the tokens that mistune's renderers take, so that a page shows what the rules have read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from mistune.helpers import unescape_char
from mistune.util import escape_url, unikey

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
from incidentdocs.markdown.builder import Token
from incidentdocs.markdown.grammar import split_row

HARD_BREAK = "  "
"""Two spaces at a line's end begin a new line on the page."""


def tokens_of(blocks: Iterable[Block], lines: Sequence[str]) -> Iterator[Token]:
    """Yield a token for each of the `blocks` of a file that has these `lines`."""
    for block in blocks:
        yield _token(block, lines)


def references_of(definitions: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return where references lead, by the keys and in the form in which mistune looks them up."""
    return {
        unikey(label): {"url": escape_url(unescape_char(address))} for label, address in definitions.items()
    }


def _token(block: Block, lines: Sequence[str]) -> Token:
    token: Token
    match block:
        case Paragraph():
            token = {"type": "paragraph", "text": _with_breaks(block.text, lines)}
        case Heading():
            token = {"type": "heading", "text": block.text.source, "attrs": {"level": block.level}}
        case Code():
            token = {"type": "block_code", "raw": f"{block.source}\n", "attrs": {"info": block.info}}
        case Html():
            token = {"type": "block_html", "raw": block.source}
        case ThematicBreak():
            token = {"type": "thematic_break"}
        case Quote():
            token = {"type": "block_quote", "children": list(tokens_of(block.children, lines))}
        case List():
            token = _list(block, lines)
        case ListItem():
            token = _item(block, lines, tight=False)
        case Table():
            token = _table(block)
    return token


def _with_breaks(text: Text, lines: Sequence[str]) -> str:
    """Return the source of `text` with the spaces at its lines' ends that begin a new line on the page."""
    if len(text.starts) == 1:
        return text.source
    rows = zip(text.source.split("\n"), text.starts, strict=True)
    broken = (row + HARD_BREAK * lines[start.line - 1].endswith(HARD_BREAK) for row, start in rows)
    return "\n".join(broken)


def _list(block: List, lines: Sequence[str]) -> Token:
    first = block.items[0].number if block.items else None
    attrs = {"ordered": block.ordered} | ({} if first in (None, 1) else {"start": first})
    items = [_item(item, lines, tight=block.tight) for item in block.items]
    return {"type": "list", "children": items, "attrs": attrs}


def _item(item: ListItem, lines: Sequence[str], *, tight: bool) -> Token:
    """Return the token of an item, one with a box to tick where its text begins with one."""
    children = list(tokens_of(item.children, lines))
    first = children[0] if children and children[0]["type"] == "paragraph" else None
    box = _box().match(first["text"]) if first else None
    if first and box:
        first["text"] = first["text"][box.end() :]
    if tight:
        for child in children:
            child["type"] = "block_text" if child["type"] == "paragraph" else child["type"]
    if not box:
        return {"type": "list_item", "children": children}
    return {"type": "task_list_item", "children": children, "attrs": {"checked": box["sign"] != " "}}


@cache
def _box() -> re.Pattern[str]:
    return re.compile(r"\[(?P<sign>[ xX])\]\s+")


def _table(table: Table) -> Token:
    aligned = [_alignment(table.rule[start:end]) for start, end in split_row(table.rule)]
    head = {"type": "table_head", "children": _cells(table.header, aligned, head=True)}
    rows = [{"type": "table_row", "children": _cells(row, aligned, head=False)} for row in table.rows]
    return {"type": "table", "children": [head, {"type": "table_body", "children": rows}]}


def _alignment(rule: str) -> str | None:
    ends = rule.startswith(":"), rule.endswith(":")
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(ends)


def _cells(row: Row, aligned: Sequence[str | None], *, head: bool) -> list[Token]:
    """Return the cells of a row, as many as the table has columns.

    What is missing is empty, what is too much is left out: https://github.github.com/gfm/#tables-extension-
    """
    written = [cell.source.replace("\\|", "|") for cell in row.cells]
    missing = [""] * (len(aligned) - len(written))
    return [
        {"type": "table_cell", "text": text, "attrs": {"align": alignment, "head": head}}
        for text, alignment in zip((*written, *missing), aligned, strict=False)
    ]
