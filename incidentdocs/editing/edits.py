"""Pieces of a text give way to others, and everything between them stays as it is."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from incidentdocs.markdown.places import Span

BYTE_ORDER_MARK = "\ufeff"


class Edit(NamedTuple):
    """What is written in the place of a span; an empty span is where it is put in."""

    span: Span
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with every edit made; line endings and a byte order mark are kept.

    New lines are written with the text's own line ending. ValueError for edits that overlap.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    begins = [len(mark), *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
    ending = next(iter(re.findall(r"\r\n|\r|\n", text)), "\n")
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        start, end = (
            begins[min(line - 1, len(begins) - 1)] + column - 1
            for line, column in (edit.span[:2], edit.span[2:])
        )
        if start < position:
            raise ValueError("two edits overlap")
        pieces += (text[position:start], edit.text.replace("\n", ending))
        position = end
    return "".join([*pieces, text[position:]])
