"""Action items read from a library's documents, and where each of them stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.library.library import Library
from incidentdocs.reports.model import Item, Summary, UnreadableDue


@dataclass(frozen=True, slots=True)
class Promise:
    """An action item, the document that holds it, and the day on which it is looked at."""

    document: Document
    item: ActionItem
    today: date

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor abandoned."""
        return self.item.state == "open"

    @property
    def days_overdue(self) -> int | None:
        """How many days ago it was due, None where it is not overdue; what is due today is not."""
        if self.item.due is None or not self.is_open or self.item.due >= self.today:
            return None
        return (self.today - self.item.due).days


def promises(library: Library) -> tuple[Promise, ...]:
    """Return every action item of every document, in order, less those that a template left.

    Documents of incidents dated after the library's today do not count: on that day they were not there.
    """
    return tuple(
        Promise(document, item, library.today)
        for document in library.documents
        if document.date is None or document.date <= library.today
        for item in _written(document)
    )


def _written(document: Document) -> Iterator[ActionItem]:
    """Yield the items that say what is to be done, and those that somebody gave a due date all the same."""
    for item in document.action_items.items if document.action_items else ():
        if item.due or not document.holds_placeholder(item.description_text.span()):
            yield item


def item_of(promise: Promise) -> Item:
    """Return what a report says of `promise`."""
    item = promise.item
    return Item(
        document=promise.document.path,
        line=item.line,
        number=item.number,
        description=item.description,
        owner=" ".join(item.owner_text.source.split()) if item.owner_text else None,
        due=item.due,
        days_overdue=promise.days_overdue,
        state=item.state,
        severity=promise.document.severity,
    )


def summary_of(found: Sequence[Promise]) -> Summary:
    """Return how many of the `found` items stand where."""
    states = [promise.item.state for promise in found]
    undated = [promise for promise in found if promise.is_open and promise.item.due is None]
    return Summary(
        documents=len({promise.document.path for promise in found}),
        overdue=sum(promise.days_overdue is not None for promise in found),
        open=states.count("open"),
        undated=len(undated),
        done=states.count("done"),
        abandoned=states.count("abandoned"),
        unreadable_due=tuple(_unreadable_dues(undated)),
    )


def _unreadable_dues(undated: Sequence[Promise]) -> Iterator[UnreadableDue]:
    for promise in undated:
        if written := promise.item.due_text:
            yield UnreadableDue(
                document=promise.document.path, line=promise.item.line, due=" ".join(written.source.split())
            )
