"""Which incident is meant, after its end too: the one that is named, is open, or has just been resolved."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from shlex import quote

from incidentdocs.commands.which_incident import head_of, incident_files, incident_for, open_incidents
from incidentdocs.documents.communications import Kind, communications
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import is_resolved
from incidentdocs.errors import UsageError
from incidentdocs.output.wording import first_few
from incidentdocs.workspace import File, Workspace

JUST = timedelta(days=1)
"""So long after it was resolved an incident need not be named to be told of."""

AFTER: tuple[Kind, ...] = ("resolved", "banner", "email", "ticket")
"""What may go out once an incident is resolved."""


def incident_to_tell_of(
    workspace: Workspace, name: str | None, start: Path, kind: Kind, moment: datetime
) -> File:
    """Return the file of the incident that `name` names from the folder `start`, else of the one meant.

    That is the open one; for what may go out later, the one that was resolved within a day before `moment`.
    UsageError, as `incident_for` raises it, where none is or several may be meant.
    """
    command = f"incidentdocs comm {kind}"
    if kind not in AFTER:
        return incident_for(workspace, name, start, command=command)
    if kind != "resolved":
        return open_or_just_resolved(workspace, name, start, moment, command=command)
    over = list(_just_resolved(workspace, incident_files(workspace), moment)) if name is None else []
    return _only(workspace, over, command) if over else incident_for(workspace, name, start, command=command)


def open_or_just_resolved(
    workspace: Workspace, name: str | None, start: Path, moment: datetime, *, command: str
) -> File:
    """Return the file of the incident that `name` names, else of the open one, else of the one just over.

    That was resolved within a day before `moment`. UsageError, as `incident_for` raises it, where none is or
    several may be meant.
    """
    files = incident_files(workspace)
    if name is not None or next(open_incidents(workspace, files), None):
        return incident_for(workspace, name, start, command=command)
    over = list(_just_resolved(workspace, files, moment))
    return _only(workspace, over, command) if over else incident_for(workspace, None, start, command=command)


def _only(workspace: Workspace, over: Sequence[Document], command: str) -> File:
    """Return the file of the incident among those that are `over`: of several, of the one not told of yet."""
    untold = [document for document in over if not _is_told(document)]
    found = untold if len(over) > 1 else over
    if len(found) == 1:
        return next(file for file in incident_files(workspace) if file.path == found[0].path)
    names = [PurePosixPath(document.path).stem for document in reversed(over)]
    raise UsageError(
        f"{len(over)} incidents were resolved within a day: {first_few(names)}",
        hint=f"{command} {quote(names[0])}",
    )


def _just_resolved(workspace: Workspace, files: tuple[File, ...], moment: datetime) -> Iterator[Document]:
    """Yield the documents among `files` of the incidents that were resolved within a day, by path.

    What a front matter says already is not asked of the whole document.
    """
    for file in files:
        head = head_of(workspace.content(file))
        begun = workspace.read(file._replace(given=head)) if head else None
        if begun and is_resolved(begun) and not _is_just(begun, moment):
            continue
        document = workspace.read(file)
        if not document.problems and _is_just(document, moment):
            yield document


def _is_just(document: Document, moment: datetime) -> bool:
    resolved = document.moment(document.profile.open_until or "resolved")
    return resolved is not None and resolved <= moment <= resolved + JUST


def _is_told(document: Document) -> bool:
    return any(sent.kind == "resolved" for sent in communications(document))
