"""A repository's commits become the past of its documents: what was promised, and what became of it."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from functools import cache
from itertools import chain
from typing import NamedTuple

from incidentdocs.documents.document import read_document
from incidentdocs.history.changes import fold
from incidentdocs.history.collection import without_collection
from incidentdocs.history.commits import ChainStep, Trail, TrailVersion
from incidentdocs.history.dates import landings
from incidentdocs.history.lifecycle import DocumentVersions, item_histories
from incidentdocs.history.publication import published, unknown
from incidentdocs.history.reading import ReadFacts, facts_reader, restored_at
from incidentdocs.history.repository import Checkout
from incidentdocs.history.values import DocumentHistory, History, Landing, Making, Version, VersionFacts
from incidentdocs.history.working_tree import WorkingTree, uncommitted, uncommitted_landing
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.profile import Profile

SWEEPING = 5
"""A commit that adds more documents than this brings in what was written before, and elsewhere."""


class Reader(NamedTuple):
    """How documents are found in a repository and read: what a workspace says, as values."""

    profiles: Mapping[str, Profile]
    process: Process
    exclude: tuple[str, ...] = ()


class _File(NamedTuple):
    """A document's trail, and the profile that claims it."""

    trail: Trail
    profile: Profile


_Needed = tuple[str, str, str]
"""A version to be read: its kind, its path and its blob."""


@without_collection()
def read_history(
    checkout: Checkout,
    revision: str | None,
    reader: Reader,
    *,
    since: date | None = None,
    with_restored: bool = False,
    working_tree: WorkingTree | None = None,
) -> History:
    """Return the past of all documents at `revision` as of the process's today; None: nothing is committed.

    What landed later has not happened. Documents whose incident is dated before `since` are never said to
    be published late. `with_restored` reads when service was restored too, for each document's last version.
    `working_tree` becomes the version after the last one, which has not landed.
    HistoryIncomplete and GitFailed as the checkout raises them.
    """
    as_of = reader.process.today
    if revision is None:
        return History(None, as_of, ())
    claim = _claims(reader)
    steps = list(
        checkout.steps(
            revision,
            tracked=lambda path: claim(path) is not None,
            pathspecs=pathspecs(reader.profiles.values()),
        )
    )
    landed = _until(as_of, reader.process.zone, landings(step.commit for step in steps))
    steps = steps[: len(landed)]
    trails = fold(steps)
    own: Mapping[str, bytes] = {}
    if working_tree is not None and landed:
        step, own = uncommitted(working_tree, trails, revision)
        steps, landed = [*steps, step], [*landed, uncommitted_landing(landed[-1], as_of, reader.process.zone)]
        trails = fold(steps)
    files = [_File(trail, profile) for trail in trails if (profile := claim(trail.path)) is not None]
    facts = _read_facts(checkout, reader, files, own, with_restored=with_restored)
    sweeping = _sweeping(files, steps)
    documents = [_versions(file, steps, landed, facts, sweeping) for file in files]
    return History(revision, as_of, _histories(files, documents, reader, since))


def pathspecs(profiles: Iterable[Profile]) -> tuple[str, ...]:
    """Return what limits git to the folders of the profiles' documents."""
    folders = {folder.strip("/") for profile in profiles for folder in profile.folders}
    if "." in folders or any(folder.startswith("**") for folder in folders):
        # Git asks such a glob of every file there is, which takes longer than to tell of them all.
        return (":(top)",)
    return tuple(f":(top,glob){folder}/**" for folder in sorted(folders))


