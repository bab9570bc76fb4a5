"""What proves that a ticked action item was done: what commits say of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from incidentdocs.documents.action_items.references import references
from incidentdocs.history.values import DocumentHistory, Event, History, ItemHistory

TRAILER = "Action-Item:"
"""The word before `<document>#<number>` in the message of a commit that answers an action item."""

Messages = Mapping[str, str]
"""Commits' whole messages, by the commits' ids."""


class Commits(Protocol):
    """Where messages are read."""

    def messages(self, commits: list[str], /) -> Messages:
        """Return the messages of `commits`."""

    def messages_with(self, words: str, revision: str, /) -> Messages:
        """Return the messages of which a line begins with `words`, of what `revision` reaches."""


class Trailer(NamedTuple):
    """A line `Action-Item: <document>#<number>` of a commit's message: the commit answers that item."""

    commit: str
    document: str
    number: int

    def names(self, paths: Iterable[str], number: int | None) -> bool:
        """Return whether it names item `number` of the document that has, or had, `paths`.

        The document may be named by its path, by the end of it, and without its extension.
        """
        return number == self.number and any(_ends_with(path, self.document) for path in paths)


def proved(history: History, commits: Commits) -> History:
    """Return `history` with what commits prove of the ticked items that refer to nothing themselves.

    The trailers of all commits are looked for only where an item is left without evidence.
    """
    messages = commits.messages(sorted(_ticking(history)))
    told = with_evidence(history, messages, ())
    if told.revision is None or not any(_ticking(told)):
        return told
    return with_evidence(history, messages, trailers(commits.messages_with(TRAILER, told.revision)))


def with_evidence(history: History, messages: Messages, named: Iterable[Trailer]) -> History:
    """Return `history` with what commits prove beside each `done` of its items.

    `messages` are those of the commits that landed and made the ticks, `named` the trailers of all commits.
    """
    named = tuple(named)
    documents = (_with_evidence(document, messages, named) for document in history.documents)
    return history._replace(documents=tuple(documents))


def trailers(messages: Messages) -> tuple[Trailer, ...]:
    """Return every trailer in `messages` that names an action item."""
    return tuple(
        Trailer(commit, found["document"].strip(), int(found["number"]))
        for commit, message in messages.items()
        for found in _trailer().finditer(message)
    )


def _ticking(history: History) -> set[str]:
    """Return the commits that landed and made the ticks of items that nothing proves so far."""
    unproved = (
        event.landing
        for item in history.items
        for event in item.events
        if event.kind == "done" and event.landing.committed and not (item.item.refs or event.evidence)
    )
    return {commit for landing in unproved for commit in (landing.made_by, landing.commit)}


def _with_evidence(
    document: DocumentHistory, messages: Messages, named: tuple[Trailer, ...]
) -> DocumentHistory:
    paths = {version.path for version in document.versions} | {document.path}
    here = [trailer for trailer in named if any(_ends_with(path, trailer.document) for path in paths)]

    def events(item: ItemHistory) -> Iterator[Event]:
        answering = [trailer.commit for trailer in here if trailer.names(paths, item.item.number)]
        for event in item.events:
            found = dict.fromkeys((*_told(event, messages), *answering))
            yield event._replace(evidence=tuple(found)) if event.kind == "done" else event

    items = (item._replace(events=tuple(events(item))) for item in document.items)
    return document._replace(items=tuple(items))


def _told(event: Event, messages: Messages) -> Iterator[str]:
    """Yield what the messages of the commits that made and landed `event` refer to.

    Trailers are left out: their numbers are no issues'.
    """
    for commit in dict.fromkeys((event.landing.made_by, event.landing.commit)):
        yield from references(_trailer().sub("", messages.get(commit, "")))


@cache
def _trailer() -> re.Pattern[str]:
    return re.compile(
        rf"^{TRAILER}(?P<document>[^\r\n]*)#(?P<number>\d{{1,9}})[ \t\r]*$", re.IGNORECASE | re.MULTILINE
    )


def _ends_with(path: str, written: str) -> bool:
    there, asked = PurePosixPath(path), PurePosixPath(written)
    end = there.parts[-len(asked.parts) :] if asked.parts else None
    return end in (asked.parts, (*asked.parts[:-1], asked.name + there.suffix))
