"""The rule unknown-section."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class UnknownSection(DocumentRule):
    """No heading is almost, but not quite, the title of a section that is missing.

    A misspelt heading hides its section from every reader that looks for it, this program among them.
    Sections of the team's own are welcome: only a title that is very near a missing one's is told, also
    where that section need not be there.

    Write the title as the profile has it.
    """

    name = "unknown-section"
    valid = (
        Example("# Post-mortem: API\n\n## Customers\nTwo wrote to us.\n"),
        Example("# Post-mortem: API\n\n## Impact\nNone.\n\n## Impacts\nNone.\n"),
    )
    invalid = (
        Example("# Post-mortem: API\n\n## Time line\n- 10:15 detection\n", ("Time line",)),
        Example("# Post-mortem : API\n\n## Leson learned\nRien.\n", ("Leson learned",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each misspelt title of a missing section."""
        for id, section in document.misnamed.items():
            known = document.profile.section(id)
            title = document.in_language(known.title) if known else id
            message = f"`{section.visible}` is no section; `{title}` is missing"
            yield self.finding(
                document, section.heading.text.span(), message, f"write `{document.heading(title)}`"
            )
