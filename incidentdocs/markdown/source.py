"""A Markdown file's text as lines, front matter and blocks, each with its place."""

from collections.abc import Mapping
from typing import NamedTuple

from incidentdocs.markdown.blocks import Block
from incidentdocs.markdown.front_matter import FrontMatter
from incidentdocs.markdown.front_matter_reader import read_front_matter
from incidentdocs.markdown.parser import parse_blocks
from incidentdocs.markdown.places import Span


class Source(NamedTuple):
    """A file's lines (without line endings and byte order mark), its front matter and its blocks.

    `definitions` are where its references lead (`[label]: address`), by their labels' keys.
    """

    lines: tuple[str, ...]
    front_matter: FrontMatter | None
    blocks: tuple[Block, ...]
    definitions: Mapping[str, str] = {}

    def line_span(self, line: int) -> Span:
        """Return the span of a line's visible text; column 1 to 1 when it has none or is not in the file."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        bare = text.strip()
        start = text.index(bare) + 1
        return Span(line, start, line, start + len(bare))


def parse(text: str) -> Source:
    r"""Return what `text` holds; never raises. Only \n, \r\n and a lone \r end a line."""
    lines = lines_of(text)
    front_matter = read_front_matter(lines)
    blanked = front_matter.last if front_matter else 0
    return Source(lines, front_matter, *parse_blocks(("",) * blanked + lines[blanked:]))


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of `text`, without their endings and the byte order mark."""
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(rows if rows[-1] else rows[:-1])
