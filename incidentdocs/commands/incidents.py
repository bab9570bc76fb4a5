"""What a repository's documents tell of incidents: those of the working tree, or those of a commit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial, reduce
from typing import NamedTuple, TypeVar

from incidentdocs.commands.committed import Committed
from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.checkpoint import Needed
from incidentdocs.history.contents import NOTHING_READ, Versions
from incidentdocs.history.encoding import encoded
from incidentdocs.history.kept import Kept
from incidentdocs.history.paths import pathspecs, shown
from incidentdocs.history.reading import Reader, facts_of, restored_at
from incidentdocs.history.repository import Checkout
from incidentdocs.markdown.source import parse
from incidentdocs.processes import in_shares
from incidentdocs.profiles.claims import claiming
from incidentdocs.similarity.gathering import Gathered, gather
from incidentdocs.similarity.links import Bars
from incidentdocs.similarity.recurrences import Trigger
from incidentdocs.similarity.vocabulary import OwnTerms, Phrases, phrases
from incidentdocs.workspace import File, Workspace, decoded

FILES_FOR_A_PROCESS = 200
"""Fewer are read sooner than another process has started."""

Seen = TypeVar("Seen")


class Read(NamedTuple):
    """A document of a commit, as it was read: what its history calls this version, its text, and itself."""

    version: Needed
    text: str
    document: Document


class Told(NamedTuple):
    """What the documents of a commit tell of incidents, and what they say that their history will ask for."""

    gathered: Gathered = Gathered()
    versions: Versions = NOTHING_READ

    def joined(self, other: "Told") -> "Told":
        """Return what both hold."""
        return Told(self.gathered.joined(other.gathered), self.versions.joined(other.versions))


def gathered_on_disk(workspace: Workspace) -> Gathered:
    """Return what the documents of the working tree tell."""
    files = workspace.select(()).files
    return reduce(
        Gathered.joined, in_shares(partial(gather_files, workspace), files, least=FILES_FOR_A_PROCESS)
    )


def gather_files(workspace: Workspace, files: Sequence[File]) -> Gathered:
    """Return what the documents in `files` tell."""
    return gather_documents(workspace, map(workspace.read, files))


def gather_documents(workspace: Workspace, documents: Iterable[Document]) -> Gathered:
    """Return what `documents` tell, by the terms and templates of the repository."""
    return gather(documents, phrases(own_terms(workspace)), workspace.boilerplate())


def gathered_at(workspace: Workspace, found: Committed) -> Gathered:
    """Return what the documents of a commit tell, whenever they landed there."""
    return _asked(workspace, found, versions_at(found), frozenset(), _nothing)[0].gathered


def told_at(workspace: Workspace, found: Committed) -> Told:
    """Return what the documents of a commit tell, of which each is read once."""
    return told_and_seen(workspace, found, versions_at(found), _nothing)[0]


def told_and_seen(
    workspace: Workspace, found: Committed, versions: Sequence[Needed], look: Callable[[Document], Seen]
) -> tuple[Told, list[Seen]]:
    """Return what the `versions` of a commit tell, and what `look` sees in each of them, in their order.

    Each is read once; `look` may be asked in another process.
    """
    return _asked(workspace, found, versions, _not_kept(found.kept, versions), look)


def documents_at(found: Committed, paths: Collection[str]) -> Iterator[Document]:
    """Yield the documents at `paths` of a commit."""
    if paths:
        wanted = [version for version in versions_at(found) if shown(version.path) in paths]
        yield from (read.document for read in _read(found.checkout, found.reader, wanted))


def versions_at(found: Committed) -> tuple[Needed, ...]:
    """Return the version that a commit has of each of its documents, by path."""
    if found.revision is None:
        return ()
    profiles, exclude = found.reader.profiles.values(), found.reader.exclude
    tree = sorted(found.checkout.tree(found.revision, pathspecs(profiles)).items())
    claims = ((path, blob, claiming(shown(path), profiles, exclude)) for path, blob in tree)
    return tuple(Needed(profile.kind, path, blob) for path, blob, profile in claims if profile)


def own_terms(workspace: Workspace) -> OwnTerms:
    """Return the terms that the repository's configuration adds."""
    return tuple(sorted(workspace.config.similarity.terms.items()))


def trigger_of(workspace: Workspace) -> Trigger:
    """Return when similar incidents call for an escalation, as the configuration has it."""
    asked, alike = workspace.config.escalation, workspace.config.similarity
    bars = Bars(alike.suggested, alike.confirmed)
    return Trigger(asked.threshold, asked.window_days, bars, own_terms(workspace))


def _nothing(document: Document) -> None:
    """See nothing in `document`."""


def _not_kept(kept: Kept | None, versions: Sequence[Needed]) -> frozenset[Needed]:
    """Return the versions of which something that their history asks for is not kept."""
    known = kept.facts(versions).keys() & kept.restored(versions).keys() if kept else set[Needed]()
    return frozenset(versions) - known


def _asked(
    workspace: Workspace,
    found: Committed,
    versions: Sequence[Needed],
    asked: frozenset[Needed],
    look: Callable[[Document], Seen],
) -> tuple[Told, list[Seen]]:
    """Return what `versions` tell, with what the history needs of those `asked` for, and what is seen."""
    terms, boilerplate = phrases(own_terms(workspace)), workspace.boilerplate()
    ask = partial(_told, found.checkout, found.reader, terms, boilerplate, asked, look)
    answers = in_shares(ask, versions, least=FILES_FOR_A_PROCESS)
    return reduce(Told.joined, (told for told, _ in answers)), [one for _, seen in answers for one in seen]


def _told(
    checkout: Checkout,
    reader: Reader,
    terms: Phrases,
    boilerplate: frozenset[str],
    asked: frozenset[Needed],
    look: Callable[[Document], Seen],
    versions: Sequence[Needed],
) -> tuple[Told, list[Seen]]:
    seen: list[Seen] = []
    facts: dict[Needed, bytes] = {}
    restored: dict[Needed, datetime | None] = {}

    def passing() -> Iterator[Document]:
        for version, text, document in _read(checkout, reader, versions):
            seen.append(look(document))
            if version in asked and not document.problems:
                facts[version] = encoded(facts_of(document, text))
                restored[version] = restored_at(document)
            yield document

    return Told(gather(passing(), terms, boilerplate), Versions(facts, restored)), seen


def _read(checkout: Checkout, reader: Reader, versions: Sequence[Needed]) -> Iterator[Read]:
    """Yield the documents of which these are the `versions`, in their order."""
    contents = dict(checkout.blobs(dict.fromkeys(version.blob for version in versions)))
    for version in versions:
        text, problems = decoded(contents[version.blob])
        profile = reader.profiles[version.kind]
        document = read_document(shown(version.path), parse(text), profile, reader.process, problems)
        yield Read(version, text, document)
