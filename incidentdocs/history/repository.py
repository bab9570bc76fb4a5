"""The one door to git: a repository is read, whatever the user's git is set up to do."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path

from incidentdocs.errors import HistoryIncomplete, IncidentdocsError, UsageError, did_you_mean
from incidentdocs.history.chain import RawCommit, chain_from, text_of
from incidentdocs.history.commits import ChainCommit, ChainStep, Tag
from incidentdocs.history.git_output import (
    COMMIT,
    LARGEST_BLOB,
    TAG,
    read_blobs,
    read_changes,
    read_commits,
    read_sizes,
    read_tags,
)
from incidentdocs.history.git_process import Answer, GitFailed, GitProcesses, failure
from incidentdocs.history.walking import NotContinuous, walk

__all__ = ["Checkout", "GitFailed", "NotARepository", "NotContinuous"]

_READING = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    # Nothing is fetched: a git that does not know the first finds every way closed by the second.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}

_READING_OPTIONS = (
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.fsmonitor=false",
    "gc.auto=0",
    "maintenance.auto=false",
)


class NotARepository(UsageError):
    """The folder is in no git repository."""


class Checkout:
    """A git repository that is read: `root` is its working tree's top folder, of a `bare` one the repository.

    Nothing in it is changed, and no object is fetched. Paths are relative to the top folder; bytes in
    them that are no UTF-8 are surrogate escapes.
    """

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        self.bare = bare
        # Whom the user trusts (`safe.directory`) is told by the user's own settings only.
        self._git = GitProcesses(
            root,
            options=_READING_OPTIONS,
            environment=_READING,
            keeps=lambda name: name.startswith("GIT_CONFIG_") or name == "GIT_CEILING_DIRECTORIES",
        )

    def __reduce__(self) -> "tuple[object, ...]":
        """Let another process read the same repository with processes of its own."""
        return partial(Checkout, bare=self.bare), (self.root,)

    @classmethod
    def open(cls, folder: Path) -> "Checkout":
        """Return the checkout that holds `folder`.

        NotARepository where none does; IncidentdocsError where git does not trust its owner, with the
        command that makes it; GitFailed where git is missing or cannot read it.
        """
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder", hint="check the spelling of the path")
        asking = cls(folder)
        answer = asking._git.ask(
            "rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--absolute-git-dir"
        )
        if answer.status:
            raise _not_opened(folder, answer)
        _, inside, git_dir = answer.printed.split("\n", 2)
        if inside != "true":
            return cls(Path(git_dir), bare=True)
        return cls(Path(asking._git.run("rev-parse", "--show-toplevel")))

    def revision(self, name: str = "HEAD") -> str | None:
        """Return the id of the commit that `name` names, None for a HEAD that has no commit yet.

        UsageError, with the nearest name there is, for what names no commit.
        """
        if not name.startswith(("-", "^")) and "\0" not in name:
            answer = self._git.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if not answer.status:
                return answer.printed
        if name in ("HEAD", "@") and self._unborn():
            return None
        raise self._unknown(name)

    @property
    def complete(self) -> bool:
        """Whether all of the history is there: this is no shallow clone, and no object was left out."""
        return not (self.shallow or (self._partial and self._lacks_objects()))

    def incomplete(self) -> HistoryIncomplete:
        """Return the error to raise where the whole history is needed and is not there."""
        if self.shallow:
            return HistoryIncomplete(
                "the repository is a shallow clone: its history is not complete", hint=_UNSHALLOW
            )
        return HistoryIncomplete(
            "the repository is a partial clone: some objects are not there", hint=_REFETCH
        )

    def steps(
        self,
        revision: str,
        *,
        tracked: Callable[[str], bool],
        pathspecs: Sequence[str],
        after: str | None = None,
    ) -> Iterator[ChainStep]:
        """Yield the commits of the chain of `revision`, oldest first, with what they did to `tracked` paths.

        `pathspecs` match at least the tracked paths; none match all. With `after`, an id, the steps are those
        after that commit; NotContinuous where it is not on the chain, or where a file came from an untracked
        path, whose past is to be read. HistoryIncomplete where an object is missing in a clone that left
        some out, GitFailed where one is missing or broken in another.
        """
        try:
            commits = self._commits(revision, after)
            chain = chain_from(revision, commits, self.main_branches, after=after)
            if chain is None:
                raise NotContinuous
            yield from walk(self._git, chain, commits, tracked, pathspecs, whole=after is None)
        except GitFailed as error:
            raise self._told(error) from error

    def chain(self, revision: str) -> tuple[ChainCommit, ...]:
        """Return the commits of the chain of `revision`, oldest first, without what they did."""
        return chain_from(revision, self._commits(revision, None), self.main_branches) or ()

    def beyond(self, after: str, revision: str) -> Collection[str]:
        """Return the ids of the commits that `revision` reaches, and `after` does not."""
        return self._commits(revision, after).keys()

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags, by name."""
        return tuple(read_tags(self._git.run("for-each-ref", f"--format={TAG}", "refs/tags")))

    def uncommitted(self, pathspecs: Sequence[str]) -> tuple[str, ...]:
        """Return the paths that `pathspecs` match at which the working tree is another than `HEAD`."""
        arguments = ("-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all")
        answer = self._git.ask("status", "--porcelain=v1", *arguments, "--", *pathspecs)
        return tuple(entry[3:] for entry in answer.printed.split("\0") if entry)

    def tree(self, revision: str, pathspecs: Sequence[str]) -> dict[str, str]:
        """Return the blob of every file of `revision` that `pathspecs` match, by path."""
        nothing = _EMPTY_TREES[len(revision)]
        arguments = ("-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-relative")
        try:
            with self._git.stream("diff-tree", *arguments, nothing, revision, "--", *pathspecs) as stream:
                return {change.path: change.blob for change in read_changes(stream) if change.blob}
        except GitFailed as error:
            raise self._told(error) from error

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Return how many bytes each blob has, of those that are there; it raises what `steps` does."""
        try:
            with self._git.stream("cat-file", "--batch-check", "--buffer", lines=ids) as stream:
                return dict(read_sizes(stream))
        except GitFailed as error:
            raise self._told(error) from error

    def blobs(self, ids: Iterable[str], largest: int = LARGEST_BLOB) -> Iterator[tuple[str, bytes]]:
        """Yield each blob with its content, in the order of `ids`.

        One of more than `largest` bytes, without it one too large for a document, is empty. It raises what
        `steps` does.
        """
        try:
            with self._git.stream("cat-file", "--batch", "--buffer", lines=ids) as stream:
                for name, content in read_blobs(stream, largest):
                    if content is None:
                        raise GitFailed(f"git cat-file: the blob {name} is missing", hint=_FSCK)
                    yield name, content
        except GitFailed as error:
            raise self._told(error) from error

    def messages(self, commits: Collection[str]) -> dict[str, str]:
        """Return the whole message of each of the `commits`, by id; it raises what `steps` does."""
        return self._messages("--no-walk", "--stdin", lines=commits) if commits else {}

    def messages_with(self, words: str, revision: str, after: str | None = None) -> dict[str, str]:
        """Return the messages in what `revision` reaches of which a line begins with `words`.

        What `after` reaches is left out.
        """
        wanted = _range(revision, after)
        return self._messages("--basic-regexp", "--regexp-ignore-case", f"--grep=^{words}", *wanted)

    def reaches(self, revision: str, commit: str) -> bool:
        """Return whether `commit` is `revision` or one of its ancestors."""
        return not self._git.ask("merge-base", "--is-ancestor", commit, revision).status

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the newest commit that two commits both come from, None where they have none in common.

        HistoryIncomplete where it may be among what a shallow clone left out.
        """
        answer = self._git.ask("merge-base", one, other)
        if answer.status > 1 or (answer.status and self.shallow):
            raise self._told(failure("merge-base", answer.complaint))
        return answer.printed or None

    def _messages(self, *wanted: str, lines: Collection[str] = ()) -> dict[str, str]:
        try:
            with self._git.stream("rev-list", *COMMIT, *wanted, "--", lines=lines) as stream:
                return {id: text_of(commit.message) for id, commit in read_commits(stream)}
        except GitFailed as error:
            raise self._told(error) from error

    def _commits(self, revision: str, after: str | None) -> dict[str, RawCommit]:
        """Return every commit that `revision` reaches, and `after` does not, newest first."""
        wanted = _range(revision, after)
        with self._git.stream("rev-list", "--date-order", *COMMIT, *wanted, "--") as stream:
            return dict(read_commits(stream))

    @cached_property
    def main_branches(self) -> set[str]:
        """The names that the main line may have."""
        told = self._git.run(
            "for-each-ref", "--format=%(refname) %(symref)", "refs/heads", "refs/remotes/*/HEAD"
        )
        refs = dict(line.split(" ", 1) for line in told.split("\n") if line)
        remotes = {symref.split("/", 3)[3] for symref in refs.values() if symref.startswith("refs/remotes/")}
        if not remotes and not USUAL_MAIN_BRANCHES & {name.removeprefix("refs/heads/") for name in refs}:
            # Elsewhere HEAD names whatever is being worked on, whose merges are not those of a main line.
            head = self._git.ask("symbolic-ref", "--quiet", "HEAD").printed
            return {*USUAL_MAIN_BRANCHES, head.removeprefix("refs/heads/")}
        return USUAL_MAIN_BRANCHES | remotes

    @cached_property
    def shallow(self) -> bool:
        """Whether the history was cut off when it was cloned."""
        return self._git.run("rev-parse", "--is-shallow-repository") == "true"

    @cached_property
    def _partial(self) -> bool:
        promised = r"^(extensions\.partialclone|remote\..*\.promisor)$"
        return not self._git.ask("config", "--get-regexp", promised).status

    def _lacks_objects(self) -> bool:
        head = self.revision()
        if head is None:
            return False
        arguments = ("--objects", "--no-object-names", "--missing=print", head, "--")
        with self._git.stream("rev-list", *arguments) as stream:
            return any(line.startswith(b"?") for line in stream)

    def _told(self, error: GitFailed) -> IncidentdocsError:
        return self.incomplete() if self.shallow or self._partial else GitFailed(error.message, hint=_FSCK)

    def _unborn(self) -> bool:
        answer = self._git.ask("log", "-1", "--format=%H")
        if answer.status and "does not have any commits yet" not in answer.complaint:
            raise self._told(failure("log", answer.complaint))
        return bool(answer.status)

    def _unknown(self, name: str) -> UsageError:
        told = self._git.run(
            "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
        )
        otherwise = "name a branch, a tag or a commit that is there"
        hint = did_you_mean(name, told.split("\n"), otherwise=otherwise)
        return UsageError(f"no commit is called {name}", hint=hint)


