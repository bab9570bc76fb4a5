"""The rule duplicate-section."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class DuplicateSection(DocumentRule):
    """No section that the profile knows stands twice in one document.

    A second *Action items* further down, usually left by a merge, is where a promise is overlooked.
    Where a document tells of several incidents, each has its own.

    Join the two sections into one.
    """

    name = "duplicate-section"
    valid = (Example("# Post-mortem: API\n\n## Timeline\n\n## Notes\n\n## Impact\n\n## Notes\n"),)
    invalid = (
        Example("# Post-mortem: API\n\n## Impact\nNone.\n\n## Root cause\n\n## IMPACT\nNone.\n", ("IMPACT",)),
        Example("# Post-mortem : API\n\n## Chronologie\n\n## Timeline\n", ("Timeline",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each section whose id an earlier one has."""
        firsts: dict[tuple[str, int], Section] = {}
        for section in document.sections:
            if section.id is None:
                continue
            within = section.within.first if section.within else 0
            first = firsts.setdefault((section.id, within), section)
            if first is not section:
                line = first.heading.first
                message = f"the section `{section.visible}` stands already on line {line}"
                hint = f"join it with `{first.visible}` on line {line}"
                yield self.finding(document, section.heading.text.span(), message, hint)
