"""The rule title-format."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from incidentdocs.documents.document import Document
from incidentdocs.documents.title_patterns import meant_title
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class TitleFormat(DocumentRule):
    """The document begins with a title in its profile's form, such as `# Post-mortem: API down`.

    Lists, links and search results show the title alone, without the folder around it. Case, accents and
    the spacing of the colon do not matter.

    Write the title as the first heading, with one `#`; where a site makes the heading, as `title` in the front
    matter.
    """

    name = "title-format"
    valid = (
        Example("# Post-mortem: API down\n"),
        Example("# POST-MORTEM\u00a0: panne de l'API\n"),
        Example('---\ntitle: "Post-mortem: API down"\n---\n\n## Timeline\n- 10:15 detection\n'),
        Example("# Runbook : disque plein\n", path="docs/runbooks/runbook-disk-full.md"),
    )
    invalid = (
        Example("# API down\n", ("API down",)),
        Example("# Post-mortem:\n", ("Post-mortem:",)),
        Example("## Timeline\n- 10:15 detection\n", ("## Timeline",)),
        Example("---\ntitle: API down\n---\n## Timeline\n- 10:15 detection\n", ("API down",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding when there is no title, or one in another form."""
        forms = document.profile.title_forms
        if not forms or document.named is not None or document.holds_placeholder(document.title_span()):
            return
        front_matter = document.source.front_matter
        if document.title is None and front_matter and front_matter.problems:
            return  # front matter without an end may have swallowed it
        own = document.profile.titles.get(document.language, tuple(forms))
        name = PurePosixPath(document.path).stem if not document.profile.filename else ""
        name = (document.filename.title if document.filename else None) or name
        meant = meant_title(document.title_text or "", name, document.date, own[0])
        if document.title is None and document.title_text is None:
            message = "the document has no title" if document.source.blocks else "the document is empty"
        else:
            written = document.title.text.source if document.title else document.title_text
            message = f"the title `{written}` is not in the form of this kind of document"
        in_front = front_matter if document.title is None and document.title_text else None
        form = in_front.row("title", meant) if in_front else f"# {meant}"
        yield self.finding(document, document.title_span(), message, f"write `{form}`")
