"""What git tells of commits and files, before anything is understood of documents."""

from datetime import datetime
from typing import Literal, NamedTuple

Status = Literal["added", "changed", "deleted", "renamed"]


class ChainCommit(NamedTuple):
    """A commit of the chain that is walked; `parent` is the one that the walk follows, None for the root.

    `others` are its other parents, whose commits it lands. Dates are aware.
    """

    id: str
    parent: str | None
    others: tuple[str, ...]
    author: str
    committed: datetime
    message: str


class Tag(NamedTuple):
    """A tag: its name, the id of the commit that it names, and when it was made (aware)."""

    name: str
    commit: str
    made: datetime


class FileChange(NamedTuple):
    """What a commit did to one file, against the parent that the walk follows.

    `path` is the file's path after the commit (before it, for a deletion), with bytes that are no
    UTF-8 as surrogate escapes; `before` is the path before a rename. `blob` is None for a deletion.
    """

    status: Status
    path: str
    blob: str | None
    before: str | None = None


class SideChange(NamedTuple):
    """A commit that a merge landed, and the blob that it gave a file (None: deleted).

    `before` is the path before a rename; `message` is the commit's whole message.
    """

    commit: str
    committed: datetime
    author: str
    path: str
    blob: str | None
    before: str | None = None
    message: str = ""


class ChainStep(NamedTuple):
    """A commit of the chain with what it did to documents; `sides` are oldest first."""

    commit: ChainCommit
    changes: tuple[FileChange, ...]
    sides: tuple[SideChange, ...] = ()


class TrailVersion(NamedTuple):
    """One file at one step of the chain; `blob` is None where the step deletes it."""

    step: int
    path: str
    blob: str | None
    sides: tuple[SideChange, ...] = ()


class Trail(NamedTuple):
    """One file through time, through renames, deletions and returns; files are numbered by their births.

    Of a file that was born before the steps that were asked about, `versions` are those of these steps.
    """

    number: int
    versions: tuple[TrailVersion, ...]

    @property
    def path(self) -> str:
        """The last path that the file had."""
        return self.versions[-1].path

    @property
    def alive(self) -> bool:
        """Whether the file is there after the last step."""
        return self.versions[-1].blob is not None
