"""One action item from version to version: which events tell it, and which state they leave."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta, tzinfo
from functools import partial
from typing import NamedTuple, Protocol

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.makings import Makers
from incidentdocs.history.matching import same_owners, same_text
from incidentdocs.history.values import Event, EventKind, Landing, Renumbering, State

DocumentId = tuple[str, str]
"""A document for good: the commit and the path of its birth."""

CORRECTION = timedelta(days=1)
"""A due date changed so soon after its item landed was a slip of the pen, not of the work."""

_STATE_AFTER: dict[EventKind, State] = {
    "opened": "open",
    "done": "done",
    "reopened": "open",
    "abandoned": "abandoned",
    "dropped": "dropped",
    "restored": "open",
    "moved": "moved",
}
_REACHED: dict[str, EventKind] = {"open": "reopened", "done": "done", "abandoned": "abandoned"}


def state_after(events: Iterable[Event]) -> State:
    """Return the state in which `events`, oldest first, leave an item."""
    state: State = "open"
    for event in events:
        state = _STATE_AFTER.get(event.kind, state)
    return state


class Track(NamedTuple):
    """One action item so far; `place` is its index in the last version, None where it is not there.

    `promised` says that a published version had it: before, nothing is dropped or slips. `due` is the last
    due date that could be read. `successor` is the document that it has moved to.
    """

    item: ActionItem
    events: tuple[Event, ...]
    place: int | None
    promised: bool
    due: date | None
    successor: DocumentId | None = None
    renumberings: tuple[Renumbering, ...] = ()

    @property
    def state(self) -> State:
        """The state in which its events leave it."""
        return state_after(self.events)


class Step(NamedTuple):
    """The version that tracks go on with: who made it, and whether it or one before it is published.

    `day` is the incident's date.
    """

    makers: Makers
    public: bool
    day: date | None
    zone: tzinfo


class _Made(Protocol):
    def __call__(self, shows: "_Shows", /) -> Landing: ...


class _Shows(Protocol):
    def __call__(self, item: ActionItem, /) -> bool: ...


def begin(item: ActionItem, place: int, step: Step) -> Track:
    """Return the track of an item that is new."""
    made: _Made = partial(step.makers.showing, place)
    opened = Event("opened", made(lambda _: True))
    return Track(item, (opened, *_settled("open", item, made)), place, step.public, item.due)


def go_on(track: Track, item: ActionItem, place: int, step: Step) -> Track:
    """Return the track with what the item's next version changes."""
    promised = track.promised or step.public
    if item is track.item and (place, promised) == (track.place, track.promised):
        return track
    following = arrive(track, item, place, step)
    renumberings = (*track.renumberings, *_renumbered(track, item, place, step))
    return following._replace(renumberings=renumberings) if renumberings else following


def arrive(track: Track, item: ActionItem, place: int, step: Step) -> Track:
    """Return the track of an item that comes from another document: its events go on, its numbers do not."""
    events = (*track.events, *_changes(track, item, partial(step.makers.showing, place), step))
    return Track(item, events, place, track.promised or step.public, _due(track, item))


def end(track: Track, landing: Landing) -> Track:
    """Return the track of an item that is no longer in its document: dropped, if it was an open promise."""
    dropped = track.promised and track.state == "open"
    events = (*track.events, Event("dropped", landing)) if dropped else track.events
    return track._replace(events=events, place=None)


def move(track: Track, landing: Landing, path: str, successor: DocumentId) -> Track:
    """Return the track that an item leaves behind when it goes on in the document at `path`."""
    moved = Event("moved", landing, after=path)
    return track._replace(events=(*track.events, moved), place=None, successor=successor)


def _changes(track: Track, item: ActionItem, made: _Made, step: Step) -> Iterator[Event]:
    before = track.item
    state = track.state
    if state == "dropped":
        state = "open"
        yield Event("restored", made(lambda _: True))
    if not same_text(before, item):
        landing = made(lambda side: same_text(side, item))
        yield Event("reworded", landing, before.description, item.description)
    if not same_owners(before, item):
        landing = made(lambda side: same_owners(side, item))
        yield Event("reassigned", landing, _owners(before), _owners(item))
    if state == "open":
        yield from _slip(track, item, made, step)
    yield from _settled(state, item, made)


def _settled(state: State, item: ActionItem, made: _Made) -> Iterator[Event]:
    if item.state != state:
        yield Event(_REACHED[item.state], made(lambda side: side.state == item.state))


def _slip(track: Track, item: ActionItem, made: _Made, step: Step) -> Iterator[Event]:
    """Yield the change of a promised due date; a first one breaks no promise, and a correction is none."""
    due = _due(track, item)
    if due == track.due or not track.promised or not (track.due or _was_rescheduled(track)):
        return
    landing = made(lambda side: side.due == item.due)
    if not _is_correction(track, landing, step):
        passed = track.due is not None and track.due < landing.earliest.astimezone(step.zone).date()
        yield Event("rescheduled", landing, _iso(track.due), _iso(due), passed)


def _is_correction(track: Track, landing: Landing, step: Step) -> bool:
    soon = landing.earliest - track.events[0].landing.when <= CORRECTION
    return soon or bool(track.due and step.day and track.due < step.day)


def _renumbered(track: Track, item: ActionItem, place: int, step: Step) -> Iterator[Renumbering]:
    before, after = track.item.number, item.number
    if track.promised and before is not None and after is not None and before != after:
        landing = step.makers.showing(place, lambda side: side.number == after)
        yield Renumbering(landing, before, after)


def _was_rescheduled(track: Track) -> bool:
    return any(event.kind == "rescheduled" for event in track.events)


def _due(track: Track, item: ActionItem) -> date | None:
    """Return the item's due date; one that is written in a way that nobody can read leaves the last one."""
    return item.due if item.due or item.due_text is None else track.due


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _owners(item: ActionItem) -> str | None:
    return ", ".join(item.owners) or None
