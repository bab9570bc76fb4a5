"""`incidentdocs report weekly`: what the team hears on Monday, on stdout, in files, and where it is sent."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from incidentdocs.commands.committed import Committed, required, since_of
from incidentdocs.commands.incidents import told_at, trigger_of
from incidentdocs.commands.owed import deadlines_at
from incidentdocs.commands.sending import Sending, send, sending
from incidentdocs.commands.stale import stale_runbooks
from incidentdocs.commands.telling import Output, outputs_of
from incidentdocs.delivery import Message
from incidentdocs.editing.writing import write_output
from incidentdocs.output.item_groups import By
from incidentdocs.output.report_json import report_json
from incidentdocs.output.weekly_html import weekly_html
from incidentdocs.output.weekly_text import weekly_markdown, weekly_text, weekly_title, weekly_totals
from incidentdocs.reports.escalations import escalations_report
from incidentdocs.reports.promises import promises_in
from incidentdocs.reports.weekly import Week, WeeklyReport, weekly
from incidentdocs.similarity.recurrences import recurrences
from incidentdocs.workspace import Workspace, open_workspace

FORMATS = ("text", "markdown", "html", "json")


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    format: str,
    outputs: Sequence[str],
    by: By,
    since: str | None,
    exit_code: bool,
    to_send: bool,
    dry_run: bool,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the weekly report, write it to files, send it where that is wanted, and return the exit code.

    With `exit_code` that is 1 where anything is late, missing or to be decided. UsageError, before anything
    is read, for outputs and targets that cannot be; DeliveryFailed where a target did not take it.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    files = outputs_of(workspace, outputs, FORMATS, instead="for the report", example="html:weekly.html")
    sent = sending(workspace.config.notify, dry_run=dry_run) if to_send or dry_run else None
    report = _report(workspace, required(workspace, at, what="report weekly", cache=cache), since)
    written = Written(report, by, workspace.config.file_pages)
    click.echo(written.in_format(format, colour=colour), color=colour)
    _finish(written, files, sent)
    return int(exit_code and report.asks)


class Written:
    """A report in each format that is asked for."""

    def __init__(self, report: WeeklyReport, by: By, pages: str) -> None:
        self._report = report
        self._by = by
        self._pages = pages

    def in_format(self, format: str, *, colour: bool = False) -> str:
        """Return the report in one of `FORMATS`."""
        if format == "json":
            return report_json(self._report)
        if format == "html":
            return weekly_html(self._report, by=self._by, pages=self._pages)
        if format == "markdown":
            return weekly_markdown(self._report, by=self._by)
        return weekly_text(self._report, by=self._by, colour=colour)

    def message(self) -> Message:
        """Return the report as a message."""
        title = f"{weekly_title(self._report)}: {weekly_totals(self._report).partition(';')[0]}"
        return Message(title, self.in_format("text"), self.in_format("markdown"), self.in_format("html"))


def _report(workspace: Workspace, found: Committed, since: str | None) -> WeeklyReport:
    told = told_at(workspace, found)
    recurring = recurrences(told.gathered, trigger_of(workspace), workspace.process.today)
    owed = deadlines_at(workspace, found, recurring, told.versions)
    promises = promises_in(owed.history, workspace.process)
    stale = tuple(stale_runbooks(workspace, found, owed.history))
    if not owed.history.documents:
        click.echo("no document found, nothing was counted", err=True)
    known = Week(promises, owed.deadlines, escalations_report(recurring, promises), stale)
    return weekly(known, since_of(since, found))


def _finish(written: Written, files: Sequence[Output], sent: Sending | None) -> None:
    for file in files:
        write_output(file.path, f"{written.in_format(file.format)}\n")
    if sent:
        send(written.message(), sent)
