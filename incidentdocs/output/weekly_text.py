"""The weekly report for people, as text and as Markdown: what is late first, what went well beside it."""

from collections.abc import Iterator, Sequence

from incidentdocs.output.deadlines_text import standing
from incidentdocs.output.escalations_text import heading_of
from incidentdocs.output.item_groups import By, groups
from incidentdocs.output.parts import Line, Part, parts_markdown, parts_text
from incidentdocs.output.report_markdown import escaped
from incidentdocs.output.report_words import CHANGES, how_it_changed, label, past_of, state_of
from incidentdocs.output.terminal import Style
from incidentdocs.output.wording import counted
from incidentdocs.reports.deadlines import DocumentDeadline
from incidentdocs.reports.escalations import EscalationRow
from incidentdocs.reports.model import Change, Item
from incidentdocs.reports.weekly import StaleRunbook, WeeklyReport


def weekly_text(report: WeeklyReport, *, by: By, colour: bool) -> str:
    """Return the report as text, each thing with a place to click on."""
    style = Style(colour=colour)
    painted = style.error if report.asks else style.good
    blocks = [style.bold(weekly_title(report)), painted(weekly_totals(report))]
    return "\n\n".join([*blocks, *parts_text(weekly_parts(report, by), style)])


def weekly_markdown(report: WeeklyReport, *, by: By) -> str:
    """Return the report as Markdown, for a job's summary, a wiki or a message."""
    blocks = [f"# {weekly_title(report)}", f"{escaped(weekly_totals(report))}."]
    return "\n\n".join([*blocks, *parts_markdown(weekly_parts(report, by))])


def weekly_title(report: WeeklyReport) -> str:
    """Return what the report is called, also as the subject of a message."""
    return f"Incident follow-up on {report.as_of}"


def weekly_totals(report: WeeklyReport) -> str:
    """Return what there is in one line that never reads as if nothing was counted."""
    summary = report.summary
    missing = sum(row.status == "missing" for row in report.post_mortems)
    waiting = sum(row.published is None for row in report.post_mortems) - missing
    counts = (
        (f"{summary.overdue} overdue", summary.overdue),
        (f"{len(report.due_soon)} due by {report.due_until}", len(report.due_soon)),
        (f"{counted(missing, 'post-mortem')} missing", missing),
        (f"{counted(waiting, 'post-mortem')} not published", waiting),
        (f"{counted(len(report.escalations), 'escalation')} due", len(report.escalations)),
        (f"{counted(len(report.stale_runbooks), 'runbook')} stale", len(report.stale_runbooks)),
    )
    told = ", ".join(words for words, count in counts if count) or "nothing is late or due"
    items = f"{counted(summary.open, 'open action item')} in {counted(summary.documents, 'document')}"
    return f"{told}; {items}, {summary.undated} without a due date"


def weekly_parts(report: WeeklyReport, by: By) -> Iterator[Part]:
    """Yield the parts of the report; action items stand below what they are grouped by."""
    yield Part("Overdue action items", tuple(_items(report.overdue, by)), "nothing is overdue")
    title = f"Action items due by {report.due_until}"
    yield Part(title, tuple(_items(report.due_soon, by)), "nothing is due")
    changed = tuple(map(_change, report.changes))
    yield Part(f"Changed since {report.since}", changed, "nothing changed")
    post_mortems = tuple(map(_post_mortem, report.post_mortems))
    yield Part("Post-mortems", post_mortems, "none is owed, and none was published")
    escalations = tuple(line for row in report.escalations for line in _escalation(row))
    yield Part("Escalations due", escalations, "nothing calls for an escalation")
    runbooks = tuple(map(_runbook, report.stale_runbooks))
    yield Part("Runbooks to go through", runbooks, "each was touched or reviewed not long ago")


def _items(items: Sequence[Item], by: By) -> Iterator[Line]:
    for group in groups(items, by):
        for item in group.items:
            said = f"{label(item.number)} {item.description} ({item.owner or 'no owner'}, {_state(item)})"
            yield Line(item.document, item.line, said, below=group.title, urgent=bool(item.days_overdue))


def _state(item: Item) -> str:
    slipped = [part for part in past_of(item).split(", ", 1)[1:] if item.reschedules]
    return ", ".join([state_of(item), *slipped])


def _change(change: Change) -> Line:
    what = f"{CHANGES[change.change]}: {label(change.number)} {change.description}"
    said = f"{what} ({change.owner or 'no owner'}, {how_it_changed(change)})"
    urgent = change.change in ("newly-overdue", "dropped")
    return Line(change.document, change.line, said, gone=change.change == "dropped", urgent=urgent)


def _post_mortem(row: DocumentDeadline) -> Line:
    said = f"{row.severity} of {row.incident or 'an unknown day'}: {standing(row)}"
    return Line(row.document, None, said, urgent=bool(row.days_late and not row.published))


def _escalation(row: EscalationRow) -> Iterator[Line]:
    for incident in row.incidents:
        severity = f"{incident.severity} " if incident.severity else ""
        yield Line(
            incident.document,
            None,
            f"{incident.date} {severity}{incident.title}",
            below=heading_of(row),
            urgent=True,
        )


def _runbook(runbook: StaleRunbook) -> Line:
    old = counted(runbook.months, "month")
    return Line(
        runbook.document, None, f"{runbook.title}: not touched or reviewed since {runbook.since}, {old}"
    )
