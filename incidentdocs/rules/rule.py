"""What a rule is: its name, its documentation, its examples, and the question it asks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.suppressions import Suppression
from incidentdocs.library.finding import Finding, Fix, Severity
from incidentdocs.markdown.places import Span
from incidentdocs.settings.frozen import frozen

if TYPE_CHECKING:
    from incidentdocs.history.past import Past, Where
    from incidentdocs.rules.overview import Overview


class Committed(NamedTuple):
    """A version of an example's document as a commit landed it on `day`, such as `2026-03-16`."""

    day: str
    text: str
    message: str = ""


class Example(NamedTuple):
    """A document, or a piece of one, that a rule judges: its own test and its own documentation.

    `marks` holds, for each finding that is due, the exact text that it underlines (its first line).
    `versions`, oldest first, are what was committed before the document came to read `text`, which is
    that of the working tree; a rule that asks the history is asked on `today`. `beside` are other documents of
    the repository, each as its path and its text. `config` is what an `incidentdocs.toml` beside it says,
    `files` are other files of the repository, and `profiles` its own, each by its kind and its text. `fixed` is
    what the text becomes once every fix of the rule is made, safe or not; it is empty where there is none.
    """

    text: str
    marks: tuple[str, ...] = ()
    path: str = "docs/post-mortems/2026-03-14-api-down.md"
    versions: tuple[Committed, ...] = ()
    today: str = "2026-09-15"
    beside: tuple[tuple[str, str], ...] = ()
    config: str = ""
    files: tuple[str, ...] = ()
    profiles: tuple[tuple[str, str], ...] = ()
    fixed: str = ""


@frozen
class Rule:
    """What every rule has. The class's docstring is its page: what it asks, why, and how to mend.

    The fields of its class are its options, each with what it means as its `description`.
    A rule whose `completeness` is true asks for something still to be written, which in a draft is
    a warning. `edition` is the first edition of the default set that holds the rule; one that is not
    `by_default` runs only where a repository turns it on. `fixable` rules give their findings a fix where they can.
    """

    name: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    completeness: ClassVar[bool] = False
    edition: ClassVar[int] = 1
    by_default: ClassVar[bool] = True
    fixable: ClassVar[bool] = False
    valid: ClassVar[tuple[Example, ...]] = ()
    invalid: ClassVar[tuple[Example, ...]] = ()

    def finding(
        self,
        document: Document,
        span: Span,
        message: str,
        hint: str,
        *,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """Return a finding of this rule; completeness of a draft is never more than a warning."""
        severity = severity or self.severity
        if self.completeness and document.is_draft:
            severity = "warning"
        return Finding(document.path, span, self.name, severity, message, hint, fix)


class DocumentRule(Rule):
    """A question that one document answers alone."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield every defect that this rule finds in `document`."""
        raise NotImplementedError


class HistoryRule(Rule):
    """A question about what became of documents and action items, the working tree being the last version.

    What has landed no commit can mend: a finding about it is never more than a warning.
    """

    severity: ClassVar[Severity] = "warning"

    def check(self, past: "Past") -> Iterator[Finding]:
        """Yield every defect that this rule finds in the past of all documents."""
        raise NotImplementedError

    def told(self, where: "Where", message: str, hint: str, *, severity: Severity | None = None) -> Finding:
        """Return a finding of this rule that stands at `where`."""
        return Finding(where.path, where.span, self.name, severity or self.severity, message, hint)


class LibraryRule(Rule):
    """A question about all documents together, as they are on disk.

    One that `asks_history` is asked only where there is one. What a rule wants to know of each document, it gathers
    while that is read: to read them all again would cost as much as the whole run. The overview has it under the
    rule's name, and knows which of the files that `looks_for` names are in the repository; for one that
    `asks_services` also the services of the code's Compose files.
    """

    asks_history: ClassVar[bool] = False
    asks_services: ClassVar[bool] = False

    def gather(self, document: Document) -> Sequence[object]:
        """Return what the rule wants to know of `document`, as values that pass from one process to another."""
        return ()

    def looks_for(self, told: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """Yield the paths, relative to the root, of which it must know whether they are there.

        `told` is what was gathered, by the documents' paths.
        """
        yield from ()

    def check(self, overview: "Overview") -> Iterator[Finding]:
        """Yield every defect that this rule finds in the documents of a repository."""
        raise NotImplementedError

    def at(self, path: str, span: Span, message: str, hint: str) -> Finding:
        """Return a finding of this rule at a place of the document at `path`."""
        return Finding(path, span, self.name, self.severity, message, hint)


class Silenced(NamedTuple):
    """What a document's suppressions did: which of them silenced which rule, and which rules ran."""

    document: Document
    used: frozenset[tuple[Suppression, str]]
    ran: frozenset[str]

    def silences(self, suppression: Suppression) -> bool:
        """Return whether a suppression silences anything, or a rule that did not run and might find something."""
        return any(name not in self.ran or (suppression, name) in self.used for name in suppression.rules)


class SuppressionRule(Rule):
    """A question about a document's suppressions once all else is found; none can silence it."""

    def check(self, silenced: Silenced) -> Iterator[Finding]:
        """Yield every defect that this rule finds in the suppressions of one document."""
        raise NotImplementedError


def asks_history(rule: Rule) -> bool:
    """Return whether a rule can only be asked where the repository has a history."""
    return isinstance(rule, HistoryRule) or (isinstance(rule, LibraryRule) and rule.asks_history)
