"""What git prints, read as it comes; what a process leaves half printed is not read."""

from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from incidentdocs.history.chain import RawCommit, committed
from incidentdocs.history.commits import Status, Tag

COMMIT = ("--encoding=UTF-8", "--date=raw", "--format=%P%x00%an%x00%cd%x00%B%x00")
"""What makes `git rev-list` print commits as `read_commits` reads them."""

TAG = "%(objectname)%09%(*objectname)%09%(creatordate:raw)%09%(refname:strip=2)"
"""What makes `git for-each-ref` print tags as `read_tags` reads them."""

LARGEST_BLOB = 1_000_000
"""Bytes. No document is larger: what is holds a log or a database, and is not read into memory."""


class RawChange(NamedTuple):
    """What a commit did to one file; the fields are those of a `FileChange`, with the commit's id."""

    commit: str
    status: Status
    path: str
    blob: str | None
    before: str | None = None


def read_commits(stream: IO[bytes]) -> Iterator[tuple[str, RawCommit]]:
    """Yield the commits that `git rev-list` prints, with their ids."""
    fields = _fields(stream)
    for head, author, when, message in zip(fields, fields, fields, fields, strict=False):
        title, _, parents = head.lstrip(b"\n").partition(b"\n")
        name = title.removeprefix(b"commit ").decode()
        yield name, RawCommit(tuple(parents.decode().split()), author, when, message.rstrip(b"\n"))


def read_tags(printed: str) -> Iterator[Tag]:
    """Yield the tags that `git for-each-ref` prints; one of no commit has the id of what it names."""
    for line in printed.split("\n"):
        if line.count("\t") > 2:
            itself, tagged, when, name = line.split("\t", 3)
            yield Tag(name, tagged or itself, committed(when.encode(errors="replace")))


def read_changes(stream: IO[bytes]) -> Iterator[RawChange]:
    """Yield the changes of files that `git diff-tree --raw -z` prints; links and submodules are no files.

    A merge that is compared with all its parents tells what differs from each of them.
    """
    commit = ""
    fields = _fields(stream)
    for field in fields:
        if not field.startswith(b":"):
            commit = field.decode()
            continue
        *told, status = field.lstrip(b":").split(b" ")
        modes, blobs = told[: len(told) // 2], told[len(told) // 2 :]
        # Compared with all its parents, a merge tells only where a file is now.
        moved = len(modes) == 2 and status[:1] in b"RC"
        before = _path(fields) if moved else None
        path = _path(fields)
        if change := _status(modes, before):
            renamed = before if change == "renamed" else None
            yield RawChange(
                commit, change, path, None if change == "deleted" else blobs[-1].decode(), renamed
            )


_FILES = frozenset({b"100644", b"100664", b"100755"})


def _status(modes: Sequence[bytes], before: str | None) -> Status | None:
    """Return what became of a file with these modes: in the parents, and last in the commit."""
    if modes[-1] not in _FILES:
        return "deleted" if _FILES.intersection(modes) else None
    if not _FILES.intersection(modes[:-1]):
        return "added"
    return "changed" if before is None else "renamed"


def read_blobs(stream: IO[bytes], largest: int = LARGEST_BLOB) -> Iterator[tuple[str, bytes | None]]:
    """Yield the blobs that `git cat-file --batch` prints, with their ids: None for one that is not there.

    One of more than `largest` bytes, more than any document has, is empty.
    """
    while head := stream.readline():
        name, _, *size = head.decode().split()
        yield name, _content(stream, int(size[0]), largest) if size else None


def read_sizes(stream: IO[bytes]) -> Iterator[tuple[str, int]]:
    """Yield the ids of the blobs that `git cat-file --batch-check` finds, with how many bytes each has."""
    for line in stream:
        name, _, *size = line.decode().split()
        if size:
            yield name, int(size[0])


def _content(stream: IO[bytes], size: int, largest: int) -> bytes:
    if size <= largest:
        return stream.read(size + 1)[:size]
    left = size + 1
    while left and (passed := len(stream.read(min(left, _CHUNK)))):
        left -= passed
    return b""


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the fields of `stream`, each of which a NUL byte ends."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


_CHUNK = 1 << 20


def _path(fields: Iterator[bytes]) -> str:
    return next(fields, b"").decode(errors="surrogateescape")
