"""When a runbook was last touched or reviewed, and for how long nobody has."""

from datetime import date, datetime, tzinfo

from incidentdocs.documents.document import Document
from incidentdocs.history.reviews import REVIEWED
from incidentdocs.history.values import Landing
from incidentdocs.profiles.roles import role_of


def asks_for_reviews(document: Document) -> bool:
    """Return whether a document is a runbook that may say when it was reviewed; a signpost holds no steps."""
    asked = any(known.id == REVIEWED for known in document.profile.metadata)
    return asked and role_of(document.profile) == "runbook" and not document.is_signpost


def reviewed_on(document: Document) -> date | None:
    """Return the day of the last review that a document tells of, None without one."""
    said = map(_day_of, document.fields(REVIEWED))
    return max((day for day in said if day), default=None)


def last_kept_up(touched: Landing, reviewed: date | None, *, today: date, zone: tzinfo) -> date:
    """Return the day, in `zone`, on which a document was last touched or reviewed.

    A commit counts by the later of its two dates, a review that lies ahead not at all.
    """
    day = max(touched.made, touched.when).astimezone(zone).date()
    return max(day, reviewed) if reviewed and reviewed <= today else day


def months_between(start: date, end: date) -> int:
    """Return how many whole months lie between two days."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _day_of(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
