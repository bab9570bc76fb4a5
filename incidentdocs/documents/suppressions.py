"""Comments that silence a rule: `<!-- incidentdocs: ignore[rule-name] reason -->` and what each covers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, Heading, Html, List, ListItem, Paragraph, Quote, Table, Text
from incidentdocs.markdown.inline_scanner import scan
from incidentdocs.markdown.places import Place, Span
from incidentdocs.markdown.source import Source


class Suppression(NamedTuple):
    """One comment that silences `rules` in the file's lines `first` to `last`.

    `span` is the comment's own, and `rules` are empty where it could not be understood. `reason` is
    empty where none was written.
    """

    span: Span
    rules: tuple[str, ...]
    reason: str
    first: int
    last: int


@cache
def _directive() -> re.Pattern[str]:
    return re.compile(r"incidentdocs:\s*(?P<rest>.*)", re.DOTALL)


@cache
def _ignore() -> re.Pattern[str]:
    return re.compile(r"ignore\[(?P<rules>[^\]]*)\]\s*(?P<reason>.*)", re.DOTALL)


def read_suppressions(source: Source, sections: Sequence[Section] = ()) -> tuple[Suppression, ...]:
    """Return every suppression of a file, in its order, with the lines that each covers.

    Before the bold line that begins one of `sections` a comment covers it all, as before a heading.
    """
    if not any("incidentdocs:" in line for line in source.lines):
        return ()
    end = max(len(source.lines), 1)
    begun = {section.heading.first: section.last for section in sections}
    return (*_in_front_matter(source), *_in_blocks(source.blocks, end, begun))


def _suppression(span: Span, rest: str, first: int, last: int) -> Suppression:
    found = _ignore().fullmatch(rest.strip())
    if found is None:
        return Suppression(span, (), rest.strip(), first, last)
    names = (name.strip() for name in found["rules"].split(","))
    return Suppression(span, tuple(filter(None, names)), found["reason"].strip(), first, last)


def _in_front_matter(source: Source) -> Iterator[Suppression]:
    if source.front_matter is None:
        return
    fields = source.front_matter.fields
    field_lines = [field.key_span.line for field in fields]
    for line, comment in source.front_matter.comments:
        found = _directive().search(comment)
        if found:
            own = (
                field.key_span.line for field in fields if field.key_span.line <= line <= field.span.end_line
            )
            below = (number for number in field_lines if number > line)
            covered = max(own, default=min(below, default=line))
            end = min((n for n in field_lines if n > covered), default=source.front_matter.last)
            yield _suppression(_front_matter_span(source, line, found), found["rest"], covered, end - 1)


def _front_matter_span(source: Source, line: int, found: re.Match[str]) -> Span:
    text = source.lines[line - 1]
    start = text.rfind(found[0])
    return Span.between(Place(line, start + 1), Place(line, len(text) + 1))


def _in_blocks(
    blocks: Sequence[Block], end: int, begun: Mapping[int, int] | None = None
) -> Iterator[Suppression]:
    """Yield the suppressions in `blocks`, whose container ends at line `end`.

    In the file itself, which is no container, `begun` are the last lines of the sections by their first.
    """
    top = begun is not None
    for index, (block, below) in enumerate(zip(blocks, _below(blocks, end, begun or {}), strict=True)):
        match block:
            case Html():
                covered = (1, end) if top and index == 0 else below or (block.first, block.last)
                yield from _before_a_block(block, covered)
            case Paragraph() | Heading():
                yield from _in_text(block.text, block.first, block.last)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _in_text(cell, row.first, row.last)
            case List():
                for item in block.items:
                    yield from _in_item(item)
            case Quote():
                yield from _in_blocks(block.children, block.last)
            case _:
                pass


def _in_item(item: ListItem) -> Iterator[Suppression]:
    """Yield an item's suppressions; one at the end of its own text covers the whole item."""
    own = item.children[:1]
    if own and isinstance(own[0], Paragraph):
        yield from _in_text(own[0].text, item.first, item.last)
        yield from _in_blocks(item.children[1:], item.last)
    else:
        yield from _in_blocks(item.children, item.last)


def _in_text(text: Text, first: int, last: int) -> Iterator[Suppression]:
    if "<!--" not in text.source:
        return
    # What stands in a code span or behind a backslash is shown, not meant.
    meant = {piece.start for piece in scan(text.source) if piece.kind == "comment"}
    for start, end, rest in _comments(text.source):
        if start in meant:
            yield _suppression(text.span(start, end), rest, first, last)


def _before_a_block(block: Html, covered: tuple[int, int]) -> Iterator[Suppression]:
    rows = block.source.count("\n") + 1
    text = Text(block.source, tuple(Place(line, 1) for line in range(block.first, block.first + rows)))
    for start, stop, rest in _comments(block.source):
        yield _suppression(text.span(start, stop), rest, *covered)


def _below(blocks: Sequence[Block], end: int, begun: Mapping[int, int]) -> list[tuple[int, int] | None]:
    """Return for each block the lines of what stands below it; those of a heading are its whole section."""
    lines: list[tuple[int, int] | None] = []
    below: tuple[int, int] | None = None
    ends = [end] * 7  # for each level, the line before the next heading that is not deeper
    for block in reversed(blocks):
        lines.append(below)
        if isinstance(block, Heading):
            below = block.first, ends[block.level]
            ends[block.level :] = [block.first - 1] * (7 - block.level)
        elif isinstance(block, Paragraph):
            below = block.first, begun.get(block.first, block.last)
        elif not isinstance(block, Html):
            below = block.first, block.last
    return lines[::-1]


def _comments(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each of this program's comments starts and ends, and what it says after its name."""
    start = source.find("<!--")
    while start >= 0 and (end := source.find("-->", start)) >= 0:
        found = _directive().match(source[start + 4 : end].strip())
        if found:
            yield start, end + 3, found["rest"]
        start = source.find("<!--", end)
