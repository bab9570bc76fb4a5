"""What the working tree holds beyond `HEAD`, as the step after the last one of the chain."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import PurePosixPath
from typing import NamedTuple

from incidentdocs.history.commits import ChainCommit, ChainStep, FileChange
from incidentdocs.history.values import UNCOMMITTED, Landing

WorkingTree = Mapping[str, bytes | None]
"""The documents' files as they lie on disk: each one's content by git's path, None where none can be read."""


class Uncommitted(NamedTuple):
    """The step that the working tree is, and the content of the blobs that no commit has."""

    step: ChainStep
    blobs: Mapping[str, bytes]


def uncommitted(tree: WorkingTree, before: Mapping[str, str], revision: str) -> Uncommitted:
    """Return what `tree` does to the files that are there at `revision`, whose blobs `before` gives by path.

    An unreadable file is taken as it was. A file that is gone was renamed where another one has come with the
    same content, else with the same name in another folder.
    """
    contents = {blob_id(content, revision): content for content in tree.values() if content is not None}
    after = {
        path: before.get(path, "") if content is None else blob_id(content, revision)
        for path, content in tree.items()
    }
    changes = tuple(_changes(before, {path: blob for path, blob in after.items() if blob}))
    new = {change.blob for change in changes}
    commit = ChainCommit(UNCOMMITTED, revision, (), "", datetime.max.replace(tzinfo=UTC), "")
    blobs = {blob: content for blob, content in contents.items() if blob in new}
    return Uncommitted(ChainStep(commit, changes), blobs)


def uncommitted_landing(last: datetime, today: date, zone: tzinfo) -> Landing:
    """Return how the working tree counts: from the beginning of today on, but not before `last`."""
    when = max(last, datetime.combine(today, datetime.min.time(), zone))
    return Landing(UNCOMMITTED, when, "", UNCOMMITTED, when)


def blob_id(content: bytes, like: str) -> str:
    """Return the id that git gives to a file's content in a repository that has an id `like` this one."""
    digest = hashlib.sha1(usedforsecurity=False) if len(like) == 40 else hashlib.sha256()
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest()


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[FileChange]:
    gone = [path for path in before if path not in after]
    come = [path for path in after if path not in before]
    origins = dict(_renames(gone, come, before, after))
    for path in sorted(after):
        if path in origins:
            yield FileChange("renamed", path, after[path], origins[path])
        elif path not in before:
            yield FileChange("added", path, after[path])
        elif after[path] != before[path]:
            yield FileChange("changed", path, after[path])
    yield from (FileChange("deleted", path, None) for path in sorted({*gone} - {*origins.values()}))


def _renames(
    gone: Collection[str], come: Collection[str], before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the paths that files have come to, each with the path that the file is gone from."""
    left, new = dict.fromkeys(gone), dict.fromkeys(come)
    keys = ((before.__getitem__, after.__getitem__), (_name, _name))
    for key_before, key_after in keys:
        by_key = {key_before(path): path for path in left}
        for path in list(new):
            origin = by_key.pop(key_after(path), None)
            if origin is not None:
                del left[origin], new[path]
                yield path, origin


def _name(path: str) -> str:
    return PurePosixPath(path).name
