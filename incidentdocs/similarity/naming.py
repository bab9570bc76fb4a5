"""What documents name: incidents and runbooks in their front matter, and what an escalation is about."""

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.field_words import NOTHING
from incidentdocs.documents.metadata import words_of
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import texts_in
from incidentdocs.markdown.inline import links
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.roles import role_of


class Reference(NamedTuple):
    """What the document `source` names: `written` as it stands there, `target` a path or part of one."""

    written: str
    target: str
    source: str = ""


class Named(NamedTuple):
    """A name in a document's front matter: of an incident's document, or of a runbook."""

    document: str
    field: str
    reference: Reference
    span: Span


class Decision(NamedTuple):
    """An escalation: the document, its day, and the documents that it names."""

    document: str
    day: date | None
    names: tuple[Reference, ...]


NAMING = ("related", "not-related", "post-mortem", "incident", "incidents")
"""The fields that name documents of incidents."""

RUNBOOKS = "runbooks"


def read_names(document: Document) -> Iterator[Named]:
    """Yield every name of a document of an incident, and of a runbook, in the front matter of `document`."""
    for value in document.metadata:
        known = value.profile is not None and value.profile.id in (*NAMING, RUNBOOKS)
        if known and value.profile and not value.problem and not document.problems:
            span = value.field.span
            for word in words_of(value.field.value):
                found = _span_of(word, span, document)
                if not document.holds_placeholder(found) and not says_none(word):
                    yield Named(document.path, value.profile.id, reference(word, document.path), found)
                if found != span:
                    span = Span(*found[2:], *value.field.span[2:])


def _span_of(word: str, span: Span, document: Document) -> Span:
    """Return where a word of a field's value stands, or the value where that cannot be told."""
    for number in range(span.line, span.end_line + 1):
        line = document.source.lines[number - 1]
        at = line.find(word, span.column - 1 if number == span.line else 0)
        if at >= 0:
            return Span(number, at + 1, number, at + 1 + len(word))
    return span


def read_decision(document: Document) -> Decision | None:
    """Return the escalation that `document` is, None where it is none."""
    if document.problems or role_of(document.profile) != "escalation":
        return None
    linked = (
        target
        for block in document.source.blocks
        for text in texts_in((block,))
        for target in links(text.source)
    )
    found = dict.fromkeys((*document.words("incidents"), *linked))
    return Decision(document.path, document.date, tuple(reference(word, document.path) for word in found))


def reference(written: str, path: str) -> Reference:
    """Return what `written`, in the document at `path`, names: a path from the root, or a document's name."""
    target = next(iter(links(written)), written).partition("#")[0] or written
    if "/" not in target or "://" in target:
        return Reference(written, target, path)
    folder = posixpath.dirname(path) if target.startswith(".") else ""
    return Reference(written, posixpath.normpath(posixpath.join(folder, target)), path)


def runbook_key(written: str) -> str:
    """Return what a runbook's name is compared by: of a path the last name, without its extension, folded."""
    target = next(iter(links(written)), written).partition("#")[0]
    name = posixpath.basename(target.rstrip("/"))
    return key_of(re.sub(r"\.(?:md|markdown|html?)$", "", name)) or key_of(written)


def key_of(written: str) -> str:
    """Return what a name is compared by, whatever its case, accents and the signs between its words."""
    return fold(written).replace(" ", "-")


def says_none(word: str) -> bool:
    """Return whether the value of a field that names documents says that there is none."""
    return fold(word) in ("", "n a", "na", "nothing", *NOTHING)
