"""By when a post-mortem is to be published."""

from collections.abc import Mapping
from typing import NamedTuple

DAYS = 7
"""The process asks for the post-mortem within a week."""


class Publication(NamedTuple):
    """How many days after service was restored a post-mortem is published at last.

    `days` holds for the `severities`; `own` are those that have days of their own, and ask for one too.
    """

    days: int = DAYS
    severities: tuple[str, ...] = ("SEV1", "SEV2")
    own: Mapping[str, int] = {}

    def days_for(self, severity: str | None) -> int | None:
        """Return the days for an incident of `severity`, None where it asks for no post-mortem."""
        if severity is None:
            return None
        return self.own.get(severity, self.days if severity in self.severities else None)

    @property
    def asking(self) -> tuple[str, ...]:
        """The severities whose incidents ask for a post-mortem."""
        return tuple(dict.fromkeys((*self.severities, *sorted(self.own))))
