"""What a team hears on Monday: what is late, due, changed, missing, coming back, or no longer kept up."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from incidentdocs.reports.changes import changes
from incidentdocs.reports.deadlines import DeadlinesReport, DocumentDeadline
from incidentdocs.reports.escalations import EscalationRow, EscalationsReport
from incidentdocs.reports.handoff import SOON, due_soon
from incidentdocs.reports.items import item_of
from incidentdocs.reports.model import Change, Item, Model, Summary
from incidentdocs.reports.overdue import overdue
from incidentdocs.reports.promises import Promises, Since


class StaleRunbook(Model):
    """A runbook that nobody has touched or reviewed for long."""

    document: str
    """The runbook, relative to the repository's root."""
    title: str
    """What it is called."""
    since: date
    """The day on which it was last touched or reviewed."""
    months: int
    """How many whole months ago that was."""


class WeeklyReport(Model):
    """What `incidentdocs report weekly` finds."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None
    """The commit whose history was read; null where nothing is committed yet."""
    since: date
    """The day after which `changes` begin."""
    due_until: date
    """The last day of what is due soon."""
    overdue: tuple[Item, ...]
    """Open action items past their due date, the document with the oldest one first."""
    due_soon: tuple[Item, ...]
    """Open action items due from the day of the report to `due_until`, the earliest first."""
    changes: tuple[Change, ...]
    """What became of action items: closed, rescheduled, dropped, abandoned, moved, newly overdue."""
    post_mortems: tuple[DocumentDeadline, ...]
    """Post-mortems that are missing or not published yet, and those published after `since`."""
    escalations: tuple[EscalationRow, ...]
    """Confirmed escalations that no document acknowledges."""
    stale_runbooks: tuple[StaleRunbook, ...]
    """Runbooks that nobody has kept up, the oldest first."""
    summary: Summary
    """How many action items there are, by state."""

    @property
    def asks(self) -> bool:
        """Whether anything asks for something now: late, missing, or to be decided."""
        late = any(row.days_late and not row.published for row in self.post_mortems)
        return bool(self.overdue or self.escalations or self.stale_runbooks or late)


class Week(NamedTuple):
    """What a weekly report is made of."""

    promises: Promises
    deadlines: DeadlinesReport
    escalations: EscalationsReport
    stale: Sequence[StaleRunbook]


def weekly(known: Week, since: Since) -> WeeklyReport:
    """Return what a team is told of the time after `since` and of the seven days to come."""
    promises = known.promises
    late = overdue(promises)
    soon = sorted((item_of(item, promises) for item in due_soon(promises)), key=_by_due)
    return WeeklyReport(
        as_of=promises.as_of,
        revision=promises.revision,
        since=since.day,
        due_until=promises.as_of + SOON,
        overdue=late.items,
        due_soon=tuple(soon),
        changes=changes(promises, since, every_slip=True),
        post_mortems=tuple(row for row in known.deadlines.documents if _is_told(row, since.day)),
        escalations=tuple(
            row
            for row in known.escalations.escalations
            if row.strength == "confirmed" and row.acknowledged_by is None
        ),
        stale_runbooks=tuple(sorted(known.stale, key=lambda runbook: (runbook.since, runbook.document))),
        summary=late.summary,
    )


def _by_due(item: Item) -> tuple[date, str, int]:
    return item.due or date.max, item.document, item.line


def _is_told(row: DocumentDeadline, since: date) -> bool:
    """Return whether a post-mortem is still owed, or was published after a day."""
    if row.status == "unknown":
        return False
    return row.published is None or row.published > since
