"""`incidentdocs report metrics`: what a team learns from the incidents of a year."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import click

from incidentdocs.commands.committed import Committed, required
from incidentdocs.commands.incidents import told_and_seen, trigger_of, versions_at
from incidentdocs.commands.owed import Owed, deadlines_at
from incidentdocs.documents.document import Document
from incidentdocs.documents.response import response_of
from incidentdocs.errors import UsageError
from incidentdocs.output.metrics_text import metrics_csv, metrics_markdown, metrics_text
from incidentdocs.output.report_json import report_json
from incidentdocs.reports.metrics import Facts, Measured, MetricsReport, Period, facts_of, last_year, metrics
from incidentdocs.reports.promises import promises_in
from incidentdocs.similarity.recurrences import Recurrences, recurrences
from incidentdocs.workspace import Workspace, open_workspace


def run(
    start: Path,
    *,
    format: Literal["text", "markdown", "json", "csv"],
    days: tuple[date | None, date | None],
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the figures of the incidents that began on `days`, from the first to the last.

    Without them it is the quarter of today and the three before it. Return the exit code. UsageError where
    the last is before the first.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    first, last = days
    usual = last_year(last or workspace.process.today)
    period = Period(first or usual.first, last or usual.last)
    if period.last < period.first:
        hint = "give the earlier day as --from, the later one as --to"
        raise UsageError(f"--to {period.last} is before --from {period.first}", hint=hint)
    report = report_at(workspace, required(workspace, at, what="report metrics", cache=cache), period)
    click.echo(_written(report, format, colour=colour), color=colour)
    return 0


def report_at(workspace: Workspace, found: Committed, period: Period) -> MetricsReport:
    """Return the figures of the incidents of a commit that began in `period`."""
    told, facts = told_and_seen(workspace, found, versions_at(found), _facts_by_path)
    recurring = recurrences(told.gathered, trigger_of(workspace), workspace.process.today)
    owed = deadlines_at(workspace, found, recurring, told.versions)
    promises = promises_in(owed.history, workspace.process)
    incidents = measured(recurring, owed, dict(facts))
    return metrics(incidents, promises, period, undated=len(recurring.register.undated))


def measured(recurring: Recurrences, owed: Owed, facts: Mapping[str, Facts]) -> Iterator[Measured]:
    """Yield each incident of the register with what its documents, by path, and the history tell of it.

    A document that tells of several incidents says nothing of the time or the cost of any one.
    """
    register = recurring.register
    repeats = {link.other for link in recurring.links if link.strength == "confirmed"}
    published = {row.document: row.published for row in owed.deadlines.documents}
    for position, incident in enumerate(register.incidents):
        paths = [path for path in incident.documents if path in facts]
        alone = [facts[path] for path in paths if len(register.positions[path]) == 1]
        yield Measured(
            day=incident.day,
            severity=incident.severity,
            documents=incident.documents,
            response=response_of([each.moments for each in alone]),
            published=published.get(incident.post_mortem or ""),
            found=next((facts[path].found for path in paths if facts[path].found), None),
            repeats=position in repeats,
            cost=next((each.cost for each in alone if each.cost), None),
        )


def _facts_by_path(document: Document) -> tuple[str, Facts]:
    return document.path, facts_of(document)


def _written(report: MetricsReport, format: str, *, colour: bool) -> str:
    if format == "json":
        return report_json(report)
    if format == "csv":
        return metrics_csv(report)
    if format == "markdown":
        return metrics_markdown(report)
    return metrics_text(report, colour=colour)
