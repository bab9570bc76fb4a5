"""Markdown blocks as frozen values, each with its first and last line in the file."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from incidentdocs.markdown.places import Place, Span


class Text(NamedTuple):
    """The inline source of a leaf block as written, without its containers' prefixes.

    `source` joins its lines with a line feed; `starts` holds the file's place of each line's first character.
    """

    source: str
    starts: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        """Return the place in the file of the character at `offset` in `source` (or of its end)."""
        row, begin = self._row(offset)
        start = self.starts[row]
        return Place(start.line, start.column + offset - begin)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span in the file of `source[start:end]`."""
        return Span.between(self.place(start), self.place(len(self.source) if end is None else end))

    def part(self, start: int, end: int | None = None) -> "Text":
        """Return `source[start:end]` as a text that still knows its places."""
        piece = self.source[start:end]
        row, _ = self._row(start)
        following = self.starts[row + 1 : row + 1 + piece.count("\n")]
        return Text(piece, (self.place(start), *following))

    def stripped(self) -> "Text":
        """Return the text without white space at either end."""
        bare = self.source.strip()
        start = self.source.find(bare) if bare else 0
        return self.part(start, start + len(bare))

    def _row(self, offset: int) -> tuple[int, int]:
        """Return in which of the text's lines `offset` lies, from 0, and the offset of that line's start."""
        if len(self.starts) == 1:
            return 0, 0
        begins = _line_begins(self.source)
        row = bisect_right(begins, offset) - 1
        return row, begins[row]


@lru_cache(maxsize=16)
def _line_begins(source: str) -> list[int]:
    """Return the offset of each line's start; kept for the texts at hand, of which many places are asked."""
    return [0, *(found + 1 for found, character in enumerate(source) if character == "\n")]


class Heading(NamedTuple):
    """An ATX (`## Title`) or setext (underlined) heading; `text` is without hashes."""

    first: int
    last: int
    level: int
    text: Text


class Paragraph(NamedTuple):
    """A paragraph, or the text of a tight list item."""

    first: int
    last: int
    text: Text


class Code(NamedTuple):
    """A fenced or indented code block; `closed` is False for a fence that nothing ends."""

    first: int
    last: int
    info: str
    source: str
    fenced: bool
    closed: bool


class Html(NamedTuple):
    """An HTML block, comments included."""

    first: int
    last: int
    source: str


class ThematicBreak(NamedTuple):
    """A horizontal rule."""

    first: int
    last: int


class ListItem(NamedTuple):
    """One item of a list; `number` is the ordered marker's own number, None for a bullet."""

    first: int
    last: int
    number: int | None
    children: "tuple[Block, ...]"


class List(NamedTuple):
    """A bullet or numbered list; `tight` where no blank line parts its items, or what is in one of them."""

    first: int
    last: int
    ordered: bool
    items: tuple[ListItem, ...]
    tight: bool = True


class Quote(NamedTuple):
    """A block quote."""

    first: int
    last: int
    children: "tuple[Block, ...]"


class Row(NamedTuple):
    """One row of a table; a cell's text is stripped, with an escaped pipe as written."""

    first: int
    last: int
    cells: tuple[Text, ...]


class Table(NamedTuple):
    """A pipe table; `first` is the header's line and `last` the last row's.

    `rule` is the line below the header, as it is written: it says how the columns are aligned.
    """

    first: int
    last: int
    header: Row
    rows: tuple[Row, ...]
    rule: str = ""


Block = Heading | Paragraph | Code | Html | ThematicBreak | List | ListItem | Quote | Table


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, parents before their children, in the file's order."""
    for block in blocks:
        yield block
        if isinstance(block, List):
            yield from walk(block.items)
        elif isinstance(block, ListItem | Quote):
            yield from walk(block.children)


def texts_in(blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield the texts of `blocks`, those inside lists, quotes and tables too; code is none."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.text
            case List():
                for item in block.items:
                    yield from texts_in(item.children)
            case Quote():
                yield from texts_in(block.children)
            case Table():
                yield from (cell for row in (block.header, *block.rows) for cell in row.cells)
            case _:
                pass
