"""The deadlines of post-mortems for people, as text and as Markdown."""

from collections.abc import Iterator

from incidentdocs.output.report_markdown import escaped, link, table
from incidentdocs.output.report_words import short
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.deadlines import DeadlinesReport, DocumentDeadline


def deadlines_text(report: DeadlinesReport, *, colour: bool) -> str:
    """Return where each post-mortem stands, what asks for something first, and a line of totals."""
    style = Style(colour=colour)
    documents = [_document(document, style) for document in report.documents]
    asks = report.summary.late or report.summary.overdue or report.summary.missing
    totals = (style.error if asks else style.good)(_totals(report))
    return "\n\n".join(["\n".join(documents), totals] if documents else [totals])


def deadlines_markdown(report: DeadlinesReport) -> str:
    """Return the same as a table, under a heading with the day."""
    rows = [
        [link(found.document, found.document), found.severity, escaped(standing(found))]
        for found in report.documents
    ]
    blocks = [f"# Deadlines of post-mortems on {report.as_of}", f"{_totals(report)}."]
    return "\n\n".join([*blocks, *([table(["document", "severity", "published"], rows)] if rows else [])])


def standing(found: DocumentDeadline) -> str:
    """Return whether a post-mortem was published in time: `published 2026-03-24 (a1b2c3d), 3 days late`."""
    return ", ".join(_standing(found))


def _standing(found: DocumentDeadline) -> Iterator[str]:
    if found.status == "missing":
        if found.days_late:
            yield "no post-mortem"
            yield f"{counted(found.days_late, 'day')} late"
        else:
            yield "no post-mortem yet"
        yield f"due {found.due}"
        return
    if found.status == "unknown":
        yield "unknown: the commits do not tell when it was published"
        return
    if found.published:
        yield f"published {found.published} ({short(found.published_commit or '')})"
        if found.made and found.made != found.published:
            yield f"made {found.made}"
    else:
        yield "still a draft" if found.status == "draft" else "not published, a placeholder is left"
    late = f"{counted(found.days_late, 'day')} late"
    in_time = "on time" if found.published else "in time so far"
    yield late if found.days_late else in_time
    yield f"due {found.due}"


def _document(found: DocumentDeadline, style: Style) -> str:
    standing_ = standing(found)
    told = style.error(standing_) if found.days_late else standing_
    return f"{style.bold(visible(found.document))} · {found.severity}\n  {told}"


def _totals(report: DeadlinesReport) -> str:
    summary = report.summary
    asked = f"{counted(summary.documents, 'post-mortem')} of {' and '.join(report.severities)}"
    counts = (
        (summary.missing, "missing"),
        (summary.overdue, "overdue"),
        (summary.late, "published late"),
        (summary.on_time, "on time"),
        (summary.pending, "still to come"),
        (summary.unknown, "unknown"),
    )
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{asked}, each within {counted(report.days, 'day')}: {told or 'nothing to tell'}"
