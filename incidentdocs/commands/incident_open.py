"""`incidentdocs incident open`: begin the document of an incident that has just been detected."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs import clock
from incidentdocs.authoring.checklist import checklist
from incidentdocs.authoring.event_row import with_event
from incidentdocs.authoring.new_document import Answers, as_markdown, one_line
from incidentdocs.authoring.step_values import step_values
from incidentdocs.commands.moments import moment_from
from incidentdocs.commands.new import draft, fields_of, knows
from incidentdocs.commands.standing import tell_next
from incidentdocs.commands.which_incident import incident_files, open_incidents
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.timeline.milestones import DETECTION
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.editing.writing import create
from incidentdocs.errors import UsageError
from incidentdocs.markdown.front_matter import Value
from incidentdocs.markdown.source import parse
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import first_few
from incidentdocs.process.on_duty import on_call_at
from incidentdocs.process.process import Process
from incidentdocs.process.severity import SEVERITIES, severity_of
from incidentdocs.process.steps import filled, steps_for
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import role_of
from incidentdocs.workspace import Workspace, open_workspace

_DETECTED = {
    "fr": {"alert": "alerte", "user-report": "signalé par des utilisateurs", "logs": "vu dans les journaux"},
    "en": {"alert": "alert", "user-report": "reported by users", "logs": "seen in the logs"},
}


class Seen(NamedTuple):
    """What is known of an incident when it is opened."""

    title: str
    severity: str
    detected: datetime
    services: tuple[str, ...]
    language: str
    detected_by: str | None
    fields: Mapping[str, Value]


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    title: str,
    severity: str,
    services: Sequence[str],
    at: str | None,
    started: str | None,
    detected_by: str | None,
    fields: Sequence[str],
    language: str | None,
    config: Path | None,
) -> int:
    """Write the document of an incident, detected at the time `at` (default: now), and return the exit code.

    It has the steps of its `severity` as a checklist, its timeline begun, and who is on call at that moment.
    The path is printed relative to `start`. UsageError for an unknown severity or field, a time that has not
    come, and where that incident is open already.
    """
    workspace = open_workspace(start, config)
    zone = workspace.process.zone
    now = clock.now(zone)
    profile = _profile(workspace)
    detected = moment_from(at, zone, now)
    began = moment_from(started, zone, detected, option="--started", end="the detection") if started else None
    given = {
        **({"started": began.isoformat(timespec="minutes")} if began else {}),
        **fields_of(profile, fields),
    }
    spoken = language or workspace.config.language
    seen = Seen(title, _severity(severity, profile), detected, tuple(services), spoken, detected_by, given)
    document = _write(workspace, profile, seen)
    click.echo(visible(os.path.relpath(workspace.root / document.path, start.resolve())))
    others = _others(workspace, document)
    if others:
        click.echo(f"open as well: {first_few(others)}; name the one that you mean", err=True)
    if workspace.process.oncall and "oncall" not in on_call_at(workspace.process, detected):
        when = detected.isoformat(timespec="minutes")
        click.echo(f"nobody is on call then; why: incidentdocs oncall --at {when}", err=True)
    tell_next(document, now, named=bool(others))
    return 0


def _profile(workspace: Workspace) -> Profile:
    found = [profile for profile in workspace.profiles.values() if role_of(profile) == "incident"]
    if not found:
        raise UsageError(
            "no profile is for incidents", hint='write role = "incident" into the profile of their documents'
        )
    return next((profile for profile in found if profile.kind == "incident"), found[0])


def _severity(word: str, profile: Profile) -> str:
    own = {said: name for field in profile.metadata for said, name in field.words.items()}
    known = severity_of(word, own)
    if known is None:
        raise UsageError(f"{word!r} is no severity", hint=f"write one of {', '.join(SEVERITIES)}")
    return known


def _write(workspace: Workspace, profile: Profile, seen: Seen) -> Document:
    """Write the document that begins an incident, and return it as it is read."""
    process = workspace.process
    on_call = on_call_at(process, seen.detected)
    answers = Answers(
        title=seen.title,
        day=seen.detected.date(),
        severity=seen.severity,
        services=seen.services,
        steps=_steps(process, seen, on_call),
    )
    new = draft(workspace, profile, answers, seen.language)
    if (workspace.root / new.path).exists():
        raise UsageError(
            f"{new.path} exists already: that incident is open, or was on the same day",
            hint=f"incidentdocs incident status {Path(new.path).stem}, or choose another title",
        )
    fields = {key: value for key, value in _fields(seen, on_call).items() if knows(profile, key)}
    text = with_fields(new.text, {**fields, **seen.fields}, path=new.path)
    begun = read_document(new.path, parse(text), profile, process)
    if any(section.contains == "timeline" for section in profile.sections):
        by = _DETECTED[seen.language][seen.detected_by] if seen.detected_by else ""
        text = with_event(text, begun, seen.detected, by, milestone=_detection(profile))
    create(workspace.root, new.path, text)
    return read_document(new.path, parse(text), profile, process)


def _steps(process: Process, seen: Seen, on_call: Mapping[str, str]) -> str:
    service = as_markdown(one_line(seen.services[0])) if seen.services else ""
    values = step_values(process, seen.severity, seen.language, on_call=on_call, service=service)
    steps = steps_for(seen.severity, seen.language, process.steps)
    return checklist((filled(step, values) for step in steps), seen.language)


def _fields(seen: Seen, on_call: Mapping[str, str]) -> Mapping[str, Value]:
    people: dict[str, Value] = {
        role: (f"@{on_call[role]}",) for role in ("oncall", "backup") if role in on_call
    }
    by: dict[str, Value] = {"detected-by": seen.detected_by} if seen.detected_by else {}
    return {"detected": seen.detected.isoformat(timespec="minutes"), **people, **by}


def _detection(profile: Profile) -> str | None:
    known = {each.id for section in profile.sections for each in section.milestones}
    return DETECTION if DETECTION in known else None


def _others(workspace: Workspace, document: Document) -> list[str]:
    """Return the paths of the other incidents that are open."""
    opened = open_incidents(workspace, incident_files(workspace))
    return [each.path for each in opened if each.path != document.path]
