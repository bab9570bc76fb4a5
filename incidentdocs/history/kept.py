"""What of a history is kept from one run to the next: what versions say, and what the chain left of them."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from incidentdocs.history.changes import Files, Standing
from incidentdocs.history.checkpoint import Checkpoint, Needed
from incidentdocs.history.document_state import DocumentState
from incidentdocs.history.encoding import NotMeant, decoded, encoded
from incidentdocs.history.paths import shown
from incidentdocs.history.reading import Reader
from incidentdocs.history.store import Space, Store, program_digest
from incidentdocs.history.trailers import Trailer
from incidentdocs.history.values import VersionFacts
from incidentdocs.profiles.file_names import day_in_name
from incidentdocs.profiles.profile import Profile

MOST_HEADS = 8
"""So many checkpoints are kept when there are twice as many: those of the branches last looked at."""

_File = tuple[bytes, int, str]
"""A file that stands: its path, which need not be UTF-8, its trail's number and its last blob."""


class Head(NamedTuple):
    """A commit of which a checkpoint is kept: what must be known of it before anything else is read.

    The chain to it has `length` commits where the main line has one of the names `main`; the last of them
    landed at `landed`, on `day`. `turn` counts the checkpoints that were kept before.
    """

    commit: str
    main: tuple[str, ...]
    length: int
    landed: datetime
    day: date
    turn: int


class _Left(NamedTuple):
    """A checkpoint, its documents named by the keys under which they are kept."""

    there: tuple[_File, ...]
    gone: tuple[_File, ...]
    documents: tuple[str, ...]


def kept_of(root: Path, reader: Reader) -> "Kept":
    """Return what is kept below `root` of earlier readings by `reader`.

    Another version of the program, another zone, language or profile reads otherwise, and keeps its own.
    """
    process = reader.process
    settings = (str(process.zone), process.language, reader.exclude, sorted(reader.profiles.items()))
    said = (program_digest(), *settings)
    return Kept(Store(root, hashlib.sha256(repr(said).encode()).hexdigest()), reader.profiles)


