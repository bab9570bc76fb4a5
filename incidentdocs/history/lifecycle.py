"""What became of each action item: the versions of all documents folded into tracks, commit by commit."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from functools import cached_property
from graphlib import TopologicalSorter
from typing import NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.makings import Makers
from incidentdocs.history.matching import pair, pair_same_text, same_text
from incidentdocs.history.publication import is_public
from incidentdocs.history.tracks import DocumentId, Step, Track, arrive, begin, end, go_on, move
from incidentdocs.history.values import ItemHistory, Landing, Version


class DocumentState(NamedTuple):
    """What the versions up to some commit leave of a document: enough to go on from there.

    Tracks are in the order in which they were opened.
    """

    id: DocumentId
    tracks: tuple[Track, ...] = ()
    published: bool = False
    severity: str | None = None


class DocumentVersions(NamedTuple):
    """A document's landed versions, oldest first, under the path that it has now, or the last that it had.

    `state` is what versions before these have left, None where these are all.
    """

    path: str
    versions: Sequence[Version]
    state: DocumentState | None = None


def item_histories(
    documents: Sequence[DocumentVersions], *, zone: tzinfo
) -> tuple[tuple[ItemHistory, ...], ...]:
    """Return the action items of each of the `documents`, in their order; days are those of `zone`.

    Each document's come in its own order, those that are gone at the end. What is gone from a draft was
    never promised, and is left out.
    """
    states = fold(documents, zone=zone)
    return rows([(document.path, state) for document, state in zip(documents, states, strict=True)])


def fold(documents: Sequence[DocumentVersions], *, zone: tzinfo) -> tuple[DocumentState, ...]:
    """Return what the versions leave of each of the `documents`, in their order."""
    states = [document.state or DocumentState(_birth(document)) for document in documents]
    for landed in _by_commit(documents):
        _land([_Reading(index, states[index], version, zone) for index, version in landed], states)
    return tuple(states)


def rows(states: Sequence[tuple[str, DocumentState]]) -> tuple[tuple[ItemHistory, ...], ...]:
    """Return the items of each document, given its path and its state; successors are looked for in them."""
    paths = {state.id: path for path, state in states}
    return tuple(tuple(_rows(path, state, paths)) for path, state in states)


def _rows(path: str, state: DocumentState, paths: dict[DocumentId, str]) -> Iterator[ItemHistory]:
    last = len(state.tracks)
    for track in sorted(state.tracks, key=lambda track: last if track.place is None else track.place):
        if track.place is not None or track.state != "open":
            successor = paths.get(track.successor) if track.successor else None
            told = ItemHistory(path, track.item, track.events, track.state, successor, state.severity)
            yield told._replace(renumberings=track.renumberings)


def _birth(document: DocumentVersions) -> DocumentId:
    return next(((first.landing.commit, first.path) for first in document.versions), ("", document.path))


def _by_commit(documents: Sequence[DocumentVersions]) -> Iterator[list[tuple[int, Version]]]:
    """Yield what each commit landed, in an order that every document agrees with.

    Times do not tell the order: two commits may have the same.
    """
    landed: dict[str, list[tuple[int, Version]]] = {}
    order: TopologicalSorter[str] = TopologicalSorter()
    for index, document in enumerate(documents):
        before: tuple[str, ...] = ()
        for version in document.versions:
            commit = version.landing.commit
            landed.setdefault(commit, []).append((index, version))
            order.add(commit, *before)
            before = (commit,)
    return (landed[commit] for commit in order.static_order())


class _Reading:
    """A document's next version beside its tracks: which items stay, which are new, which have gone."""

    def __init__(self, document: int, state: DocumentState, version: Version, zone: tzinfo) -> None:
        self.document = document
        self.state = state
        self.version = version
        self.items: tuple[ActionItem, ...] = version.facts.items if version.facts else ()
        self.there = [index for index, track in enumerate(state.tracks) if track.place is not None]
        self.there.sort(key=lambda index: state.tracks[index].place or 0)
        before = tuple(state.tracks[index].item for index in self.there)
        public = state.published or is_public(version.facts)
        day = version.facts.day if version.facts else None
        self.step = Step(Makers(before, version), public, day, zone)

    @cached_property
    def stays(self) -> dict[int, int]:
        """The index of the track of each item that is not new, by the item's place."""
        tracks = self.state.tracks
        gone = [i for i, track in enumerate(tracks) if track.place is None and track.state != "moved"]
        pairs = pair(self.step.makers.before, self.items, [tracks[index].item for index in gone])
        found = {place: (self.there + gone)[index] for place, index in sorted(pairs.items())}
        return {
            place: index for place, index in found.items() if _comes_back(tracks[index], self.items[place])
        }

    @property
    def born(self) -> list[int]:
        """The places of the items that are new."""
        return [place for place in range(len(self.items)) if place not in self.stays]

    @cached_property
    def left(self) -> frozenset[int]:
        """The indexes of the tracks whose items were there until now."""
        return frozenset(self.there).difference(self.stays.values())


def _comes_back(track: Track, item: ActionItem) -> bool:
    """Return whether a track goes on with `item`: one that is gone and settled only with its very text.

    Another text would make somebody's new item look like a promise that was broken.
    """
    return track.place is not None or track.state in ("open", "dropped") or same_text(track.item, item)


class _Move(NamedTuple):
    """The track, by its index, of one reading that goes on as the item at `place` of another."""

    source: _Reading
    track: int
    target: _Reading
    place: int


def _land(readings: list[_Reading], states: list[DocumentState]) -> None:
    moves = _moves(readings)
    arrived = {(move.target.document, move.place): move for move in moves}
    leaving = {(move.source.document, move.track): move for move in moves}
    for reading in readings:
        states[reading.document] = _next_state(reading, arrived, leaving)


def _moves(readings: list[_Reading]) -> list[_Move]:
    """Return the items that leave one document for another: gone from here, new with the same text there."""
    if len(readings) == 1:
        return []
    left = [(reading, index) for reading in readings for index in reading.there if index in reading.left]
    born = [(reading, place) for reading in readings for place in reading.born] if left else []
    pairs = pair_same_text(
        [reading.state.tracks[index].item for reading, index in left],
        [reading.items[place] for reading, place in born],
    )
    return [_Move(*left[first], *born[second]) for second, first in pairs.items()]


def _next_state(
    reading: _Reading, arrived: dict[tuple[int, int], _Move], leaving: dict[tuple[int, int], _Move]
) -> DocumentState:
    step, facts = reading.step, reading.version.facts
    tracks = list(reading.state.tracks)
    for position, index in enumerate(reading.there):
        if index in reading.left:
            landing = step.makers.without(position)
            tracks[index] = _left(tracks[index], landing, leaving.get((reading.document, index)))
    for place, index in reading.stays.items():
        tracks[index] = go_on(tracks[index], reading.items[place], place, step)
    new = ((place, arrived.get((reading.document, place))) for place in reading.born)
    tracks += (_born(reading.items[place], place, step, coming) for place, coming in new)
    severity = facts.severity if facts else reading.state.severity
    return DocumentState(reading.state.id, tuple(tracks), step.public, severity)


def _left(track: Track, landing: Landing, going: _Move | None) -> Track:
    if going is None:
        return end(track, landing)
    return move(track, landing, going.target.version.path, going.target.state.id)


def _born(item: ActionItem, place: int, step: Step, coming: _Move | None) -> Track:
    if coming is None:
        return begin(item, place, step)
    return arrive(coming.source.state.tracks[coming.track], item, place, step)
