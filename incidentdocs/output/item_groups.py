"""Action items below what they have in common: their document, an owner, or the severity of the incident."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from incidentdocs.reports.model import Item

By = Literal["document", "owner", "severity"]

GROUPS: tuple[By, ...] = ("document", "owner", "severity")
"""What items can be grouped by."""

NO_OWNER = "no owner"
NO_SEVERITY = "no severity"


class Group(NamedTuple):
    """Items and what they have in common; `path` is the document where that is it."""

    title: str
    items: tuple[Item, ...]
    path: str | None = None


def groups(items: Sequence[Item], by: By) -> Iterator[Group]:
    """Yield the groups of `items`, each in the order of `items`.

    Documents come in that order too, owners and severities by the alphabet, so that nobody is first for
    having most. An item of several owners stands below each of them.
    """
    if by == "document":
        for path, of_document in groupby(items, key=lambda item: item.document):
            listed = tuple(of_document)
            severity = f" · {listed[0].severity}" if listed[0].severity else ""
            yield Group(f"{path}{severity}", listed, path)
        return
    below: dict[str, list[Item]] = {}
    for item in items:
        for name in _owners(item) if by == "owner" else (item.severity or "",):
            below.setdefault(name, []).append(item)
    none = NO_OWNER if by == "owner" else NO_SEVERITY
    for name in sorted(below, key=lambda name: (not name, name.casefold())):
        yield Group(name or none, tuple(below[name]))


def _owners(item: Item) -> Sequence[str]:
    """Return the owners by which an item is found: those that were read, else what is written."""
    return item.owners or (item.owner or "",)
