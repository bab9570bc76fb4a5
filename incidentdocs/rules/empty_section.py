"""The rule empty-section."""

from collections.abc import Iterator

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.moving import sections_in_a_row
from incidentdocs.documents.sections import Section
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example


class EmptySection(DocumentRule):
    """A section that the profile knows says something.

    A bare heading does not tell whether there was nothing to say or nobody said it.

    Write the section; where there is nothing to say, write that: `None: the outage was announced`. Where the
    template has a text that is the same in every document, the blameless statement, `--fix` puts it in.
    """

    name = "empty-section"
    completeness = True
    fixable = True
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
        Example(
            "# Post-mortem : API\n\n## Mention blameless\n",
            ("Mention blameless",),
            fixed="# Post-mortem : API\n\n## Mention blameless\n"
            "Cet incident n'est pas la faute d'une personne. C'est un manque de garde-fous systeme. "
            "AIs au-dessus visent a ajouter ces garde-fous.\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each known section without content."""
        for section in document.sections:
            if section.profile and not says_something(section):
                message = f"the section `{section.visible}` is empty"
                hint = "write it, or say why there is nothing to write"
                fix = _with_mention(document, section)
                yield self.finding(document, section.heading.text.span(), message, hint, fix=fix)


def _with_mention(document: Document, section: Section) -> Fix | None:
    """Return how the text that the section has in every document comes to stand right below its heading."""
    mention = document.to_be_written(section.profile.mention) if section.profile else None
    if not mention or section.blocks or section not in sections_in_a_row(document):
        return None
    line = section.heading.last
    end = len(document.source.lines[line - 1]) + 1
    apart = "\n" if any(below.strip() for below in document.source.lines[line : line + 1]) else ""
    return Fix((Edit(Span(line, end, line, end), f"\n{mention}{apart}"),))
