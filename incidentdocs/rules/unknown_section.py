"""The rule unknown-section."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.retitling import retitled
from incidentdocs.documents.sections import Section
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.rules.rule import DocumentRule, Example


class UnknownSection(DocumentRule):
    """No heading is almost, but not quite, the title of a section that is missing.

    A misspelt heading hides its section from every reader that looks for it, this program among them.
    Sections of the team's own are welcome: only a title that is very near a missing one's is told, also
    where that section need not be there.

    Write the title as the profile has it. `--fix --unsafe` does; read what comes of it, for the section may be
    another one after all.
    """

    name = "unknown-section"
    fixable = True
    valid = (
        Example("# Post-mortem: API\n\n## Customers\nTwo wrote to us.\n"),
        Example("# Post-mortem: API\n\n## Impact\nNone.\n\n## Impacts\nNone.\n"),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Blameless statement\nNobody.\n\n## 2. Time line (UTC)\n- 10:15 detection\n",
            ("2. Time line (UTC)",),
            fixed="# Post-mortem: API\n\n## Blameless statement\nNobody.\n\n## 2. Timeline (UTC)\n- 10:15 detection\n",
        ),
        Example(
            "# Post-mortem : API\n\n## Leson learned\nRien.\n",
            ("Leson learned",),
            fixed="# Post-mortem : API\n\n## Lessons learned\nRien.\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each misspelt title of a missing section."""
        for id, section in document.misnamed.items():
            known = document.profile.section(id)
            title = document.in_language(known.title) if known else id
            message = f"`{section.visible}` is no section; `{title}` is missing"
            hint = f"write `{document.heading(title)}`"
            certain = document.to_be_written(known.title) if known else None
            fix = _renamed(section, certain) if certain else None
            yield self.finding(document, section.heading.text.span(), message, hint, fix=fix)


def _renamed(section: Section, title: str) -> Fix | None:
    text = section.heading.text
    change = retitled(text.source, title)
    return Fix((Edit(text.span(change.start, change.end), change.title),), safe=False) if change else None
