"""The rule action-item-due."""

from collections.abc import Iterator

from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.documents.iso_dates import certain_date, meant_date
from incidentdocs.documents.missing_fields import missing
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix, Severity
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemDue(DocumentRule):
    """Every open action item has a due date, written as `YYYY-MM-DD`.

    An item without a date is never overdue, and so it is never done. `03/04/2026` is one day in Paris
    and another in New York, and `next week` is a different one every week. In a draft a missing date is
    a warning.

    Write `due YYYY-MM-DD` in the brackets at the item's end. `--fix` does so with a date that can be only one day;
    `03/04/2026` is one where the profile says `dates = "day-month"`, or `"month-day"`.
    """

    name = "action-item-due"
    fixable = True
    valid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-04-01)\n"),
        Example(f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, d'ici le 2026-04-01)\n"),
        Example(f"{_EN}- [x] AI 1: restart the job (owner @oncall)\n"),
    )
    invalid = (
        Example(
            f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall)\n", ("AI 1 : alerter à 80 % (owner @oncall)",)
        ),
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due next week)\n", ("next week",)),
        Example(
            f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, due 31/12/2026)\n",
            ("31/12/2026",),
            fixed=f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, due 2026-12-31)\n",
        ),
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 03/04/2026)\n", ("03/04/2026",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each open item without a due date, and each due date that is none.

        One is enough for a table that has no column for due dates.
        """
        tables: set[Span] = set()
        for item in document.action_items.items if document.action_items else ():
            if "due" not in item.asks or not item.described or item.due:
                continue
            if document.holds_placeholder((item.due_text or item.description_text).span()):
                continue
            if item.due_text:
                yield self._unreadable(document, item.due_text)
            elif item.state == "open" and item.header not in tables:
                yield self._missing(document, item, tables)

    def _unreadable(self, document: Document, text: Text) -> Finding:
        certain = certain_date(text.source, document.profile.dates)
        meant = certain[2] if certain else meant_date(text.source, document.language)
        hint = f"write `due {meant}`" if meant else "write the day as `due YYYY-MM-DD`"
        message = f"`{' '.join(text.source.split())}` is no date"
        fix = Fix((Edit(text.span(*certain[:2]), certain[2].isoformat()),)) if certain else None
        return self.finding(document, text.span(), message, hint, fix=fix)

    def _missing(self, document: Document, item: ActionItem, tables: set[Span]) -> Finding:
        span, message = item.span, "the action item has no due date"
        wanted = missing(document, item, "due")
        if wanted.table:
            tables.add(wanted.table)
            span, message = wanted.table, "no column of the table tells when the action items are due"
        severity: Severity = "warning" if document.is_draft else "error"
        return self.finding(document, span, message, wanted.hint, severity=severity)