def shown(path: str) -> str:
    """Return a path of git's as documents have it: bytes that are no UTF-8 as escapes that can be printed."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _claims(reader: Reader) -> Callable[[str], Profile | None]:
    @cache
    def claim(path: str) -> Profile | None:
        return claiming(shown(path), reader.profiles.values(), reader.exclude)

    return claim


def _until(as_of: date, zone: tzinfo, landed: Sequence[Landing]) -> Sequence[Landing]:
    """Return the landings up to the end of the day `as_of`; they never go back in time."""
    count = sum(landing.when.astimezone(zone).date() <= as_of for landing in landed)
    return landed[:count]


def _read_facts(
    checkout: Checkout,
    reader: Reader,
    files: Sequence[_File],
    own: Mapping[str, bytes],
    *,
    with_restored: bool,
) -> dict[_Needed, VersionFacts]:
    needed = dict.fromkeys(_needed(files))
    last = {_key(file.profile, file.trail.versions[-1]) for file in files} if with_restored else set()
    read = {kind: facts_reader(profile, reader.process) for kind, profile in reader.profiles.items()}
    by_blob: dict[str, list[_Needed]] = {}
    for kind, path, blob in needed:
        by_blob.setdefault(blob, []).append((kind, path, blob))
    facts = {}
    committed = checkout.blobs(blob for blob in by_blob if blob not in own)
    for blob, content in chain(committed, ((blob, own[blob]) for blob in by_blob if blob in own)):
        text = content.decode("utf-8", "replace")
        for key in by_blob[blob]:
            found = _facts(read[key[0]], key, text)
            facts[key] = _with_restored(found, text, key, reader) if key in last else found
    return facts


def _facts(read: ReadFacts, key: _Needed, text: str) -> VersionFacts:
    return read(shown(key[1]), text)


def _with_restored(facts: VersionFacts, text: str, key: _Needed, reader: Reader) -> VersionFacts:
    document = read_document(shown(key[1]), parse(text), reader.profiles[key[0]], reader.process)
    return facts._replace(restored=restored_at(document))


def _needed(files: Iterable[_File]) -> Iterator[_Needed]:
    """Yield every version of the files, and what the sides of merges made of them, trail by trail."""
    for file in files:
        for version in file.trail.versions:
            for path, blob in ((version.path, version.blob), *((s.path, s.blob) for s in version.sides)):
                if blob:
                    yield file.profile.kind, path, blob


def _key(profile: Profile, version: TrailVersion) -> _Needed:
    return profile.kind, version.path, version.blob or ""


def _sweeping(files: Iterable[_File], steps: Sequence[ChainStep]) -> set[int]:
    """Return the steps that bring in documents written before: the root, and those that add many."""
    born = Counter(file.trail.versions[0].step for file in files)
    return {step for step, count in born.items() if count > SWEEPING or steps[step].commit.parent is None}


def _versions(
    file: _File,
    steps: Sequence[ChainStep],
    landed: Sequence[Landing],
    facts: Mapping[_Needed, VersionFacts],
    sweeping: set[int],
) -> DocumentVersions:
    def facts_of(path: str, blob: str | None) -> VersionFacts | None:
        return facts[file.profile.kind, path, blob] if blob else None

    versions = [
        Version(
            landed[version.step],
            shown(version.path),
            version.blob,
            facts_of(version.path, version.blob),
            tuple(
                Making(side.commit, side.committed, side.author, facts_of(side.path, side.blob))
                for side in version.sides
            ),
            version.step in sweeping,
        )
        for version in file.trail.versions
    ]
    return DocumentVersions(shown(file.trail.path), versions)


def _histories(
    files: Sequence[_File], documents: Sequence[DocumentVersions], reader: Reader, since: date | None
) -> tuple[DocumentHistory, ...]:
    items = item_histories(documents, zone=reader.process.zone)
    histories = (
        DocumentHistory(
            document.path,
            file.profile.kind,
            tuple(document.versions),
            of_document,
            published(document.versions),
            unknown(document.versions, since),
            file.trail.alive,
        )
        for file, document, of_document in zip(files, documents, items, strict=True)
    )
    counted = (history for history in histories if not _is_later(history, reader.process.today))
    return tuple(sorted(counted, key=lambda history: history.path))


def _is_later(history: DocumentHistory, as_of: date) -> bool:
    days = (version.facts.day for version in reversed(history.versions) if version.facts)
    day = next(days, None)
    return day is not None and day > as_of
