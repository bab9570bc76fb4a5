"""Who is told of an incident, where, and how often: the process's table, by severity."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Literal, NamedTuple

from incidentdocs.process.people import Roster

Reason = Literal["always", "data-loss", "user-facing", "personal-data"]
"""Why something is done: always, or only where the incident is so."""


class Facts(NamedTuple):
    """What of an incident decides who is told; None for what is not known yet."""

    data_loss: bool | None = None
    user_facing: bool | None = None
    personal_data: bool | None = None

    def give(self, reasons: Iterable[Reason]) -> bool:
        """Return whether any of `reasons` holds."""
        said = {
            "always": True,
            "data-loss": self.data_loss,
            "user-facing": self.user_facing,
            "personal-data": self.personal_data,
        }
        return any(said[reason] for reason in reasons)


class Notice(NamedTuple):
    """Who is told of incidents of one severity: some `always`, others where data was lost.

    They are handles, with or without `@`, or roles. An e-mail to all goes out, and a
    banner up, for any of the reasons that are given.
    """

    always: tuple[str, ...] = ()
    data_loss: tuple[str, ...] = ()
    email: tuple[Reason, ...] = ()
    banner: tuple[Reason, ...] = ()

    def told(self, facts: Facts) -> tuple[str, ...]:
        """Return who is to be told."""
        return tuple(dict.fromkeys((*self.always, *(self.data_loss if facts.data_loss else ()))))


NOTICES: Mapping[str, Notice] = {
    "SEV1": Notice(("backup",), ("lead",), ("data-loss", "personal-data"), ("user-facing",)),
    "SEV2": Notice(("backup",), ("lead",), ("user-facing", "data-loss", "personal-data"), ("user-facing",)),
    "SEV3": Notice(),
}
"""The table of the process: the backup always, others where data was lost; an e-mail to all for a SEV1 that
lost data, for a SEV2 also where users see it."""


class Communication(NamedTuple):
    """Where a team talks during an incident, and how soon after one update the next is due.

    Updates are asked for incidents of `severities`.
    """

    channel: str = "#ops"
    every: timedelta = timedelta(minutes=30)
    severities: tuple[str, ...] = ("SEV1", "SEV2")
    notices: Mapping[str, Notice] = NOTICES

    def notice(self, severity: str | None) -> Notice:
        """Return who is told of incidents of `severity`, nobody where that is unknown."""
        return self.notices.get(severity or "", Notice())


def handles(words: Iterable[str], roster: Roster, on_call: Mapping[str, str]) -> Iterator[str]:
    """Yield the handle, with its `@`, of each of `words`: of who has that role now, or of whom it names.

    `on_call` has the handles of the roles that change hands, such as `backup`. A role that the roster does
    not list is its own handle.
    """
    for word in words:
        bare = word.strip().removeprefix("@")
        found = on_call.get(bare) or next(
            (person.handle for person in roster.people if bare in (person.handle, person.role)), bare
        )
        yield f"@{found.removeprefix('@')}"
