"""`incidentdocs comm`: print a message about an incident, and record in its document that it was produced."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs import clock
from incidentdocs.authoring.communicating import (
    handles_of,
    kind_of_banner,
    refuse,
    still_asked_for,
    still_to_tell,
)
from incidentdocs.authoring.event_row import with_event
from incidentdocs.authoring.message import MessageKind, message_text
from incidentdocs.authoring.message_values import Added, Around, message_values, workaround
from incidentdocs.authoring.new_document import Answers
from incidentdocs.authoring.signers import person_named
from incidentdocs.authoring.told_text import harmless
from incidentdocs.commands.changing import change, unreadable
from incidentdocs.commands.moments import moment_from
from incidentdocs.commands.new import path_to_come
from incidentdocs.commands.own_messages import amiss, template_of
from incidentdocs.commands.standing import tell_next
from incidentdocs.commands.told_incident import incident_to_tell_of
from incidentdocs.documents.communications import Kind, communication_text
from incidentdocs.documents.document import Document
from incidentdocs.errors import IncidentdocsError, UsageError
from incidentdocs.output.message_formats import formatted
from incidentdocs.output.terminal import visible
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.workspace import Workspace, open_workspace

_FOR: Mapping[str, tuple[Kind, ...]] = {
    "short": ("resolved",),
    "eta": ("announce", "update", "banner", "email"),
    "investigating": ("update", "email"),
    "cause": ("resolved", "email"),
    "users": ("resolved", "email"),
    "data": ("email",),
    "workaround": ("ticket",),
    "release": ("ticket",),
    "force": ("email", "ticket"),
}
"""Which messages each option says something for."""

_WITH_WORKAROUND = {"fr": "avec le workaround", "en": "with the workaround"}
"""What the record of a ticket says where one stands in it, for the rule that asks for that."""


class Sending(NamedTuple):
    """One message: its kind, when it goes out, whether in one line, and the handles of those told."""

    kind: Kind
    moment: datetime
    short: bool
    people: tuple[str, ...]

    @property
    def text(self) -> MessageKind:
        """Which text it has."""
        return "resolved-short" if self.short else self.kind


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    kind: Kind,
    incident: str | None,
    config: Path | None,
    at: str | None,
    format: str,
    to: Sequence[str],
    short: bool,
    force: bool,
    dry_run: bool,
    **added: str | None,
) -> int:
    """Print the message of `kind` about `incident`, record it unless `dry_run`, and return the exit code.

    The message alone goes to stdout; what was recorded, whom to tell and what is due next to stderr.
    UsageError for an option that this message has no use for, an unknown incident or person, and a message
    that is not to go out.
    """
    _refuse_options(kind, {**added, "short": short, "force": force})
    workspace = open_workspace(start, config)
    zone = workspace.process.zone
    now = clock.now(zone)
    moment = moment_from(at, zone, now)
    file = incident_to_tell_of(workspace, incident, start, kind, moment)
    document = workspace.read(file)
    if document.problems:
        raise unreadable(document)
    refuse(document, kind, moment, force=force)
    sent = kind_of_banner(document, moment) if kind == "banner" else kind
    sending = Sending(sent, moment, short, _people(document, sent, to))
    said = Added(**{name: value or "" for name, value in added.items()})
    click.echo(formatted(_message(workspace, document, sending, said), format))
    if not dry_run:
        text = _event(document, sending, said)
        document = change(workspace, file, lambda found, read: with_event(found, read, moment, text))
        _say(f"{document.path}: {moment:%Y-%m-%d %H:%M} {text}")
    for line in amiss(workspace, sending.text, document.language):
        _say(line)
    _tell(document, sending, recorded=not dry_run)
    tell_next(document, now, named=incident is not None)
    return 0


def _refuse_options(kind: Kind, given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value and kind not in _FOR[name]:
            kinds = " or ".join(f"comm {each}" for each in _FOR[name])
            raise UsageError(f"comm {kind} takes no --{name}", hint=f"leave it out: it is for {kinds}")


def _people(document: Document, kind: Kind, to: Sequence[str]) -> tuple[str, ...]:
    """Return whom the message is for: who is given, else whom the table asks for and nobody told yet."""
    if to:
        return tuple(dict.fromkeys(person_named(document, word, option="--to") for word in to))
    if kind == "ticket":
        return handles_of(document, ("dev",))
    return still_to_tell(document) if kind in ("announce", "update", "resolved") else ()


def _message(workspace: Workspace, document: Document, sending: Sending, said: Added) -> str:
    path, template = template_of(workspace, sending.text, document.language)
    asked = "dpo" if any(person.role == "dpo" for person in document.process.people.people) else "oncall"
    profile = _post_mortem_profile(workspace)
    around = Around(
        sending.moment,
        _post_mortem(workspace, document, profile),
        ask=", ".join(handles_of(document, (asked,))),
        assignee=", ".join(sending.people),
        labelled=[field for section in profile.sections for field in section.fields] if profile else (),
    )
    return message_text(template, message_values(document, said, around), path=path)


def _post_mortem_profile(workspace: Workspace) -> Profile | None:
    """Return the profile of the post-mortems that are written of incidents, None where there is none."""
    kinds = kinds_of(workspace.profiles.values(), "post-mortem")
    first = min(kinds, key=lambda kind: (kind != "post-mortem", kind), default=None)
    return workspace.profiles[first] if first else None


def _post_mortem(workspace: Workspace, document: Document, profile: Profile | None) -> str:
    """Return the path of the incident's post-mortem, or of the one to come; nothing where it gets none."""
    if named := document.words("post-mortem"):
        return named[0]
    days = document.process.publication.days_for(document.severity)
    none_due = document.severity is not None and days is None
    if none_due or not (profile and document.subject and document.date):
        return ""
    try:
        return path_to_come(workspace, profile, Answers(title=document.subject, day=document.date))
    except IncidentdocsError:  # the message matters more than a path that nobody can know yet
        return ""


def _event(document: Document, sending: Sending, said: Added) -> str:
    """Return the words of the event that records what was produced."""
    where, language = _where(document, sending.kind), document.language
    text = communication_text(sending.kind, language, where=where, people=sending.people)
    if sending.kind == "ticket" and (said.workaround or workaround(document)):
        return f"{text}, {_WITH_WORKAROUND.get(language, _WITH_WORKAROUND['en'])}"
    return text


def _where(document: Document, kind: Kind) -> str:
    if kind == "ticket":
        return harmless(next(iter(document.words("ticket")), ""))
    return document.process.communication.channel if kind in ("announce", "update", "resolved") else ""


def _tell(document: Document, sending: Sending, *, recorded: bool) -> None:
    """Say whom to tell, and what else the table asks for."""
    people = sending.people if recorded else dict.fromkeys((*sending.people, *still_to_tell(document)))
    if people and sending.kind != "ticket":
        _say(f"to tell: {', '.join(people)}")
    left = still_to_tell(document) if recorded else ()
    if left and sending.kind != "ticket":
        _say(f"still to tell: {', '.join(left)}")
    if sending.kind == "ticket" and not document.words("ticket"):
        _say(f"once it is opened, write its name into {document.path}: ticket: '#31'")
    for line in still_asked_for(document, sending.moment):
        _say(line)


def _say(line: str) -> None:
    click.echo(visible(line), err=True)
