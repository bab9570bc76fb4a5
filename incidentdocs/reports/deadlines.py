"""Which post-mortems were published in time, which late, and which are still to come."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from incidentdocs.history.publication import Deadline, Status, deadline
from incidentdocs.history.values import DocumentHistory, History
from incidentdocs.process.process import Process
from incidentdocs.reports.model import Model


class DocumentDeadline(Model):
    """One post-mortem and the day by which it was to be published."""

    document: str
    """The document, relative to the repository's root."""
    incident: date | None
    """The day of the incident, null where the document gives none."""
    severity: str
    """The severity of the incident."""
    due: date | None
    """The last day on which it is in time; null where the document gives no day to count from."""
    status: Status
    """Whether it was published; `unpublished` is no draft and still holds a placeholder."""
    published: date | None
    """The day on which it was first no draft and without a placeholder, as it landed."""
    published_commit: str | None
    """The commit that landed it."""
    made: date | None
    """The day on which it was made, which is judged where it is the earlier one."""
    days_late: int
    """How many days after `due` it was published, or today still is not; 0 is in time."""


class DeadlinesSummary(Model):
    """How many post-mortems stand where."""

    documents: int
    """The post-mortems of the severities in question."""
    on_time: int
    """Those published in time."""
    late: int
    """Those published too late."""
    overdue: int
    """Those that are not published and should be."""
    pending: int
    """Those that are not published and still have time."""
    unknown: int
    """Those of which the commits do not tell when they were published."""


class DeadlinesReport(Model):
    """What `incidentdocs report deadlines` finds: every post-mortem, what asks for something first."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None
    """The commit whose history was read; null where nothing is committed yet."""
    days: int
    """How many days there are to publish a post-mortem."""
    severities: tuple[str, ...]
    """The severities that ask for one."""
    documents: tuple[DocumentDeadline, ...]
    """The post-mortems."""
    summary: DeadlinesSummary
    """How many of them stand where."""


def deadlines(history: History, process: Process, *, days: int, severities: Sequence[str]) -> DeadlinesReport:
    """Return where each document of `severities` stands that is there, what asks for something first."""

    def of(document: DocumentHistory) -> Deadline | None:
        return deadline(document, zone=process.zone, today=history.as_of, days=days, severities=severities)

    found = [(document, due) for document in history.documents if document.alive and (due := of(document))]
    rows = sorted((_row(document, due, process) for document, due in found), key=_urgency)
    return DeadlinesReport(
        as_of=history.as_of,
        revision=history.revision,
        days=days,
        severities=tuple(severities),
        documents=tuple(rows),
        summary=_summary([due for _, due in found]),
    )


def _row(document: DocumentHistory, found: Deadline, process: Process) -> DocumentDeadline:
    landing = found.published
    return DocumentDeadline(
        document=document.path,
        incident=document.last.day if document.last else None,
        severity=found.severity,
        due=found.due,
        status=found.status,
        published=landing.when.astimezone(process.zone).date() if landing else None,
        published_commit=landing.commit if landing else None,
        made=landing.earliest.astimezone(process.zone).date() if landing else None,
        days_late=found.days_late,
    )


_GROUPS: tuple[tuple[Status, ...], ...] = (("draft", "unpublished"), ("late",), ("on-time",), ("unknown",))


def _urgency(row: DocumentDeadline) -> tuple[int, int, date, str]:
    group = next(number for number, statuses in enumerate(_GROUPS) if row.status in statuses)
    return group, -row.days_late, row.due or date.max, row.document


def _summary(found: Sequence[Deadline]) -> DeadlinesSummary:
    statuses = [each.status for each in found]
    waiting = statuses.count("draft") + statuses.count("unpublished")
    overdue = sum(each.overdue for each in found)
    return DeadlinesSummary(
        documents=len(found),
        on_time=statuses.count("on-time"),
        late=statuses.count("late"),
        overdue=overdue,
        pending=waiting - overdue,
        unknown=statuses.count("unknown"),
    )
