"""What reports say of single action items and their events, and how many stand where."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.history.values import Event as PastEvent
from incidentdocs.history.values import ItemHistory
from incidentdocs.reports.model import Event, Item, ItemWithEvents, Reschedule, Summary, UnreadableDue
from incidentdocs.reports.promises import Promises


def item_of(item: ItemHistory, promises: Promises) -> Item:
    """Return what a report says of `item`, which is one of `promises`."""
    opened = item.opened
    return Item(
        document=item.document,
        line=item.item.line,
        number=item.item.number,
        description=item.item.description,
        owner=owner_of(item),
        owners=item.item.owners,
        due=item.item.due,
        days_overdue=promises.days_overdue(item),
        state=item.state,
        severity=item.severity,
        opened=promises.day(opened) if opened else None,
        opened_commit=opened.commit if opened else None,
        reschedules=tuple(_reschedule(event, promises) for event in item.reschedules),
        reason=item.item.reason if item.state == "abandoned" else None,
        successor=item.successor,
        refs=item.item.refs,
        key=_key(item),
    )


def _key(item: ItemHistory) -> str | None:
    """Return what names an item for other programs: the commit that opened it, and what it said there."""
    if item.opened is None:
        return None
    reworded = (event.before for event in item.events if event.kind == "reworded")
    said = next(reworded, None) or item.item.description
    number = item.renumberings[0].before if item.renumberings else item.item.number
    first = f"{item.opened.commit}\0{number}\0{said}"
    return sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def item_with_events(item: ItemHistory, promises: Promises) -> ItemWithEvents:
    """Return what a report says of `item` and of everything that happened to it."""
    events = tuple(event_of(event, promises) for event in item.events)
    return ItemWithEvents(**dict(item_of(item, promises)), events=events)


def owner_of(item: ItemHistory) -> str | None:
    """Return who does it, as written."""
    written = item.item.owner_text
    return " ".join(written.source.split()) if written else None


def event_of(event: PastEvent, promises: Promises) -> Event:
    """Return what a report says of `event`; days are those of the zone of `promises`."""
    return Event.model_validate(
        {
            "event": event.kind,
            "when": promises.day(event.landing),
            "commit": event.landing.commit,
            "author": event.landing.author,
            **_details(event),
            **_making(event, promises),
        }
    )


def _details(event: PastEvent) -> dict[str, Any]:
    if event.kind == "rescheduled":
        return {"from": event.before, "to": event.after, "after_due": event.after_due}
    if event.kind in ("reworded", "reassigned"):
        return {"from": event.before, "to": event.after}
    if event.kind == "moved":
        return {"to": event.after}
    return {"evidence": event.evidence} if event.evidence else {}


def _making(event: PastEvent, promises: Promises) -> dict[str, Any]:
    landing = event.landing
    told: dict[str, Any] = {"corrected": True} if landing.corrected else {}
    if landing.made_by != landing.commit:
        told |= {"made": landing.made.astimezone(promises.zone).date(), "made_by": landing.made_by}
    return told


def _reschedule(event: PastEvent, promises: Promises) -> Reschedule:
    return Reschedule.model_validate(
        {
            "from": iso_date(event.before or ""),
            "to": iso_date(event.after or ""),
            "when": promises.day(event.landing),
            "commit": event.landing.commit,
            "after_due": event.after_due,
        }
    )


def summary_of(promises: Promises) -> Summary:
    """Return how many of the items stand where."""
    states = [item.state for item in promises.items]
    undated = [item for item in promises.items if item.state == "open" and item.item.due is None]
    there = {item.document for item in promises.items if item.state not in ("dropped", "moved")}
    return Summary(
        documents=len(there),
        overdue=sum(promises.days_overdue(item) is not None for item in promises.items),
        open=states.count("open"),
        undated=len(undated),
        done=states.count("done"),
        abandoned=states.count("abandoned"),
        dropped=states.count("dropped"),
        moved=states.count("moved"),
        unreadable_due=tuple(_unreadable_dues(undated)),
    )


def _unreadable_dues(undated: Sequence[ItemHistory]) -> Iterator[UnreadableDue]:
    for item in undated:
        if written := item.item.due_text:
            due = " ".join(written.source.split())
            yield UnreadableDue(document=item.document, line=item.item.line, due=due)
