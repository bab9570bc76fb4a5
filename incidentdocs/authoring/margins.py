"""What stands around the sections of a document: before the title, below it, and right above a heading."""

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from incidentdocs.documents.document import Document
from incidentdocs.markdown.blocks import Block, Html


class Lines(NamedTuple):
    """The lines `first` to `last` of a file, of which there may be none, and the blocks in them."""

    first: int
    last: int
    blocks: tuple[Block, ...]

    def until(self, line: int) -> "Lines":
        """Return the lines up to `line`, which it leaves out."""
        return Lines(self.first, line - 1, tuple(block for block in self.blocks if block.first < line))

    def since(self, line: int) -> "Lines":
        """Return the lines from `line` on."""
        return Lines(line, self.last, tuple(block for block in self.blocks if block.first >= line))


class Margins(NamedTuple):
    """What stays before the title and below it, and what has to move from either place.

    `directives` are the comments that speak of the first section, or of nothing where there is none.
    """

    before: tuple[Lines, ...]
    below: Lines
    moving: tuple[Lines, ...]
    directives: tuple[str, ...]


def margins(document: Document) -> Margins:
    """Return what stands before the document's first section: comments stay, text moves."""
    source, title = document.source, document.title
    begin = (source.front_matter.last if source.front_matter else 0) + 1
    end = document.sections[0].heading.first if document.sections else len(source.lines) + 1
    around = Lines(begin, end - 1, tuple(block for block in source.blocks if block.first < end))
    if title and title.first < end:
        before, below = around.until(title.first), around.since(title.last + 1)
    else:
        before, below = around, around.since(end)
    titled = title is not None and title.first < end
    # What speaks of the title's section speaks of the whole file, and stays above the title.
    of_title = before.since(_directives_start(before, document) or before.last + 1)
    stays, moves = _parted(without_directives(before, document), file_wide=True)
    stays_below, moves_below = _parted(without_directives(below, document), file_wide=False)
    directives = directives_above(document, below if titled else before)
    return Margins((stays, of_title) if titled else (stays,), stays_below, (moves, moves_below), directives)


def without_directives(lines: Lines, document: Document) -> Lines:
    """Return `lines` without the comments at their end that silence a rule in the section below."""
    start = _directives_start(lines, document)
    return lines.until(start) if start else lines


def directives_above(document: Document, lines: Lines) -> tuple[str, ...]:
    """Return the comments at the end of `lines` that silence a rule in the section below."""
    start = _directives_start(lines, document)
    if start is None:
        return ()
    return tuple(_lines(document, start, lines.blocks[-1].last))


def _directives_start(lines: Lines, document: Document) -> int | None:
    """Return the first line of those comments; one that begins the file speaks of the whole of it."""
    start, end = None, lines.last
    for block in reversed(lines.blocks):
        apart = any(line.strip() for line in _lines(document, block.last + 1, end))
        if apart or not _begins_as_comment(block) or block is document.source.blocks[0]:
            break
        start = block.first if _is_directive(block) else start
        end = block.first - 1
    return start


def _lines(document: Document, first: int, last: int) -> Iterator[str]:
    """Yield the lines `first` to `last`, less those of a title, which goes where titles stand."""
    title = document.title
    for number in range(first, last + 1):
        if title is None or not title.first <= number <= title.last:
            yield document.source.lines[number - 1]


def _parted(lines: Lines, *, file_wide: bool) -> tuple[Lines, Lines]:
    """Return the lines that stay in their place, and those that move: all from the first text on."""
    if all(map(is_comment, lines.blocks)):
        return lines, lines.since(lines.last + 1)
    moving = next(
        block.first
        for block in lines.blocks
        if not is_comment(block) or (_is_directive(block) and not (file_wide and block is lines.blocks[0]))
    )
    return lines.until(moving), lines.since(moving)


def is_comment(block: Block) -> bool:
    """Return whether a block is HTML comments and nothing else that a reader sees."""
    return _begins_as_comment(block) and block.source.strip().endswith("-->")


def _begins_as_comment(block: Block) -> TypeGuard[Html]:
    return isinstance(block, Html) and block.source.lstrip().startswith("<!--")


def _is_directive(block: Block) -> bool:
    return isinstance(block, Html) and "incidentdocs:" in block.source
