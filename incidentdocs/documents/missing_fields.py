"""What to write, and where, for an owner or a due date that an action item lacks."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.action_items.tables import own_columns, titles_of_columns
from incidentdocs.documents.document import Document
from incidentdocs.documents.iso_dates import iso_date, meant_date
from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Table, walk
from incidentdocs.markdown.places import Span
from incidentdocs.process.people import Roster

Asked = Literal["owner", "due"]

_TITLES: Mapping[Asked, Mapping[str, str]] = {
    "owner": {"en": "Owner", "fr": "Responsable", "ja": "担当"},
    "due": {"en": "Due", "fr": "Échéance", "ja": "期限"},
}


class Missing(NamedTuple):
    """What an item lacks: `hint` says what to write, `table` is the header of one without a column for it."""

    hint: str
    table: Span | None = None


def missing(document: Document, item: ActionItem, asked: Asked) -> Missing:
    """Return what to write for the field that `item` lacks, as far as it or the roster tells."""
    value = _owner(document, item) if asked == "owner" else _due(document, item)
    if item.header is None or item.header.line != item.header.end_line:
        written = f"(owner {_owner(document, item)}, due {_due(document, item)})"
        return Missing(f"write `{written}` at the end of the item")
    section = _section(document, item)
    title = _column(section, item, asked) if section else None
    if title is not None:
        return Missing(f"write `{value}` in the column `{title}`")
    others = document.action_items.items if document.action_items else ()
    if any(_says(other, asked) for other in others if other.header == item.header):
        return Missing(f"write `({asked} {value})` at the end of the item")
    title = _usual_title(document, section, asked)
    return Missing(f"add a column `{title}`, with `{value}` in its rows", item.header)


def _usual_title(document: Document, section: Section | None, asked: Asked) -> str:
    """Return how the profile titles a column, else another table of the document, else its language does."""
    own = section.profile.columns.get(asked, ()) if section and section.profile else ()
    if own:
        return own[0]
    for each in document.sections_containing("action-items"):
        columns = own_columns(each.profile)
        for block in walk(each.blocks):
            title = titles_of_columns(block, columns).get(asked) if isinstance(block, Table) else None
            if title:
                return title
    if section and _kana().search(section.heading.text.source):
        return _TITLES[asked]["ja"]
    return document.in_language(_TITLES[asked])


def _says(item: ActionItem, asked: Asked) -> bool:
    return bool(item.owner_text if asked == "owner" else item.due_text)


def _section(document: Document, item: ActionItem) -> Section | None:
    sections = document.sections_containing("action-items")
    return next((each for each in sections if each.heading.first < item.line <= each.last), None)


def _column(section: Section, item: ActionItem, asked: Asked) -> str | None:
    """Return the title of the table's column for the field, None where it has none."""
    own = own_columns(section.profile)
    for block in walk(section.blocks):
        if isinstance(block, Table) and item.header and block.first == item.header.line:
            return titles_of_columns(block, own).get(asked)
    return None


def _owner(document: Document, item: ActionItem) -> str:
    """Return who owns an item, else whom its words name by a handle or as the roster does, else `@who`."""
    if item.owners and item.owner_text:
        return " ".join(item.owner_text.source.split())
    words = item.description_text.source
    handle = _handle().search(words)
    return handle[0] if handle else _named(words, document.process.people) or "@who"


def _named(words: str, people: Roster) -> str | None:
    """Return the handle of the only person of the roster whom `words` call by name, or name in brackets."""
    by_name = (
        person
        for person in people.people
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in person.names)
    )
    alone = (people.find(part) for part in _parts().findall(words))
    found = {person.handle for person in (*by_name, *alone) if person and person.kind == "person"}
    return f"@{found.pop()}" if len(found) == 1 else None


def _due(document: Document, item: ActionItem) -> str:
    """Return when an item is due, as an ISO date; one that may be another day is still to be written."""
    if item.due:
        return item.due.isoformat()
    words = (item.due_text or item.description_text).source
    day = iso_date(words) or meant_date(words, document.language)
    return day.isoformat() if day else "YYYY-MM-DD"


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@/.`])@\w[\w-]{0,60}(?![\w@./])")


@cache
def _kana() -> re.Pattern[str]:
    """Return what matches a sign that only Japanese is written with."""
    return re.compile(r"[\u3041-\u30ff]")


@cache
def _parts() -> re.Pattern[str]:
    """Return what matches a part of a bracket, such as the name in `(ana, 20/11/2026)`."""
    return re.compile(r"(?<=[(\[,;])[ ]?[^()\[\],;]{2,60}(?=[)\],;])")
