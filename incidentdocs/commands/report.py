"""`incidentdocs report`: what became of the action items."""

from datetime import date
from pathlib import Path
from typing import Literal

import click

from incidentdocs.output.report_json import report_json
from incidentdocs.output.report_markdown import report_markdown
from incidentdocs.output.report_text import report_text
from incidentdocs.reports.actions import actions
from incidentdocs.reports.model import ActionsReport, OverdueReport
from incidentdocs.reports.overdue import overdue
from incidentdocs.workspace import open_workspace

Format = Literal["text", "markdown", "json"]


def run(
    start: Path,
    *,
    name: Literal["overdue", "actions"],
    format: Format,
    exit_code: bool,
    as_of: date | None,
    config: Path | None,
    colour: bool,
) -> int:
    """Print the report called `name` and return the exit code.

    With `exit_code` that is 1 where an item is overdue, for `actions` where one is open.
    """
    library = open_workspace(start, config, as_of=as_of).library()
    if not library.documents:
        click.echo("no document found, nothing was counted", err=True)
    report = overdue(library) if name == "overdue" else actions(library)
    click.echo(_written(report, format, colour), color=colour)
    found = report.summary.overdue if name == "overdue" else report.summary.open
    return int(exit_code and found > 0)


def _written(report: OverdueReport | ActionsReport, format: Format, colour: bool) -> str:
    if format == "json":
        return report_json(report)
    return report_markdown(report) if format == "markdown" else report_text(report, colour=colour)
