"""An index as a Markdown table for a folder's page: a row a document, and only columns that say something."""

import posixpath
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.output.report_markdown import escaped, link, table
from incidentdocs.reports.index import Entry


class _Column(NamedTuple):
    """A column: its head in each language, and what it says of an entry, as Markdown; nothing is empty."""

    head: Mapping[str, str]
    cell: Callable[[Entry, str, str], str]


def index_markdown(entries: Sequence[Entry], *, folder: str, language: str) -> str:
    """Return the table of `entries` as the page of `folder` has it, in `language`: `fr`, else English.

    Links lead from that folder. A column in which no row says anything is left out.
    """
    if not entries:
        return "_Aucun document pour l'instant._" if language == "fr" else "_No documents yet._"
    kinds = {entry.kind for entry in entries}
    columns = [column for column in _COLUMNS if column is not _KIND or len(kinds) > 1]
    cells = [[column.cell(entry, folder, language) for column in columns] for entry in entries]
    told = [number for number in range(len(columns)) if any(row[number] for row in cells)]
    head = [columns[number].head.get(language) or columns[number].head["en"] for number in told]
    return table(head, [[row[number] for number in told] for row in cells])


def _date(entry: Entry, _folder: str, _language: str) -> str:
    return entry.day.isoformat() if entry.day else ""


def _kind(entry: Entry, _folder: str, _language: str) -> str:
    return escaped(entry.kind)


def _title(entry: Entry, folder: str, _language: str) -> str:
    return link(entry.title, posixpath.relpath(entry.path, folder))


def _items(entry: Entry, _folder: str, language: str) -> str:
    of = "sur" if language == "fr" else "of"
    return f"{entry.open_items} {of} {entry.items}" if entry.items else ""


def _post_mortem(entry: Entry, folder: str, _language: str) -> str:
    if entry.post_mortem is None:
        return ""
    return link(posixpath.basename(entry.post_mortem), posixpath.relpath(entry.post_mortem, folder))


_KIND = _Column({"en": "Kind", "fr": "Type"}, _kind)

_COLUMNS = (
    _Column({"en": "Date", "fr": "Date"}, _date),
    _KIND,
    _Column({"en": "Title", "fr": "Titre"}, _title),
    _Column({"en": "Severity", "fr": "Gravité"}, lambda entry, *_: entry.severity or ""),
    _Column({"en": "Services", "fr": "Services"}, lambda entry, *_: escaped(", ".join(entry.services))),
    _Column({"en": "Status", "fr": "Statut"}, lambda entry, *_: escaped(entry.status or "")),
    _Column({"en": "Open action items", "fr": "Actions ouvertes"}, _items),
    _Column({"en": "Post-mortem", "fr": "Post-mortem"}, _post_mortem),
    _Column({"en": "Decision", "fr": "Décision"}, lambda entry, *_: escaped(entry.decision or "")),
    _Column({"en": "Reviewed", "fr": "Relu le"}, lambda entry, *_: escaped(entry.reviewed or "")),
)
