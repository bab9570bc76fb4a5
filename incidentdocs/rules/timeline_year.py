"""The rule timeline-year."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.years import WrongYear
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_NEW_YEAR = "docs/post-mortems/2026-01-03-api-down.md"
_TABLE = "# Post-mortem: API down\n\n## Timeline\n| Time | Event |\n|---|---|\n"
_FR = "# Post-mortem : panne de l'API\n\n## Chronologie\n"


class TimelineYear(DocumentRule):
    """The year of an event is one in which it can have happened.

    A digit too many (`20262`) takes the event out of every count, and in January the hand still writes last
    year's number: then an outage of ten minutes lasted a year. A year is wrong where no reader can take it for
    one, or where the event stands in order, beside the others, only in another year. What began long before and
    stands first, such as the certificate that was issued a year ago, is left alone.

    Write the date as the hint shows it.
    """

    name = "timeline-year"
    valid = (
        Example(
            f"{_FR}- 2025-12-31 23:50 detection\n- 2026-01-01 00:10 triage\n- 2026-01-03 09:00 correctif\n",
            path=_NEW_YEAR,
        ),
        Example(
            "# Post-mortem: API down\n\n## Timeline\n- 2025-01-03 10:00 certificate issued for a year\n"
            "- 2026-01-03 10:00 certificate expires\n- 10:15 detection\n",
            path=_NEW_YEAR,
        ),
        Example(f"{_FR}- 14/03/2026 10:15 detection\n- 14/03/26 10:40 triage\n- 11:00 service restored\n"),
    )
    invalid = (
        Example(
            f"{_TABLE}| 20262-03-14 10:15 | detection |\n| 22026-03-14 10:40 | triage |\n", ("20262", "22026")
        ),
        Example(
            f"{_FR}- 2025-12-31 23:50 detection\n- 2025-01-01 00:10 triage\n- 2026-01-01 01:00 rétabli\n",
            ("2025",),
            path="docs/post-mortems/2025-12-31-api-down.md",
        ),
        Example(
            "# Post-mortem: API down\n\n## Timeline\n- 2025-01-03 10:15 detection\n- 2025-01-03 10:40 triage\n"
            "- 2026-01-03 11:00 service restored\n",
            ("2025", "2025"),
            path=_NEW_YEAR,
        ),
        Example(f"{_FR}- 03/01/2025 10:15 detection\n- 10:40 triage\n", ("2025",), path=_NEW_YEAR),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each event whose year cannot be."""
        for wrong in document.wrong_years:
            if not document.holds_placeholder(wrong.event.span):
                yield self.finding(document, wrong.span, _message(wrong), _hint(wrong))


def _message(wrong: WrongYear) -> str:
    if wrong.event.problem:
        return f"`{wrong.year}` is no year"
    if wrong.near and wrong.meant:
        return f"`{wrong.year}` cannot be the year: what surrounds the event is of {wrong.near}"
    return f"`{wrong.year}` cannot be the year of an incident"


def _hint(wrong: WrongYear) -> str:
    return f"write `{wrong.corrected}`" if wrong.corrected else "write the year of the event: `YYYY-MM-DD`"
