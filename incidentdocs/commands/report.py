"""`incidentdocs report`: what became of the action items, and whether post-mortems were published in time."""

from collections.abc import Collection, Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Literal, NamedTuple

import click

from incidentdocs import clock
from incidentdocs.commands.committed import Committed, committed, required, since_of
from incidentdocs.commands.incidents import documents_at, gathered_at, gathered_on_disk, told_at, trigger_of
from incidentdocs.commands.owed import deadlines_at
from incidentdocs.documents.document import Document
from incidentdocs.errors import UsageError
from incidentdocs.library.library import Library
from incidentdocs.output.deadlines_text import deadlines_markdown, deadlines_text
from incidentdocs.output.escalations_text import escalations_markdown, escalations_text
from incidentdocs.output.item_groups import By
from incidentdocs.output.items_csv import items_csv
from incidentdocs.output.items_ics import items_ics
from incidentdocs.output.items_jsonl import items_jsonl
from incidentdocs.output.report_json import report_json
from incidentdocs.output.report_markdown import report_markdown
from incidentdocs.output.report_text import report_text
from incidentdocs.reports.actions import actions
from incidentdocs.reports.deadlines import DeadlinesReport
from incidentdocs.reports.escalations import escalations_report
from incidentdocs.reports.model import ActionsReport, OverdueReport
from incidentdocs.reports.overdue import overdue
from incidentdocs.reports.promises import Promises, Since, promises_in, promises_on_disk
from incidentdocs.similarity.recurrences import Recurrences, recurrences
from incidentdocs.workspace import Workspace, open_workspace

Format = Literal["text", "markdown", "json"]
ItemsFormat = Literal["text", "markdown", "json", "jsonl", "csv", "ics"]


def run_items(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    name: Literal["overdue", "actions"],
    format: ItemsFormat,
    by: By,
    exit_code: bool,
    since: str | None,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the report on action items called `name` and return the exit code.

    With `exit_code` that is 1 where an item is overdue, for `actions` where one is open.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    told = _promises(workspace, committed(workspace, at, cache=cache), since)
    report = overdue(*told) if name == "overdue" else actions(*told)
    if text := _written(report, format, by, pages=workspace.config.file_pages, colour=colour):
        click.echo(text, color=colour)
    count = report.summary.overdue if name == "overdue" else report.summary.open
    return int(exit_code and count > 0)


def run_deadlines(
    start: Path,
    *,
    format: Format,
    exit_code: bool,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print which post-mortems were published in time and return the exit code.

    With `exit_code` that is 1 where one is late or missing.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    found = required(workspace, at, what="report deadlines", cache=cache)
    told = told_at(workspace, found)
    recurring = recurrences(told.gathered, trigger_of(workspace), workspace.process.today)
    owed = deadlines_at(workspace, found, recurring, told.versions)
    tell_whether_there_is_any(len(owed.history.documents))
    click.echo(_written_deadlines(owed.deadlines, format, colour), color=colour)
    summary = owed.deadlines.summary
    return int(exit_code and summary.late + summary.overdue + summary.missing > 0)


def run_escalations(
    start: Path,
    *,
    format: Format,
    exit_code: bool,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print which incidents keep coming back and return the exit code.

    With `exit_code` that is 1 where an escalation is due.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    found = committed(workspace, at, cache=cache)
    gathered = gathered_at(workspace, found) if found else gathered_on_disk(workspace)
    tell_whether_there_is_any(len(gathered.tellings))
    recurring = recurrences(gathered, trigger_of(workspace), workspace.process.today)
    report = escalations_report(recurring, _promises_of(workspace, found, recurring))
    if format == "json":
        text = report_json(report)
    elif format == "markdown":
        text = escalations_markdown(report)
    else:
        text = escalations_text(report, colour=colour)
    click.echo(text, color=colour)
    return int(exit_code and report.summary.due > 0)


class _Told(NamedTuple):
    """What is promised, and since when changes are told; None where no history tells them."""

    promises: Promises
    since: Since | None


def _promises(workspace: Workspace, found: Committed | None, since: str | None) -> _Told:
    if found is None:
        if since is not None:
            raise UsageError("--since needs the history of a git repository", hint="leave it out")
        library = workspace.library()
        tell_whether_there_is_any(len(library.documents))
        return _Told(promises_on_disk(library), None)
    history = found.history()
    tell_whether_there_is_any(len(history.documents))
    return _Told(promises_in(history, workspace.process), since_of(since, found))


def _promises_of(workspace: Workspace, found: Committed | None, recurring: Recurrences) -> Promises:
    """Return what the documents of escalated incidents promise.

    As of a day in the past only the history knows what was still open then; as of today the documents do, and
    to read the past of all others takes longer than all the rest.
    """
    process = workspace.process
    if found and process.today < clock.today(process.zone):
        return promises_in(found.history(), process)
    wanted = recurring.documents
    documents = documents_at(found, wanted) if found else _on_disk(workspace, wanted)
    promises = promises_on_disk(Library(tuple(documents), process))
    return promises._replace(revision=found.revision if found else None)


def _on_disk(workspace: Workspace, wanted: Collection[str]) -> Iterator[Document]:
    yield from (workspace.read(file) for file in workspace.select(()).files if file.path in wanted)


def tell_whether_there_is_any(documents: int) -> None:
    """Say on stderr where there are no documents: silence must not look like success."""
    if not documents:
        click.echo("no document found, nothing was counted", err=True)


def _written(
    report: OverdueReport | ActionsReport, format: ItemsFormat, by: By, *, pages: str, colour: bool
) -> str:
    if format == "json":
        return report_json(report)
    if format == "jsonl":
        return items_jsonl(report, pages=pages)
    if format == "csv":
        return items_csv(report)
    if format == "ics":
        return items_ics(report, pages=pages, made=clock.now(UTC))
    if format == "markdown":
        return report_markdown(report, by=by)
    return report_text(report, by=by, colour=colour)


def _written_deadlines(report: DeadlinesReport, format: Format, colour: bool) -> str:
    if format == "json":
        return report_json(report)
    return deadlines_markdown(report) if format == "markdown" else deadlines_text(report, colour=colour)
