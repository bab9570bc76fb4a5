"""The rule runbook-not-updated."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from incidentdocs.history.past import Past
from incidentdocs.history.values import DocumentHistory
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Committed, Example, LibraryRule
from incidentdocs.similarity.naming import runbook_key
from incidentdocs.similarity.register import Incident

_OLD = "# Runbook: Disk full\n\n## Symptoms\nSaving fails.\n"
_NEW = _OLD + "\n## Resolution\n1. `du -xh / | sort -h`\n"
_VIEUX = "# Runbook : disque plein\n\n## Symptomes\nL'enregistrement échoue.\n"
_RUNBOOK = "docs/runbooks/runbook-disk-full.md"
_INCIDENT = """\
---
severity: SEV3
services: [docmost]
failure-mode: disk-full
resolved: {0} 18:00
ticket: ops#1
runbooks: [runbook-disk-full]
---
# Incident: Disk full on docmost
"""
_THREE = tuple(
    (f"docs/incidents/{day}-disk-full.md", _INCIDENT.format(day))
    for day in ("2026-09-01", "2026-09-04", "2026-09-08")
)


class RunbookNotUpdated(LibraryRule):
    """The runbook of incidents that keep coming back has been touched since the first of them.

    It was used three times in a month. Somebody learned each time what it leaves out, what is quicker, or what would
    prevent the next one; if none of that is written, the next person learns it again at night.

    Write into the runbook what was learned, be it one line under *Future prevention*.
    """

    name = "runbook-not-updated"
    severity: ClassVar[Severity] = "warning"
    asks_history = True
    valid = (
        Example(
            _NEW,
            path=_RUNBOOK,
            beside=_THREE,
            versions=(Committed("2026-03-16", _OLD), Committed("2026-09-05", _NEW)),
        ),
        Example(_NEW, path=_RUNBOOK, beside=_THREE[:2], versions=(Committed("2026-03-16", _NEW),)),
    )
    invalid = (
        Example(
            _OLD,
            ("Runbook: Disk full",),
            path=_RUNBOOK,
            beside=_THREE,
            versions=(Committed("2026-03-16", _OLD),),
        ),
        Example(
            _VIEUX,
            ("Runbook : disque plein",),
            path=_RUNBOOK,
            beside=_THREE,
            versions=(Committed("2026-03-16", _VIEUX),),
        ),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each runbook that was used in a confirmed set and not touched since it began."""
        if overview.past is None:
            return
        runbooks = frozenset(overview.gathered.runbooks)
        histories = {history.path: history for history in overview.past.living() if history.path in runbooks}
        told: set[str] = set()
        for escalation in overview.recent():
            incidents = [overview.recurrences.register.incidents[at] for at in escalation.incidents]
            for path in sorted(histories.keys() - told):
                using = sum(runbook_key(path) in incident.runbooks for incident in incidents)
                if using and _touched(histories[path], overview.past) < incidents[0].day:
                    told.add(path)
                    yield self._finding(overview, path, using, incidents)

    def _finding(self, overview: Overview, path: str, using: int, incidents: Sequence[Incident]) -> Finding:
        message = (
            f"used in {using} of {len(incidents)} similar incidents, and not touched since {incidents[0].day}"
        )
        hint = "write into it what was learned, be it one line on how to prevent the next one"
        return self.at(path, overview.title(path), message, hint)


def _touched(history: DocumentHistory, past: Past) -> date:
    """Return the day on which a document was last touched, as it landed or stands in the working tree."""
    landing = history.touched
    return max(landing.made, landing.when).astimezone(past.process.zone).date() if landing else date.max
