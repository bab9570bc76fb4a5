"""The rule post-mortem-shared."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

PUBLISHED = frozenset({"final", "published", "publie", "publiee"})
"""The words of a status that say that a document is meant for everybody, folded."""

TOGETHER = ("SEV1", "SEV2")
"""The severities whose post-mortem two people write: the process names the on-call and the backup."""

_EN = "---\nseverity: {}\nstatus: {}\n{}---\n# Post-mortem: API down\n"
_FR = "---\nseverity: {}\nstatus: {}\n{}---\n# Post-mortem : panne de l'API\n"


class PostMortemShared(DocumentRule):
    """A published post-mortem says where it was shared, and that of a SEV1 or SEV2 has two authors.

    What nobody has read teaches nobody, and whoever writes alone leaves out what the other one saw. It is asked of
    documents whose `status` says that they are published; `shared` says where: a channel, a meeting, an address.

    Share it, then write where: `shared: "#ops, 2026-03-20"`; and who wrote it:
    `authors: ["@ana", "@luc"]`. YAML wants the quotes: `#` begins a comment, and no text begins with `@`.
    """

    name = "post-mortem-shared"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(_EN.format("SEV1", "published", "authors: ['@ana', '@luc']\nshared: '#ops, 2026-03-20'\n")),
        Example(_EN.format("SEV1", "draft", "authors: []\nshared:\n")),
        Example(_FR.format("SEV3", "publié", "authors: ['@ana']\nshared: revue du lundi\n")),
        Example("# Post-mortem: API down\n"),
    )
    invalid = (
        Example(_EN.format("SEV3", "final", "authors: ['@ana']\nshared:\n"), ("shared",)),
        Example(_EN.format("SEV1", "final", "authors: ['@ana']\nshared: '#ops'\n"), ("authors",)),
        Example(_FR.format("SEV2", "publié", ""), ("status", "status")),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for a published post-mortem that nobody was told of, or that one person wrote alone."""
        statuses = {fold(word) for word in document.words("status")}
        front, known = document.source.front_matter, {field.id for field in document.profile.metadata}
        if front is None or statuses.isdisjoint(PUBLISHED) or role_of(document.profile) != "post-mortem":
            return
        if "shared" in known and not document.gives("shared"):
            hint = f"write where the team can find that it was: `{front.row('shared', '#ops, 2026-03-20')}`"
            message = "the post-mortem is published, and does not say where it was shared"
            yield self.finding(document, _key(document, "shared"), message, hint)
        authors = document.words("authors")
        if "authors" in known and document.severity in TOGETHER and len(authors) < 2:
            told = f"only `{authors[0]}` wrote it" if authors else "nobody is named who wrote it"
            hint = f"write who wrote it: `{front.row('authors', ('@oncall', '@backup'))}`"
            message = f"the post-mortem of a {document.severity} has two authors: {told}"
            yield self.finding(document, _key(document, "authors"), message, hint)


def _key(document: Document, id: str) -> Span:
    """Return where the front matter has the field, or, where it has not, its status."""
    keys = {value.id: value.field.key_span for value in reversed(document.metadata)}
    return keys.get(id) or keys.get("status") or document.title_span()
