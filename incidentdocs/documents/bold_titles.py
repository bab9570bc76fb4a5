"""Titles that are no headings: a bold line that stands alone, or begins a list item."""

import re
from functools import cache

from incidentdocs.markdown.blocks import Block, Heading, ListItem, Paragraph, Text

LONGEST_TITLE = 200
"""A longer line is no title."""


def bold_title(line: str) -> tuple[int, int] | None:
    """Return where the words of a line that is all bold begin and end, None for any other line.

    A colon may close it, inside the bold or behind it, and a note in brackets.
    """
    may_be = ("**" in line or "__" in line) and len(line) <= LONGEST_TITLE
    found = _bold_line().fullmatch(line) if may_be else None
    return found.span("title") if found else None


def title_of(paragraph: Paragraph) -> Text | None:
    """Return the words of the bold line that begins a paragraph, None where none does."""
    row = paragraph.text.source.partition("\n")[0]
    found = bold_title(row)
    return paragraph.text.part(*found) if found else None


def heading_text(block: Block) -> Text | None:
    """Return the words of a heading, or of the bold line that stands for one; None for any other block."""
    match block:
        case Heading():
            return block.text
        case Paragraph():
            return title_of(block)
        case _:
            return None


def label_of(item: ListItem) -> Text | None:
    """Return the bold label of a list item that says the rest in what is nested below it, else None."""
    first, *below = item.children or (None,)
    alone = isinstance(first, Paragraph) and "\n" not in first.text.source
    return title_of(first) if alone and below and isinstance(first, Paragraph) else None


@cache
def _bold_line() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?P<mark>\*{2,3}|_{2,3})(?=[^\s*_])(?P<title>(?:(?!(?P=mark)).)+?)\s*[:：]?\s*(?P=mark)"
        r"\s*(?:[(\[][^()\[\]]*[)\]]\s*)?[:：]?\s*(?:<!--(?:(?!-->).)*-->\s*)?\\?"
    )
