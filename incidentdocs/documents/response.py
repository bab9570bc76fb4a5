"""How long an incident took from one milestone to the next, as far as its documents leave no doubt."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.settled import instants, standing
from incidentdocs.documents.timeline.milestones import DETECTION, MITIGATION, RESTORED, TRIAGE
from incidentdocs.documents.timeline.timeline import Event


class Response(NamedTuple):
    """How long an incident took; None for what no document tells, or tells with a doubt.

    `detect` runs from its beginning to its detection. The others run from the detection, which every timeline
    has, and not from the beginning, which many do not know: `acknowledge` to triage, when somebody takes it
    on, `mitigate` to the beginning of the mitigation, `restore` to when service was restored for good.
    """

    detect: timedelta | None = None
    acknowledge: timedelta | None = None
    mitigate: timedelta | None = None
    restore: timedelta | None = None


class Moments(NamedTuple):
    """The instants, in UTC, that a document tells without a doubt; None for those that it does not."""

    began: datetime | None = None
    detected: datetime | None = None
    triaged: datetime | None = None
    mitigating: datetime | None = None
    restored: datetime | None = None


def response_of(told: Sequence[Moments]) -> Response:
    """Return how long an incident took of which several documents tell; of a moment the first word counts.

    What ends before it begins is left out.
    """
    moments = Moments(*(next(filter(None, each), None) for each in zip(*told, strict=True)))
    return Response(
        detect=_between(moments.began, moments.detected),
        acknowledge=_between(moments.detected, moments.triaged),
        mitigate=_between(moments.detected, moments.mitigating),
        restore=_between(moments.detected, moments.restored),
    )


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    if start is None or end is None or end < start:
        return None
    return end - start


def moments_of(document: Document) -> Moments:
    """Return the moments of the incident that a document tells of; none where it tells of several."""
    try:
        events = [event for event in standing(document) if event.clocked]
        ends = list(_at(events, RESTORED))
        return Moments(
            began=_field(document, "started") or _before_detection(events),
            detected=_field(document, "detected") or next(_at(events, DETECTION), None),
            triaged=next(_at(events, TRIAGE), None),
            mitigating=next(_at(events, MITIGATION), None),
            restored=ends[-1] if ends else _field(document, "resolved"),
        )
    except OverflowError:  # a year at the calendar's ends
        return Moments()


def _field(document: Document, id: str) -> datetime | None:
    moment = document.moment(id)
    return _sure(moment) if moment else None


def _before_detection(events: Sequence[Event]) -> datetime | None:
    """Return the first event's instant; None where that is the detection, before which anything may be."""
    if not events or events[0].milestone == DETECTION:
        return None
    return _sure(events[0].start)


def _at(events: Sequence[Event], milestone: str) -> Iterator[datetime]:
    """Yield the instants of a milestone's events, as far as there is no doubt about them."""
    for event in events:
        if event.milestone == milestone and (instant := _sure(event.start)):
            yield instant


def _sure(local: datetime | None) -> datetime | None:
    """Return the instant of a local time, None in an hour that its zone repeats."""
    found = instants(local) if local else []
    return found[0] if len(found) == 1 else None
