"""What became of each action item: the versions of all documents folded into tracks, commit by commit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from functools import cached_property
from graphlib import TopologicalSorter
from typing import NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.document_state import DocumentState, unborn, with_version
from incidentdocs.history.makings import Makers
from incidentdocs.history.matching import pair, pair_same_text, same_text
from incidentdocs.history.publication import is_public, unknown
from incidentdocs.history.tracks import DocumentId, Step, Track, arrive, begin, end, go_on, move
from incidentdocs.history.values import DocumentHistory, ItemHistory, Landing, Version


class DocumentVersions(NamedTuple):
    """Versions of a document of some kind as they landed, oldest first; there is at least one.

    `state` is what versions before these have left, None where there were none.
    """

    kind: str
    versions: Sequence[Version]
    state: DocumentState | None = None


def fold(documents: Sequence[DocumentVersions], *, zone: tzinfo) -> tuple[DocumentState, ...]:
    """Return what the versions leave of each of the `documents`, in their order; days are those of `zone`."""
    states = [document.state or unborn(document.kind, document.versions[0]) for document in documents]
    for landed in _by_commit(documents):
        versions = ((index, documents[index].versions[place]) for index, place in landed)
        _land([_Reading(index, states[index], version, zone) for index, version in versions], states)
    return tuple(states)


def histories(states: Sequence[DocumentState], *, since: date | None = None) -> tuple[DocumentHistory, ...]:
    """Return the past of each document, given what its versions left; successors are looked for in them.

    Documents of incidents dated before `since` are never said to be published late. What is gone from a
    draft was never promised, and is left out.
    """
    paths = {state.id: state.path for state in states}
    return tuple(_history(state, paths, since) for state in states)


def _history(state: DocumentState, paths: Mapping[DocumentId, str], since: date | None) -> DocumentHistory:
    last = len(state.tracks)
    told = [track for track in state.tracks if track.place is not None or track.state != "open"]
    told.sort(key=lambda track: last if track.place is None else track.place)
    return DocumentHistory(
        path=state.path,
        kind=state.kind,
        items=tuple(_item(track, state, paths) for track in told),
        born=state.born,
        last=state.last,
        alive=state.alive,
        published=state.published,
        unknown=unknown(state.last, since, sweeping=state.sweeping),
        turns=state.turns,
        paths=state.paths,
        gone=sum(track.place is None for track in told),
        touched=state.touched,
        reviews=state.reviews,
    )


def _item(track: Track, state: DocumentState, paths: Mapping[DocumentId, str]) -> ItemHistory:
    successor = paths.get(track.successor) if track.successor else None
    severity = state.last.severity if state.last else None
    told = ItemHistory(state.path, track.item, track.events, track.state, successor, severity)
    return told._replace(renumberings=track.renumberings)


def _by_commit(documents: Sequence[DocumentVersions]) -> Iterator[list[tuple[int, int]]]:
    """Yield what each commit landed, documents and versions by their places, in an order that all agree with.

    Times do not tell the order: two commits may have the same.
    """
    landed: dict[str, list[tuple[int, int]]] = {}
    order: TopologicalSorter[str] = TopologicalSorter()
    for index, document in enumerate(documents):
        before: tuple[str, ...] = ()
        for place, version in enumerate(document.versions):
            commit = version.landing.commit
            landed.setdefault(commit, []).append((index, place))
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
        public = state.published is not None or is_public(version.facts)
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
    step = reading.step
    tracks = list(reading.state.tracks)
    for position, index in enumerate(reading.there):
        if index in reading.left:
            landing = step.makers.without(position)
            tracks[index] = _left(tracks[index], landing, leaving.get((reading.document, index)))
    for place, index in reading.stays.items():
        tracks[index] = go_on(tracks[index], reading.items[place], place, step)
    new = ((place, arrived.get((reading.document, place))) for place in reading.born)
    tracks += (_born(reading.items[place], place, step, coming) for place, coming in new)
    return with_version(reading.state, reading.version, tuple(tracks))


def _left(track: Track, landing: Landing, going: _Move | None) -> Track:
    if going is None:
        return end(track, landing)
    return move(track, landing, going.target.version.path, going.target.state.id)


def _born(item: ActionItem, place: int, step: Step, coming: _Move | None) -> Track:
    if coming is None:
        return begin(item, place, step)
    return arrive(coming.source.state.tracks[coming.track], item, place, step)
