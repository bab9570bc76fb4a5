"""`incidentdocs new post-mortem --from`: a post-mortem that begins with what its incident says already."""

from incidentdocs.authoring.carrying_over import carried_edits, carried_fields
from incidentdocs.authoring.new_document import Answers
from incidentdocs.commands.incidents import gathered_on_disk
from incidentdocs.commands.new import Given, draft
from incidentdocs.commands.proposing import Asked, with_changes
from incidentdocs.documents.document import Document, read_document
from incidentdocs.editing.edits import edited
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.editing.writing import create, replace
from incidentdocs.errors import UsageError
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import role_of
from incidentdocs.similarity.register import register_of
from incidentdocs.workspace import File, Workspace


def begin_post_mortem(
    workspace: Workspace, profile: Profile, source: str, given: Given, changes: Asked
) -> str:
    """Write the post-mortem of the incident's document at `source`, name each in the other, return its path.

    The `changes` that landed in git, where they are asked for, are proposed for its timeline. UsageError
    where `source` is no incident's document, cannot be read, or has its post-mortem already.
    """
    file = _file(workspace, source)
    incident = workspace.read(file)
    _refuse(incident)
    _refuse_told(workspace, source)
    severity = given.severity or incident.severity
    answers = Answers(
        title=given.title or incident.subject or "",
        day=given.day or incident.date or workspace.process.today,
        severity=severity,
        services=given.services or incident.words("services"),
    )
    new = draft(workspace, profile, answers, given.language or incident.language)
    known = read_document(new.path, parse(new.text), profile, workspace.process)
    text = edited(new.text, carried_edits(known, incident))
    begun = read_document(new.path, parse(text), profile, workspace.process)
    text = with_changes(workspace, begun, text, incident, changes)
    fields = {**carried_fields(known, incident), **given.fields}
    content = file.place.read_bytes()
    linked = with_fields(content.decode("utf-8"), {"post-mortem": new.path}, path=source)
    create(workspace.root, new.path, with_fields(text, fields, path=new.path))
    replace(workspace.root, source, linked, expected=content)
    return new.path


def _refuse_told(workspace: Workspace, source: str) -> None:
    """Refuse an incident of which a post-mortem tells already, whichever of the two names the other."""
    register = register_of(gathered_on_disk(workspace).tellings)
    for position in register.positions.get(source, ()):
        if path := register.incidents[position].post_mortem:
            raise UsageError(f"{source} has its post-mortem already: {path}", hint="go on with that one")


def _file(workspace: Workspace, source: str) -> File:
    found = workspace.select([workspace.root / source]).files
    if len(found) != 1 or found[0].path != source:
        raise UsageError(
            f"{source} is no document of an incident", hint="name one, as in docs/incidents/FILE.md"
        )
    return found[0]


def _refuse(incident: Document) -> None:
    if incident.problems:
        problem = incident.problems[0]
        raise UsageError(f"{incident.path}: {problem.message}", hint=problem.hint)
    if role_of(incident.profile) != "incident":
        hint = "name a document of the register, as in docs/incidents/FILE.md"
        raise UsageError(f"{incident.path} is no document of an incident", hint=hint)
    if named := incident.words("post-mortem"):
        raise UsageError(
            f"{incident.path} names its post-mortem already: {named[0]}", hint="go on with that one"
        )
