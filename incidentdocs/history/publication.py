"""When a document was published, whether that can be known, and against which deadline."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from incidentdocs.history.values import DocumentHistory, Landing, VersionFacts
from incidentdocs.process.process import Process

Status = Literal["on-time", "late", "draft", "unpublished", "unknown"]


class Deadline(NamedTuple):
    """By when a document was to be published (None: it gives no day to count from), and whether it was.

    `days_late` counts the days after `due`, up to today for what is not published yet: 0 is on time.
    A `draft` calls itself one; `unpublished` is no draft but still holds a placeholder.
    """

    severity: str
    due: date | None
    status: Status
    published: Landing | None = None
    days_late: int = 0

    @property
    def overdue(self) -> bool:
        """Whether it is not published yet, and should be."""
        return self.status in ("draft", "unpublished") and self.days_late > 0


def is_public(facts: VersionFacts | None) -> bool:
    """Return whether a version is meant for everybody: there, no draft, and with nothing left to fill in."""
    return facts is not None and not facts.draft and not facts.holds_placeholders


def unknown(facts: VersionFacts | None, since: date | None, *, sweeping: bool) -> bool:
    """Return whether nobody can tell from the commits when a document that says `facts` was published.

    It arrived with the root commit or among more than five documents (`sweeping`), or its incident is
    older than `since`, the day from which histories count (None: from the beginning).
    """
    older = since is not None and facts is not None and facts.day is not None and facts.day < since
    return older or sweeping


def deadline(history: DocumentHistory, process: Process, *, today: date) -> Deadline | None:
    """Return the deadline of a document; None where its severity has none, and for what is gone unpublished.

    It runs from the day in the process's zone on which service was restored, else the last event, else the
    incident's date; the last day counts as on time. What is late is judged by the earlier of making and
    landing.
    """
    facts, landing = history.last, history.published
    severity = facts.severity if facts else None
    days = process.publication.days_for(severity)
    if facts is None or severity is None or days is None:
        return None
    if not (landing or history.alive):
        return None
    start = history.restored.astimezone(process.zone).date() if history.restored else facts.day
    if start is None or history.unknown:
        return Deadline(severity, _after(start, days), "unknown", landing)
    due = _after(start, days) or date.max
    day = landing.earliest.astimezone(process.zone).date() if landing else today
    late = max((day - due).days, 0)
    return Deadline(severity, due, _status(facts, landing, late), landing, late)


def _status(facts: VersionFacts, landing: Landing | None, late: int) -> Status:
    if landing:
        return "late" if late else "on-time"
    return "draft" if facts.draft else "unpublished"


def _after(start: date | None, days: int) -> date | None:
    try:
        return start + timedelta(days=days) if start else None
    except OverflowError:
        return date.max
