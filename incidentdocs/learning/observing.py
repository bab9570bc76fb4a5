"""What one document shows of its house style, read without any profile."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from incidentdocs.documents.bold_titles import heading_text, title_of
from incidentdocs.documents.sections import USUAL_LEVEL, read_sections
from incidentdocs.documents.timeline.time_expressions import is_time, read_time
from incidentdocs.documents.title_patterns import day_in_title
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.blocks import Block, Heading, List, Paragraph, Table
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import Source
from incidentdocs.profiles.profile import Profile

_UNKNOWN = Profile(kind="unknown", name={"en": "Unknown"}, folders=(".",))

FEWEST_PARTS = 2
"""A document with fewer headings of the usual level has its sections elsewhere, if it has any."""

LONGEST_LABEL = 40
"""Characters of a label; what is longer before a colon is a sentence."""


class Labelled(NamedTuple):
    """A value that a line or a table's row gives under a label, both as a reader sees them.

    `header` says that the row is the table's header, which may be one of titles.
    """

    label: str
    value: str
    header: bool = False


class Part(NamedTuple):
    """A section of a document: its title as a reader sees it, what titles are compared by, and its blocks."""

    title: str
    key: str
    level: int
    blocks: tuple[Block, ...]


class Observed(NamedTuple):
    """A document at `path`: its title, what stands above its first section, and its sections in order.

    `incidents` is the level of headings with dates of their own, where there are several: each tells of one.
    """

    path: str
    source: Source
    title: str | None
    above: tuple[Block, ...]
    parts: tuple[Part, ...]
    incidents: int | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return PurePosixPath(self.path).name

    def part(self, keys: Sequence[str]) -> Part | None:
        """Return the first section whose title is one of those with these keys."""
        return next((part for part in self.parts if part.key in keys), None)


def observe(path: str, source: Source) -> Observed:
    """Return what the parsed document at `path` shows."""
    title, sections = read_sections(source, _UNKNOWN)
    dated = [section.heading for section in sections if day_in_title(section.visible)]
    incidents = dated if len(dated) >= FEWEST_PARTS else []
    usual = [
        section.heading
        for section in sections
        if section.heading not in incidents and not is_time(section.heading.text.source)
    ]
    begins = next((found for found in (usual, *_others(source.blocks)) if len(found) >= FEWEST_PARTS), usual)
    rest = [block for block in source.blocks if block is not title]
    above, parts = _parted(rest, begins)
    level = min((heading.level for heading in incidents), default=None)
    return Observed(path, source, plain(title.text.source) if title else None, above, parts, level)


def _others(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield what else may begin sections: headings of a deeper level, the highest first, then bold lines."""
    headings = [block for block in blocks if isinstance(block, Heading) and not is_time(block.text.source)]
    for level in range(USUAL_LEVEL + 1, 7):
        yield [heading for heading in headings if heading.level == level]
    yield [block for block in blocks if isinstance(block, Paragraph) and title_of(block)]


def _parted(blocks: Sequence[Block], begins: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    """Return what stands above the first of the blocks that begin a section, and the sections."""
    known = set(map(id, begins))
    starts = [index for index, block in enumerate(blocks) if id(block) in known]
    ends = [*starts[1:], len(blocks)][: len(starts)]
    above = tuple(blocks[: starts[0]] if starts else blocks)
    return above, tuple(
        _part(blocks[start], blocks[start + 1 : end]) for start, end in zip(starts, ends, strict=True)
    )


def _part(begin: Block, below: Sequence[Block]) -> Part:
    words = heading_text(begin)
    title = plain(words.source) if words else ""
    level = begin.level if isinstance(begin, Heading) else USUAL_LEVEL
    return Part(title, title_key(title), level, tuple(below))


def labelled(blocks: Sequence[Block]) -> Iterator[Labelled]:
    """Yield what lines, bullets and rows of two cells give under labels."""
    for block in blocks:
        match block:
            case Paragraph(text=text):
                for line in text.source.split("\n"):
                    yield from _in_line(line)
            case List():
                for item in block.items:
                    if item.children and isinstance(item.children[0], Paragraph):
                        yield from _in_line(item.children[0].text.source.partition("\n")[0])
            case Table() if len(block.header.cells) == 2:
                for row in (block.header, *block.rows):
                    cells = [plain(cell.source) for cell in row.cells]
                    if len(cells) == 2 and 0 < len(cells[0]) <= LONGEST_LABEL:
                        yield Labelled(cells[0].rstrip(" :："), cells[1], row is block.header)
            case _:
                pass


def _in_line(line: str) -> Iterator[Labelled]:
    found = _label().match(line)
    if found:
        label = plain(found["label"])
        if label and read_time(label) is None:
            yield Labelled(label, plain(found["value"].lstrip("*_ ")))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"\s*[*_]{{0,3}}(?P<label>[^\W\d_][^:：|`*_\n]{{0,{LONGEST_LABEL}}}?)[*_]{{0,3}}\s?[:：](?!//)(?P<value>.*)"
    )
