"""The severities of an incident, the words that name them, and what the process asks for each."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, NamedTuple

SEVERITIES = ("SEV1", "SEV2", "SEV3")

TICKETED = "SEV3"
"""The severity whose incidents get a ticket in the place of a post-mortem."""

ALIASES = {"CRITICAL": "SEV1", "WARNING": "SEV2", "INFO": "SEV3"}
"""The process writes SEV1 (CRITICAL), SEV2 (WARNING), SEV3 (INFO)."""

IN_FULL = {f"{severity} ({alias})": severity for alias, severity in ALIASES.items()}

Clock = Literal["wall", "business"]


class Policy(NamedTuple):
    """What the process asks for incidents of one severity.

    Triage is to begin within `response` after detection, on the wall clock or in business hours. Action
    items are due within `due_days` days after the incident.
    """

    definition: str
    response: timedelta
    clock: Clock
    due_days: int


POLICIES: Mapping[str, Policy] = {
    "SEV1": Policy("the service is down, or data is being lost", timedelta(minutes=15), "wall", 15),
    "SEV2": Policy("a major degradation, a part is unavailable", timedelta(hours=4), "business", 30),
    "SEV3": Policy("an isolated bug, with a workaround", timedelta(hours=24), "business", 90),
}
"""What the process asks where a repository decides nothing else."""


def severity_of(text: str, own: Mapping[str, str] | None = None) -> str | None:
    """Return `SEV1`, `SEV2` or `SEV3` for any way of writing it, None for anything else.

    `own` are a team's own words, each with the severity that it stands for.
    """
    word = _key(text)
    known = _WORDS.get(word, word)
    if known in SEVERITIES:
        return known
    return next((severity for said, severity in own.items() if _key(said) == word), None) if own else None


def _key(text: str) -> str:
    return text.strip().upper().replace("-", "").replace(" ", "")


_WORDS = {word.replace(" ", ""): severity for word, severity in (ALIASES | IN_FULL).items()}
