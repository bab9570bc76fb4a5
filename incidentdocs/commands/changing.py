"""A document is read, changed and written again, while nobody else changes it."""

import time
from collections.abc import Callable

from incidentdocs.documents.document import Document
from incidentdocs.editing.locking import locked
from incidentdocs.editing.writing import ChangedMeanwhile, replace
from incidentdocs.errors import UsageError
from incidentdocs.workspace import File, Workspace

_TRIES = 40
_PAUSE = 0.05


def change(workspace: Workspace, file: File, make: Callable[[str, Document], str]) -> Document:
    """Write what `make` makes of the text of `file` and of the document in it, and return it as read again.

    The file is replaced in one step. Two who change it at once lose nothing: the second reads what the first
    has written. An editor that saves in between is not written over; `make` is then asked again. UsageError
    for a document that cannot be read.
    """
    for _ in range(_TRIES):
        with locked(file.place.resolve().parent):
            try:
                return _changed(workspace, file, make)
            except ChangedMeanwhile as error:
                last = error
        time.sleep(_PAUSE)
    raise last


def unreadable(document: Document) -> UsageError:
    """Return the error that tells the first of the problems for which a document cannot be read."""
    problem = document.problems[0]
    return UsageError(f"{document.path}:{problem.span.line}: {problem.message}", hint=problem.hint)


def _changed(workspace: Workspace, file: File, make: Callable[[str, Document], str]) -> Document:
    content = workspace.content(file)
    document = workspace.read(file._replace(given=content))
    if content is None or document.problems:
        raise unreadable(workspace.read(file))
    text = content.decode("utf-8")
    made = make(text, document)
    if made != text:
        replace(workspace.root, file.path, made, expected=content)
    return workspace.read(file._replace(given=made.encode("utf-8")))
