"""The rule action-item-missing."""

from collections.abc import Iterator

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.library.finding import Finding
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

_SEV1 = "---\nseverity: SEV1\n---\n# Post-mortem: API down\n\n"


class ActionItemMissing(DocumentRule):
    """A SEV1 or SEV2 post-mortem names at least one action item, or says why there is none.

    An incident that cost hours and changes nothing will come back. Where nothing is to be done, the
    reason is what the next reader looks for.

    The register's entry of an incident is not asked: its post-mortem is where what is to be done belongs.

    Write `- [ ] AI 1 : what is to be done (owner @who, due YYYY-MM-DD)`, or `No action: reason`
    (`Aucune action : raison`).
    """

    name = "action-item-missing"
    completeness = True
    valid = (
        Example(f"{_SEV1}## Action items\n- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-04-01)\n"),
        Example(f"{_SEV1}## Action items\nNo action: the provider has repaired its router.\n"),
        Example(
            "---\nseverity: SEV1\n---\n# Incident: API down\n\n## Action items\nSee the post-mortem.\n",
            path="docs/incidents/2026-03-14-api-down.md",
        ),
        Example("---\nseverity: SEV3\n---\n# Post-mortem : API\n\n## Action items\nRien de plus.\n"),
    )
    invalid = (
        Example(f"{_SEV1}## Action items\nWe will be more careful.\n", ("Action items",)),
        Example(
            "---\nseverity: SEV2\n---\n# Post-mortem : API\n\n## Actions correctives\nAucune.\n",
            ("Actions correctives",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where a serious incident promises nothing and does not say why."""
        found = document.action_items
        if document.severity not in ("SEV1", "SEV2") or role_of(document.profile) == "incident":
            return
        if found is None or found.items or found.none_reason:
            return
        section = document.sections_containing("action-items")[0]
        if not _is_left_to_others(document, section):
            reason = "Aucune action : raison" if document.language == "fr" else "No action: reason"
            hint = f"write `- [ ] AI 1 : <description> (owner @who, due YYYY-MM-DD)`, or `{reason}`"
            message = f"the section `{section.visible}` of a {document.severity} has no action item"
            yield self.finding(document, section.heading.text.span(), message, hint)


def _is_left_to_others(document: Document, section: Section) -> bool:
    """Whether the section is empty or still to be written, which other rules tell."""
    return document.holds_placeholder(section.body) or not says_something(section)
