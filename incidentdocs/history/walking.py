"""What the commits of a chain did to some files, asked of git in a few passes over the whole chain."""

import os.path
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from incidentdocs.history.chain import RawCommit, committed, landed_by, text_of
from incidentdocs.history.commits import ChainCommit, ChainStep, FileChange, SideChange
from incidentdocs.history.git_output import RawChange, read_changes
from incidentdocs.history.git_process import GitProcesses

_MOST_PATHS = 50
"""Git compares every file with every path that it is limited to: where there are more, folders are named."""

_DIFF = (
    "--stdin",
    "-r",
    "--raw",
    "-z",
    "--root",
    "--no-abbrev",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
)

Tracked = Callable[[str], bool]


class NotContinuous(Exception):
    """What came after a commit cannot be told without what came before it: walk the whole chain."""


def walk(
    git: GitProcesses,
    chain: Sequence[ChainCommit],
    commits: dict[str, RawCommit],
    tracked: Tracked,
    pathspecs: Sequence[str],
    *,
    whole: bool = True,
) -> Iterator[ChainStep]:
    """Yield a step for each commit of the chain, with what it did to files whose path is `tracked`.

    What a tracked file was before it came from another path is told under that path. `pathspecs`
    must match every tracked path (none match all), and `commits` are the newest first, no commit after
    its parents. GitFailed where git cannot read an object; NotContinuous where the chain is not the whole
    one and a file came from an untracked path.
    """
    changes = _Changes(git, chain, tracked)
    changes.read(pathspecs)
    if changes.outside and not whole:
        raise NotContinuous
    found = changes.found()
    limits = [*pathspecs, *_pathspecs(changes.outside)] if pathspecs else []
    sides = _sides(git, chain, commits, found, limits)
    for index, commit in enumerate(chain):
        yield ChainStep(commit, found.get(index, ()), sides.get(index, ()))


class _Changes:
    """The changes of the chain to the files that are followed, by the index of their commit.

    `outside` holds, for each path that is followed though it is not tracked, the index of the last
    commit that took a file from there: what it was later is another file.
    """

    def __init__(self, git: GitProcesses, chain: Sequence[ChainCommit], tracked: Tracked) -> None:
        self.outside: dict[str, int] = {}
        self._git = git
        self._chain = chain
        self._index = {commit.id: index for index, commit in enumerate(chain)}
        self._tracked = tracked
        self._plain: dict[int, dict[str, RawChange]] = defaultdict(dict)
        self._renames: dict[int, dict[str, RawChange]] = {}

    def read(self, pathspecs: Sequence[str]) -> None:
        """Read what happened to the tracked files, and to those that became tracked ones."""
        fresh = self._read(len(self._chain), pathspecs, self._tracked)
        while fresh:
            self._look_for_renames(fresh)
            sought = self._sought(fresh)
            self.outside |= sought
            until = max(sought.values(), default=0)
            fresh = self._read(until, _pathspecs(sought), sought.__contains__) if sought else []

    def found(self) -> dict[int, tuple[FileChange, ...]]:
        """Return what has been read, by index, in the order of the paths."""
        return {index: tuple(self._of(index)) for index in self._plain}

    def _of(self, index: int) -> Iterator[FileChange]:
        renames = self._renames.get(index, {})
        changes = {path: renames.get(path, change) for path, change in self._plain[index].items()}
        gone = {change.before for change in changes.values()}
        for path in sorted(changes.keys() - gone):
            yield FileChange(*changes[path][1:])

    def _read(self, until: int, pathspecs: Sequence[str], follows: Tracked) -> list[RawChange]:
        """Read the changes before the commit with the index `until`, and return those that add a file."""
        added = []
        for change in self._diff(range(until), "--no-renames", "--", *pathspecs):
            index = self._index[change.commit]
            outside = self.outside.get(change.path)
            if follows(change.path) and (outside is None or index < outside):
                self._plain[index][change.path] = change
                if change.status == "added":
                    added.append(change)
        return added

    def _look_for_renames(self, added: Iterable[RawChange]) -> None:
        new = {self._index[change.commit] for change in added} - self._renames.keys()
        self._renames.update((index, {}) for index in new)
        # Without a limit of paths: the file may come from anywhere.
        for change in self._diff(sorted(new), "-M", "-l0", "--diff-filter=R"):
            if change.status == "renamed":
                self._renames[self._index[change.commit]][change.path] = change

    def _sought(self, added: Iterable[RawChange]) -> dict[str, int]:
        """Return the untracked paths that `added` files came from and that are not followed so far."""
        sought: dict[str, int] = {}
        for change in added:
            index = self._index[change.commit]
            origin = self._renames[index].get(change.path)
            before = origin.before if origin else None
            if before and not self._tracked(before) and index > self.outside.get(before, -1):
                sought[before] = max(index, sought.get(before, 0))
        return sought

    def _diff(self, indexes: Iterable[int], *arguments: str) -> Iterator[RawChange]:
        lines = [
            f"{commit.id} {commit.parent or ''}".rstrip() for commit in map(self._chain.__getitem__, indexes)
        ]
        if lines:
            with self._git.stream("diff-tree", *_DIFF, *arguments, lines=lines) as stream:
                yield from read_changes(stream)


def _sides(
    git: GitProcesses,
    chain: Sequence[ChainCommit],
    commits: dict[str, RawCommit],
    found: Mapping[int, Sequence[FileChange]],
    pathspecs: Sequence[str],
) -> dict[int, tuple[SideChange, ...]]:
    """Return, for each merge that changed a followed file, what its commits did to them, oldest first."""
    merge_of = {id: index for index, landed in landed_by(chain, commits) if index in found for id in landed}
    oldest_first = [id for id in reversed(commits) if id in merge_of]
    sides: dict[int, list[SideChange]] = defaultdict(list)
    if oldest_first:
        with git.stream(
            "diff-tree", *_DIFF, "-c", "-M", "-l0", "--", *pathspecs, lines=oldest_first
        ) as stream:
            for change in read_changes(stream):
                sides[merge_of[change.commit]].append(_side(change, commits[change.commit]))
    return {index: tuple(changes) for index, changes in sides.items()}


def _side(change: RawChange, commit: RawCommit) -> SideChange:
    return SideChange(
        commit=change.commit,
        committed=committed(commit.when),
        author=text_of(commit.author),
        path=change.path,
        blob=change.blob,
        before=change.before,
        message=text_of(commit.message),
    )


def _pathspecs(paths: Collection[str]) -> list[str]:
    """Return what limits git to `paths`, or to the folders that hold them where they are many."""
    limits = set(paths)
    while len(limits) > _MOST_PATHS:
        limits = {os.path.dirname(path) for path in limits}
    return [f":(top,literal){path}" if path else ":(top)" for path in sorted(limits)]
