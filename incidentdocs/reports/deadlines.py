"""Which post-mortems were published in time, which late, and which are still to come."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal

from incidentdocs.history.publication import Deadline, Status, deadline
from incidentdocs.history.values import DocumentHistory, History
from incidentdocs.process.process import Process
from incidentdocs.reports.model import Model
from incidentdocs.similarity.missing import Missing


class DocumentDeadline(Model):
    """One post-mortem and the day by which it was to be published."""

    document: str
    """The document, relative to the repository's root; of a missing one that of its incident."""
    incident: date | None
    """The day of the incident, null where the document gives none."""
    severity: str
    """The severity of the incident."""
    due: date | None
    """The last day on which it is in time; null where the document gives no day to count from."""
    status: Status | Literal["missing"]
    """Whether it was published; `unpublished` is no draft and holds a placeholder, `missing` is not there."""
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
    missing: int = 0
    """Incidents that should have one by now, and have none."""


class DeadlinesReport(Model):
    """What `incidentdocs report deadlines` finds: every post-mortem, what asks for something first."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None
    """The commit whose history was read; null where nothing is committed yet."""
    days: int
    """How many days there are to publish a post-mortem, where its severity has none of its own."""
    severities: tuple[str, ...]
    """The severities that ask for one."""
    documents: tuple[DocumentDeadline, ...]
    """The post-mortems."""
    summary: DeadlinesSummary
    """How many of them stand where."""


def deadlines(
    history: History,
    process: Process,
    *,
    kinds: Collection[str] | None = None,
    missing: Iterable[Missing] = (),
) -> DeadlinesReport:
    """Return where each document stands that is to be published in time, what asks for something first.

    `kinds` are those of post-mortems, None for all; `missing` are the incidents without one.
    """

    def of(document: DocumentHistory) -> Deadline | None:
        if kinds is not None and document.kind not in kinds:
            return None
        return deadline(document, process, today=history.as_of)

    found = [(document, due) for document in history.documents if document.alive and (due := of(document))]
    owed = [missing_row(each, history.as_of) for each in missing if each.due < history.as_of]
    rows = sorted((*owed, *(_row(document, due, process) for document, due in found)), key=_urgency)
    return DeadlinesReport(
        as_of=history.as_of,
        revision=history.revision,
        days=process.publication.days,
        severities=process.publication.asking,
        documents=tuple(rows),
        summary=_summary([due for _, due in found], len(owed)),
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


def missing_row(owed: Missing, today: date) -> DocumentDeadline:
    """Return where a post-mortem stands that is not there, and is not late before its day is over."""
    return DocumentDeadline(
        document=owed.incident.document,
        incident=owed.incident.day,
        severity=owed.incident.severity or "",
        due=owed.due,
        status="missing",
        published=None,
        published_commit=None,
        made=None,
        days_late=max((today - owed.due).days, 0),
    )


_GROUPS = (("missing",), ("draft", "unpublished"), ("late",), ("on-time",), ("unknown",))


def _urgency(row: DocumentDeadline) -> tuple[int, int, date, str]:
    group = next(number for number, statuses in enumerate(_GROUPS) if row.status in statuses)
    return group, -row.days_late, row.due or date.max, row.document


def _summary(found: Sequence[Deadline], missing: int) -> DeadlinesSummary:
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
        missing=missing,
    )
