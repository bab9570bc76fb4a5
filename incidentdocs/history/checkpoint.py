"""What the chain up to a commit leaves of all documents, and how it goes on with later steps (pure)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple, overload

from incidentdocs.history.changes import Files, Standing, fold
from incidentdocs.history.commits import ChainStep, Trail, TrailVersion
from incidentdocs.history.dates import landings, may_follow
from incidentdocs.history.document_state import DocumentState
from incidentdocs.history.lifecycle import DocumentVersions
from incidentdocs.history.lifecycle import fold as fold_versions
from incidentdocs.history.paths import shown
from incidentdocs.history.values import Landing, Making, Version, VersionFacts
from incidentdocs.history.walking import NotContinuous

SWEEPING = 5
"""A commit that adds more documents than this brings in what was written before, and elsewhere."""


class Needed(NamedTuple):
    """A version of a document of some kind whose facts are needed, by its path and its blob."""

    kind: str
    path: str
    blob: str


class Checkpoint(NamedTuple):
    """The documents after a chain of `length` commits up to `commit`, by their trails' numbers.

    `landed` is when the last commit landed.
    """

    commit: str
    length: int
    landed: datetime
    files: Files
    documents: tuple[DocumentState, ...]


class Progress(NamedTuple):
    """Steps after a checkpoint, of the whole chain after none, with when each of them landed.

    `files` are those that the steps change; a trail's `kind` is that of the profile which claims it now.
    """

    before: Checkpoint | None
    steps: tuple[ChainStep, ...]
    landed: tuple[Landing, ...]
    trails: tuple[tuple[str, Trail], ...]
    files: Files

    def needed(self) -> Iterator[Needed]:
        """Yield every version of the files, and what the sides of merges made of them, trail by trail."""
        for kind, trail in self.trails:
            for version in trail.versions:
                for path, blob in ((version.path, version.blob), *((s.path, s.blob) for s in version.sides)):
                    if blob:
                        yield Needed(kind, path, blob)


def landings_after(
    steps: Iterable[ChainStep], before: datetime | None, *, zone: tzinfo, until: date
) -> tuple[Landing, ...]:
    """Return how `steps` landed up to the end of the day `until`, after what landed at `before`.

    NotContinuous where a clock among them makes the landings before them doubtful.
    """
    commits = [step.commit for step in steps]
    if before and not may_follow(commits, before):
        raise NotContinuous
    landed = landings(commits, before)
    # They never go back in time.
    return landed[: sum(landing.when.astimezone(zone).date() <= until for landing in landed)]


def progress(
    before: Checkpoint | None,
    steps: Sequence[ChainStep],
    landed: Sequence[Landing],
    kind_of: Callable[[str], str | None],
) -> Progress:
    """Return what `steps`, which landed as `landed` says, do to documents; `kind_of` tells a path's kind.

    NotContinuous where a document has become one of another kind: all its versions are to be read anew.
    """
    known = before.documents if before else ()
    folded = fold(steps, before.files if before else None, len(known))
    claimed = [(kind, trail) for trail in folded.trails if (kind := kind_of(trail.path)) is not None]
    if any(trail.number < len(known) and known[trail.number].kind != kind for kind, trail in claimed):
        raise NotContinuous
    numbers = {trail.number: number for number, trail in _numbered(claimed, len(known))}
    numbers |= {number: number for number in range(len(known))}
    renumbered = [(kind, trail._replace(number=numbers[trail.number])) for kind, trail in claimed]
    files = Files(_renumbered(folded.files.there, numbers), _renumbered(folded.files.gone, numbers))
    return Progress(before, tuple(steps), tuple(landed), tuple(renumbered), files)


def _numbered(claimed: Iterable[tuple[str, Trail]], known: int) -> Iterator[tuple[int, Trail]]:
    """Yield the new files that a profile claims, each with the number that it has without the others."""
    return enumerate((trail for _, trail in claimed if trail.number >= known), start=known)


def _renumbered(files: Mapping[str, Standing], numbers: Mapping[int, int]) -> dict[str, Standing]:
    return {
        path: Standing(numbers[file.trail], file.blob)
        for path, file in files.items()
        if file.trail in numbers
    }


def go_on(told: Progress, facts: Mapping[Needed, VersionFacts], zone: tzinfo) -> Checkpoint:
    """Return what the steps that are `told` leave, given what versions say; days are those of `zone`."""
    states = dict(enumerate(told.before.documents if told.before else ()))
    sweeping = _sweeping(told, len(states))
    changed = [
        DocumentVersions(
            kind,
            _Versions(kind, trail.versions, told.landed, facts, sweeping),
            states.get(trail.number),
        )
        for kind, trail in told.trails
    ]
    for (_, trail), state in zip(told.trails, fold_versions(changed, zone=zone), strict=True):
        states[trail.number] = state
    length = (told.before.length if told.before else 0) + len(told.steps)
    last = told.landed[-1]
    return Checkpoint(last.commit, length, last.when, told.files, tuple(states.values()))


def _sweeping(told: Progress, known: int) -> frozenset[int]:
    """Return the steps that bring in documents written before: the root, and those that add many."""
    born = Counter(trail.versions[0].step for _, trail in told.trails if trail.number >= known)
    return frozenset(
        step for step, count in born.items() if count > SWEEPING or told.steps[step].commit.parent is None
    )


class _Versions(Sequence[Version]):
    """Versions of one document, each put together when it is asked for: of all at once there is too much."""

    def __init__(
        self,
        kind: str,
        versions: Sequence[TrailVersion],
        landed: Sequence[Landing],
        facts: Mapping[Needed, VersionFacts],
        sweeping: frozenset[int],
    ) -> None:
        self._kind = kind
        self._versions = versions
        self._landed = landed
        self._facts = facts
        self._sweeping = sweeping

    def __len__(self) -> int:
        return len(self._versions)

    @overload
    def __getitem__(self, index: int) -> Version: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Version]: ...
    def __getitem__(self, index: int | slice) -> Version | Sequence[Version]:
        if isinstance(index, slice):
            return [self._version(version) for version in self._versions[index]]
        return self._version(self._versions[index])

    def _version(self, version: TrailVersion) -> Version:
        sides = (
            Making(side.commit, side.committed, side.author, self._said(side.path, side.blob))
            for side in version.sides
        )
        return Version(
            self._landed[version.step],
            shown(version.path),
            version.blob,
            self._said(version.path, version.blob),
            tuple(sides),
            version.step in self._sweeping,
        )

    def _said(self, path: str, blob: str | None) -> VersionFacts | None:
        return self._facts[Needed(self._kind, path, blob)] if blob else None
