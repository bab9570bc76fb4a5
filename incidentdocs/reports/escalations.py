"""Which incidents came back so often within a month that the process asks for an escalation."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Literal

from incidentdocs.reports.model import Item, Model
from incidentdocs.reports.promises import Promises
from incidentdocs.reports.similar import open_items
from incidentdocs.similarity.links import Alike, Bars, Likeness, Strength
from incidentdocs.similarity.reasons import why
from incidentdocs.similarity.recurrences import Recurrences
from incidentdocs.similarity.register import Incident
from incidentdocs.similarity.sets import Escalation

MOST_REASONS = 200
"""So many pairs of one escalation are explained: those of twenty incidents."""


class EscalatedIncident(Model):
    """One incident of an escalation."""

    document: str
    """The register's document, else the post-mortem, relative to the repository's root."""
    date: date
    """The day on which it began."""
    title: str
    """What the document is called."""
    severity: str | None
    """The severity, null where none is given."""
    post_mortem: str | None
    """The post-mortem that tells of it, null where there is none."""


class PairReason(Model):
    """Why two of the incidents are alike."""

    pair: tuple[str, str]
    """Their documents, the older incident's first."""
    strength: Strength | None
    """Whether it is confirmed or suggested that they are alike; null for a pair that only others join."""
    score: float
    """How alike they are, from 0 to 1."""
    alike_in: tuple[Alike, ...]
    """Whether what was seen, or what broke, is told alike."""
    because: tuple[str, ...]
    """What speaks for it, in words."""


class WindowOfIncidents(Model):
    """Similar incidents that lie within the window."""

    strength: Strength
    """Confirmed where all of its links are."""
    incidents: tuple[str, ...]
    """The documents, oldest first."""


class EscalationRow(Model):
    """Incidents that came back, and call for a decision."""

    strength: Strength
    """Whether it is confirmed, or only suggested, that they are the same matter."""
    incidents: tuple[EscalatedIncident, ...]
    """The incidents, oldest first."""
    first: date
    """The day of the oldest."""
    last: date
    """The day of the newest: the escalation is due since then."""
    windows: tuple[WindowOfIncidents, ...]
    """The sets within the window that share two incidents or more, and so are one matter."""
    reasons: tuple[PairReason, ...]
    """Why each pair is alike."""
    open_items: tuple[Item, ...]
    """The action items of all but the newest incident that are still open."""
    acknowledged_by: str | None
    """The escalation document that names every one of the incidents, null where none does."""


class EscalationsSummary(Model):
    """How many there are."""

    incidents: int
    """The incidents that were compared."""
    undated: int
    """Those that could not be, since nothing gives their day."""
    confirmed: int
    """Confirmed escalations."""
    due: int
    """Confirmed escalations that no document acknowledges."""
    suggested: int
    """Sets that may be alike, for a person to judge."""


class EscalationsReport(Model):
    """What `incidentdocs report escalations` finds: confirmed escalations first, the oldest of them first."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None
    """The commit whose documents were read; null when they are read from disk."""
    window_days: int
    """How many days lie at most between the oldest and the newest of a set."""
    threshold: int
    """How many incidents a set has at least."""
    escalations: tuple[EscalationRow, ...]
    """The escalations."""
    undated: tuple[str, ...]
    """Documents of incidents that were not compared, since nothing gives their day."""
    summary: EscalationsSummary
    """How many there are."""


def escalations_report(found: Recurrences, promises: Promises) -> EscalationsReport:
    """Return the escalations that were found, with what is still promised, as of the day of `promises`."""
    rows = tuple(_row(escalation, found, promises) for escalation in found.escalations)
    confirmed = [row for row in rows if row.strength == "confirmed"]
    return EscalationsReport(
        as_of=promises.as_of,
        revision=promises.revision,
        window_days=found.trigger.window_days,
        threshold=found.trigger.threshold,
        escalations=rows,
        undated=found.register.undated,
        summary=EscalationsSummary(
            incidents=len(found.register.incidents),
            undated=len(found.register.undated),
            confirmed=len(confirmed),
            due=sum(row.acknowledged_by is None for row in confirmed),
            suggested=len(rows) - len(confirmed),
        ),
    )


def _row(escalation: Escalation, found: Recurrences, promises: Promises) -> EscalationRow:
    incidents = [found.register.incidents[position] for position in escalation.incidents]
    decision = found.acknowledging(escalation)
    return EscalationRow(
        strength=escalation.strength,
        incidents=tuple(map(_incident, incidents)),
        first=incidents[0].day,
        last=incidents[-1].day,
        windows=tuple(
            WindowOfIncidents(
                strength=window.strength,
                incidents=tuple(found.register.incidents[position].document for position in window.incidents),
            )
            for window in escalation.windows
        ),
        reasons=tuple(_reasons(escalation.incidents, found.likeness, found.trigger.bars)),
        open_items=open_items(incidents[:-1], promises),
        acknowledged_by=decision.document if decision else None,
    )


def _incident(incident: Incident) -> EscalatedIncident:
    return EscalatedIncident(
        document=incident.document,
        date=incident.day,
        title=incident.title,
        severity=incident.severity,
        post_mortem=incident.post_mortem,
    )


def _reasons(positions: Sequence[int], likeness: Likeness, bars: Bars) -> Iterator[PairReason]:
    incidents = likeness.register.incidents
    for number, (one, other) in enumerate(combinations(positions, 2)):
        if number == MOST_REASONS:
            return
        told = why(likeness, one, other)
        yield PairReason(
            pair=(incidents[one].document, incidents[other].document),
            strength=told.evidence.strength(bars),
            score=round(told.evidence.score, 2),
            alike_in=told.alike,
            because=told.because,
        )