USUAL_MAIN_BRANCHES = {"main", "master"}

_EMPTY_TREES = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""Git knows them without having them, by the length of the ids."""

_UNSHALLOW = (
    "run `git fetch --unshallow`; in CI, check out with `fetch-depth: 0` (actions/checkout on Forgejo and "
    "GitHub) or set the job's variable `GIT_DEPTH: 0` (GitLab)"
)
_REFETCH = (
    "run `git fetch --refetch --no-filter`; in CI, check out without `filter` (actions/checkout on Forgejo "
    "and GitHub) or without `--filter` among `GIT_CLONE_EXTRA_FLAGS` (GitLab)"
)
_FSCK = "the repository is damaged: `git fsck` tells what is missing, a fresh clone mends it"


def _range(revision: str, after: str | None) -> list[str]:
    """Return what names the commits that `revision` reaches, and `after` does not."""
    return [revision, *([f"^{after}"] if after else [])]


def _not_opened(folder: Path, answer: Answer) -> IncidentdocsError:
    remedy = [line.strip() for line in answer.complaint.splitlines() if "--add safe.directory" in line]
    if remedy:
        return IncidentdocsError(
            f"{folder}: git does not trust the owner of this repository", hint=f"run `{remedy[-1]}`"
        )
    if "not a git repository" in answer.complaint:
        return NotARepository(
            f"{folder} is in no git repository", hint="run incidentdocs in a git repository"
        )
    return failure("rev-parse", answer.complaint)
