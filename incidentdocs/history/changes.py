"""The steps of a chain, folded into the trail of each file: through renames, deletions and returns (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.history.commits import ChainStep, FileChange, SideChange, Trail, TrailVersion


class Standing(NamedTuple):
    """A file after a step: its trail's number, and the last blob that it had."""

    trail: int
    blob: str


class Files(NamedTuple):
    """How the files stand after a step, by path: those that are there, and those that are gone."""

    there: Mapping[str, Standing] = {}
    gone: Mapping[str, Standing] = {}


class Folded(NamedTuple):
    """The trails of the files that some steps change, in the order of their births, and what they leave."""

    trails: tuple[Trail, ...]
    files: Files


def fold(steps: Iterable[ChainStep], files: Files | None = None, count: int = 0) -> Folded:
    """Return the trails of the files that `steps`, oldest first, change.

    `files` are what the steps before these have left of `count` trails, None where these are the first. A
    file that comes back under the path where it was deleted goes on; any other that is added is born.
    """
    trails = _Trails(files or Files(), count)
    for index, step in enumerate(steps):
        if step.changes:
            trails.take(index, step)
    told = (Trail(number, tuple(versions)) for number, versions in sorted(trails.versions.items()))
    return Folded(tuple(told), trails.files())


class _Trails:
    """The versions so far of each trail, by its number."""

    def __init__(self, files: Files, count: int) -> None:
        self.versions: dict[int, list[TrailVersion]] = {}
        self._there = dict(files.there)
        self._gone = dict(files.gone)
        self._count = count

    def files(self) -> Files:
        """Return how the files stand."""
        return Files(self._there, self._gone)

    def take(self, index: int, step: ChainStep) -> None:
        """Add what the step with this index does, all of it at once."""
        changes = [change for told in step.changes for change in self._understood(told)]
        sides = _sides_of(changes, step.sides)
        # What goes makes room for what comes.
        taken = {change.path: self._taken(change) for change in changes}
        for change in changes:
            trail, blob = taken[change.path]
            version = TrailVersion(index, change.path, change.blob, sides.get(change.path, ()))
            self.versions.setdefault(trail, []).append(version)
            stands = self._gone if change.blob is None else self._there
            stands[change.path] = Standing(trail, change.blob or blob)

    def _understood(self, change: FileChange) -> Sequence[FileChange]:
        """Return `change`, or what it is where a rename brings back, to the byte, what was deleted there."""
        gone = self._gone.get(change.path)
        if change.status != "renamed" or not change.before or not gone or gone.blob != change.blob:
            return (change,)
        deleted = FileChange("deleted", change.before, None)
        return (deleted, FileChange("added", change.path, change.blob))

    def _taken(self, change: FileChange) -> Standing:
        """Return the file that `change` goes on with, taken from where it stood, or a new one."""
        file = self._there.pop(change.before or change.path, None)
        if file is None and change.blob is not None:
            file = self._gone.pop(change.path, None)
        if file is None:
            file = Standing(self._count, "")
            self._count += 1
        return file


def _sides_of(
    changes: Sequence[FileChange], sides: Sequence[SideChange]
) -> Mapping[str, tuple[SideChange, ...]]:
    """Return, by the path of each change, the `sides` that touched the file, under any name it had there."""
    if not sides:
        return {}
    owners = {name: change.path for change in changes for name in (change.before, change.path) if name}
    found = defaultdict(list)
    for side in reversed(sides):
        owner = owners.get(side.path)
        if owner is not None:
            found[owner].append(side)
            if side.before:
                owners.setdefault(side.before, owner)
    return {path: tuple(reversed(of)) for path, of in found.items()}
