"""`incidentdocs incident log`: write one more event into the timeline of an incident."""

from pathlib import Path

import click

from incidentdocs import clock
from incidentdocs.authoring.event_row import with_event
from incidentdocs.authoring.new_document import one_line
from incidentdocs.commands.changing import change
from incidentdocs.commands.moments import moment_from
from incidentdocs.commands.standing import tell_next
from incidentdocs.commands.which_incident import incident_for
from incidentdocs.errors import UsageError
from incidentdocs.output.terminal import visible
from incidentdocs.workspace import open_workspace

COMMAND = "incidentdocs incident log TEXT --incident"


def run(
    start: Path,
    *,
    text: str | None,
    at: str | None,
    milestone: str | None,
    incident: str | None,
    config: Path | None,
) -> int:
    """Write `text` as an event at the time `at` (default: now), tell where, and return the exit code."""
    words = one_line(text or "")
    if not words and milestone is None:
        raise UsageError(
            "the event says nothing", hint="incidentdocs incident log 'what happened', or --milestone triage"
        )
    workspace = open_workspace(start, config)
    zone = workspace.process.zone
    now = clock.now(zone)
    moment = moment_from(at, zone, now)
    file = incident_for(workspace, incident, start, command=COMMAND)
    document = change(
        workspace, file, lambda text, read: with_event(text, read, moment, words, milestone=milestone)
    )
    said = " ".join(filter(None, (milestone, words)))
    click.echo(visible(f"{document.path}: {moment:%Y-%m-%d %H:%M} {said}"))
    tell_next(document, now, named=incident is not None)
    return 0
