"""`incidentdocs incident status` and `list`: where incidents stand, and what is due next."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Literal

import click

from incidentdocs import clock
from incidentdocs.commands.changing import unreadable
from incidentdocs.commands.moments import moment_from
from incidentdocs.commands.which_incident import incident_files, incident_for, open_incidents
from incidentdocs.documents.document import Document
from incidentdocs.output.report_json import report_json
from incidentdocs.output.standing_text import (
    incidents_found,
    incidents_text,
    next_text,
    standing_text,
    update_text,
)
from incidentdocs.reports.standing import incidents_report, standing, standing_report
from incidentdocs.workspace import open_workspace

Format = Literal["text", "json"]


def run_status(
    start: Path, *, incident: str | None, at: str | None, format: Format, config: Path | None, colour: bool
) -> int:
    """Print where one incident stands at the time `at` (default: now), and return the exit code."""
    workspace = open_workspace(start, config)
    now = _now(at, workspace.process.zone)
    file = incident_for(workspace, incident, start, command="incidentdocs incident status")
    document = workspace.read(file)
    if document.problems:
        raise unreadable(document)
    report = standing_report(document, now)
    if format == "json":
        click.echo(report_json(report))
        return 0
    click.echo(standing_text(report, now, named=incident is not None, colour=colour), color=colour)
    return 0


def run_list(
    start: Path, *, every: bool, at: str | None, format: Format, config: Path | None, colour: bool
) -> int:
    """Print which incidents are open, or `every` one, the latest first, and return the exit code."""
    workspace = open_workspace(start, config)
    now = _now(at, workspace.process.zone)
    files = incident_files(workspace)
    found = map(workspace.read, files) if every else open_incidents(workspace, files)
    readable = [document for document in found if not document.problems]
    report = incidents_report(reversed(readable), now)
    if format == "json":
        click.echo(report_json(report))
        return 0
    if report.incidents:
        click.echo(incidents_text(report, colour=colour), color=colour)
    click.echo(incidents_found(len(report.incidents), every=every), err=True)
    return 0


def tell_next(document: Document, now: datetime, *, named: bool) -> None:
    """Write on stderr what is to be done next about an incident, and until when the next update goes out.

    What to type names the incident where its user has `named` it.
    """
    found = standing(document, now)
    for line in (next_text(found, named=named), update_text(found, now, named=named)):
        if line:
            click.echo(line, err=True)


def _now(at: str | None, zone: tzinfo) -> datetime:
    return moment_from(at, zone, clock.now(zone))
