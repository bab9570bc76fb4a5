"""The rule section-level."""

from collections import Counter
from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class SectionLevel(DocumentRule):
    """The headings of the profile's sections have one level.

    A section whose heading is too deep looks like a part of the one above it, on the page and in every
    table of contents. It is read all the same. Deeper headings of the team's own, the profile's titles
    inside a section that has them as parts, and documents whose sections all are as deep, are left alone.

    Write the heading with as many `#` as the others.
    """

    name = "section-level"
    severity = "warning"
    valid = (
        Example(
            "# Post-mortem: API\n\n## Timeline\n- 10:15 detection\n\n### Notes\nNone.\n\n## Impact\nNone.\n"
        ),
        Example("# Post-mortem : API\n\n### Timeline\n- 10:15 detection\n\n### Impact\n- Data loss : non\n"),
        Example(
            "# Post-mortem: API\n\n## Summary\nDown.\n\n### Impact\nWrites failed.\n\n## Impact\n- Data loss: no\n"
        ),
        Example(
            "# Post-mortem: API\n\n## Timeline\n\n### Detection\n- 10:15 alert\n\n### Repair\n- 10:40 restart\n\n"
            "## Impact\n- Data loss: no\n"
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Impact\n- Data loss: no\n\n### Timeline\n- 10:15 detection\n",
            ("Timeline",),
        ),
        Example(
            "# Post-mortem : API\n\n## Timeline\n- 10:15 detection\n\n#### Actions correctives\n"
            "- [ ] AI 1 : alerter (responsable @oncall, échéance 2026-04-01)\n",
            ("Actions correctives",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each known section below the usual level, unless several parts have one each."""
        times = Counter(section.id for section in document.sections)
        for section in document.sections:
            level = section.heading.level
            too_deep = level > document.section_level and section.incident is None
            if section.id and too_deep and times[section.id] == 1:
                message = f"the section `{section.visible}` is written as a heading of level {level}"
                written = document.heading(section.heading.text.source)
                yield self.finding(document, section.heading.text.span(), message, f"write `{written}`")
