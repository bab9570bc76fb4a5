"""The people and agents who handle incidents, and how documents name them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from incidentdocs.errors import nearest

PersonKind = Literal["person", "agent"]


class Person(NamedTuple):
    """Somebody who may own an action item or be called: a person, a team, or an agent, which is none.

    `handle` is without its `@`. Documents name them by it, by one of `names`, or by an e-mail address. They
    are there from `since` to `until`, both days included; None leaves that end open.
    """

    handle: str
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    role: str = ""
    kind: PersonKind = "person"
    since: date | None = None
    until: date | None = None

    def present(self, day: date) -> bool:
        """Return whether they are there on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Roster(NamedTuple):
    """Everybody whom a repository lists; an empty one knows nobody, and nobody is held against it."""

    people: tuple[Person, ...] = ()

    def __bool__(self) -> bool:
        """Whether anybody is listed."""
        return bool(self.people)

    def find(self, word: str) -> Person | None:
        """Return whom a handle, with or without `@`, a name or an e-mail address names, in any case."""
        return _by_word(self).get(_key(word))

    def handle_of(self, word: str) -> str:
        """Return the handle, without `@`, of whom `word` names; where it names nobody listed, it is one."""
        person = self.find(word)
        return person.handle if person else word.strip().removeprefix("@")

    def nearest(self, word: str) -> str | None:
        """Return the handle, with its `@`, of whom `word` most likely means; None where nobody is near."""
        known = _by_word(self)
        found = nearest(_key(word), known)
        return f"@{known[found].handle}" if found else None


@lru_cache(maxsize=8)
def _by_word(roster: Roster) -> Mapping[str, Person]:
    """Return everybody by each of their words; of two who share one, the first has it."""
    return {
        _key(word): person
        for person in reversed(roster.people)
        for word in (*person.emails, *person.names, person.handle)
    }


def _key(word: str) -> str:
    return " ".join(word.strip().removeprefix("@").casefold().split())
