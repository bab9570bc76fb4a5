"""How long the service was down, as a document about an incident tells."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.milestones import RESTORED
from incidentdocs.documents.timeline.timeline import Event


def began(document: Document) -> datetime | None:
    """Return when an incident began: as its fields say, else at the first event that has a time."""
    said = document.moment("started") or document.moment("detected")
    return said or next((event.first for event in happened(document) if event.first), None)


def restored(document: Document) -> datetime | None:
    """Return when service was restored for good, by the timeline; None where it does not say."""
    ends = [event.first for event in happened(document) if event.milestone == RESTORED]
    return ends[-1] if ends else None


def downtime(document: Document) -> timedelta | None:
    """Return how long the service was down, None where either end is not known or they are reversed.

    It ends when service was restored, else when the incident was resolved.
    """
    start, end = began(document), restored(document) or document.moment("resolved")
    if start is None or end is None:
        return None
    taken = end.astimezone(UTC) - start.astimezone(UTC)
    return taken if taken > timedelta() else None


def happened(document: Document) -> Iterator[Event]:
    """Yield the events of the timeline of which is known when they were, in the file's order."""
    for event in document.timeline.events if document.timeline else ():
        if event.start and event.dated and not event.placeholder:
            yield event
