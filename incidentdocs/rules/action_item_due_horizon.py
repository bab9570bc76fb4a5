"""The rule action-item-due-horizon."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "---\nseverity: SEV1\n---\n# Post-mortem: API down\n\n## Action items\n"
_FR = "---\nseverity: SEV2\n---\n# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemDueHorizon(DocumentRule):
    """An open action item is due soon enough for the severity of its incident.

    The next outage does not wait for a date in the autumn. For a SEV1 the days are 15 from the incident's date, for a
    SEV2 30, for a SEV3 90, unless the configuration says otherwise: `[severity.SEV1]` `due-days`. Done items, and
    those that won't be done, are not asked about.

    Bring the date forward; what takes longer begins with an item that can be done until then.
    """

    name = "action-item-due-horizon"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-03-29)\n"),
        Example(f"{_EN}- [x] AI 1: alert at 80 % (owner @oncall, due 2026-06-30)\n"),
        Example(f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, échéance 2026-04-13)\n"),
        Example(
            f"{_EN}- [ ] AI 1: move the database (owner @oncall, due 2026-06-30)\n",
            config="[severity.SEV1]\ndue-days = 120\n",
        ),
    )
    invalid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-03-30)\n", ("2026-03-30",)),
        Example(f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, échéance 2026-09-14)\n", ("2026-09-14",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each open action item that is due too long after the incident."""
        severity, incident = document.severity, document.date
        if severity is None or incident is None or document.action_items is None:
            return
        days = document.process.policy(severity).due_days
        last = incident + min(timedelta(days=days), date.max - incident)
        for item in document.action_items.items:
            if item.state == "open" and item.due and item.due_text and item.due > last:
                message = f"`{item.due}` is {(item.due - incident).days} days after the incident; {severity} asks for {days}"
                hint = f"write a day up to {last}, and split what takes longer: `due {last}`"
                yield self.finding(document, item.due_text.span(), message, hint)
