"""The rule escalation-due."""

from collections.abc import Iterable, Iterator
from shlex import quote
from typing import ClassVar

from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule

_EN = """\
---
severity: SEV3
services: [docmost]
failure-mode: disk-full
resolved: {} 18:00
ticket: ops#{}
---
# Incident: Disk full on docmost

## Symptom
Saving a page fails.

## Cause
The logs filled the disk.

## Resolution
Old logs removed.
"""
_FR = """\
---
severity: SEV3
services: [baserow]
failure-mode: disk-full
resolved: {} 18:00
ticket: ops#{}
---
# Incident : Disque plein sur baserow

## Symptôme
L'enregistrement échoue.

## Cause
Les journaux ont rempli le disque.

## Résolution
Anciens journaux supprimés.
"""
_ESCALATION = """\
---
incidents: [2026-09-01-disk-full.md, 2026-09-04-disk-full.md, 2026-09-08-disk-full.md]
decision: resources
owner: "@oncall"
due: 2026-10-01
---
# Escalation: Disk full on docmost
"""


def _path(day: str) -> str:
    return f"docs/incidents/{day}-disk-full.md"


def _beside(text: str, *days: str) -> tuple[tuple[str, str], ...]:
    return tuple((_path(day), text.format(day, number)) for number, day in enumerate(days, start=1))


NAMED = 5
"""Of the incidents before the newest, how many are named."""


class EscalationDue(LibraryRule):
    """Three similar incidents within a month are escalated: a document decides what is done about them.

    What comes back three times in a month is not mended by mending it a fourth time. Somebody who can change the
    architecture, or spend money, should know, and say what is decided; that it stays as it is may well be the
    decision. Which incidents are alike, and why, is what `incidentdocs report escalations` tells.

    Write the escalation as the hint shows. Where the incidents are no one matter, say so in one of them:
    `not-related: [the other's file name]`. Sets whose newest incident is more than a year old are left alone.
    """

    name = "escalation-due"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(
            _EN.format("2026-09-08", 3),
            path=_path("2026-09-08"),
            beside=(
                *_beside(_EN, "2026-09-01", "2026-09-04"),
                ("docs/escalations/2026-09-09-disk-full.md", _ESCALATION),
            ),
        ),
        Example(
            _EN.format("2026-09-08", 3),
            path=_path("2026-09-08"),
            beside=_beside(_EN, "2026-07-01", "2026-09-04"),
        ),
    )
    invalid = (
        Example(
            _EN.format("2026-09-08", 3),
            ("Incident: Disk full on docmost",),
            path=_path("2026-09-08"),
            beside=_beside(_EN, "2026-09-01", "2026-09-04"),
        ),
        Example(
            _FR.format("2026-09-08", 3),
            ("Incident : Disque plein sur baserow",),
            path=_path("2026-09-08"),
            beside=_beside(_FR, "2026-08-09", "2026-08-30"),
        ),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding at the newest incident of each confirmed set that no escalation document names."""
        found = overview.recurrences
        for escalation in overview.recent():
            if found.acknowledging(escalation) is None:
                incidents = [found.register.incidents[position] for position in escalation.incidents]
                newest = incidents[-1]
                others = _names(incident.document for incident in incidents[:-1])
                message = f"{len(incidents)} similar incidents since {incidents[0].day} call for an escalation: {others}"
                hint = f"write it with `incidentdocs new escalation --for {quote(newest.document)}`"
                yield self.at(newest.document, overview.title(newest.document), message, hint)


def _names(documents: Iterable[str]) -> str:
    """Return the names of some documents, of many the first ones and how many more there are."""
    names = [_short(document) for document in documents]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _short(document: str) -> str:
    return document.rpartition("/")[2].removesuffix(".md")
