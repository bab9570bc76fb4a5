"""Which milestone of its profile an event's text names, such as *service restored*."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from incidentdocs.documents.titles import fold
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import MilestoneProfile

ROOT_CAUSE = "root-cause"
"""The id of the milestone that may come at any time after the first event, wherever it is written."""

DETECTION = "detection"
"""The id of the milestone at which an incident was first seen."""

TRIAGE = "triage"
"""The id of the milestone at which somebody begins to handle an incident."""

MITIGATION = "mitigation"
"""The id of the milestone at which the harm begins to be lessened."""

RESTORED = "restored"
"""The id of the milestone that ends an outage."""

_LONGEST = 120


def milestone_in(text: str, milestones: Sequence[MilestoneProfile]) -> str | None:
    """Return the id of the milestone that `text` is, or begins with before punctuation or a line's end.

    `detection : UptimeRobot` and `**detection** (alert)` are the milestone *detection*; `detection of
    the leak was hard` is none.
    """
    start = text[: 4 * _LONGEST]
    openings = {fold(plain(start.partition("\n")[0])), *_openings(plain(start))}
    for milestone in milestones:
        if openings & _labels(milestone.accept, tuple(milestone.label.values())):
            return milestone.id
    return None


@cache
def _labels(accept: tuple[str, ...], titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(label) for label in (*accept, *titles))


@cache
def _punctuation() -> re.Pattern[str]:
    return re.compile(r"[:;,.!?…|(\[–—→=>-]+(?=[\s*_]|$)|(?<=\s)[:;,.!?…|(\[–—→=>-]+|—|:")


def _openings(text: str) -> Iterator[str]:
    """Yield the folded text itself and what stands before each of its punctuation marks."""
    yield fold(text[: 2 * _LONGEST])
    for found in _punctuation().finditer(text[:_LONGEST]):
        yield fold(text[: found.start()])
