"""The rule timeline-future."""

from collections.abc import Iterator
from datetime import date

from incidentdocs.clock import lies_ahead
from incidentdocs.documents.document import Document
from incidentdocs.documents.settled import is_planned, lies_in_future
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Timeline\n- 2026-03-14 10:15 detection\n"
_FR = "# Post-mortem : panne de l'API\n\n## Chronologie\n- 2026-03-14 10:15 detection\n"


class TimelineFuture(DocumentRule):
    """No event of a timeline lies in the future.

    A timeline tells what happened. A date that has not come yet is a slip of the hand, and it makes the
    outage last until then. Tomorrow's date is left alone: in another zone the day has begun. So is what the
    event itself calls planned.

    Correct the date. What is still to be done is an action item with a due date.
    """

    name = "timeline-future"
    valid = (
        Example(f"{_EN}- 2026-03-15 09:00 root cause confirmed\n", today="2026-03-15"),
        Example(f"{_FR}- 2026-03-16 00:10 service restored\n", today="2026-03-15"),
        Example(f"{_EN}- 2026-04-02 scheduled: migration to the new cluster\n", today="2026-03-20"),
    )
    invalid = (
        Example(f"{_EN}- 2026-04-14 11:00 service restored\n", ("2026-04-14 11:00",), today="2026-03-20"),
        Example(
            f"{_FR}- 14/05/2026 11:00 service restored\n- 11:30 annonce\n",
            ("14/05/2026 11:00",),
            today="2026-03-20",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each event whose date has not come yet; what only follows it has no other."""
        today = document.process.today
        if document.timeline is None or today == date.max:
            return
        mistaken = {wrong.event.span for wrong in document.wrong_years}
        told = bool(document.date and lies_ahead(document.date, today))
        for event in document.timeline.events:
            is_future = lies_in_future(document, event)
            due = is_future and event.span not in mistaken and (event.date_written or not told)
            if due and not document.holds_placeholder(event.span) and not is_planned(event):
                yield self._future(document, event)
            told = told or is_future

    def _future(self, document: Document, event: Event) -> Finding:
        read = "" if event.date_written else f", which is read as {event.day}'s,"
        message = f"`{event.written}`{read} lies in the future: today is {document.process.today}"
        hint = "correct the date, or make an action item of it with `due"
        return self.finding(document, event.span, message, f"{hint} {event.day}`")
