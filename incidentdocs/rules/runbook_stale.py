"""The rule runbook-stale."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.history.upkeep import asks_for_reviews, last_kept_up, months_between, reviewed_on
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Committed, Example, LibraryRule
from incidentdocs.settings.frozen import frozen

_PATH = "docs/runbooks/runbook-disk-full.md"
_EN = "---\nreviewed: {}\n---\n# Runbook: Disk full\n"
_FR = "---\nrelu: {}\n---\n# Runbook : disque plein\n"
_TODAY = "2026-09-15"


@frozen
class RunbookStale(LibraryRule):
    """A runbook was changed or reviewed within a year.

    Hosts, versions and people change, and a runbook does not: who follows an old one at night may do harm. A review is a
    walk through its steps, best by somebody who did not write it.

    Try it, mend what no longer holds, and write the day of the review: `reviewed: 2026-09-15`. It is asked of kinds
    of documents whose profile has the field `reviewed`, as that of runbooks does.
    """

    months: int = field(
        default=12,
        metadata={
            "description": "So many months after it was last touched or reviewed it is stale.",
            "least": 1,
            "most": 1200,
        },
    )

    name = "runbook-stale"
    severity: ClassVar[Severity] = "warning"
    asks_history = True
    valid = (
        Example(
            _EN.format("2026-01-10"),
            path=_PATH,
            today=_TODAY,
            versions=(Committed("2025-03-16", _EN.format("2026-01-10")),),
        ),
        Example(
            _FR.format(""), path=_PATH, today=_TODAY, versions=(Committed("2026-03-16", _FR.format("")),)
        ),
        Example(_FR.format("2024-01-01"), path=_PATH, today=_TODAY),
    )
    invalid = (
        Example(
            _EN.format("2025-01-10"),
            ("Runbook: Disk full",),
            path=_PATH,
            today=_TODAY,
            versions=(Committed("2025-03-16", _EN.format("2025-01-10")),),
        ),
        Example(
            _FR.format(""),
            ("Runbook : disque plein",),
            path=_PATH,
            today=_TODAY,
            versions=(Committed("2025-09-14", _FR.format("")),),
        ),
    )

    def gather(self, document: Document) -> Sequence[object]:
        """Return the day of the last review, None without one, of a runbook that may say it."""
        return (reviewed_on(document),) if asks_for_reviews(document) else ()

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each runbook that nobody has touched or reviewed for so long."""
        if overview.past is None:
            return
        told, today, zone = overview.told.get(self.name, {}), overview.process.today, overview.process.zone
        for history in overview.past.living():
            landing = history.touched
            if history.path not in told or landing is None:
                continue
            last = last_kept_up(landing, told[history.path][0], today=today, zone=zone)
            if (months := months_between(last, today)) >= self.months:
                message = f"not touched and not reviewed since {last}, {months} months ago"
                hint = f"go through its steps, mend what no longer holds, and write `reviewed: {today}`"
                yield self.at(history.path, overview.title(history.path), message, hint)
