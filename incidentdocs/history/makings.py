"""Who really made what a merge landed: the first commit of its side whose version shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.matching import pair
from incidentdocs.history.values import Landing, Version, VersionFacts


def made(version: Version, shows: Callable[[VersionFacts | None], bool]) -> Landing:
    """Return the landing of `version`, made by the first commit of its side that `shows` it, if any does."""
    shown = (shows(making.facts) for making in version.makings)
    return _made_by(version, next((index for index, showing in enumerate(shown) if showing), None))


@dataclass(frozen=True)
class Makers:
    """Who made the changes to the items of a document between `before` and a `version`."""

    before: tuple[ActionItem, ...]
    version: Version

    def showing(self, place: int, shows: Callable[[ActionItem], bool]) -> Landing:
        """Return who first wrote the item that is at `place` in the version so that it `shows` the change."""
        found = (index for index, items in enumerate(self._after) if place in items and shows(items[place]))
        return _made_by(self.version, next(found, None))

    def without(self, index: int) -> Landing:
        """Return who first left out the item that is at `index` in `before`."""
        found = (number for number, kept in enumerate(self._kept) if index not in kept)
        return _made_by(self.version, next(found, None))

    @cached_property
    def _after(self) -> list[dict[int, ActionItem]]:
        """What each making's version says of the items of the landed one, by their place."""
        items = _items(self.version.facts)
        sides = [_items(making.facts) for making in self.version.makings]
        return [{place: side[index] for place, index in pair(side, items).items()} for side in sides]

    @cached_property
    def _kept(self) -> list[set[int]]:
        """Which of the items before each making's version still has."""
        return [set(pair(self.before, _items(making.facts)).values()) for making in self.version.makings]


def _items(facts: VersionFacts | None) -> tuple[ActionItem, ...]:
    return facts.items if facts else ()


def _made_by(version: Version, index: int | None) -> Landing:
    if index is None:
        return version.landing
    making = version.makings[index]
    return version.landing._replace(author=making.author, made_by=making.commit, made=making.when)
