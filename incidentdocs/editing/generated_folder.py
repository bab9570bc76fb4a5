"""A folder that the program makes: never anything of somebody else is written over, or taken away."""

import os
import stat
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from incidentdocs.errors import UsageError

MANIFEST = ".incidentdocs-generated"
"""The file that names what the program has written into a folder, a path a line: only that is replaced."""


def write_folder(folder: Path, paths: Collection[str], files: Iterable[tuple[str, bytes]]) -> None:
    """Make `folder` hold `files`, and of an earlier run nothing else.

    They are pairs of a path below it, with forward slashes, and a content; `paths` are those of all. A file
    is replaced in one step; one that is as it should be is not touched. UsageError, before anything is
    written, where the folder holds other files and none that tells that the program made it, where something
    of somebody else's is in the way, and behind links; UsageError too where the system refuses.
    """
    earlier = _earlier(folder)
    for path in paths:
        _refuse_in_the_way(folder, path, earlier)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # All that may be there from now on is named first: a run that is killed can be made good by the next.
        _write(folder, MANIFEST, "".join(f"{path}\n" for path in sorted({*earlier, *paths})).encode())
        for path, content in files:
            _write(folder, path, content)
        for path in earlier.difference(paths):
            _remove(folder, path)
        _write(folder, MANIFEST, "".join(f"{path}\n" for path in sorted(paths)).encode())
    except OSError as error:
        hint = "check the folder, its permissions, and the room on the disk"
        raise UsageError(
            f"{error.filename or folder} cannot be written: {error.strerror}", hint=hint
        ) from error


def _earlier(folder: Path) -> set[str]:
    """Return the paths of what an earlier run has written into the folder."""
    if not os.path.lexists(folder):
        return set()
    if folder.is_symlink() or not folder.is_dir():
        raise UsageError(f"{folder} is no folder of its own", hint="name a folder that is new, or empty")
    manifest = folder / MANIFEST
    if manifest.is_file() and not manifest.is_symlink():
        text = manifest.read_text(encoding="utf-8", errors="replace")
        return {path for path in text.splitlines() if _is_inside(path)}
    if any(folder.iterdir()):
        hint = "name a folder that is new, or empty: what others have written is never replaced"
        raise UsageError(f"{folder} holds files that incidentdocs has not written", hint=hint)
    return set()


def _is_inside(path: str) -> bool:
    """Return whether a path of the manifest, which anybody may have changed, stays below the folder."""
    return bool(path) and not os.path.isabs(path) and ".." not in path.split("/") and "\0" not in path


def _refuse_in_the_way(folder: Path, path: str, earlier: set[str]) -> None:
    assert _is_inside(path)
    place = folder
    *parents, name = path.split("/")
    for parent in parents:
        place /= parent
        if os.path.lexists(place) and not stat.S_ISDIR(place.lstat().st_mode):
            raise UsageError(
                f"{place} is in the way of a folder", hint="move it away, or name another folder"
            )
    place /= name
    if os.path.lexists(place) and (path not in earlier or not stat.S_ISREG(place.lstat().st_mode)):
        raise UsageError(
            f"{place} is not of incidentdocs' making", hint="move it away, or name another folder"
        )


def _write(folder: Path, path: str, content: bytes) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_file() and place.read_bytes() == content:
        return
    draft = place.with_name(f".incidentdocs-{os.urandom(8).hex()}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _remove(folder: Path, path: str) -> None:
    place = folder / path
    inner = [parent for parent in place.parents if parent.is_relative_to(folder) and parent != folder]
    if any(parent.is_symlink() for parent in inner):
        return
    place.unlink(missing_ok=True)
    for parent in inner:
        with suppress(OSError):  # something is left in it
            parent.rmdir()
