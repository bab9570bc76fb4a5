"""Which incidents should have a post-mortem by now, and have none."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from incidentdocs.process.publication import Publication
from incidentdocs.similarity.recurrences import Recurrences
from incidentdocs.similarity.register import Incident


class Missing(NamedTuple):
    """An incident without a post-mortem, the last day on which that was in time, and whether it came back."""

    incident: Incident
    due: date
    recurring: bool


def missing_post_mortems(
    found: Recurrences, publication: Publication, *, since: date | None = None
) -> Iterator[Missing]:
    """Yield the incidents of the register that are owed a post-mortem, oldest first, however late it is.

    Those of some severities have one within some days after they were resolved, and so have others that
    belong to a confirmed set of similar incidents, after that was complete. What was not resolved yet, and
    what happened before `since`, is owed none.
    """
    completed: dict[int, date] = {}
    for escalation in found.escalations:
        if escalation.strength == "confirmed":
            for window in sorted(escalation.windows, key=lambda window: window.incidents[-1]):
                if window.strength == "confirmed":
                    last = found.register.incidents[window.incidents[-1]].day
                    for position in window.incidents:
                        completed[position] = min(last, completed.get(position, last))
    for position, incident in enumerate(found.register.incidents):
        resolved = incident.entry.resolved if incident.entry else None
        early = since is not None and incident.day < since
        if incident.post_mortem or resolved is None or early:
            continue
        days = publication.days_for(incident.severity)
        if days is not None:
            yield Missing(incident, _after(resolved, days), recurring=False)
        elif position in completed:
            due = _after(max(resolved, completed[position]), publication.days)
            yield Missing(incident, due, recurring=True)


def _after(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
