"""Everything that happened to action items, told in the order in which it landed."""

from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import Literal

from incidentdocs.history.values import Event as PastEvent
from incidentdocs.history.values import ItemHistory
from incidentdocs.reports.items import event_of
from incidentdocs.reports.model import Event, Model
from incidentdocs.reports.promises import Promises


class ItemEvent(Event):
    """An event, and the action item that it happened to, as it stands now."""

    document: str
    """The document, under the path that it has now, or the last that it had."""
    number: int | None
    """The item's own number in its document."""
    description: str
    """What is to be done."""


class HistoryReport(Model):
    """What `incidentdocs history` tells: the events of the action items, oldest first."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day up to the end of which events are told."""
    revision: str | None
    """The commit whose history was read; null where nothing is committed yet."""
    events: tuple[ItemEvent, ...]
    """The events, in the order in which they landed."""


def events(promises: Promises, *, concerns: Callable[[str], bool] = lambda document: True) -> HistoryReport:
    """Return the events of the items in the documents that `concerns` holds for, oldest first.

    What happened to an item before it moved is told once, of where it is now.
    """
    items = [item for item in promises.items if concerns(item.document)]
    there = {item.document for item in items}
    told = [
        (event.landing.when, event, item)
        for item in items
        for event in item.events
        if event.kind == "moved" or item.state != "moved" or item.successor not in there
    ]
    told.sort(key=itemgetter(0))
    found = tuple(_event(event, item, promises) for _, event, item in told)
    return HistoryReport(as_of=promises.as_of, revision=promises.revision, events=found)


def _event(event: PastEvent, item: ItemHistory, promises: Promises) -> ItemEvent:
    told = event_of(event, promises)
    told_of = {"document": item.document, "number": item.item.number, "description": item.item.description}
    return ItemEvent.model_validate({name: getattr(told, name) for name in told.model_fields_set} | told_of)
