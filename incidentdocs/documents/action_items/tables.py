"""Action items as the rows of a table, its columns in any order."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import cast

from incidentdocs.documents.action_items.action_item import Parts
from incidentdocs.documents.action_items.done_signs import without_closing_sign
from incidentdocs.documents.action_items.fields import Field, read_fields
from incidentdocs.documents.action_items.head import Head, read_head
from incidentdocs.documents.action_items.references import references
from incidentdocs.documents.action_items.words import (
    DONE_WORDS,
    TICKS,
    Column,
    Kind,
    columns,
    keyword_pattern,
)
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Row, Table, Text
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Place, Span
from incidentdocs.profiles.profile import SectionProfile

_FIELDS: tuple[Kind, ...] = ("owner", "due", "done", "ref", "reason", "type")


def from_table(table: Table, own: Mapping[str, Column] = MappingProxyType({})) -> Iterator[Parts]:
    """Yield the items of a table whose header names what they hold; any other table has none.

    `own` are the titles that the profile gives to columns, folded.
    """
    named = _columns(table, own)
    if len(named) >= 2 or "description" in named:
        for row in table.rows:
            if any(cell.source for cell in row.cells):
                yield _from_row(row, named)._replace(header=_row_span(table.header))


def own_columns(profile: SectionProfile | None) -> Mapping[str, Column]:
    """Return what the columns hold to which a section's profile gives titles, by the folded titles."""
    columns = profile.columns.items() if profile else ()
    return {fold(title) or title: cast("Column", column) for column, titles in columns for title in titles}


def unknown_columns(table: Table, own: Mapping[str, Column]) -> list[str]:
    """Return the titles of a table's columns that nothing is known of, where it is one of action items."""
    titles = [plain(cell.source).strip() for cell in table.header.cells]
    known = [_column(title, own) for title in titles]
    unknown = [title for title, column in zip(titles, known, strict=True) if column is None and title]
    described = "description" in known
    return unknown[0 if described else 1 :] if any(known) else []


def titles_of_columns(table: Table, own: Mapping[str, Column]) -> Mapping[Column, str]:
    """Return the titles of a table's columns by what they hold."""
    cells = table.header.cells
    return {column: plain(cells[index].source).strip() for column, index in _columns(table, own).items()}


def _column(title: str, own: Mapping[str, Column]) -> Column | None:
    key = fold(title) or title
    return own.get(key) or columns().get(key)


def _columns(table: Table, own: Mapping[str, Column]) -> Mapping[Column, int]:
    """Return which cell holds what.

    Without a column of its own the description is the first unknown one, or that of bugs, or of numbers which
    are none.
    """
    titles = [plain(cell.source).strip() for cell in table.header.cells]
    named: dict[Column, int] = {}
    unknown: list[int] = []
    for index, title in enumerate(titles):
        column = _column(title, own)
        if column is None:
            unknown.append(index)
        else:
            named.setdefault(column, index)
    if named and unknown:
        named.setdefault("description", unknown[0])
    if "description" not in named and "bug" in named:
        named["description"] = named.pop("bug")
    if "description" not in named and "number" in named and _holds_words(table, named["number"]):
        named["description"] = named.pop("number")
    return named


def _holds_words(table: Table, column: int) -> bool:
    cells = (row.cells[column] for row in table.rows if column < len(row.cells))
    return any(" " in cell.source and read_head(cell).label is None for cell in cells)


def _from_row(row: Row, named: Mapping[Column, int]) -> Parts:
    cells = {column: row.cells[index] for column, index in named.items() if index < len(row.cells)}
    text = cells.get("description") or Text("", (Place(row.first, 1),))
    text, ended = without_closing_sign(text)
    own = read_head(text)
    reading = read_fields(text, own.end)
    status = cells.get("status") or _status_of_bug(cells.get("bug"))
    fields = (*_fields_of_cells(cells), *_bug(cells.get("bug")), *_reason_in(status), *reading.fields)
    return Parts(
        span=_row_span(row),
        last=row.last,
        head=_numbered(own, cells.get("number")),
        description=text.part(own.end, max(own.end, reading.end)).stripped(),
        fields=fields,
        problem=reading.problem,
        stated=status is not None or "done" in cells,
        settled=own.ticked or ended or (status is not None and _settles(status)),
        words=row.cells,
    )


def _fields_of_cells(cells: Mapping[Column, Text]) -> Iterator[Field]:
    for kind in _FIELDS:
        cell = cells.get(cast("Column", kind))
        if cell is not None and any(character.isalnum() for character in cell.source):
            yield Field(kind, cell)


def _bug(cell: Text | None) -> Iterator[Field]:
    """Yield what a cell of bugs refers to; one that only says `n/a` or has a bare number is no mistake."""
    if cell is not None and references(cell.source):
        yield Field("ref", cell)


def _status_of_bug(cell: Text | None) -> Text | None:
    """Return the state that stands behind a bug: `n/a **DONE**`, `#12 TODO`."""
    found = _state_behind_a_bug().search(cell.source) if cell else None
    return cell.part(found.start()) if cell and found else None


@cache
def _state_behind_a_bug() -> re.Pattern[str]:
    states = r"DONE|FAITE?|CLOSED|FIXED|TODO|OPEN"
    return re.compile(rf"(?:(?<=[\s*_(])|^)(?:{states})[\s*_).]*$")


def _numbered(head: Head, cell: Text | None) -> Head:
    """Return the head with the number of its own column: `1`, `#1`, `AI-1`; another code is no number."""
    if cell is None or not cell.source:
        return head
    bare = cell.source.strip("*# .")
    numbered = read_head(Text(f"AI {bare}" if bare.isdecimal() else cell.source, cell.starts))
    return head._replace(number=numbered.number, label=cell)


def _settles(status: Text) -> bool:
    shown = plain(status.source)
    words = fold(shown).split()
    return any(sign in shown for sign in TICKS) or (bool(words) and words[0] in DONE_WORDS)


def _reason_in(status: Text | None) -> Iterator[Field]:
    """Yield why an item won't be done, where its status says so: `cancelled: the service is gone`."""
    found = keyword_pattern().match(status.source.lstrip("*")) if status else None
    if status and found and found["reason"]:
        begin = found.end() + len(status.source) - len(status.source.lstrip("*"))
        yield Field("reason", status.part(begin + _leading(status.source[begin:])))


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip(" *:,;(–—-"))


def _row_span(row: Row) -> Span:
    written = [cell for cell in row.cells if cell.source]
    return Span.between(written[0].place(0), written[-1].place(len(written[-1].source)))
