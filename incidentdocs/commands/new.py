"""`incidentdocs new`: write one new document and print its path."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs.authoring.new_document import Answers, Template, new_folder, new_path, new_text, one_line
from incidentdocs.clock import lies_ahead
from incidentdocs.commands.proposing import Asked, asked_for, with_changes
from incidentdocs.commands.which_incident import incident_for
from incidentdocs.documents.document import read_document
from incidentdocs.documents.field_values import Unreadable, read_value
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.editing.writing import create
from incidentdocs.errors import UsageError, with_article
from incidentdocs.markdown.front_matter import Value
from incidentdocs.markdown.source import parse
from incidentdocs.output.terminal import visible
from incidentdocs.process.failure_modes import FAILURE_MODES, default_runbooks
from incidentdocs.profiles.loading import READY
from incidentdocs.profiles.profile import FieldProfile, Profile
from incidentdocs.profiles.roles import kinds_of, role_of
from incidentdocs.settings.mistakes import instead
from incidentdocs.similarity.naming import runbook_key
from incidentdocs.workspace import Workspace, open_workspace


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    kind: str,
    title: str | None,
    day: date | None,
    severity: str | None,
    services: Sequence[str],
    language: str | None,
    config: Path | None,
    fields: Sequence[str] = (),
    source: Path | None = None,
    escalated: Path | None = None,
    commits: str | None = None,
    window: str | None = None,
) -> int:
    """Write a document of `kind` called `title`, dated `day` (default: today), and return the exit code.

    `fields` are `KEY=VALUE` for the front matter. From the incident's document at `source` a post-mortem has
    what that says already; an escalation has the set of similar incidents of which the one at `escalated`
    is a member. The changes that landed in the range of `commits`, or in a `window` before the incident, are
    proposed in a post-mortem's timeline. The path is printed relative to `start`. UsageError for an unknown
    kind, severity or field, and where the file exists already.
    """
    workspace = open_workspace(start, config)
    profile = profile_called(workspace, kind)
    _refuse_mixed(profile, source, escalated)
    _refuse_future(profile, day, workspace.process.today)
    changes = asked_for(profile, commits, window, incident=source is not None)
    given = Given(title, day, severity, tuple(services), language, fields_of(profile, fields))
    if source is not None:
        from incidentdocs.commands.new_post_mortem import begin_post_mortem

        path = begin_post_mortem(workspace, profile, _incident(workspace, start, source), given, changes)
    elif escalated is not None:
        from incidentdocs.commands.new_escalation import begin_escalation

        path = begin_escalation(workspace, profile, _incident(workspace, start, escalated), given)
    else:
        path = _begin(workspace, profile, given, changes)
    click.echo(visible(os.path.relpath(workspace.root / path, start.resolve())))
    return 0


def _incident(workspace: Workspace, start: Path, named: Path) -> str:
    """Return the path from the root of the document that is named: by its path, or by part of its name."""
    if os.path.lexists(start / named):
        return workspace.relative(start / named)
    return incident_for(workspace, str(named), start, command="name it:").path


class Given(NamedTuple):
    """What the command line says of a new document; None for what it leaves open."""

    title: str | None
    day: date | None
    severity: str | None
    services: tuple[str, ...]
    language: str | None
    fields: Mapping[str, Value]


def _begin(workspace: Workspace, profile: Profile, given: Given, changes: Asked) -> str:
    if given.title is None:
        raise UsageError(
            "the new document has no title", hint=f"incidentdocs new {profile.kind} 'What broke'"
        )
    day = given.day or workspace.process.today
    answers = Answers(title=given.title, day=day, severity=given.severity, services=given.services)
    fields = {**_default_runbooks(workspace, profile, given), **given.fields}
    new = draft(workspace, profile, answers, given.language or workspace.config.language)
    begun = read_document(new.path, parse(new.text), profile, workspace.process)
    text = with_changes(workspace, begun, new.text, None, changes)
    create(workspace.root, new.path, with_fields(text, fields, path=new.path))
    return new.path


def _default_runbooks(workspace: Workspace, profile: Profile, given: Given) -> Mapping[str, Value]:
    """Return the runbooks for the failure mode that is given, as far as the repository has them."""
    mode = given.fields.get("failure-mode")
    if not isinstance(mode, str) or "runbooks" in given.fields or not knows(profile, "runbooks"):
        return {}
    modes = {**FAILURE_MODES, **{name: each.runbook for name, each in workspace.config.failure_modes.items()}}
    wanted = default_runbooks(modes, mode, given.services)
    there = {
        runbook_key(file.path) for file in workspace.select(()).files if file.kind in _runbooks(workspace)
    }
    found = tuple(name for name in wanted if runbook_key(name) in there)
    return {"runbooks": found} if found else {}


def _runbooks(workspace: Workspace) -> frozenset[str]:
    return kinds_of(workspace.profiles.values(), "runbook")


class Draft(NamedTuple):
    """A document that is not written yet: its path from the root, and its text."""

    path: str
    text: str


def draft(workspace: Workspace, profile: Profile, answers: Answers, language: str) -> Draft:
    """Return the document that the template of `profile` makes of `answers`.

    UsageError for a title in which no letter and no digit stands.
    """
    if not any(map(str.isalnum, answers.title)):
        raise UsageError(
            f"the title {answers.title!r} has no words", hint="say what broke, such as 'Wiki down'"
        )
    path = path_to_come(workspace, profile, answers)
    template = Template(*workspace.template(profile.kind, language))
    return Draft(path, new_text(profile, template, answers, language=language))


def path_to_come(workspace: Workspace, profile: Profile, answers: Answers) -> str:
    """Return the path, relative to the root, at which a document that `answers` describe is written."""
    folder = workspace.root / new_folder(profile)
    return new_path(profile, answers, os.listdir(folder) if folder.is_dir() else [])


def fields_of(profile: Profile, written: Sequence[str], *, option: str = "--field ") -> Mapping[str, Value]:
    """Return the fields given as `KEY=VALUE`; UsageError for what the profile does not know or mean.

    `option` is what stands before each where they are typed.
    """
    fields: dict[str, Value] = {}
    for each in written:
        key, sign, value = (part.strip() for part in each.partition("="))
        known = next((field for field in profile.metadata if key in (field.id, *field.accept)), None)
        if not sign:
            raise UsageError(
                f"{each!r} sets no field", hint=f"write {option}KEY=VALUE, as in {option}user-facing=yes"
            )
        if known is None:
            hint = instead(key, [field.id for field in profile.metadata])
            raise UsageError(f"{with_article(profile.kind)} has no field {key!r}", hint=hint)
        fields[known.id] = _meant(known, value)
    return fields


def _meant(field: FieldProfile, value: str) -> Value:
    text = one_line(value)
    if field.type == "list":
        return tuple(word for part in text.split(",") if (word := part.strip()))
    read = read_value(field, text)
    if isinstance(read, Unreadable):
        raise UsageError(f"{field.id}: `{text}` is {read.reason}", hint=read.hint)
    if isinstance(read, bool) and ":" in text:  # it says more, as in `yes: 12 orders`
        return text
    if field.type == "moment" and isinstance(read, datetime):
        return text
    return read if isinstance(read, bool | date | str) else text


def knows(profile: Profile, id: str) -> bool:
    """Return whether documents of `profile` have the metadata field `id`."""
    return any(field.id == id for field in profile.metadata)


def _refuse_mixed(profile: Profile, source: Path | None, escalated: Path | None) -> None:
    role = role_of(profile)
    for option, value, wanted in (("--from", source, "post-mortem"), ("--for", escalated, "escalation")):
        if value is not None and role != wanted:
            raise UsageError(
                f"{option} is for {with_article(wanted)}, not for {with_article(profile.kind)}",
                hint="leave it out",
            )


def _refuse_future(profile: Profile, day: date | None, today: date) -> None:
    """Refuse a day that has not come for a document that tells of what has happened."""
    if day and lies_ahead(day, today) and role_of(profile) in ("post-mortem", "incident"):
        hint = f"write the day of the incident, as in --date {today}, or leave --date out for today"
        raise UsageError(
            f"--date {day} has not come yet: a {profile.kind} tells of what has happened", hint=hint
        )


def profile_called(workspace: Workspace, kind: str) -> Profile:
    """Return the profile called `kind`; UsageError, with the nearest one's name, where there is none."""
    if kind not in workspace.profiles:
        hint = instead(kind, tuple(workspace.profiles))
        if kind in READY:
            hint = f"adopt it with `incidentdocs init --profile {kind}`, then write a {READY[kind]}"
        raise UsageError(f"there is no kind of document called {kind!r}", hint=hint)
    return workspace.profiles[kind]
