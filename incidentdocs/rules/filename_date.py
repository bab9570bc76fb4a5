"""The rule filename-date."""

from collections.abc import Iterator
from datetime import date

from incidentdocs.clock import lies_ahead
from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class FilenameDate(DocumentRule):
    """The date in the file's name agrees with the title and with a timeline that carries dates.

    Reports and the deadline for publishing take the incident's date from the file's name. A date copied
    from the post-mortem that served as a model goes unnoticed until a report is wrong. The day in
    the name may be any day that the timeline covers, and it cannot lie in the future.

    Correct whichever of the two is wrong, as the dates of the timeline tell; rename the file with `git mv`.
    """

    name = "filename-date"
    valid = (
        Example(
            "# Post-mortem: API down\n\n## Timeline\n- 2026-03-13 23:50 detection\n- 2026-03-14 00:20 triage\n"
        ),
        Example("# Post-mortem : panne\n\n## Timeline\n- 10:15 detection\n"),
        Example(
            "# Post-mortem : panne\n\n## Timeline\n- 22:15 detection\n- 2026-03-15 09:00 root cause confirmed\n"
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API down\n\n## Timeline\n- 2026-04-13 23:50 detection\n", ("2026-04-13 23:50",)
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield the first disagreement: the others would tell of the same mistake."""
        said = document.filename
        if said is None or said.year is None:
            return
        disagreements = (*self._future(document, said.day), *self._title(document, said.day))
        found = next(iter(disagreements), None) or next(self._timeline(document, said.year), None)
        if found:
            yield found

    def _future(self, document: Document, day: date | None) -> Iterator[Finding]:
        if day and lies_ahead(day, document.process.today):
            yield self.finding(
                document,
                document.title_span(),
                f"the file name's date {day} lies in the future",
                "rename the file to the day of the incident",
            )

    def _title(self, document: Document, day: date | None) -> Iterator[Finding]:
        titled = document.named.day if document.named else None
        if day and titled and titled != day:
            yield self.finding(
                document,
                document.title_span(),
                f"the title says {titled} and the file name {day}",
                self._right(document, day, titled),
            )

    def _right(self, document: Document, day: date, titled: date) -> str:
        """Return what to correct: where the timeline covers only one of the two days, it is the other that is wrong."""
        days = [covered for event, covered in _dated(document) if event.date_written]
        title, file = f"write {day} in the title", f"rename the file to {titled}"
        covers = [bool(days) and min(days) <= asked <= max(days) for asked in (day, titled)]
        if covers[0] != covers[1]:
            return title if covers[0] else file
        return f"{title}, or {file}"

    def _timeline(self, document: Document, year: int) -> Iterator[Finding]:
        events = _dated(document)
        if not any(event.date_written for event, _ in events) or any(
            not wrong.event.problem for wrong in document.wrong_years
        ):
            return
        first, last = min(day for _, day in events), max(day for _, day in events)
        said = document.filename.day if document.filename else None
        if first <= said <= last if said else first.year <= year <= last.year:
            return
        event, begins = next(dated for dated in events if dated[0].date_written)
        yield self.finding(
            document,
            event.span,
            f"the timeline begins on {begins}, and the file name says {said or year}",
            f"correct the date here, or rename the file to {begins if said else begins.year}",
        )


def _dated(document: Document) -> list[tuple[Event, date]]:
    """Return the events whose day is known; one before the first written date is on the incident's."""
    events = document.timeline.events if document.timeline else ()
    return [(event, event.day) for event in events if event.dated and event.day]
