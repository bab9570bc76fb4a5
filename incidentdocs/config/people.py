"""Whom a configuration lists."""

from collections.abc import Mapping

from incidentdocs.config.tables import PersonConfig
from incidentdocs.process.people import Person, Roster


def roster_of(people: Mapping[str, PersonConfig]) -> Roster:
    """Return the people and agents that a configuration lists."""
    return Roster(tuple(_person(handle, person) for handle, person in people.items()))


def _person(handle: str, person: PersonConfig) -> Person:
    return Person(handle, person.names, person.emails, person.role, person.kind, person.from_, person.until)
