"""What the next on-call must know: the week's incidents, what is promised, due, changed and coming back."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from incidentdocs.history.values import DocumentHistory, ItemHistory
from incidentdocs.process.oncall import OnCall, Week, on_call
from incidentdocs.reports.deadlines import DocumentDeadline, missing_row
from incidentdocs.reports.items import item_of
from incidentdocs.reports.model import Item, Model
from incidentdocs.reports.promises import Promises
from incidentdocs.similarity.missing import Missing
from incidentdocs.similarity.recurrences import Recurrences
from incidentdocs.similarity.register import Incident

_TICK = timedelta(microseconds=1)

SOON = timedelta(days=7)
"""What is due so soon after a report is told in it."""


class Handover(Model):
    """Who hands to whom, by their handles, and when."""

    when: datetime
    """When the week ends, on the clock of the rota."""
    principal: str | None
    """Who hands over; null where nobody was on call."""
    backup: str | None
    """Who was the backup."""
    next_principal: str | None
    """Who takes over; null where nobody does."""
    next_backup: str | None
    """Who is the backup then."""


class HandoffIncident(Model):
    """One incident of the week, or an older one that is not over."""

    document: str
    """The register's document, else the post-mortem, relative to the repository's root."""
    date: date
    """The day on which it began."""
    title: str
    """What the document is called."""
    severity: str | None
    """The severity, null where none is given."""
    state: Literal["open", "resolved"]
    """Whether it is over: a register's document without `resolved` is open."""
    post_mortem: str | None
    """The post-mortem that tells of it, null where there is none."""


class RunbookChange(Model):
    """A runbook that has changed in the week."""

    document: str
    """The runbook, relative to the repository's root."""
    change: Literal["added", "changed", "reviewed", "removed"]
    """What was done; `reviewed` moved the day of the review and nothing else."""
    when: date
    """The day on which its last change landed."""
    commit: str
    """The commit that landed it."""


class ComingBack(Model):
    """Similar incidents that call for an escalation, or of which one more will."""

    incidents: tuple[str, ...]
    """Their documents, oldest first."""
    state: Literal["due", "near"]
    """Whether the escalation is due, and no document decides about it, or one more incident makes it due."""
    day: date
    """Since when it is due, or the last day on which one more would count with the oldest of them."""


