"""Which incident a command is about: the one that is open, or the one that its user names."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from incidentdocs.commands.changing import unreadable
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import is_resolved
from incidentdocs.documents.titles import fold
from incidentdocs.errors import UsageError, nearest
from incidentdocs.output.wording import first_few
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.workspace import File, Workspace

OPEN = "incidentdocs incident open 'What broke' --severity SEV1"
_MARK = b"\xef\xbb\xbf"


def incident_files(workspace: Workspace) -> tuple[File, ...]:
    """Return the files of the documents about incidents, by path."""
    kinds = kinds_of(workspace.profiles.values(), "incident")
    return tuple(file for file in workspace.select(()).files if file.kind in kinds)


def open_incidents(workspace: Workspace, files: Sequence[File]) -> Iterator[Document]:
    """Yield the documents among `files` of incidents that are not resolved yet, by path."""
    for document in not_known_to_be_over(workspace, files):
        if not document.problems:
            yield document


def not_known_to_be_over(workspace: Workspace, files: Sequence[File]) -> Iterator[Document]:
    """Yield the documents among `files` of incidents that are not resolved yet, or cannot be read, by path.

    What a front matter says already is not asked of the whole document.
    """
    for file in files:
        head = head_of(workspace.content(file))
        if head and is_resolved(workspace.read(file._replace(given=head))):
            continue
        document = workspace.read(file)
        if document.problems or not is_resolved(document):
            yield document


def head_of(content: bytes | None) -> bytes:
    """Return the front matter of a file's content, nothing where it has none."""
    bare = (content or b"").removeprefix(_MARK)
    end = bare.find(b"\n---", 3) if bare.startswith(b"---") else -1
    return bare[: end + len(b"\n---")] + b"\n" if end > 0 else b""


def incident_for(workspace: Workspace, name: str | None, start: Path, *, command: str) -> File:
    """Return the incident that `name` names from the folder `start`, else the only one that is open.

    It is a path, a file's name, or any part of one that only one incident's name has; of several, the open
    one is meant. `command` is what to type before the name, as in `incidentdocs incident status`. UsageError,
    with what to type, where none is open, several are, or none or several have such a name.
    """
    files = incident_files(workspace)
    if name is None:
        return _only_open(workspace, files, command)
    place = _path_from(workspace, start, name)
    exact = [file for file in files if file.path == place or name in _names(file)]
    words = "-".join(fold(name).split())
    found = exact or [file for file in files if words and words in _names(file)[-1].casefold()]
    if len(found) > 1:
        known = [document.path for document in open_incidents(workspace, found)]
        found = [file for file in found if file.path in known] if len(known) == 1 else found
    if not found:
        raise _unknown(name, files, command)
    if len(found) > 1:
        raise UsageError(
            f"{name!r} may be any of {first_few([_names(file)[1] for file in reversed(found)])}",
            hint=f"{command} {_names(found[-1])[1]}",
        )
    return found[0]


def _only_open(workspace: Workspace, files: Sequence[File], command: str) -> File:
    found = [document.path for document in open_incidents(workspace, files)]
    if not found:
        for document in not_known_to_be_over(workspace, files):
            if document.problems:  # it may be the one
                raise unreadable(document)
        raise UsageError("no incident is open", hint=f"{OPEN}, or name one: {command} NAME")
    if len(found) > 1:
        names = [PurePosixPath(path).stem for path in reversed(found)]
        raise UsageError(f"{len(found)} incidents are open: {first_few(names)}", hint=f"{command} {names[0]}")
    return next(file for file in files if file.path == found[0])


def _names(file: File) -> tuple[str, str, str]:
    """Return the names of a file: with its ending, without, and without its date."""
    path = PurePosixPath(file.path)
    bare = path.stem
    parts = bare.split("-", 3)
    dated = len(parts) == 4 and all(part.isdecimal() for part in parts[:3])
    return path.name, bare, parts[3] if dated else bare


def _path_from(workspace: Workspace, start: Path, name: str) -> str:
    try:
        return workspace.relative(Path(os.path.normpath(start / name)))
    except (UsageError, ValueError, OSError):
        return ""


def _unknown(name: str, files: Sequence[File], command: str) -> UsageError:
    by_slug = {_names(file)[2]: _names(file)[1] for file in files}
    near = nearest(name, [*by_slug, *by_slug.values()])
    if near:
        return UsageError(
            f"no incident is called {name!r}", hint=f"did you mean {command} {by_slug.get(near, near)}?"
        )
    known = first_few([_names(file)[1] for file in reversed(files)])
    hint = f"the latest are {known}" if files else OPEN
    return UsageError(f"no incident is called {name!r}", hint=hint)
