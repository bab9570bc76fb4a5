"""How much of a document its profile understands, and the lines that it does not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.action_items.tables import own_columns, unknown_columns
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, List, Paragraph, Quote, Table, walk


class Line(NamedTuple):
    """A line that was not understood, as it stands in the file, and why it should have been."""

    number: int
    text: str
    reason: str


class Understood(NamedTuple):
    """What was understood of a document: sections and fields of how many, events and action items.

    `owned` and `due` are the items with an owner, and with a due date.
    """

    path: str
    sections: int
    of_sections: int
    events: int
    unreadable: int
    items: int
    owned: int
    due: int
    fields: int
    of_fields: int
    lines: tuple[Line, ...]


def understand(document: Document) -> Understood:
    """Return how much of `document` is understood."""
    events = document.timeline.events if document.timeline else ()
    items = document.action_items.items if document.action_items else ()
    fields = [field for section in document.profile.sections for field in section.fields]
    given = {value.field.id for value in document.values if value.problem is None}
    return Understood(
        path=document.path,
        sections=sum(section.profile is not None for section in document.sections),
        of_sections=len(document.sections),
        events=len(events),
        unreadable=sum(event.problem is not None for event in events),
        items=len(items),
        owned=sum(bool(item.owners) for item in items),
        due=sum(item.due is not None for item in items),
        fields=len(given),
        of_fields=len(fields),
        lines=tuple(sorted(_lines(document))),
    )


def _lines(document: Document) -> Iterator[Line]:
    for section in document.sections:
        if section.profile is None and not section.incident and not section.incidents:
            yield _line(document, section.heading.first, "no section of the profile has this title")
    events = {event.span.line for event in document.timeline.events} if document.timeline else set()
    for event in document.timeline.events if document.timeline else ():
        if event.problem:
            yield _line(document, event.span.line, event.problem.message)
    for section in document.sections_containing("timeline"):
        places = (
            place for place in _places(section.blocks) if not place.prose or _has_clock(document, place)
        )
        yield from _unread(document, places, events, "no event was read here")
    items = document.action_items.items if document.action_items else ()
    covered = {line for item in items for line in range(item.line, item.last + 1)}
    for section in document.sections_containing("action-items"):
        yield from _unread(document, _places(section.blocks), covered, "no action item was read here")
        yield from _unknown_columns(document, section)


def _unknown_columns(document: Document, section: Section) -> Iterator[Line]:
    own = own_columns(section.profile)
    for table in walk(section.blocks):
        for title in unknown_columns(table, own) if isinstance(table, Table) else ():
            yield _line(document, table.first, f"what the column `{title}` holds is not known")


class _Place(NamedTuple):
    """A bullet, a row or a line of text, by its first and last line; `prose` is neither of the former."""

    first: int
    last: int
    prose: bool = False


def _unread(document: Document, places: Iterable[_Place], read: set[int], reason: str) -> Iterator[Line]:
    for place in places:
        if read.isdisjoint(range(place.first, place.last + 1)):
            yield _line(document, place.first, reason)


def _places(blocks: Sequence[Block]) -> Iterator[_Place]:
    for block in blocks:
        match block:
            case List():
                yield from (_Place(item.first, item.last) for item in block.items)
            case Table():
                yield from (_Place(row.first, row.last) for row in block.rows)
            case Paragraph():
                yield _Place(block.first, block.last, prose=True)
            case Quote():
                yield from _places(block.children)
            case _:
                pass


def _has_clock(document: Document, place: _Place) -> bool:
    """Return whether prose names a time of day, which may be that of an event."""
    return any(_clock().search(line) for line in document.source.lines[place.first - 1 : place.last])


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(r"(?<![\d:])\d{1,2}[:h]\d\d(?!\d)")


def _line(document: Document, number: int, reason: str) -> Line:
    return Line(number, document.source.lines[number - 1].strip(), reason)
