"""The rule empty-section."""

from collections.abc import Iterator

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class EmptySection(DocumentRule):
    """A section that the profile knows says something.

    A bare heading does not tell whether there was nothing to say or nobody said it.

    Write the section; where there is nothing to say, write that: `None: the outage was announced`.
    """

    name = "empty-section"
    completeness = True
    valid = (
        Example("# Post-mortem: API\n\n## Impact\nNone.\n\n## Notes\n"),
        Example("# Post-mortem : API\n\n## Timeline\n### 10:15 detection\n"),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Root cause\n\n## Lessons learned\n-\n",
            ("Root cause", "Lessons learned"),
        ),
        Example("# Post-mortem : API\n\n## Impact\n<!-- plus tard -->\n", ("Impact",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each known section without content."""
        for section in document.sections:
            if section.profile and not says_something(section):
                message = f"the section `{section.visible}` is empty"
                hint = "write it, or say why there is nothing to write"
                yield self.finding(document, section.heading.text.span(), message, hint)
