"""The numbered steps of a procedure, as a list, as headings, as bold lines or as a table."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import (
    Block,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Table,
    ThematicBreak,
    walk,
)
from incidentdocs.markdown.inline import plain


class Steps(NamedTuple):
    """The first lines of the numbered steps, and whether the section says anything at all."""

    lines: tuple[int, ...]
    has_content: bool


def read_steps(section: Section) -> Steps:
    """Return the numbered steps of `section`, those below its own headings included."""
    lines = tuple(line for block in walk(section.blocks) for line in _steps(block))
    return Steps(lines, says_something(section))


def _steps(block: Block) -> Iterator[int]:
    match block:
        case List(ordered=True):
            yield from (item.first for item in block.items if _has_words(item))
        case List():
            yield from (item.first for item in block.items if _has_numbered_words(item))
        case Heading() if _number().match(plain(block.text.source)):
            yield block.first
        case Paragraph() if _bold_number().match(block.text.source):
            yield block.first
        case Table():
            yield from (row.first for row in block.rows if row.cells and _number().match(row.cells[0].source))
        case _:
            pass


def _has_words(item: ListItem) -> bool:
    return any(not isinstance(block, Html | ThematicBreak) for block in item.children)


def _has_numbered_words(item: ListItem) -> bool:
    """Whether a bullet's own text carries the number, as in `- [ ] 1. Stop the writes`."""
    text = item.children[0].text.source if item.children and isinstance(item.children[0], Paragraph) else ""
    return _number().match(_box().sub("", text, count=1)) is not None


@cache
def _box() -> re.Pattern[str]:
    return re.compile(r"\s*\[[ xX]\]\s*")


@cache
def _number() -> re.Pattern[str]:
    """Return what matches `1.`, `1)`, `Step 1`, `Étape 1` or a cell that holds only a number."""
    return re.compile(r"\s*(?:(?:step|[ée]tape)\s+\d{1,3}\b|\d{1,3}\s*(?:[.):–—-](?!\d)|$))", re.IGNORECASE)


@cache
def _bold_number() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\*\*|__)\s*(?:(?:step|[ée]tape)\s+)?\d{1,3}\b", re.IGNORECASE)
