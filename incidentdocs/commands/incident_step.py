"""`incidentdocs incident step`: tick what was checked, and pass a step with what it brought."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs import clock
from incidentdocs.authoring.event_row import milestones_of, with_event
from incidentdocs.authoring.passing import Signed, as_said, is_signed_like_this, passing, ticking
from incidentdocs.authoring.signers import is_agent, person_named
from incidentdocs.commands.changing import change
from incidentdocs.commands.moments import comes_before, moment_from
from incidentdocs.commands.standing import tell_next
from incidentdocs.commands.told_incident import open_or_just_resolved
from incidentdocs.documents.checklist import Check
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.handling import Handling, Taken, handling
from incidentdocs.documents.unfinished import missing_gate
from incidentdocs.documents.verification import first_line, holds
from incidentdocs.editing.edits import Edit, edited
from incidentdocs.errors import UsageError
from incidentdocs.markdown.source import parse
from incidentdocs.output.terminal import visible
from incidentdocs.workspace import open_workspace

COMMAND = "incidentdocs incident step"


class Asked(NamedTuple):
    """What a responder says of a step: its number, what it brought, who says so, when, and what was checked.

    Without `checked` all of its checks are ticked with it, unless `unticked`.
    """

    number: int
    output: str
    by: str | None
    moment: datetime
    checked: Mapping[str, str]
    unticked: bool


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    number: int,
    output: str | None,
    by: str | None,
    at: str | None,
    checks: Sequence[str],
    no_check: bool,
    incident: str | None,
    config: Path | None,
) -> int:
    """Tick checks of step `number`, or pass it, tell where, and return the exit code.

    That is 1 where an agent has only prepared the step. UsageError for a step that is not there or waits for
    another, an output that is missing, and for who may not pass it.
    """
    workspace = open_workspace(start, config)
    zone = workspace.process.zone
    now = clock.now(zone)
    moment = moment_from(at, zone, now)
    asked = Asked(number, as_said(output or ""), by, moment, _checked(checks), no_check)
    typed = (f" {number}", " --output TEXT" if output else "", " --by @who" if by else "", " --incident")
    command = f"{COMMAND}{''.join(typed)}"
    file = open_or_just_resolved(workspace, incident, start, moment, command=command)
    document = change(workspace, file, lambda text, read: _made(text, read, asked))
    return _tell(document, asked, now, named=incident is not None)


def _checked(written: Sequence[str]) -> dict[str, str]:
    """Return the checks that are named, each with its result, as `--check 1=4/4` gives it."""
    parts = (each.partition("=") for each in written)
    return {name.strip(): result.strip() for name, _, result in parts}


def _made(text: str, document: Document, asked: Asked) -> str:
    """Return the document's text with what is asked for; UsageError where the step cannot take it."""
    handled = _handled(document)
    taken = _step(handled, asked.number)
    ticked = _to_tick(taken, asked)
    results = {check: result for check, result in ticked.items() if result}
    signed = _signed(document, handled, taken, asked)
    edits: list[Edit] = list(ticking(ticked, results))
    if signed is None:
        return edited(text, edits)
    written = edited(text, [*edits, *passing(taken, signed)])
    again = read_document(document.path, parse(written), document.profile, document.process)
    become = _step(_handled(again), asked.number)
    output = become.done.output
    if output and not is_signed_like_this(output, signed):
        raise UsageError(
            f"{document.path}: step {asked.number} would not be read back as it is meant",
            hint="say it in other words, or write it into the document by hand",
        )
    if signed.prepared:
        return written
    _refuse_unverified(become)
    return _with_milestone(written, again, taken, asked)


def _handled(document: Document) -> Handling:
    found = handling(document)
    if found is None or not found.steps:
        raise UsageError(
            f"{document.path} has no steps",
            hint="incidentdocs incident open writes them; what was done goes into the timeline:"
            " incidentdocs incident log TEXT",
        )
    return found


def _step(handled: Handling, number: int) -> Taken:
    found = next((each for each in handled.steps if each.done.number == number), None)
    if found is None:
        known = ", ".join(f"{each.done.number} {each.done.title}" for each in handled.steps)
        raise UsageError(f"there is no step {number}", hint=f"the steps are {known}")
    return found


def _to_tick(taken: Taken, asked: Asked) -> dict[Check, str]:
    """Return the checks to tick, each with its result: those that are named, else all that are left.

    Of a step that verifies none is ticked that nobody has named.
    """
    if asked.checked:
        return dict(_named(taken, name, result) for name, result in asked.checked.items())
    verifies = taken.step is not None and taken.step.verifies
    return (
        {} if asked.unticked or verifies else {check: "" for check in taken.done.checks if not check.ticked}
    )


def _named(taken: Taken, name: str, result: str) -> tuple[Check, str]:
    checks = taken.done.checks
    if not re.fullmatch(r"[1-9]\d{0,2}", name) or int(name) > len(checks):
        known = ", ".join(f"{at} {first_line(check.text).source}" for at, check in enumerate(checks, start=1))
        raise UsageError(
            f"step {taken.done.number} has no check {name!r}",
            hint=f"its checks are {known}" if known else "leave --check out",
        )
    return checks[int(name) - 1], result


