"""The rule timeline-empty."""

from collections.abc import Iterator

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.blocks import texts_in
from incidentdocs.markdown.inline import links
from incidentdocs.rules.rule import DocumentRule, Example


class TimelineEmpty(DocumentRule):
    """A timeline holds at least one event: a line, a table row or a heading that begins with its time.

    Without times nobody can tell how long an outage lasted or what came first, and neither the
    deadline of the post-mortem nor the metrics can be counted.

    Write one event a line, its time first: `- 10:15 detection`. A table with a column of times and
    headings such as `### 10:15 detection` are read as well. A section that only links to the timeline, such as
    that of a status page, is left alone.
    """

    name = "timeline-empty"
    completeness = True
    valid = (
        Example("# Post-mortem: API\n\n## Timeline\nAll times in UTC.\n\n- 10:15 detection\n"),
        Example(
            "# Post-mortem : API\n\n## Chronologie\n| Heure | Fait |\n|---|---|\n| 10h15 | detection |\n"
        ),
        Example("# Post-mortem: API\n\n## Timeline\n"),
        Example(
            "# Post-mortem: API\n\n## Timeline\nMinute by minute on [our status page](https://status.example.org/42).\n"
        ),
        Example("# Post-mortem : API\n\n## Chronologie\nVoir <https://etat.example.org/incidents/42>.\n"),
        Example("# Post-mortem : API\n\n## Timeline (heures locales)\n- HH:MM detection\n"),
    )
    invalid = (
        Example("# Post-mortem: API\n\n## Timeline\nThe API went down and came back.\n", ("Timeline",)),
        Example("# Post-mortem : API\n\n## Chronologie\n- **Note :** tout est allé vite\n", ("Chronologie",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each timeline that says something and tells no event."""
        for section in document.sections_containing("timeline"):
            if says_something(section) and not _is_told(document, section) and not _is_elsewhere(section):
                yield self.finding(
                    document,
                    section.heading.text.span(),
                    f"the section `{section.visible}` tells no event",
                    "write one event a line, its time first: `- 10:15 detection`",
                )


def _is_elsewhere(section: Section) -> bool:
    """Return whether all that the section says is where the timeline stands: each of its texts has a link."""
    texts = [text for text in texts_in(section.blocks) if text.source.strip()]
    return bool(texts) and all(links(text.source) for text in texts)


def _is_told(document: Document, section: Section) -> bool:
    """Return whether the section has an event, or text of the template that stands for one."""
    events = document.timeline.events if document.timeline else ()
    spans = (*(event.span for event in events), *(found.span for found in document.placeholders))
    return any(section.heading.first < span.line <= section.last for span in spans)
