"""Where a section's lines may be taken out of a document and put in again without touching any other."""

from collections.abc import Sequence
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, Code, Heading, Html, walk
from incidentdocs.markdown.places import Span


class Change(NamedTuple):
    """A span of the document and the text that takes its place."""

    span: Span
    text: str


def sections_in_a_row(document: Document) -> Sequence[Section]:
    """Return the sections where each is a heading of one level with its text up to the next, else nothing.

    A document of several incidents, sections nested in others or begun by bold lines, the same section
    twice, and code or HTML that nothing closes leave in doubt what belongs to which.
    """
    sections = document.sections
    ids = [section.id for section in sections if section.id]
    if document.profile.incidents or not ids or len(ids) != len(set(ids)):
        return ()
    headings = {block.first for block in document.source.blocks if isinstance(block, Heading)}
    alike = all(
        section.heading.first in headings
        and section.heading.level == document.section_level
        and section.within is None
        for section in sections
    )
    ends = [section.heading.first - 1 for section in sections[1:]]
    in_a_row = alike and [section.last for section in sections[:-1]] == ends
    above = document.title is None or document.title.first < sections[0].heading.first
    return sections if in_a_row and above and not _is_open(document.source.blocks) else ()


def _is_open(blocks: Sequence[Block]) -> bool:
    """Return whether a fence or an HTML tag may swallow what is put below it, or be left without its end."""
    for block in walk(blocks):
        if isinstance(block, Code) and not block.closed and block.fenced:
            return True
        if isinstance(block, Html):
            source = block.source.strip()
            if not (source.startswith("<!--") and source.find("-->") == len(source) - 3):
                return True
    return False


def is_clear_above(document: Document, sections: Sequence[Section], place: int) -> bool:
    """Return whether no comment stands right above the section at `place`, or after the last one.

    It may be about either section, and silence a rule in the one below.
    """
    if place == 0:
        begin = sections[0].heading.first
        blocks: Sequence[Block] = [block for block in document.source.blocks if block.first < begin]
    else:
        blocks = sections[place - 1].blocks
    return not (blocks and isinstance(blocks[-1], Html))


def put_in(document: Document, sections: Sequence[Section], place: int, lines: Sequence[str]) -> Change:
    """Return how `lines` come to stand before the section at `place`, or after the last one."""
    written, text = document.source.lines, "\n".join(lines)
    if place == len(sections):
        last = _last_written(written, 1, len(written))
        return Change(Span(last, len(written[last - 1]) + 1, last, len(written[last - 1]) + 1), f"\n\n{text}")
    line = sections[place].heading.first
    apart = "\n" if line > 1 and written[line - 2].strip() else ""
    return Change(Span(line, 1, line, 1), f"{apart}{text}\n\n")


def taken_out(document: Document, sections: Sequence[Section], place: int) -> tuple[Change, Sequence[str]]:
    """Return how the section at `place` leaves its place, and its lines without the blank ones below it."""
    written, first = document.source.lines, sections[place].heading.first
    last = _last_written(written, first, sections[place].last)
    lines = written[first - 1 : last]
    if place + 1 < len(sections):
        return Change(Span(first, 1, sections[place + 1].heading.first, 1), ""), lines
    above = _last_written(written, 1, first - 1)
    return Change(Span(above, len(written[above - 1]) + 1, last, len(written[last - 1]) + 1), ""), lines


def _last_written(lines: Sequence[str], first: int, last: int) -> int:
    """Return the last of the lines `first` to `last` that is not blank, `first` where all are."""
    return next((line for line in range(min(last, len(lines)), first, -1) if lines[line - 1].strip()), first)