def _signed(document: Document, handled: Handling, taken: Taken, asked: Asked) -> Signed | None:
    """Return what is written as the step's output, None where only checks are ticked."""
    output = taken.done.output
    prepared = bool(output and output.said and not taken.passed)
    if asked.checked and not asked.output and not (prepared and asked.by):
        return None
    command = f"incidentdocs incident step {asked.number}"
    if taken.passed:
        who = f" by {output.by}" if output and output.by else ""
        raise UsageError(f"step {asked.number} is passed already{who}", hint=f"{_following(handled, taken)}")
    if waits := missing_gate(handled, taken):
        if waits.done.output is None:
            raise _without_output(document, waits, "comes first, and")
        expected = waits.done.output.expected
        raise UsageError(
            f"step {waits.done.number} {waits.done.title} comes first, and lacks its output: {expected}",
            hint=f"incidentdocs incident step {waits.done.number} --output TEXT --by @who",
        )
    if output is None and asked.output:
        raise _without_output(document, taken)
    if output and not asked.output and not prepared:
        raise UsageError(
            f"step {asked.number} must bring its output: {output.expected}",
            hint=f"{command} --output TEXT --by @who",
        )
    _refuse_too_early(document, asked)
    if asked.by is None:
        brought = " --output TEXT" if asked.output else ""
        raise UsageError(
            f"nobody is named who passes step {asked.number}", hint=f"{command}{brought} --by @who"
        )
    by = person_named(document, asked.by, option="--by")
    return Signed(asked.output, by, _when(document, asked.moment), prepared=is_agent(document, by))


def _without_output(document: Document, taken: Taken, also: str = "") -> UsageError:
    """Return the error for a step whose line for its output is not there, or not there any more."""
    word = "Output :" if document.language == "fr" else "Output:"
    expected = f" {taken.step.output}" if taken.step and taken.step.output else ""
    name = " ".join(filter(None, (f"step {taken.done.number} {taken.done.title}", also)))
    return UsageError(
        f"{name} has no line for its output",
        hint=f"write `- [ ] {word}{expected}` below its heading in {document.path}, then type it again",
    )


def _refuse_too_early(document: Document, asked: Asked) -> None:
    """Refuse a time before the incident was detected, which a clock mistyped writes: no step comes before."""
    detected = document.moment("detected")
    if detected and comes_before(asked.moment, detected):
        local = detected.astimezone(document.process.zone)
        raise UsageError(
            f"{asked.moment:%Y-%m-%d %H:%M} comes before the detection at {local:%Y-%m-%d %H:%M}",
            hint=f"write --at {local:%Y-%m-%dT%H:%M} or later; an earlier detection:"
            " incidentdocs incident set detected=2026-03-14T02:20",
        )


def _following(handled: Handling, taken: Taken) -> str:
    later = (each.done.number for each in handled.steps if not each.passed)
    number = next(later, None)
    return f"the next one is step {number}" if number else "all are: incidentdocs incident resolve"


def _refuse_unverified(taken: Taken) -> None:
    """Refuse to pass a verification of which a check shows nothing, or less than all."""
    if taken.step is None or not taken.step.verifies:
        return
    checks = enumerate(taken.done.checks, start=1)
    missing = [(at, check) for at, check in checks if not holds(check)]
    if missing:
        named = ", ".join(f"{at} {first_line(check.text).source}" for at, check in missing)
        options = " ".join(f"--check {at}" for at, _ in missing)
        number = taken.done.number
        raise UsageError(
            f"step {number} verifies that all works, and nobody has seen: {named}",
            hint=f"incidentdocs incident step {number} {options} --output TEXT --by @who, with a result where"
            f" one is counted: --check {missing[0][0]}=4/4",
        )


def _when(document: Document, moment: datetime) -> str:
    return f"{moment:%H:%M}" if moment.date() == document.date else f"{moment:%Y-%m-%d %H:%M}"


def _with_milestone(text: str, document: Document, taken: Taken, asked: Asked) -> str:
    """Return the text with the milestone that passing a step is, unless the timeline has it already."""
    milestone = taken.step.milestone if taken.step else ""
    known = {each.id for each in milestones_of(document)}
    events = document.timeline.events if document.timeline else ()
    told = {event.milestone for event in events if event.start and not event.placeholder}
    if milestone not in known or milestone in told:
        return text
    said = asked.output or (taken.done.output.said if taken.done.output else "")
    return with_event(text, document, asked.moment, said, milestone=milestone)


def _tell(document: Document, asked: Asked, now: datetime, *, named: bool) -> int:
    taken = _step(_handled(document), asked.number)
    step = f"{document.path}: step {asked.number} {taken.done.title}"
    if taken.passed:
        click.echo(visible(f"{step} is passed"))
    elif taken.done.output and taken.done.output.said and asked.output:
        click.echo(visible(f"{step} is prepared by {taken.done.output.by}, and not passed"))
        click.echo(f"a person passes it: incidentdocs incident step {asked.number} --by @who", err=True)
        return 1
    else:
        left = sum(not check.ticked for check in taken.done.checks)
        click.echo(
            visible(f"{step}: {len(taken.done.checks) - left} of {len(taken.done.checks)} checks are ticked")
        )
    tell_next(document, now, named=named)
    return 0
