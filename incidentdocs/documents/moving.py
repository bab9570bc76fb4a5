"""Where a section's lines may be taken out of a document and put in again without touching any other."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
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
    return sections if in_a_row and above and not _is_open(document) else ()


def _is_open(document: Document) -> bool:
    """Return whether a fence or an HTML tag may swallow what is put below it, or be left without its end."""
    own = {*document.profile.placeholders}
    own.update(words for section in document.profile.sections for words in section.placeholders)
    for block in walk(document.source.blocks):
        if isinstance(block, Code) and block.fenced and not block.closed:
            return True
        if isinstance(block, Html) and block.source.strip() not in own and not _is_whole(block.source):
            return True
    return False


def _is_whole(html: str) -> bool:
    """Return whether every comment and every tag that begins in `html` ends in it."""
    tags, *comments = html.split("<!--")
    for comment in comments:
        _, end, after = comment.partition("-->")
        if not end:
            return False
        tags += after
    opened = Counter(found[1].casefold() for found in _opening_tag().finditer(tags))
    closed = Counter(found[1].casefold() for found in _closing_tag().finditer(tags))
    return "<!" not in tags and "<?" not in tags and opened == closed


@cache
def _opening_tag() -> re.Pattern[str]:
    return re.compile(r"<(?!(?:br|hr|img|input|wbr)\b)([a-z][a-z0-9-]*)", re.IGNORECASE)


@cache
def _closing_tag() -> re.Pattern[str]:
    return re.compile(r"</([a-z][a-z0-9-]*)", re.IGNORECASE)


def is_clear_above(document: Document, sections: Sequence[Section], place: int) -> bool:
    """Return whether no comment stands right above the section at `place`, or after the last one.

    It may be about either section, and silence a rule in the one below.
    """
    if place == 0:
        begin = sections[0].heading.first
        blocks: Sequence[Block] = [block for block in document.source.blocks if block.first < begin]
    else:
        blocks = sections[place - 1].blocks
    return not (blocks and isinstance(blocks[-1], Html) and blocks[-1].source.lstrip().startswith("<!--"))


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
