"""The rule action-item-type."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.action_items.types import FRENCH, ITEM_TYPES
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"
_PROFILE = (
    (
        "post-mortem",
        'extends = "post-mortem"\n[[sections]]\nid = "action-items"\nasks = ["checkbox", "number", "owner", "due", "type"]\n',
    ),
)


class ActionItemType(DocumentRule):
    """Every action item says what it is for, where the profile asks for it.

    Five items that all prevent the same cause leave the next outage as long unseen as the last. The types show
    what is missing: prevent, detect, mitigate, process, test. A profile asks for them with `"type"` among a section's
    `asks`.

    Write the type among the fields: `(detect, owner @who, due YYYY-MM-DD)` or `type: detect`; in front of the words,
    `[detect] …`; or in a column of its own.
    """

    name = "action-item-type"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (detect, owner @oncall, due 2026-03-29)\n"
            "- [ ] AI 2: [prevent] rotate the logs (owner @oncall, due 2026-03-29)\n"
            "- [ ] AI 3: cover the import (owner @oncall, due 2026-03-29, type: test)\n",
            profiles=_PROFILE,
        ),
        Example(
            f"{_FR}| Action | Type | Responsable | Échéance |\n|---|---|---|---|\n"
            "| Alerter à 80 % | Détection | @oncall | 2026-03-29 |\n",
            profiles=_PROFILE,
        ),
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-03-29)\n"),
    )
    invalid = (
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-03-29)\n",
            ("alert at 80 %",),
            profiles=_PROFILE,
        ),
        Example(
            f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @oncall, échéance 2026-03-29, type : urgent)\n",
            ("urgent",),
            profiles=_PROFILE,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each action item that must have a type and has none that is known."""
        known = FRENCH.values() if document.language == "fr" else ITEM_TYPES
        for item in document.action_items.items if document.action_items else ():
            asked = "type" in item.asks and item.described and item.type is None
            text = item.type_text or item.description_text
            if asked and not document.holds_placeholder(text.span()):
                message = f"`{text.source}` is no type" if item.type_text else "the action item has no type"
                hint = f"write what it is for among its fields: {', '.join(known)}"
                yield self.finding(document, text.span(), message, hint)
