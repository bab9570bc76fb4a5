"""What a repository's documents tell of incidents: those of the working tree, or those of a commit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial, reduce
from itertools import repeat
from typing import NamedTuple, TypeVar

from incidentdocs.commands.committed import Committed
from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.checkpoint import Needed
from incidentdocs.history.paths import pathspecs, shown
from incidentdocs.history.reading import Reader
from incidentdocs.history.repository import Checkout
from incidentdocs.markdown.source import parse
from incidentdocs.processes import processes_for, shares
from incidentdocs.profiles.claims import claiming
from incidentdocs.similarity.gathering import Gathered, gather
from incidentdocs.similarity.links import Bars
from incidentdocs.similarity.recurrences import Trigger
from incidentdocs.similarity.vocabulary import OwnTerms, Phrases, phrases
from incidentdocs.workspace import File, Workspace, decoded

FILES_FOR_A_PROCESS = 200
"""Fewer are read sooner than another process has started."""

Answer = TypeVar("Answer")


class Read(NamedTuple):
    """A document of a commit, as it was read: what its history calls this version, its text, and itself."""

    version: Needed
    text: str
    document: Document


Question = Callable[[Iterable[Read]], Answer]

_Blob = tuple[str, str]
"""A file's path as git has it, and its blob."""


def gathered_on_disk(workspace: Workspace) -> Gathered:
    """Return what the documents of the working tree tell."""
    files = workspace.select(()).files
    processes = processes_for(len(files), least=FILES_FOR_A_PROCESS)
    if processes < 2:
        return gather_files(workspace, files)
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(processes) as pool:
        parts = pool.map(gather_files, repeat(workspace), shares(files, processes))
        return reduce(Gathered.joined, parts)


def gather_files(workspace: Workspace, files: Sequence[File]) -> Gathered:
    """Return what the documents in `files` tell."""
    return gather_documents(workspace, map(workspace.read, files))


def gather_documents(workspace: Workspace, documents: Iterable[Document]) -> Gathered:
    """Return what `documents` tell, by the terms and templates of the repository."""
    return gather(documents, phrases(own_terms(workspace)), workspace.boilerplate())


def gathered_at(workspace: Workspace, found: Committed) -> Gathered:
    """Return what the documents of a commit tell, whenever they landed there."""
    question = partial(_gathered, phrases(own_terms(workspace)), workspace.boilerplate())
    return reduce(Gathered.joined, asked_at(found, question))


def asked_at(found: Committed, question: Question[Answer]) -> list[Answer]:
    """Return what `question` makes of the documents of a commit, of which each is read once.

    It is asked about shares of them, in their order, in several processes where there are many; where there
    are none it is asked about none.
    """
    blobs = sorted(_tree(found).items())
    processes = processes_for(len(blobs), least=FILES_FOR_A_PROCESS)
    if processes < 2:
        return [_answer(question, found.checkout, found.reader, blobs)]
    from concurrent.futures import ProcessPoolExecutor

    shared = repeat(question), repeat(found.checkout), repeat(found.reader), shares(blobs, processes)
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(_answer, *shared))


def documents_at(found: Committed, paths: Collection[str]) -> Iterator[Document]:
    """Yield the documents at `paths` of a commit."""
    if paths:
        blobs = [(path, blob) for path, blob in sorted(_tree(found).items()) if shown(path) in paths]
        yield from (read.document for read in _documents(found.checkout, found.reader, blobs))


def paths_at(found: Committed) -> tuple[str, ...]:
    """Return the paths of all documents of a commit."""
    profiles, exclude = found.reader.profiles.values(), found.reader.exclude
    paths = sorted(map(shown, _tree(found)))
    return tuple(path for path in paths if claiming(path, profiles, exclude))


def _tree(found: Committed) -> dict[str, str]:
    if found.revision is None:
        return {}
    return found.checkout.tree(found.revision, pathspecs(found.reader.profiles.values()))


def own_terms(workspace: Workspace) -> OwnTerms:
    """Return the terms that the repository's configuration adds."""
    return tuple(sorted(workspace.config.similarity.terms.items()))


def trigger_of(workspace: Workspace) -> Trigger:
    """Return when similar incidents call for an escalation, as the configuration has it."""
    asked, alike = workspace.config.escalation, workspace.config.similarity
    bars = Bars(alike.suggested, alike.confirmed)
    return Trigger(asked.threshold, asked.window_days, bars, own_terms(workspace))


def _gathered(known: Phrases, boilerplate: frozenset[str], documents: Iterable[Read]) -> Gathered:
    return gather((read.document for read in documents), known, boilerplate)


def _answer(question: Question[Answer], checkout: Checkout, reader: Reader, blobs: Sequence[_Blob]) -> Answer:
    return question(_documents(checkout, reader, blobs))


def _documents(checkout: Checkout, reader: Reader, blobs: Sequence[_Blob]) -> Iterator[Read]:
    """Yield the documents among `blobs`, in their order."""
    claims = (
        (path, claiming(shown(path), reader.profiles.values(), reader.exclude), blob) for path, blob in blobs
    )
    claimed = [(path, profile, blob) for path, profile, blob in claims if profile]
    contents = dict(checkout.blobs(dict.fromkeys(blob for _, _, blob in claimed)))
    for path, profile, blob in claimed:
        text, problems = decoded(contents[blob])
        version = Needed(profile.kind, path, blob)
        yield Read(version, text, read_document(shown(path), parse(text), profile, reader.process, problems))
