"""The rule unreadable-document."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example


class UnreadableDocument(DocumentRule):
    """Every document is a text file of a reasonable size, inside the repository, in UTF-8.

    A file that cannot be read as text is judged by no other rule: what it seems to say could be an
    accident of its bytes. The usual causes are an editor that saves UTF-16 or Latin-1, a log pasted
    whole into the document, and a link to a file that only one machine has.

    Save the file as UTF-8, and link to large logs instead of including them.
    """

    name = "unreadable-document"
    valid = (Example("# Post-mortem : panne d'été\n"),)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what kept the file from being read."""
        for problem in document.problems:
            yield self.finding(document, problem.span, problem.message, problem.hint)
