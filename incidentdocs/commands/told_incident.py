"""Which incident a message is about: the one that is named, else the open one, else the one just resolved."""

from datetime import datetime, timedelta
from shlex import quote

from incidentdocs.commands.which_incident import incident_for
from incidentdocs.documents.communications import Kind, communications
from incidentdocs.documents.document import Document
from incidentdocs.errors import UsageError
from incidentdocs.output.wording import first_few
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.workspace import File, Workspace

JUST = timedelta(days=1)
"""So long after it was resolved an incident need not be named to be told of."""

AFTER: tuple[Kind, ...] = ("resolved", "banner", "email", "ticket")
"""What may go out once an incident is resolved."""

_Read = tuple[File, Document]


def incident_to_tell_of(workspace: Workspace, name: str | None, kind: Kind, moment: datetime) -> File:
    """Return the incident's file: of the one called `name`, else of the one that is meant at `moment`.

    UsageError, as `incident_for` raises it, where none is or several may be meant.
    """
    if name is not None or kind not in AFTER:
        return incident_for(workspace, name, at=moment)
    incidents = _incidents(workspace)
    over = [each for each in incidents if _just_resolved(each[1], moment)]
    some_open = any(not document.gives("resolved") for _, document in incidents)
    if not over or (some_open and kind != "resolved"):
        return incident_for(workspace, None, at=moment)
    untold = [each for each in over if not _is_told(each[1])]
    found = untold if len(over) > 1 else over
    if len(found) == 1:
        return found[0][0]
    names = first_few([document.path for _, document in over])
    hint = f"name it: incidentdocs comm {kind} {quote(over[-1][1].path)}"
    raise UsageError(f"{len(over)} incidents were resolved within a day: {names}", hint=hint)


def _incidents(workspace: Workspace) -> list[_Read]:
    kinds = kinds_of(workspace.profiles.values(), "incident")
    files = (file for file in workspace.select(()).files if file.kind in kinds)
    return [(file, workspace.read(file)) for file in files]


def _just_resolved(document: Document, moment: datetime) -> bool:
    resolved = document.moment("resolved")
    return resolved is not None and resolved <= moment <= resolved + JUST


def _is_told(document: Document) -> bool:
    return any(sent.kind == "resolved" for sent in communications(document))
