"""The rule action-item-due-date."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemDueDate(DocumentRule):
    """No action item was due before the incident that it answers.

    Such a date is a slip of the pen, most often last year's, and the item is overdue from its first day.

    Correct the date; work that was already planned before the incident gets a date that still lies ahead.
    """

    name = "action-item-due-date"
    valid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-03-14)\n"),
        Example(f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, due 2027-01-05)\n"),
    )
    invalid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2025-03-21)\n", ("2025-03-21",)),
        Example(
            f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, échéance : 2026-03-13)\n", ("2026-03-13",)
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each due date before the incident's own."""
        items = document.action_items.items if document.action_items else ()
        incident = document.date
        if incident is None or incident > document.process.today:  # its own date is what is wrong
            return
        for item in items:
            if item.due and item.due_text and item.due < incident:
                message = f"`{item.due}` is before the incident of {incident}"
                hint = f"write a day from {incident} on: `due YYYY-MM-DD`"
                yield self.finding(document, item.due_text.span(), message, hint)
