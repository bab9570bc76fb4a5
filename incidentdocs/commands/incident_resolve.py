"""`incidentdocs incident resolve`: an incident is over once all is seen to work again."""

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click

from incidentdocs import clock
from incidentdocs.authoring.communicating import called
from incidentdocs.authoring.event_row import inert, milestones_of, with_event
from incidentdocs.authoring.new_document import one_line
from incidentdocs.clock import format_duration
from incidentdocs.commands.changing import change
from incidentdocs.commands.moments import comes_before, moment_from
from incidentdocs.commands.told_incident import open_or_just_resolved
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.handling import handling, is_resolved
from incidentdocs.documents.outage import downtime, happened, restored
from incidentdocs.documents.timeline.milestones import RESTORED, ROOT_CAUSE
from incidentdocs.documents.unfinished import Left, left
from incidentdocs.documents.verification import first_line
from incidentdocs.editing.edits import Edit, edited
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.errors import UsageError
from incidentdocs.markdown.source import parse
from incidentdocs.output.terminal import visible
from incidentdocs.profiles.roles import told_by
from incidentdocs.workspace import open_workspace

COMMAND = "incidentdocs incident resolve"


def run(start: Path, *, incident: str | None, at: str | None, cause: str | None, config: Path | None) -> int:
    """Write that an incident is resolved at the time `at` (default: now), and return the exit code.

    That is 1, and nothing is written, where something of its verification is left: it is told, with what to
    type. `cause` is written into its section about the cause. UsageError where it is resolved already.
    """
    workspace = open_workspace(start, config)
    zone = workspace.process.zone
    moment = moment_from(at, zone, clock.now(zone))
    file = open_or_just_resolved(workspace, incident, start, moment, command=COMMAND)
    option = f" --incident {shlex.quote(incident)}" if incident else ""
    if remaining := list(_left(workspace.read(file))):
        click.echo(f"{visible(file.path)} is not resolved: {len(remaining)} left", err=True)
        for each in remaining:
            click.echo(visible(_told(each, option)))
        return 1
    said = inert(one_line(cause or ""))
    document = change(workspace, file, lambda text, read: _resolved(text, read, moment, said))
    _tell(document)
    return 0


def _left(document: Document) -> Iterator[Left]:
    handled = handling(document)
    if handled and not is_resolved(document):
        yield from left(handled)


def _told(each: Left, option: str) -> str:
    done = each.taken.done
    command = f"incidentdocs incident step {done.number}{option}"
    if each.check:
        at = done.checks.index(each.check) + 1
        return (
            f"step {done.number} {done.title}: {first_line(each.check.text).source}: {command} --check {at}"
        )
    output = done.output
    if output and output.said:
        return f"step {done.number} {done.title}: prepared, and not passed: {command} --by @who"
    expected = f"{output.expected}: " if output else ""
    return f"step {done.number} {done.title}: {expected}{command} --output TEXT --by @who"


def _resolved(text: str, document: Document, moment: datetime, cause: str) -> str:
    if is_resolved(document):
        when = document.moment(document.profile.open_until or "resolved")
        since = f" since {when:%Y-%m-%d %H:%M}" if when else ""
        raise UsageError(
            f"{document.path} is resolved{since}", hint="incidentdocs incident list tells which are open"
        )
    if next(_left(document), None):  # somebody has taken something back in the meantime
        raise UsageError(f"{document.path} was changed in the meantime", hint="type it again")
    _refuse_earlier(document, moment)
    known = {each.id for each in milestones_of(document)}
    written = with_fields(
        text,
        {document.profile.open_until or "resolved": moment.isoformat(timespec="minutes")},
        path=document.path,
    )
    if document.timeline and RESTORED in known and restored(document) is None:
        written = with_event(written, _again(document, written), moment, "", milestone=RESTORED)
    if not cause:
        return written
    written = _with_cause(written, _again(document, written), cause)
    told = {event.milestone for event in happened(document)}
    if document.timeline is None or ROOT_CAUSE not in known or ROOT_CAUSE in told:
        return written
    return with_event(written, _again(document, written), moment, "", milestone=ROOT_CAUSE)


def _again(document: Document, text: str) -> Document:
    return read_document(document.path, parse(text), document.profile, document.process)


def _refuse_earlier(document: Document, moment: datetime) -> None:
    """Refuse a resolution before service was restored, which a clock mistyped writes."""
    end = restored(document)
    if end and comes_before(moment, end):
        raise UsageError(
            f"service was restored at {end:%Y-%m-%d %H:%M}, after {moment:%Y-%m-%d %H:%M}",
            hint=f"{COMMAND} --at {end:%Y-%m-%dT%H:%M}, or a later time",
        )


def _with_cause(text: str, document: Document, cause: str) -> str:
    section = next(
        (each for each in document.sections if each.profile and "cause" in told_by(each.profile)), None
    )
    gaps = [
        gap.span
        for gap in document.placeholders
        if section and section.heading.last < gap.span.line <= section.last
    ]
    if not gaps:
        raise UsageError(
            f"{document.path} tells a cause already, or has no section for it",
            hint="leave --cause out, and write it into the document",
        )
    return edited(text, [Edit(gaps[0], cause)])


def _tell(document: Document) -> None:
    taken = downtime(document)
    down = f", down for {format_duration(taken)}" if taken else ""
    click.echo(visible(f"{document.path} is resolved{down}"))
    for line in _to_do(document):
        click.echo(line, err=True)


def _to_do(document: Document) -> Iterator[str]:
    process = document.process
    if document.severity in process.communication.severities:
        yield f"tell everybody: incidentdocs comm resolved {visible(called(document))}"
    days, end = process.publication.days_for(document.severity), restored(document)
    end = end or document.moment(document.profile.open_until or "resolved")
    if days is not None and end is not None:
        due = end.astimezone(process.zone).date() + timedelta(days=days)
        command = f"incidentdocs new post-mortem --from {visible(document.path)}"
        yield f"write the post-mortem by {due}: {command}"
