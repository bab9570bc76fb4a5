"""`incidentdocs new escalation --for`: an escalation that begins with the incidents and what they share."""

from collections.abc import Iterator, Sequence

from incidentdocs.authoring.escalating import Open, escalation_edits, shared_by
from incidentdocs.authoring.new_document import Answers
from incidentdocs.commands.incidents import gathered_on_disk, trigger_of
from incidentdocs.commands.new import Given, draft
from incidentdocs.documents.document import Document, read_document
from incidentdocs.editing.edits import edited
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.editing.writing import create
from incidentdocs.errors import UsageError
from incidentdocs.history.reading import promised_items
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.profile import Profile
from incidentdocs.similarity.recurrences import Recurrences, recurrences
from incidentdocs.similarity.register import Incident
from incidentdocs.similarity.sets import Escalation
from incidentdocs.workspace import Workspace


def begin_escalation(workspace: Workspace, profile: Profile, member: str, given: Given) -> str:
    """Write the escalation of the set of similar incidents that `member` is one of, and return its path.

    UsageError where it is one of none, of several, or of one that is acknowledged already.
    """
    found = recurrences(gathered_on_disk(workspace), trigger_of(workspace), workspace.process.today)
    escalation = _the_one(found, member)
    incidents = [found.register.incidents[position] for position in escalation.incidents]
    documents = list(_documents(workspace, incidents))
    newest = next((each for each in documents if each.path in incidents[-1].documents), None)
    language = given.language or (newest.language if newest else workspace.config.language)
    title = given.title or incidents[-1].title
    answers = Answers(
        title=title,
        day=given.day or workspace.process.today,
        severity=given.severity,
        services=given.services,
    )
    new = draft(workspace, profile, answers, language)
    begun = read_document(new.path, parse(new.text), profile, workspace.process)
    shared = shared_by(found.likeness, escalation, language)
    text = edited(new.text, escalation_edits(begun, incidents, shared, list(_open(documents))))
    fields = {"incidents": tuple(incident.document for incident in incidents), **given.fields}
    create(workspace.root, new.path, with_fields(text, fields, path=new.path))
    return new.path


def _the_one(found: Recurrences, member: str) -> Escalation:
    mine = [each for each in found.escalations if _has(found, each.incidents, member)]
    newest = [each for each in mine if _has(found, each.incidents[-1:], member)]
    confirmed = [each for each in mine if each.strength == "confirmed"]
    chosen = next((group for group in (mine, confirmed, newest) if len(group) == 1), None)
    if not mine:
        hint = f"`incidentdocs similar {member}` tells what it is like, `report escalations` the sets"
        raise UsageError(f"{member} belongs to no set of similar incidents within the window", hint=hint)
    if chosen is None:
        last = (found.register.incidents[each.incidents[-1]].document for each in mine)
        hint = f"name the newest of one of them: {', '.join(last)}"
        raise UsageError(f"{member} belongs to {len(mine)} sets of similar incidents", hint=hint)
    if decision := found.acknowledging(chosen[0]):
        message = f"the incidents that {member} belongs to are escalated already: {decision.document}"
        raise UsageError(message, hint="go on with that document")
    return chosen[0]


def _has(found: Recurrences, positions: Sequence[int], member: str) -> bool:
    return any(member in found.register.incidents[position].documents for position in positions)


def _documents(workspace: Workspace, incidents: Sequence[Incident]) -> Iterator[Document]:
    wanted = {path for incident in incidents for path in incident.documents}
    yield from (workspace.read(file) for file in workspace.select(()).files if file.path in wanted)


def _open(documents: Sequence[Document]) -> Iterator[Open]:
    for document in documents:
        yield from (Open(document.path, item) for item in promised_items(document) if item.state == "open")
