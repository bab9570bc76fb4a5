"""What proves that a ticked action item was done: what commits say of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from incidentdocs.documents.action_items.references import references
from incidentdocs.history.kept import Kept
from incidentdocs.history.trailers import TRAILER, Trailer, names_of, trailers, without_trailers
from incidentdocs.history.values import DocumentHistory, Event, History, ItemHistory

Messages = Mapping[str, str]
"""Commits' whole messages, by the commits' ids."""

References = Mapping[str, tuple[str, ...]]
"""What commits' messages refer to, by the commits' ids."""


class Commits(Protocol):
    """Where messages are read."""

    def messages(self, commits: list[str], /) -> Messages:
        """Return the messages of `commits`."""

    def messages_with(self, words: str, revision: str, after: str | None, /) -> Messages:
        """Return the messages of which a line begins with `words`.

        They are those of what `revision` reaches, and `after` does not.
        """

    def reaches(self, revision: str, commit: str, /) -> bool:
        """Return whether `commit` is `revision` or one of its ancestors."""


def proved(history: History, commits: Commits, kept: Kept | None = None) -> History:
    """Return `history` with what commits prove of the ticked items that refer to nothing themselves.

    The trailers of all commits are looked for only where an item is left without evidence. What `kept`
    holds of commits is not read again.
    """
    referred = _references(sorted(_ticking(history)), commits, kept)
    told = with_evidence(history, referred, ())
    if told.revision is None or not any(_ticking(told)):
        return told
    return with_evidence(history, referred, _trailers_up_to(told.revision, commits, kept))


def _references(wanted: list[str], commits: Commits, kept: Kept | None) -> References:
    known = kept.references(wanted) if kept else {}
    unknown = [commit for commit in wanted if commit not in known]
    read = {commit: told_in(message) for commit, message in commits.messages(unknown).items()}
    if kept:
        kept.keep_references(read)
    return known | read


def _trailers_up_to(revision: str, commits: Commits, kept: Kept | None) -> tuple[Trailer, ...]:
    """Return the trailers of all that `revision` reaches; of what an older one reached they may be known."""
    older = kept.trailers() if kept else ()
    bases = ((commit, found) for commit, found in older if commits.reaches(revision, commit))
    base, known = next(bases, (None, ()))
    if base == revision:
        return known
    found = (*known, *trailers(commits.messages_with(TRAILER, revision, base)))
    if kept:
        kept.keep_trailers(revision, found)
    return found


def with_evidence(history: History, referred: References, named: Iterable[Trailer]) -> History:
    """Return `history` with what commits prove beside each `done` of its items.

    `referred` are what the messages of the commits that landed and made the ticks refer to, `named` the
    trailers of all commits.
    """
    by_name: defaultdict[str, list[Trailer]] = defaultdict(list)
    for trailer in named:
        by_name[trailer.name].append(trailer)
    documents = (_with_evidence(document, referred, by_name) for document in history.documents)
    return history._replace(documents=tuple(documents))


def told_in(message: str) -> tuple[str, ...]:
    """Return what a commit's message refers to; trailers are left out: their numbers are no issues'."""
    return references(without_trailers(message))


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
    document: DocumentHistory, referred: References, by_name: Mapping[str, list[Trailer]]
) -> DocumentHistory:
    here = list(_naming(document, by_name)) if by_name else []

    def proved(item: ItemHistory) -> ItemHistory:
        answering = [each.commit for each in here if each.names(document.paths, item.item.number)]
        events = tuple(
            _proved(event, referred, answering) if event.kind == "done" else event for event in item.events
        )
        return item if events == item.events else item._replace(events=events)

    return document._replace(items=tuple(proved(item) for item in document.items))


def _naming(document: DocumentHistory, by_name: Mapping[str, list[Trailer]]) -> Iterator[Trailer]:
    """Yield the trailers that may name the document, by the last part of its path alone."""
    for name in dict.fromkeys(name for path in document.paths for name in names_of(path)):
        yield from by_name.get(name, ())


def _proved(event: Event, referred: References, answering: Iterable[str]) -> Event:
    made_and_landed = (event.landing.made_by, event.landing.commit)
    told = (reference for commit in made_and_landed for reference in referred.get(commit, ()))
    return event._replace(evidence=tuple(dict.fromkeys((*told, *answering))))
