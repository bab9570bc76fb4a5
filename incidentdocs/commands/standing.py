"""`incidentdocs incident status` and `list`: where incidents stand, and what is due next."""

from datetime import datetime, tzinfo
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import Literal

import click

from incidentdocs import clock
from incidentdocs.commands.changing import unreadable
from incidentdocs.commands.moments import moment_from
from incidentdocs.commands.told_incident import open_or_just_resolved
from incidentdocs.commands.which_incident import incident_files, not_known_to_be_over
from incidentdocs.documents.document import Document
from incidentdocs.documents.outage import began
from incidentdocs.markdown.places import Problem
from incidentdocs.output.report_json import report_json
from incidentdocs.output.standing_text import (
    incidents_found,
    incidents_text,
    next_text,
    standing_text,
    update_text,
)
from incidentdocs.output.terminal import visible
from incidentdocs.reports.standing import incidents_report, standing, standing_report
from incidentdocs.workspace import open_workspace

Format = Literal["text", "json"]


def run_status(
    start: Path, *, incident: str | None, at: str | None, format: Format, config: Path | None, colour: bool
) -> int:
    """Print where one incident stands at the time `at` (default: now), and return the exit code."""
    workspace = open_workspace(start, config)
    now = _now(at, workspace.process.zone)
    command = "incidentdocs incident status"
    file = open_or_just_resolved(workspace, incident, start, now, command=command)
    document = workspace.read(file)
    if document.problems:
        raise unreadable(document)
    _tell_amiss(document)
    report = standing_report(document, now)
    if format == "json":
        click.echo(report_json(report))
        return 0
    click.echo(standing_text(report, now, named=incident is not None, colour=colour), color=colour)
    return 0


def run_list(
    start: Path, *, every: bool, at: str | None, format: Format, config: Path | None, colour: bool
) -> int:
    """Print which incidents are open, or `every` one, the latest first, and return the exit code.

    At a time `at` those that began later are none.
    """
    workspace = open_workspace(start, config)
    now = _now(at, workspace.process.zone)
    files = incident_files(workspace)
    found = list(map(workspace.read, files) if every else not_known_to_be_over(workspace, files))
    readable = [document for document in found if not document.problems]
    for document in found:
        for problem in document.problems[:1]:
            _tell_problem(document, problem)
    # What seems to lie ahead of the present is a slip of the pen, and burns all the same.
    there = [document for document in readable if at is None or not _lies_ahead(document, now)]
    report = incidents_report(reversed(there), now)
    if format == "json":
        click.echo(report_json(report))
        return 0
    if report.incidents:
        click.echo(incidents_text(report, colour=colour), color=colour)
    click.echo(incidents_found(len(report.incidents), every=every), err=True)
    return 0


def tell_next(document: Document, now: datetime, *, named: bool) -> None:
    """Write on stderr what is to be done next about an incident, and by when the next update goes out.

    What to type names the incident where its user has `named` it.
    """
    _tell_amiss(document)
    found = standing(document, now)
    for line in (next_text(found, named=named), update_text(found, now, named=named)):
        if line:
            click.echo(line, err=True)


def _tell_amiss(document: Document) -> None:
    """Write on stderr what of the front matter cannot be read, and that the severity is not told."""
    front = document.source.front_matter
    problems = front.problems if front else ()
    for problem in problems[:1]:
        _tell_problem(document, problem)
    if document.severity is None and not problems:
        name = quote(PurePosixPath(document.path).stem)
        command = f"incidentdocs incident set severity=SEV2 --incident {name}"
        click.echo(f"no severity is told: {command}", err=True)


def _tell_problem(document: Document, problem: Problem) -> None:
    click.echo(visible(f"{document.path}:{problem.span.line}: {problem.message}; {problem.hint}"), err=True)


def _lies_ahead(document: Document, now: datetime) -> bool:
    beginning = began(document)
    return beginning is not None and beginning.timestamp() > now.timestamp()


def _now(at: str | None, zone: tzinfo) -> datetime:
    return moment_from(at, zone, clock.now(zone))
