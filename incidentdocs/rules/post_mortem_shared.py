"""The rule post-mortem-shared."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.front_matter import FrontMatter
from incidentdocs.markdown.places import Span
from incidentdocs.process.people import Person
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

PUBLISHED = frozenset({"final", "published", "publie", "publiee"})
"""The words of a status that say that a document is meant for everybody, folded."""

TOGETHER = ("SEV1", "SEV2")
"""The severities whose post-mortem two people write: the process names the on-call and the backup."""

_MOST_REASONS = 5
"""So many people are told of in one finding."""

_ROSTER = '[people.ana]\nnames = ["Ana Ruiz"]\n[people.luc]\nuntil = 2025-12-31\n[people.bridge-bot]\nkind = "agent"\n'
_PATH = "docs/post-mortems/2026-03-14-api-down.md"
_EN = "---\nseverity: {}\nstatus: {}\n{}---\n# Post-mortem: API down\n"
_FR = "---\nseverity: {}\nstatus: {}\n{}---\n# Post-mortem : panne de l'API\n"


class PostMortemShared(DocumentRule):
    """A published post-mortem says where it was shared, and that of a SEV1 or SEV2 has two authors.

    What nobody has read teaches nobody, and whoever writes alone leaves out what the other one saw. It is asked of
    documents whose `status` says that they are published; `shared` says where: a channel, a meeting, an address.
    Where `[people]` lists a roster, its agents are no authors, nor is who had left before the incident, and somebody
    under two names is one.

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
        Example(
            _EN.format("SEV1", "final", "authors: ['@ana', Ana Ruiz]\nshared: '#ops'\n"),
            ("authors",),
            config=_ROSTER,
        ),
        Example(
            _FR.format("SEV2", "publié", "authors: ['@luc', '@bridge-bot']\nshared: '#ops'\n"),
            ("authors",),
            _PATH,
            config=_ROSTER,
        ),
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
        if "authors" in known and document.severity in TOGETHER:
            yield from self._alone(document, front)

    def _alone(self, document: Document, front: FrontMatter) -> Iterator[Finding]:
        authors = document.words("authors")
        wrote, others = _counted(authors, document)
        if len(wrote) > 1:
            return
        reason = ", ".join(islice((_why_not(word, document) for word in others), _MOST_REASONS))
        told = f"only `{wrote[0]}` wrote it" if wrote else "nobody is named who wrote it"
        message = f"the post-mortem of a {document.severity} has two authors: {told}{f', and {reason}' if reason else ''}"
        hint = f"write who wrote it: `{front.row('authors', _two(wrote, document))}`"
        yield self.finding(document, _key(document, "authors"), message, hint)


def _counted(authors: Sequence[str], document: Document) -> tuple[Sequence[str], Sequence[str]]:
    """Return the authors who are different people and were there, and those who are not or were not."""
    counted: dict[str, str] = {}
    others = []
    for word in authors:
        person = document.process.people.find(word)
        known = document.process.people.handle_of(word).casefold()
        if (person and not _took_part(person, document)) or known in counted:
            others.append(word)
        else:
            counted[known] = word
    return list(counted.values()), others


def _took_part(person: Person, document: Document) -> bool:
    """Return whether somebody can have written of the incident: a person who had not left before it."""
    left = person.until and document.date and person.until < document.date
    return person.kind == "person" and not left


def _why_not(word: str, document: Document) -> str:
    person = document.process.people.find(word)
    if person and person.kind != "person":
        return f"`{word}` is an agent"
    if person and not _took_part(person, document):
        return f"`{word}` left on {person.until}"
    return f"`{word}` is the same"


def _two(wrote: Sequence[str], document: Document) -> Sequence[str]:
    """Return two authors to write: who is known to have written it, then those whom the process names."""
    people = document.process.people
    there = [f"@{person.handle}" for person in people.people if _took_part(person, document)]
    named = [handle for handle in ("@oncall", "@backup") if not people or people.find(handle)]
    one = people.find(wrote[0]) if wrote else None
    taken = {f"@{one.handle}"} if one else {f"@{people.handle_of(word)}" for word in wrote[:1]}
    others = (
        handle for handle in dict.fromkeys((*named, *there, "@oncall", "@backup")) if handle not in taken
    )
    return (*wrote[:1], *islice(others, 2 - len(wrote[:1])))


def _key(document: Document, id: str) -> Span:
    """Return where the front matter has the field, or, where it has not, its status."""
    keys = {value.id: value.field.key_span for value in reversed(document.metadata)}
    return keys.get(id) or keys.get("status") or document.title_span()