class HandoffReport(Model):
    """What `incidentdocs handoff` tells whoever is on call next."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None
    """The commit whose history was read; null where there is none."""
    week: str
    """The ISO week in which the week that is handed over begins, such as `2026-W48`."""
    first: date
    """Its first day."""
    last: date
    """Its last day."""
    handover: Handover | None
    """Who hands to whom; null where no on-call is configured."""
    incidents: tuple[HandoffIncident, ...]
    """The incidents of the week, and older ones that are still open, oldest first."""
    overdue: tuple[Item, ...]
    """Action items past their due date."""
    due_soon: tuple[Item, ...]
    """Open action items that are due in the seven days after the report."""
    open: int
    """How many action items are open in all, these included."""
    post_mortems: tuple[DocumentDeadline, ...]
    """Post-mortems that are missing, or not published yet, by the day on which they are due."""
    coming_back: tuple[ComingBack, ...]
    """Similar incidents that call for an escalation, then those of which one more will."""
    runbooks: tuple[RunbookChange, ...]
    """Runbooks that have changed in the week; none are known without a history."""


class Known(NamedTuple):
    """What a handoff is made of; what only a history tells is empty where there is none.

    `near` are the recurrences with a threshold of one incident less. `unpublished` are the post-mortems
    that are written and not published, `missing` those that are not there.
    """

    promises: Promises
    recurring: Recurrences
    near: Recurrences | None
    unpublished: tuple[DocumentDeadline, ...] = ()
    missing: tuple[Missing, ...] = ()
    runbooks: tuple[DocumentHistory, ...] = ()


def handoff(week: Week, known: Known, oncall: OnCall | None, zone: tzinfo) -> HandoffReport:
    """Return what the next on-call must know of `week`, as of the day of what is promised.

    Days are those of `zone`. That of the handover belongs to both weeks, the one that ends and the next one.
    """
    promises = known.promises
    first, last = week.first, (week.until - _TICK).astimezone(zone).date()
    still_open = [item for item in promises.items if item.state == "open"]
    overdue = [item for item in still_open if promises.days_overdue(item) is not None]
    soon = due_soon(promises)
    missing = (missing_row(each, promises.as_of) for each in known.missing)
    return HandoffReport(
        as_of=promises.as_of,
        revision=promises.revision,
        week=week.name,
        first=first,
        last=last,
        handover=_handover(week, oncall) if oncall else None,
        incidents=tuple(_incidents(known.recurring.register.incidents, first, last, promises.as_of)),
        overdue=tuple(item_of(item, promises) for item in overdue),
        due_soon=tuple(item_of(item, promises) for item in soon),
        open=len(still_open),
        post_mortems=tuple(sorted((*missing, *known.unpublished), key=lambda row: row.due or date.min)),
        coming_back=(*_due(known.recurring), *_near(known, promises.as_of)),
        runbooks=tuple(_runbooks(known.runbooks, first, last, promises)),
    )


def due_soon(promises: Promises) -> list[ItemHistory]:
    """Return the open items that are due on the day of `promises` or in the seven days after it."""
    today = promises.as_of
    still_open = (item for item in promises.items if item.state == "open")
    return [item for item in still_open if item.item.due and today <= item.item.due <= today + SOON]


def _handover(week: Week, oncall: OnCall) -> Handover:
    before, after = on_call(oncall, week.until - _TICK), on_call(oncall, week.until)
    return Handover(
        when=week.until.astimezone(oncall.zone),
        principal=before.principal,
        backup=before.backup,
        next_principal=after.principal,
        next_backup=after.backup,
    )


def _incidents(
    incidents: Iterable[Incident], first: date, last: date, today: date
) -> Iterator[HandoffIncident]:
    for incident in incidents:
        over = _is_over(incident, today)
        if first <= incident.day <= last or (incident.day <= last and not over):
            yield HandoffIncident(
                document=incident.document,
                date=incident.day,
                title=incident.title,
                severity=incident.severity,
                state="resolved" if over else "open",
                post_mortem=incident.post_mortem,
            )


def _is_over(incident: Incident, today: date) -> bool:
    """Return whether an incident is over on `today`: it was resolved, or a post-mortem looks back on it."""
    resolved = incident.entry.resolved if incident.entry else None
    if resolved is None:
        return incident.entry is None or incident.post_mortem is not None
    return resolved <= today


def _due(recurring: Recurrences) -> Iterator[ComingBack]:
    """Yield the confirmed escalations that no document has decided about."""
    for escalation in recurring.escalations:
        if escalation.strength == "confirmed" and recurring.acknowledging(escalation) is None:
            incidents = [recurring.register.incidents[position] for position in escalation.incidents]
            documents = tuple(incident.document for incident in incidents)
            yield ComingBack(incidents=documents, state="due", day=incidents[-1].day)


def _near(known: Known, today: date) -> Iterator[ComingBack]:
    """Yield the confirmed sets that lack one incident, which may still come, and that no larger one holds."""
    if known.near is None:
        return
    incidents = known.near.register.incidents
    larger = [set(window.incidents) for each in known.recurring.escalations for window in each.windows]
    for escalation in known.near.escalations:
        for window in escalation.windows:
            until = incidents[window.incidents[0]].day + timedelta(days=known.near.trigger.window_days)
            part = any(set(window.incidents) <= whole for whole in larger)
            if window.strength == "confirmed" and until >= today and not part:
                documents = tuple(incidents[position].document for position in window.incidents)
                yield ComingBack(incidents=documents, state="near", day=until)


def _runbooks(
    histories: Iterable[DocumentHistory], first: date, last: date, promises: Promises
) -> Iterator[RunbookChange]:
    for history in histories:
        touched = history.touched
        if touched and touched.committed and first <= promises.day(touched) <= last:
            yield RunbookChange(
                document=history.path,
                change=_change(history, first, promises),
                when=promises.day(touched),
                commit=touched.commit,
            )


def _change(
    history: DocumentHistory, first: date, promises: Promises
) -> Literal["added", "changed", "reviewed", "removed"]:
    if not history.alive:
        return "removed"
    if first <= promises.day(history.born):
        return "added"
    return "reviewed" if history.reviews else "changed"
