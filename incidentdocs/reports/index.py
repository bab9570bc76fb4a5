"""The documents of a folder, each with what its own text says of it: what the folder's page lists."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.similarity.naming import reference
from incidentdocs.similarity.register import Names


class Entry(NamedTuple):
    """One document of an index; what it does not say is None or empty.

    `items` are how many action items it promises, and `open_items` how many of them are neither done nor
    abandoned; `post_mortem` is the path of the one that an incident names. Everything stands in the documents
    themselves, so that an index changes only when one of them does.
    """

    path: str
    kind: str
    title: str
    day: date | None = None
    severity: str | None = None
    services: tuple[str, ...] = ()
    status: str | None = None
    items: int = 0
    open_items: int = 0
    post_mortem: str | None = None
    decision: str | None = None
    reviewed: str | None = None


def index(documents: Sequence[Document], folder: str) -> tuple[Entry, ...]:
    """Return what is listed of the documents below `folder`, `.` for all: the latest first, then by title."""
    names = Names(document.path for document in documents)
    below = (document for document in documents if PurePosixPath(document.path).is_relative_to(folder))
    return tuple(sorted((_entry(document, names) for document in below), key=_order))


def _order(entry: Entry) -> tuple[int, str, str]:
    return (-entry.day.toordinal() if entry.day else 0, entry.title.casefold(), entry.path)


def _entry(document: Document, names: Names) -> Entry:
    kind, title = document.profile.kind, title_of(document)
    if document.problems:  # it cannot be read: nothing that it seems to say counts
        return Entry(document.path, kind, title)
    items = document.action_items.items if document.action_items else ()
    return Entry(
        document.path,
        kind,
        title,
        day=document.date,
        severity=document.severity,
        services=document.words("services"),
        status=_word(document, "status"),
        items=len(items),
        open_items=sum(item.state == "open" for item in items),
        post_mortem=_post_mortem(document, names),
        decision=_word(document, "decision"),
        reviewed=_word(document, "reviewed"),
    )


def title_of(document: Document) -> str:
    """Return what a document is about, its file's name where it does not say so or cannot be read."""
    said = None if document.problems else document.subject
    return said or PurePosixPath(document.path).stem


def _word(document: Document, field: str) -> str | None:
    return next(iter(document.words(field)), None)


def _post_mortem(document: Document, names: Names) -> str | None:
    """Return the path of the post-mortem that `document` names, None where it names none that is there."""
    meant = [names.meant(reference(word, document.path)) for word in document.words("post-mortem")]
    return next((min(paths) for paths in meant if paths), None)
