"""What versions of documents say, read from git's blobs and the working tree's files unless it is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import NamedTuple

from incidentdocs.documents.document import read_document
from incidentdocs.history.checkpoint import Needed
from incidentdocs.history.collection import without_collection
from incidentdocs.history.encoding import decoded, encoded
from incidentdocs.history.kept import Kept
from incidentdocs.history.paths import shown
from incidentdocs.history.reading import Reader, facts_reader, restored_at
from incidentdocs.history.repository import Checkout
from incidentdocs.history.values import VersionFacts
from incidentdocs.markdown.source import parse
from incidentdocs.processes import in_shares

VERSIONS_FOR_A_PROCESS = 500
"""Fewer are read sooner than another process has started: a version takes half a millisecond."""

Own = Mapping[str, bytes]
"""The contents of blobs that git does not have, by their ids."""


class Facts(Mapping[Needed, VersionFacts]):
    """What versions say, each in a few bytes until it is asked for: of all at once there is too much."""

    def __init__(self, said: Mapping[Needed, bytes]) -> None:
        self._said = said

    def __getitem__(self, version: Needed) -> VersionFacts:
        facts: VersionFacts = decoded(self._said[version], VersionFacts)
        return facts

    def __iter__(self) -> Iterator[Needed]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


class Versions(NamedTuple):
    """What whoever has read whole versions of documents knows of them, and their history need not read again.

    `facts` are what they say, encoded, `restored` is when service was restored by their timelines.
    """

    facts: Mapping[Needed, bytes]
    restored: Mapping[Needed, datetime | None]

    def joined(self, other: "Versions") -> "Versions":
        """Return what both hold."""
        return Versions({**self.facts, **other.facts}, {**self.restored, **other.restored})


NOTHING_READ = Versions({}, {})


class Contents(NamedTuple):
    """The contents of a repository, what is kept of an earlier reading, and what was read just now."""

    checkout: Checkout
    reader: Reader
    kept: Kept | None
    just_read: Versions = NOTHING_READ

    def facts(self, needed: Iterable[Needed], own: Own) -> Facts:
        """Return what each version says."""
        wanted = list(dict.fromkeys(needed))
        known = self.kept.facts(wanted) if self.kept else {}
        missing = [version for version in wanted if version not in known]
        told = self.just_read.facts
        read = {version: told[version] for version in missing if version in told}
        read |= self._read(_facts, [version for version in missing if version not in read], own)
        if self.kept:
            self.kept.keep_facts(_committed(read, own))
        return Facts(known | read)

    def restored(self, needed: Iterable[Needed], own: Own) -> dict[Needed, datetime | None]:
        """Return when service was restored by each version's timeline, else when its last event was."""
        wanted = list(dict.fromkeys(needed))
        known = self.kept.restored(wanted) if self.kept else {}
        missing = [version for version in wanted if version not in known]
        told = self.just_read.restored
        read = {version: encoded(told[version]) for version in missing if version in told}
        read |= self._read(_restored, [version for version in missing if version not in read], own)
        if self.kept:
            self.kept.keep_restored(_committed(read, own))
        return {version: decoded(said, datetime | None) for version, said in (known | read).items()}

    def _read(self, read: "_Read", needed: Sequence[Needed], own: Own) -> dict[Needed, bytes]:
        """Return what `read` makes of each version, in several processes where that is worth their start."""
        ask = partial(_read_share, read, self.checkout, self.reader, own)
        if own:  # which is much to send
            return ask(needed)
        said = in_shares(ask, needed, least=VERSIONS_FOR_A_PROCESS)
        return {version: value for share in said for version, value in share.items()}


_Read = Callable[[Reader, Iterable[tuple[Needed, str]]], Iterator[tuple[Needed, object]]]


def _read_share(
    read: _Read, checkout: Checkout, reader: Reader, own: Own, needed: Sequence[Needed]
) -> dict[Needed, bytes]:
    with without_collection():
        return {version: encoded(said) for version, said in read(reader, _texts(checkout, needed, own))}


def _facts(reader: Reader, texts: Iterable[tuple[Needed, str]]) -> Iterator[tuple[Needed, VersionFacts]]:
    read = {kind: facts_reader(profile, reader.process) for kind, profile in reader.profiles.items()}
    for version, text in texts:
        yield version, read[version.kind](shown(version.path), text)


def _restored(
    reader: Reader, texts: Iterable[tuple[Needed, str]]
) -> Iterator[tuple[Needed, datetime | None]]:
    for version, text in texts:
        profile = reader.profiles[version.kind]
        yield version, restored_at(read_document(shown(version.path), parse(text), profile, reader.process))


def _texts(checkout: Checkout, needed: Iterable[Needed], own: Own) -> Iterator[tuple[Needed, str]]:
    """Yield each version with its text, in the order in which the first one of its blob is needed."""
    by_blob: dict[str, list[Needed]] = {}
    for version in needed:
        by_blob.setdefault(version.blob, []).append(version)
    if not by_blob:
        return
    committed = checkout.blobs(blob for blob in by_blob if blob not in own)
    for blob, content in chain(committed, ((blob, own[blob]) for blob in by_blob if blob in own)):
        text = content.decode("utf-8", "replace")
        for version in by_blob[blob]:
            yield version, text


def _committed(read: Mapping[Needed, bytes], own: Own) -> dict[Needed, bytes]:
    """Return what will be asked for again: what is only in the working tree changes with every key typed."""
    return {version: said for version, said in read.items() if version.blob not in own}
