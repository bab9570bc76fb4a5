"""The rule action-item-owner."""

from collections.abc import Iterator

from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.documents.missing_fields import missing
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemOwner(DocumentRule):
    """Every action item has one owner, who is a person or a team.

    What everybody owns nobody does, and two owners wait for each other. Agents may stand beside the
    one person: `owner @dev with @bridge-bot`. In a draft a missing owner is a warning.

    Write `owner @who` in the brackets at the item's end, or the handle in the table's column. Work for two is two
    items.
    """

    name = "action-item-owner"
    valid = (
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall with @bridge-bot, due 2026-04-01)\n"),
        Example(f"{_FR}- [ ] AI 1 : alerter à 80 % (responsable : équipe réseau, échéance : 2026-04-01)\n"),
        Example(f"{_EN}- [ ] AI 1: alert at 80 %\n  - Owner: Alice Martin\n  - Due: 2026-04-01\n"),
    )
    invalid = (
        Example(
            f"{_FR}- [ ] AI 1 : alerter à 80 % (échéance 2026-04-01)\n",
            ("AI 1 : alerter à 80 % (échéance 2026-04-01)",),
        ),
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (owner @dev and @oncall, due 2026-04-01)\n",
            ("@dev and @oncall",),
        ),
        Example(
            f"{_EN}| Action | Owner | Due |\n|---|---|---|\n| Alert at 80 % | nobody | 2026-04-01 |\n",
            ("nobody",),
        ),
        Example(
            f"{_FR}| Action | Échéance |\n|---|---|\n| Alerter à 80 % | 2026-04-01 |\n| Le tester | 2026-04-08 |\n",
            ("Action | Échéance",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each action item that nobody owns, or several persons.

        One is enough for a table that has no column for owners.
        """
        tables: set[Span] = set()
        for item in document.action_items.items if document.action_items else ():
            if "owner" not in item.asks or not item.described or _is_still_to_be_written(document, item):
                continue
            if not item.owners and item.header not in tables:
                yield self._missing(document, item, tables)
            elif len(_persons(document, item)) > 1:
                yield self._several(document, item)

    def _missing(self, document: Document, item: ActionItem, tables: set[Span]) -> Finding:
        span, message = item.span, "the action item has no owner"
        wanted = missing(document, item, "owner")
        if wanted.table:
            tables.add(wanted.table)
            span, message = wanted.table, "no column of the table tells who owns the action items"
        if item.owner_text:
            written = " ".join(item.owner_text.source.split())
            span, message = item.owner_text.span(), f"`{written}` names no person"
        severity: Severity = "warning" if document.is_draft else "error"
        return self.finding(document, span, message, wanted.hint, severity=severity)

    def _several(self, document: Document, item: ActionItem) -> Finding:
        span = item.owner_text.span() if item.owner_text else item.span
        owners = _persons(document, item)
        names = ", ".join(owners)
        message = f"`{names}` are {len(owners)} owners, and an action item has one"
        owner = owners[0] if item.header else f"owner {owners[0]}"
        hint = f"write `{owner}`, and an item of its own for what others do"
        return self.finding(document, span, message, hint)


def _persons(document: Document, item: ActionItem) -> list[str]:
    """Return the owners without those that the configuration knows as agents, which may stand beside one."""
    found = {name: document.process.people.find(name) for name in item.owners}
    return [name for name, known in found.items() if known is None or known.kind == "person"]


def _is_still_to_be_written(document: Document, item: ActionItem) -> bool:
    text = item.owner_text or item.description_text
    return document.holds_placeholder(text.span())
