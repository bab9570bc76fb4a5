"""The rule post-mortem-missing."""

from collections.abc import Iterator
from shlex import quote
from typing import ClassVar

from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from incidentdocs.similarity.missing import missing_post_mortems

_EN = """\
---
severity: {}
services: [docmost]
resolved: {}
ticket: ops#31
---
# Incident: Docmost answers 502

## Symptom
Every page answers 502.

## Cause
Not known yet.

## Resolution
Restarted.
"""
_FR = """\
---
severity: {}
services: [docmost]
resolved: {}
ticket: ops#31
---
# Incident : Docmost répond 502

## Symptôme
Toutes les pages répondent 502.

## Cause
Pas encore connue.

## Résolution
Redémarré.
"""
_PATH = "docs/incidents/2026-09-01-docmost-502.md"
_POST_MORTEM = (
    "docs/post-mortems/2026-09-01-docmost-502.md",
    "---\nseverity: SEV1\nstatus: draft\n---\n# Post-mortem: Docmost answers 502\n",
)


class PostMortemMissing(LibraryRule):
    """An incident that is owed a post-mortem has one, a week after it was resolved at last.

    The register says that something happened, and a post-mortem why and what is done about it. A draft that is
    begun in time is finished; one that nobody began is forgotten. Incidents of SEV1 and SEV2 have one within the
    days that the configuration gives, those of other severities where they came back so often that an escalation
    is due. How late a post-mortem that exists is published is what `published-late` asks.

    Begin it with the command of the hint, which carries over what the incident says.
    """

    name = "post-mortem-missing"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(_EN.format("SEV1", "2026-09-01 15:00"), path=_PATH, beside=(_POST_MORTEM,)),
        Example(_EN.format("SEV1", "2026-09-09 15:00"), path=_PATH),
        Example(_EN.format("SEV3", "2026-09-01 15:00"), path=_PATH),
        Example(_FR.format("SEV2", ""), path=_PATH),
    )
    invalid = (
        Example(_EN.format("SEV1", "2026-09-01 15:00"), ("Incident: Docmost answers 502",), path=_PATH),
        Example(_FR.format("SEV2", "2026-09-01 15:00"), ("Incident : Docmost répond 502",), path=_PATH),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each incident whose post-mortem should be there and is not."""
        publication = overview.process.publication
        owed = missing_post_mortems(overview.recurrences, publication, since=overview.since)
        for incident, due, recurring in owed:
            if due < overview.process.today:
                path = incident.document
                why = "came back" if recurring else f"is {incident.severity}"
                message = f"the incident {why} and has no post-mortem, which was due on {due}"
                hint = f"begin it with `incidentdocs new post-mortem --from {quote(path)}`"
                yield self.at(path, overview.title(path), message, hint)
