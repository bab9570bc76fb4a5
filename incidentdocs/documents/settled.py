"""The events of a timeline that leaves no doubt, and the instants that their local times may be."""

from collections.abc import Sequence
from datetime import UTC, datetime

from incidentdocs.clock import lies_ahead
from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.timeline import Event


def settled(document: Document) -> Sequence[Event]:
    """Return the events, none where any of them leaves a doubt about when it was."""
    timeline = document.timeline
    if timeline is None or timeline.disorders or timeline.incidents > 1 or document.wrong_years:
        return ()
    doubtful = (
        event.problem
        or event.placeholder
        or event.skipped
        or not event.dated
        or (event.day and lies_ahead(event.day, document.process.today))
        or document.holds_placeholder(event.span)
        for event in timeline.events
    )
    return () if any(doubtful) else timeline.events


def latest(event: Event) -> datetime:
    """Return the last instant at which an event may have been: as it is written, and what `~` leaves open."""
    assert event.start is not None
    assert event.first is not None
    return instants(event.last)[-1] + (event.first - event.start)


def instants(local: datetime | None) -> list[datetime]:
    """Return the instants that a local time may be: two in an hour that its zone repeats."""
    assert local is not None
    return sorted({local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)})
