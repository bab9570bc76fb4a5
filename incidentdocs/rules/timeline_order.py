"""The rule timeline-order."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from incidentdocs.documents.document import Document
from incidentdocs.documents.settled import is_planned, lies_in_future
from incidentdocs.documents.timeline.misdated import APART
from incidentdocs.documents.timeline.spans import TYPO
from incidentdocs.documents.timeline.timeline import Disorder, Event
from incidentdocs.documents.timeline.zone_slips import is_repeated_hour
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example


class TimelineOrder(DocumentRule):
    """The events of a timeline follow each other in time.

    A line that stands too far down is either in the wrong place or has the wrong time, and the second
    makes every duration wrong. Ranges and times written with `~` may overlap, *root cause confirmed* may be written
    anywhere, and a clock that goes back by more than twelve hours has passed midnight. A clock that goes
    back by less, with nothing to tell the day, is read as the next day's with a warning.

    Move the line to its place, correct its time, or write the date before it: `- 2026-03-15 09:00 …`.
    """

    name = "timeline-order"
    valid = (
        Example(
            "# Post-mortem : API\n\n## Timeline\n- 23:50 detection\n- 00:10 triage\n- 2026-03-16 09:00 correctif\n"
        ),
        Example(
            "# Post-mortem: API\n\n## Timeline\n- ~10:20 alert\n- 10:15 detection\n- 10:10-10:40 restart\n"
        ),
        Example(
            "# Post-mortem: API\n\n## Timeline\n- 14:00 detection\n- 15:10 service restored\n- 09:30 root cause confirmed\n"
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Timeline\n- 10:15 detection\n- 10:40 restart\n- 10:20 triage\n- 11:00 service restored\n",
            ("10:20",),
        ),
        Example(
            "# Post-mortem : API\n\n## Chronologie\n| Heure | Fait |\n|---|---|\n| 18:00 | detection |\n| 09:00 | correctif |\n",
            ("09:00",),
        ),
        Example(
            "# Post-mortem : API\n\n## Timeline\n- 10:00 detection\n- 10:40 mitigation start\n- 10:20 triage\n- 10:30 appel\n- 11:00 service restored\n",
            ("10:40",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each event that is earlier than one above it.

        Where several are earlier than the same one, it is that one that stands in the wrong place.
        """
        disorders = _unexplained(document)
        earlier: dict[Span, list[Event]] = {}
        for disorder in disorders:
            if not disorder.ambiguous:
                earlier.setdefault(disorder.before.span, []).append(disorder.event)
        for disorder in disorders:
            below = earlier.get(disorder.before.span, [])
            if disorder.ambiguous:
                yield self._ambiguous(document, disorder)
            elif len(below) == 1:
                yield self._reversed(document, disorder)
            elif disorder.event is below[0]:
                yield self._too_far_up(document, below, disorder.before)

    def _reversed(self, document: Document, disorder: Disorder) -> Finding:
        event, before = disorder.event, disorder.before
        dated = f"correct its {_wrong_part(event, [before])}"
        if not event.date_written and _may_be_the_next_day(document, disorder):
            dated = f"write its date: `{_dated(event, days=1)}`"
        return self.finding(
            document,
            event.span,
            f"`{event.written}` comes before `{before.written}` above",
            f"move the line above `{before.written}`, or {dated}",
        )

    def _too_far_up(self, document: Document, below: Sequence[Event], event: Event) -> Finding:
        later = " and ".join(f"`{other.written}`" for other in below[:2])
        more = f" and {len(below) - 2} more" if len(below) > 2 else ""
        return self.finding(
            document,
            event.span,
            f"`{event.written}` stands above {later}{more}, which are earlier",
            f"move the line below `{below[-1].written}`, or correct its {_wrong_part(event, below)}",
        )

    def _ambiguous(self, document: Document, disorder: Disorder) -> Finding:
        event, before = disorder.event, disorder.before
        return self.finding(
            document,
            event.span,
            f"`{event.written}` after `{before.written}` is read as the next day's",
            f"write its date: `{_dated(event)}`",
            severity="warning",
        )


def _unexplained(document: Document) -> Sequence[Disorder]:
    """Return the disorders, without those that come of a wrong day or zone, or of an hour shown twice."""
    disorders = document.timeline.disorders if document.timeline else ()
    if not disorders:
        return ()
    slips = {slip.event.span for slip in document.zone_slips}
    return [
        disorder
        for disorder in disorders
        if not (slips & {disorder.event.span, disorder.before.span})
        and not (document.wrong_years and _years_apart(disorder))
        and not is_repeated_hour(disorder)
        and not any(lies_in_future(document, event) and not is_planned(event) for event in disorder[:2])
    ]


def _wrong_part(event: Event, others: Sequence[Event]) -> str:
    """Return what of an event's time is likely wrong: a written date that is no other's, else the clock."""
    return "date" if event.date_written and all(other.day != event.day for other in others) else "time"


def _may_be_the_next_day(document: Document, disorder: Disorder) -> bool:
    """Return whether an event may have been a day later: minutes are a slip, and what follows may deny it."""
    event, before = disorder.event, disorder.before
    if not (event.first and before.first and event.day) or before.first - event.first < TYPO:
        return False
    events = document.timeline.events if document.timeline else ()
    return not any(
        other.date_written and other.day and other.day <= event.day
        for other in events
        if other.span > event.span
    )


def _years_apart(disorder: Disorder) -> bool:
    one, other = disorder.event.first, disorder.before.first
    return bool(one and other and abs(one - other) > APART)


def _dated(event: Event, days: int = 0) -> str:
    """Write the event's time with its date, `days` later than it was read."""
    if not event.dated or event.day is None:
        return f"YYYY-MM-DD {event.written}"
    return f"{event.day + timedelta(days=days)} {event.written}"