class Kept:
    """What earlier runs have read, in a store, of documents of `profiles`."""

    def __init__(self, store: Store, profiles: Mapping[str, Profile]) -> None:
        self._store = store
        self._profiles = profiles
        self._keys: dict[int, str] = {}
        self._states: tuple[DocumentState, ...] = ()

    def facts(self, needed: Iterable[Needed]) -> dict[Needed, bytes]:
        """Return what those of the versions say of which it is known, encoded."""
        return self._by_version("facts", needed, VersionFacts)

    def keep_facts(self, facts: Mapping[Needed, bytes]) -> None:
        """Keep what versions say, encoded."""
        self._keep_by_version("facts", facts)

    def restored(self, needed: Iterable[Needed]) -> dict[Needed, bytes]:
        """Return when service was restored by those of the versions of which it is known, encoded."""
        return self._by_version("restored", needed, datetime | None)

    def keep_restored(self, restored: Mapping[Needed, bytes]) -> None:
        """Keep when service was restored by each version, encoded."""
        self._keep_by_version("restored", restored)

    def references(self, commits: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return what the messages refer to of those of the `commits` of which it is known."""
        return self._decoded(self._store.found("references", commits), tuple[str, ...])

    def keep_references(self, references: Mapping[str, tuple[str, ...]]) -> None:
        """Keep what the messages of commits refer to."""
        self._keep("references", {commit: encoded(told) for commit, told in references.items()})

    def adopted(self, commits: Iterable[str]) -> dict[str, date | None]:
        """Return the day on which a configuration first landed, up to those commits of which it is known."""
        return self._decoded(self._store.found("adopted", commits), date | None)

    def keep_adopted(self, adopted: Mapping[str, date | None]) -> None:
        """Keep the day on which a configuration first landed, up to each commit."""
        self._keep("adopted", {commit: encoded(day) for commit, day in adopted.items()})

    def trailers(self) -> Iterator[tuple[str, tuple[Trailer, ...]]]:
        """Yield commits with the trailers of all that they reach, those of the longest chains first."""
        heads = self._decoded(self._store.all("heads"), Head).values()
        for head in sorted(heads, key=lambda head: head.length, reverse=True):
            found = self._decoded(self._store.found("trailers", [head.commit]), tuple[Trailer, ...])
            yield from found.items()

    def keep_trailers(self, commit: str, found: tuple[Trailer, ...]) -> None:
        """Keep the trailers of all that a commit reaches."""
        self._keep("trailers", {commit: encoded(found)})

    def heads(self, main: Collection[str], until: date) -> list[Head]:
        """Return the commits of which a checkpoint is kept that landed by the day `until`.

        The longest chain comes first: the nearest to any revision that it leads to.
        """
        heads = self._decoded(self._store.all("heads"), Head).values()
        fitting = (head for head in heads if head.main == tuple(sorted(main)) and head.day <= until)
        return sorted(fitting, key=lambda head: head.length, reverse=True)

    def checkpoint(self, head: Head) -> Checkpoint | None:
        """Return the checkpoint of `head`, None where it is kept no longer."""
        left = self._decoded(self._store.found("checkpoints", [head.commit]), _Left).get(head.commit)
        states = self._decoded(self._store.found("states", left.documents), DocumentState) if left else {}
        if left is None or not states.keys() >= set(left.documents):
            return None
        documents = tuple(states[key] for key in left.documents)
        self._keys = {id(state): key for key, state in states.items()}
        self._states = documents  # so that the ids above stay theirs
        files = Files(_files(left.there), _files(left.gone))
        return Checkpoint(head.commit, head.length, head.landed, files, documents)

    def keep_checkpoint(self, last: Checkpoint, main: Collection[str], zone: tzinfo) -> None:
        """Keep what the chain up to a commit has left; of what is kept already nothing is written again."""
        fresh = {id(state): encoded(state) for state in last.documents if id(state) not in self._keys}
        new = {number: _key_of(value) for number, value in fresh.items()}
        keys = self._keys | new
        documents = tuple(keys[id(state)] for state in last.documents)
        left = _Left(_told(last.files.there), _told(last.files.gone), documents)
        heads = self._decoded(self._store.all("heads"), Head)
        turn = max((head.turn for head in heads.values()), default=0) + 1
        day = last.landed.astimezone(zone).date()
        head = Head(last.commit, tuple(sorted(main)), last.length, last.landed, day, turn)
        self._store.keep(
            {
                "states": {new[number]: value for number, value in fresh.items()},
                "checkpoints": {last.commit: encoded(left)},
                "heads": {last.commit: encoded(head)},
            }
        )
        if len(heads) >= 2 * MOST_HEADS:
            self._prune(heads)

    def _prune(self, heads: Mapping[str, Head]) -> None:
        """Forget all but the last checkpoints, and the documents that only others had."""
        old = sorted(heads.values(), key=lambda head: head.turn)[: len(heads) - MOST_HEADS]
        gone = [head.commit for head in old]
        self._store.forget({"heads": gone, "checkpoints": gone})
        left = self._decoded(self._store.all("checkpoints"), _Left).values()
        wanted = {key for checkpoint in left for key in checkpoint.documents}
        current = heads.keys() - set(gone)
        self._store.forget(
            {
                "states": self._store.all("states").keys() - wanted,
                "trailers": self._store.all("trailers").keys() - current,
                "adopted": self._store.all("adopted").keys() - current,
            }
        )

    def _by_version(self, space: Space, needed: Iterable[Needed], type: Any) -> dict[Needed, bytes]:
        keys = {version: self._key(version) for version in needed}
        found = self._store.found(space, dict.fromkeys(keys.values()))
        meant = self._decoded(found, type).keys()
        return {version: found[key] for version, key in keys.items() if key in meant}

    def _keep_by_version(self, space: Space, values: Mapping[Needed, bytes]) -> None:
        self._keep(space, {self._key(version): value for version, value in values.items()})

    def _keep(self, space: Space, values: Mapping[str, bytes]) -> None:
        if values:
            self._store.keep({space: values})

    def _key(self, version: Needed) -> str:
        """Return what the reading of a version depends on: kind, content, and the day in the file's name."""
        return f"{version.kind}:{self._day(version.kind, version.path)}:{version.blob}"

    @cache  # noqa: B019 - as long as the run
    def _day(self, kind: str, path: str) -> date | None:
        return day_in_name(shown(path), self._profiles[kind])

    def _decoded(self, values: Mapping[str, bytes], type: Any) -> dict[str, Any]:
        """Return the values that are meant; a store that holds another is not what was kept, and is lost."""
        try:
            return {key: decoded(value, type) for key, value in values.items()}
        except NotMeant:
            self._store.discard()
            return {}


def _key_of(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()[:40]


def _told(files: Mapping[str, Standing]) -> tuple[_File, ...]:
    return tuple(
        (path.encode(errors="surrogateescape"), file.trail, file.blob) for path, file in files.items()
    )


def _files(told: Iterable[_File]) -> dict[str, Standing]:
    return {path.decode(errors="surrogateescape"): Standing(number, blob) for path, number, blob in told}
