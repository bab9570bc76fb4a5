"""The rule timeline-gap-to-document."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date, timedelta

from incidentdocs.documents.document import Document
from incidentdocs.documents.settled import lies_in_future
from incidentdocs.documents.timeline.milestones import ROOT_CAUSE
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example
from incidentdocs.settings.frozen import frozen

_DATED = "---\nseverity: SEV2\ndate: 2026-03-14\n---\n# Post-mortem: API down\n\n## Timeline\n"
_FR = "# Post-mortem : panne de l'API\n\n## Timeline\n"
_UNDATED = "docs/post-mortems/api-down.md"


@frozen
class TimelineGapToDocument(DocumentRule):
    """The timeline is of about the document's date.

    Where all events are months away from the date that the document has, one of the two was copied from elsewhere;
    where a single milestone is, its month is wrong. Reports count by the one and durations by the other.
    What began long before is left alone: the leak of last autumn, the certificate that was issued in December.

    Correct whichever is wrong. A date in the file's name that the timeline does not cover is told by
    `filename-date`, and a wrong year by `timeline-year`.
    """

    days: int = field(
        default=60,
        metadata={
            "description": "Events further from the document's date than this are too far.",
            "least": 1,
            "most": 3660,
        },
    )

    name = "timeline-gap-to-document"
    severity = "warning"
    valid = (
        Example(f"{_DATED}- 2026-03-12 23:50 detection\n- 2026-03-13 00:20 triage\n", path=_UNDATED),
        Example(
            f"{_DATED}- 2025-11-02 the pool begins to leak\n- 2026-03-14 10:15 detection\n- 10:20 triage\n"
            "- 2026-05-20 10:00 root cause confirmed\n",
            path=_UNDATED,
        ),
    )
    invalid = (
        Example(
            f"{_DATED}- 2026-06-14 10:15 detection\n- 2026-06-14 10:20 triage\n",
            ("2026-06-14 10:15",),
            path=_UNDATED,
        ),
        Example(
            f"{_FR}- 2026-03-14 10:15 detection\n- 2026-03-14 10:20 triage\n- 2026-08-14 11:00 service restored\n",
            ("2026-08-14 11:00",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where the whole timeline is too far from the document's date, else for each milestone."""
        timeline = document.timeline
        if timeline is None or timeline.incidents > 1 or document.wrong_years or timeline.disorders:
            return
        if not any(event.date_written for event in timeline.events):
            return
        dated = [event for event in timeline.events if event.dated and event.first and event.day]
        past = [event for event in dated if not lies_in_future(document, event)]
        whole = self._whole(document, dated) if len(past) == len(dated) else None
        if whole:
            yield whole
        else:
            days = sorted(event.day.toordinal() for event in dated if event.day)
            yield from self._single(document, past, days)

    def _whole(self, document: Document, dated: Sequence[Event]) -> Finding | None:
        day, named = document.date, document.filename
        if day is None or (named and named.year is not None):
            return None
        gap = min((abs(event.day - day) for event in dated if event.day), default=timedelta(0))
        first = next((event for event in dated if event.date_written), None)
        if first is None or gap <= timedelta(days=self.days):
            return None
        message = f"`{first.written}` and all other events are {gap.days} days or more from {day}, the document's date"
        front = document.source.front_matter
        row = front.row("date", first.day) if front and first.day else f"date: {first.day}"
        hint = f"correct the dates here, or write the document's: `{row}`"
        return self.finding(document, first.span, message, hint)

    def _single(self, document: Document, dated: Sequence[Event], days: Sequence[int]) -> Iterator[Finding]:
        for index, event in enumerate(dated):
            named = event.milestone not in (None, ROOT_CAUSE) and event.date_written and event.clocked
            if not named or document.holds_placeholder(event.span):
                continue
            if len(dated) < 3 or event.day is None or not self._is_far(event.day.toordinal(), days):
                continue
            meant = _in_another_month(event, dated[index - 1 : index], dated[index + 1 : index + 2])
            if meant:
                message = f"`{event.written}` is more than {self.days} days from every other event"
                yield self.finding(document, event.span, message, f"correct its month: `{meant}`")

    def _is_far(self, day: int, days: Sequence[int]) -> bool:
        """Return whether no other of the sorted `days` is near."""
        return bisect_right(days, day + self.days) - bisect_left(days, day - self.days) == 1


def _in_another_month(event: Event, above: Sequence[Event], below: Sequence[Event]) -> date | None:
    """Return the day on which an event would stand in order beside its neighbours, were only its month another."""
    assert event.first is not None
    wall = event.first.replace(tzinfo=None)
    for month in range(1, 13):
        if month == wall.month or not _exists(wall.year, month, wall.day):
            continue
        moved = wall.replace(month=month)
        before = [other.first.replace(tzinfo=None) for other in above if other.first]
        after = [other.first.replace(tzinfo=None) for other in below if other.first]
        in_order = all(other <= moved for other in before) and all(moved <= other for other in after)
        if in_order and any(abs(other - moved) <= timedelta(days=1) for other in (*before, *after)):
            return moved.date()
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
