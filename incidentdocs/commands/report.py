"""`incidentdocs report`: what became of the action items, and whether post-mortems were published in time."""

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import click

from incidentdocs.commands.committed import Committed, committed, required, since_of
from incidentdocs.errors import UsageError
from incidentdocs.output.deadlines_text import deadlines_markdown, deadlines_text
from incidentdocs.output.report_json import report_json
from incidentdocs.output.report_markdown import report_markdown
from incidentdocs.output.report_text import report_text
from incidentdocs.reports.actions import actions
from incidentdocs.reports.deadlines import DeadlinesReport, deadlines
from incidentdocs.reports.model import ActionsReport, OverdueReport
from incidentdocs.reports.overdue import overdue
from incidentdocs.reports.promises import Promises, Since, promises_in, promises_on_disk
from incidentdocs.workspace import Workspace, open_workspace

Format = Literal["text", "markdown", "json"]
Name = Literal["overdue", "actions", "deadlines"]


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    name: Name,
    format: Format,
    exit_code: bool,
    since: str | None,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the report called `name` and return the exit code.

    With `exit_code` that is 1 where an item is overdue, for `actions` where one is open, for
    `deadlines` where a post-mortem is late.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    if name == "deadlines":
        if since is not None:
            hint = "leave it out, or write `since = DATE` below `[history]` in the configuration"
            raise UsageError("report deadlines tells no changes and takes no --since", hint=hint)
        found = required(workspace, at, what="report deadlines", cache=cache)
        return _deadlines(workspace, found, format, exit_code=exit_code, colour=colour)
    told = _promises(workspace, committed(workspace, at, cache=cache), since)
    report = overdue(*told) if name == "overdue" else actions(*told)
    click.echo(_written(report, format, colour), color=colour)
    count = report.summary.overdue if name == "overdue" else report.summary.open
    return int(exit_code and count > 0)


class _Told(NamedTuple):
    """What is promised, and since when changes are told; None where no history tells them."""

    promises: Promises
    since: Since | None


def _promises(workspace: Workspace, found: Committed | None, since: str | None) -> _Told:
    if found is None:
        if since is not None:
            raise UsageError("--since needs the history of a git repository", hint="leave it out")
        library = workspace.library()
        _tell_whether_there_is_any(len(library.documents))
        return _Told(promises_on_disk(library), None)
    history = found.history()
    _tell_whether_there_is_any(len(history.documents))
    return _Told(promises_in(history, workspace.process), since_of(since, found))


def _deadlines(
    workspace: Workspace, found: Committed, format: Format, *, exit_code: bool, colour: bool
) -> int:
    since = workspace.judged_since(found.checkout, found.revision, found.kept) if found.revision else None
    history = found.publications(since)
    _tell_whether_there_is_any(len(history.documents))
    asked = workspace.config.deadlines
    report = deadlines(history, workspace.process, days=asked.days, severities=asked.severities)
    click.echo(_written_deadlines(report, format, colour), color=colour)
    return int(exit_code and report.summary.late + report.summary.overdue > 0)


def _tell_whether_there_is_any(documents: int) -> None:
    if not documents:
        click.echo("no document found, nothing was counted", err=True)


def _written(report: OverdueReport | ActionsReport, format: Format, colour: bool) -> str:
    if format == "json":
        return report_json(report)
    return report_markdown(report) if format == "markdown" else report_text(report, colour=colour)


def _written_deadlines(report: DeadlinesReport, format: Format, colour: bool) -> str:
    if format == "json":
        return report_json(report)
    return deadlines_markdown(report) if format == "markdown" else deadlines_text(report, colour=colour)
