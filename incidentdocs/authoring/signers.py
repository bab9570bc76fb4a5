"""Who a responder means by a handle, a role or a name."""

from incidentdocs.authoring.new_document import one_line
from incidentdocs.documents.communications import is_handle, on_call_of
from incidentdocs.documents.document import Document
from incidentdocs.errors import UsageError
from incidentdocs.process.communication import handles


def person_named(document: Document, word: str, *, option: str) -> str:
    """Return the handle, with its `@`, of whom `word`, a handle, a role or a name, stands for.

    A role such as `backup` is who the document says has it. UsageError, naming `option` and the nearest, for
    who is not in a roster that lists anybody.
    """
    said, roster = one_line(word), document.process.people
    person = roster.find(said)
    if person:
        return f"@{person.handle}"
    handle = next(handles([said], roster, on_call_of(document)))
    if is_handle(handle) and (not roster or roster.find(handle)):
        return handle
    near = roster.nearest(said)
    hint = f"did you mean {near}?" if near else f"write a handle, as in {option} @backup"
    raise UsageError(f"nobody is called {said!r}", hint=hint)


def is_agent(document: Document, handle: str) -> bool:
    """Return whether a handle is an agent's: it may prepare a step, and passes none."""
    person = document.process.people.find(handle)
    return person is not None and person.kind == "agent"
