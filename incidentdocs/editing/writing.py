"""The door through which new files are written: whole or not at all, and never outside the repository."""

import os
from contextlib import suppress
from pathlib import Path, PurePosixPath

from incidentdocs.errors import UsageError


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
    draft = target.with_name(f".incidentdocs-{os.urandom(8).hex()}.tmp")
    try:
        _write(draft, content)
        _publish(draft, target, content)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


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
