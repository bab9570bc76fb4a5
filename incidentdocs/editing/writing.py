"""The door through which files are written: whole or not at all, and never outside the repository."""

import os
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath

from incidentdocs.errors import UsageError


class ChangedMeanwhile(UsageError):
    """A file holds something else than what was read of it: another program has written to it."""


def create(root: Path, relative: str, text: str) -> None:
    """Write `text` to a new file at `relative`, a path with forward slashes below the folder `root`.

    Missing folders are made. A run that is killed leaves the whole file or none. UsageError where
    something is there already, where a link leads out of `root`, or where the system refuses.
    """
    target = _target(root, relative)
    try:
        _make_folder(root, target.parent, relative)
        _write_new(target, text.encode("utf-8"))
    except FileExistsError as error:
        hint = "edit it, move it away, or choose another title"
        raise UsageError(f"{relative} exists already", hint=hint) from error
    except OSError as error:
        hint = "check the folders above it and their permissions"
        raise UsageError(f"{relative} cannot be written: {error.strerror}", hint=hint) from error


def replace(root: Path, relative: str, text: str, *, expected: bytes) -> None:
    """Write `text` in the place of `expected`, what the file at `relative` below `root` held when read.

    A run that is killed leaves the old file or the new one. The file's permissions stay; a link inside
    `root` stays one. UsageError where the file holds something else by now, is gone, may not be
    written or lies outside `root`, and where the system refuses.
    """
    target = _existing(root, _target(root, relative), relative)
    draft = _draft_beside(target)
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        _write(draft, text.encode("utf-8"))
        draft.chmod(mode)
        _refuse_change(target, expected, relative)
        draft.replace(target)
    except OSError as error:
        hint = "check the file, the folder that holds it, and their permissions"
        raise UsageError(f"{relative} cannot be written: {error.strerror}", hint=hint) from error
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def write_output(path: Path, text: str) -> None:
    """Write `text` to the file that somebody named for it, wherever it lies; what was there gives way.

    A run that is killed leaves the old file or the new one, and a link stays one. What is no regular file,
    such as a pipe, is written to. UsageError where there is no such folder, and where the system refuses.
    """
    refuse_output(path)
    target = Path(os.path.realpath(path))
    content = text.encode("utf-8", "backslashreplace")
    draft = _draft_beside(target)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        _write(draft, content)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except OSError as error:
        hint = "check the file, the folder that holds it, and their permissions"
        raise UsageError(f"{path} cannot be written: {error.strerror}", hint=hint) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def refuse_output(path: Path) -> None:
    """Raise UsageError where nothing can be written to `path` because there is no such place."""
    if not path.name or path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder", hint="make it first, or check the spelling")


def append(path: Path, text: str) -> None:
    """Put `text` at the end of a file that others write to as well."""
    with path.open("ab") as file:
        file.write(text.encode("utf-8", "backslashreplace"))


def _existing(root: Path, target: Path, relative: str) -> Path:
    """Return the file itself that `target`, which may be a link, is."""
    try:
        place = target.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        hint = "somebody has moved it: start again"
        raise UsageError(f"{relative} is not there any more", hint=hint) from error
    if not place.is_relative_to(root.resolve()):
        hint = "put the file itself in the place of the link, or change it where it lies"
        raise UsageError(f"{relative} lies outside the repository, behind a link", hint=hint)
    if not place.is_file() or not os.access(place, os.W_OK):
        hint = "make it a file that you may write"
        raise UsageError(f"{relative} may not be written", hint=hint)
    return place


def _refuse_change(target: Path, expected: bytes, relative: str) -> None:
    if target.read_bytes() != expected:
        hint = "start again: what is in it now is read then"
        raise ChangedMeanwhile(f"{relative} was changed in the meantime", hint=hint)


def _target(root: Path, relative: str) -> Path:
    path = PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in relative:
        raise UsageError(
            f"{relative!r} is no path below the repository", hint="name a file inside the repository"
        )
    return root.joinpath(*path.parts)


def _make_folder(root: Path, folder: Path, relative: str) -> None:
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        hint = "put a folder in the place of the link, or write there by hand"
        raise UsageError(f"{relative} would be written outside the repository, through a link", hint=hint)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        hint = "move away what is in the folder's place"
        raise UsageError(f"{relative} cannot be written: {error.filename} is no folder", hint=hint) from error


def _write_new(target: Path, content: bytes) -> None:
    if os.path.lexists(target):
        raise FileExistsError(target)
    draft = _draft_beside(target)
    try:
        _write(draft, content)
        _publish(draft, target, content)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _draft_beside(target: Path) -> Path:
    return target.with_name(f".incidentdocs-{os.urandom(8).hex()}.tmp")


def _publish(draft: Path, target: Path, content: bytes) -> None:
    try:
        os.link(draft, target)  # unlike a rename, it replaces nothing
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without hard links
        _write(target, content)


def _write(path: Path, content: bytes) -> None:
    """Write a new file, and take it away again where that fails half-way."""
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            path.unlink()
            raise
