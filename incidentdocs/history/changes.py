"""The steps of a chain, folded into the trail of each file: through renames, deletions and returns (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from incidentdocs.history.commits import ChainStep, FileChange, SideChange, Trail, TrailVersion


def fold(steps: Iterable[ChainStep]) -> tuple[Trail, ...]:
    """Return the trail of every file that `steps`, oldest first, tell of, in the order of their births.

    A file that comes back under the path where it was deleted goes on; any other that is added is born.
    """
    trails = _Trails()
    for index, step in enumerate(steps):
        if step.changes:
            trails.take(index, step)
    return tuple(Trail(tuple(versions)) for versions in trails.all)


class _Trails:
    """The trails so far: `all` of them, and by path those of the files that are there and that are gone."""

    def __init__(self) -> None:
        self.all: list[list[TrailVersion]] = []
        self._there: dict[str, list[TrailVersion]] = {}
        self._gone: dict[str, list[TrailVersion]] = {}

    def take(self, index: int, step: ChainStep) -> None:
        """Add what the step with this index does, all of it at once."""
        changes = [change for told in step.changes for change in self._understood(told)]
        sides = _sides_of(changes, step.sides)
        # What goes makes room for what comes.
        taken = {change.path: self._taken(change) for change in changes}
        for change in changes:
            trail = taken[change.path]
            trail.append(TrailVersion(index, change.path, change.blob, sides.get(change.path, ())))
            (self._gone if change.blob is None else self._there)[change.path] = trail

    def _understood(self, change: FileChange) -> Sequence[FileChange]:
        """Return `change`, or what it is where a rename brings back, to the byte, what was deleted there."""
        gone = self._gone.get(change.path)
        if change.status != "renamed" or not change.before or not gone or gone[-2].blob != change.blob:
            return (change,)
        deleted = FileChange("deleted", change.before, None)
        return (deleted, FileChange("added", change.path, change.blob))

    def _taken(self, change: FileChange) -> list[TrailVersion]:
        """Return the trail that `change` goes on with, taken from where it was, or a new one."""
        trail = self._there.pop(change.before or change.path, None)
        if trail is None and change.blob is not None:
            trail = self._gone.pop(change.path, None)
        if trail is None:
            trail = []
            self.all.append(trail)
        return trail


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
