"""The rule action-item-number."""

from collections.abc import Iterator

from incidentdocs.documents.action_items.mending import with_number
from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix, Severity
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemNumber(DocumentRule):
    """Every action item has a number of its own.

    A commit, a ticket and the minutes of a meeting refer to an item by its number, and its history is
    followed by it. An item keeps its number for good: one that is removed leaves a gap. In a draft a
    missing number is a warning.

    Give the item the next free number: `- [ ] AI 3 : …`. In a numbered list the list's own numbers count. `--fix`
    numbers the items that have no number; it changes none that is there.
    """

    name = "action-item-number"
    fixable = True
    valid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @a, due 2026-04-01)\n- [ ] AI-3: rotate the logs\n"),
        Example(f"{_FR}1. [ ] alerter à 80 %\n2. [ ] purger les journaux\n"),
    )
    invalid = (
        Example(
            f"{_FR}- [ ] purger les journaux\n- [ ] AI 1 : alerter à 80 %\n- [x] `df` dans l'alerte\n\n"
            "## Mention blameless\nPersonne.\n",
            ("purger les journaux", "`df` dans l'alerte"),
            fixed=f"{_FR}- [ ] AI 2 : purger les journaux\n- [ ] AI 1 : alerter à 80 %\n- [x] AI 3 : `df` dans l'alerte\n\n"
            "## Mention blameless\nPersonne.\n",
        ),
        Example(f"{_EN}- [ ] AI 1: alert at 80 %\n- [ ] AI 1: rotate the logs\n", ("AI 1",)),
        Example(f"{_EN}| # | Action |\n|---|---|\n| P-1 | Rotate the logs |\n", ("P-1",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each item without a number, or with the number of an item above it."""
        items = document.action_items.items if document.action_items else ()
        free = max((item.number or 0 for item in items), default=0) + 1
        lines: dict[int, int] = {}
        for item in items:
            if "number" in item.asks and item.described and not _is_placeholder(document, item):
                message = _message(item, lines)
                if message:
                    yield self._unnumbered(document, item, message, free)
                    free += 1
            if item.number is not None:
                lines.setdefault(item.number, item.line)

    def _unnumbered(self, document: Document, item: ActionItem, message: str, free: int) -> Finding:
        span = item.number_text.span() if item.number_text else item.span
        label = f"AI {free}{' :' if document.language == 'fr' else ':'}"
        severity: Severity = "warning" if document.is_draft and not item.number_text else "error"
        fix = None
        if item.number is None and item.number_text is None:
            mended = with_number(item, document.source.lines[item.line - 1], label)
            fix = Fix((Edit(*mended),)) if mended else None
        return self.finding(document, span, message, f"write `{label} …`", severity=severity, fix=fix)


def _is_placeholder(document: Document, item: ActionItem) -> bool:
    return document.holds_placeholder(item.description_text.span())


def _message(item: ActionItem, lines: dict[int, int]) -> str | None:
    if item.number in lines:
        return f"number {item.number} is the number of the action item in line {lines[item.number]}"
    if item.number is not None:
        return None
    if item.number_text is not None:
        return f"`{item.number_text.source}` is no number"
    return "the action item has no number"
