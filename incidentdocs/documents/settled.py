"""The events of a timeline that leave no doubt, and the instants that their local times may be."""

import re
from collections.abc import Sequence, Set
from datetime import UTC, datetime
from functools import cache

from incidentdocs.clock import lies_ahead
from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.misdated import writes_year
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.markdown.places import Span


def standing(document: Document) -> Sequence[Event]:
    """Return the events without those whose date cannot be, or is not known, and without what rests on them.

    None where anything else leaves a doubt about when any event was.
    """
    timeline = document.timeline
    if timeline is None or timeline.incidents > 1:
        return ()
    aside = _aside(document, timeline.events)
    events = [event for event in timeline.events if event.span not in aside]
    pairs = [(disorder.event.span, disorder.before.span) for disorder in timeline.disorders]
    if any(aside.isdisjoint(pair) for pair in pairs) or any(
        _is_doubtful(document, event) for event in events
    ):
        return ()
    return events


def _is_doubtful(document: Document, event: Event) -> bool:
    doubtful = event.problem or event.placeholder or event.skipped or not event.dated
    return bool(doubtful) or document.holds_placeholder(event.span)


def _aside(document: Document, events: Sequence[Event]) -> Set[Span]:
    """Return the events whose date cannot be or is not known, with those below that rest on one of them."""
    wrong = {wrong.event.span for wrong in document.wrong_years}
    aside: set[Span] = set()
    rests = False
    for event in events:
        if event.span in wrong:
            rests = True
        elif event.date_written and writes_year(event):
            rests = False
        if rests or event.unknown or lies_in_future(document, event):
            aside.add(event.span)
    return aside


def lies_in_future(document: Document, event: Event) -> bool:
    """Return whether an event's day has not come yet, wherever on earth."""
    return bool(event.dated and event.day and lies_ahead(event.day, document.process.today))


def is_planned(event: Event) -> bool:
    """Return whether an event calls itself planned, and so may lie in the future."""
    return _planned().search(event.text.source[:400]) is not None


@cache
def _planned() -> re.Pattern[str]:
    words = (
        r"plan(?:ned|s)?|scheduled?|upcoming|will|to be|due|deadline|expires?|expected|target(?:ed)?|next"
        r"|prévue?s?|prevue?s?|planifiée?s?|programmée?s?|à venir|a venir|sera|seront|échéance|expirera"
    )
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def latest(event: Event) -> datetime:
    """Return the last instant at which an event may have been: as it is written, and what `~` leaves open."""
    assert event.start is not None
    assert event.first is not None
    return instants(event.last)[-1] + (event.first - event.start)


def instants(local: datetime | None) -> list[datetime]:
    """Return the instants that a local time may be: two in an hour that its zone repeats."""
    assert local is not None
    return sorted({local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)})
