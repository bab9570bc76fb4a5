"""What a rule is: its name, its documentation, its examples, and the question it asks."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.suppressions import Suppression
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.places import Span


class Example(NamedTuple):
    """A document, or a piece of one, that a rule judges: its own test and its own documentation.

    `marks` holds, for each finding that is due, the exact text that it underlines (its first line).
    """

    text: str
    marks: tuple[str, ...] = ()
    path: str = "docs/post-mortems/2026-03-14-api-down.md"


class Rule:
    """What every rule has. The class's docstring is its page: what it asks, why, and how to mend.

    A rule whose `completeness` is true asks for something still to be written, which in a draft is
    a warning. `edition` is the first edition of the default set that holds the rule.
    """

    name: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    completeness: ClassVar[bool] = False
    edition: ClassVar[int] = 1
    valid: ClassVar[tuple[Example, ...]] = ()
    invalid: ClassVar[tuple[Example, ...]] = ()

    def finding(
        self, document: Document, span: Span, message: str, hint: str, *, severity: Severity | None = None
    ) -> Finding:
        """Return a finding of this rule; completeness of a draft is never more than a warning."""
        severity = severity or self.severity
        if self.completeness and document.is_draft:
            severity = "warning"
        return Finding(document.path, span, self.name, severity, message, hint)


class DocumentRule(Rule):
    """A question that one document answers alone."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield every defect that this rule finds in `document`."""
        raise NotImplementedError


class Silenced(NamedTuple):
    """What a document's suppressions did: which of them silenced which rule, and which rules ran."""

    document: Document
    used: frozenset[tuple[Suppression, str]]
    ran: frozenset[str]


class SuppressionRule(Rule):
    """A question about a document's suppressions once all else is found; none can silence it."""

    def check(self, silenced: Silenced) -> Iterator[Finding]:
        """Yield every defect that this rule finds in the suppressions of one document."""
        raise NotImplementedError
