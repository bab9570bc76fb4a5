"""Where incidents stand, for people who have no time to read."""

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from incidentdocs.clock import format_duration
from incidentdocs.documents.timeline.milestones import RESTORED, TRIAGE
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.standing import IncidentsReport, Standing, StepStanding

_ALL = "all of its steps are passed"


def standing_text(found: Standing, now: datetime, *, named: bool, colour: bool) -> str:
    """Return where one incident stands at `now`: its head, its steps, and what is due next.

    What to type names the incident where its user has `named` it.
    """
    style = Style(colour=colour)
    rows = [*_head(found, now, style), *_steps(found, style), *_due(found, now, style, named=named)]
    return "\n".join(rows)


def incidents_text(report: IncidentsReport, *, colour: bool) -> str:
    """Return a line for each incident, the latest first."""
    style = Style(colour=colour)
    return "\n".join(_line(found, report.as_of, style) for found in report.incidents)


def next_text(found: Standing, *, named: bool) -> str:
    """Return what is to be done next, with what to type for it; nothing where nothing is.

    That names the incident where it is `named`, or could not be meant without: it is resolved.
    """
    step = next((each for each in found.steps if each.number == found.next), None)
    if step is None:
        over = found.status == "resolved" or not found.steps
        return "" if over else f"{_ALL}: incidentdocs incident resolve{_argument(found, named=named)}"
    asked = f", which must bring: {visible(step.expected)}" if step.expected and not step.said else ""
    option = f" --incident {_name(found)}" if named or found.status == "resolved" else ""
    return f"next: step {step.number} {visible(step.title)}{asked}\n  {_command(step, option)}"


def update_text(found: Standing, now: datetime, *, named: bool) -> str:
    """Return by when the next update goes out, nothing where none is asked for."""
    update = found.update
    if update is None:
        return ""
    what = "update" if update.last else "announce"
    late = ", which has passed" if update.late else ""
    noun = "the next update" if update.last else "the announcement"
    command = f"incidentdocs comm {what}{_argument(found, named=named)}"
    return f"{noun} is due by {_clock(update.due, now)}{late}: {command}"


def _command(step: StepStanding, option: str) -> str:
    command = f"incidentdocs incident step {step.number}"
    if step.said:
        return f"{command} --by @who{option}   # passes what {step.by} has prepared"
    return f"{command}{' --output TEXT' if step.expected else ''} --by @who{option}"


def _argument(found: Standing, *, named: bool) -> str:
    return f" {_name(found)}" if named else ""


def _name(found: Standing) -> str:
    """Return the document's name as a shell takes it for one word."""
    return shlex.quote(visible(PurePosixPath(found.document).stem))


def _head(found: Standing, now: datetime, style: Style) -> Iterator[str]:
    severity = found.severity or "no severity"
    yield style.bold(f"{severity} · {visible(found.title)}")
    yield f"  {visible(found.document)}"
    yield f"  {_state(found, now, style)}"
    people = [
        f"{role} {', '.join(who)}"
        for role, who in (("on call", found.oncall), ("backup", found.backup))
        if who
    ]
    if people:
        yield f"  {visible(', '.join(people))}"
    for milestone in found.milestones:
        yield f"  {_clock(milestone.at, now)} {milestone.id}"


def _state(found: Standing, now: datetime, style: Style) -> str:
    lasted = format_duration(timedelta(minutes=found.minutes)) if found.minutes is not None else ""
    since = f"since {_clock(found.began, now)}" if found.began else ""
    if found.status == "resolved":
        end = f" {_clock(found.resolved, now)}" if found.resolved else ""
        return style.good(f"resolved{end}") + (f", down for {lasted}" if lasted else "")
    restored = any(each.id == RESTORED for each in found.milestones)
    if restored:
        return style.good("service restored") + f", still open{f', down for {lasted}' if lasted else ''}"
    told = ", ".join(filter(None, (since, f"for {lasted}" if lasted else "")))
    return style.error("open") + (f" {told}" if told else "")


def _steps(found: Standing, style: Style) -> Iterator[str]:
    for step in found.steps:
        mark = style.good("✓") if step.passed else "→" if step.number == found.next else "·"
        said = (
            f" — {visible(step.said)} ({step.by}{f', {visible(step.when)}' if step.when else ''})"
            if step.said
            else ""
        )
        prepared = " (prepared, not passed)" if step.said and not step.passed else ""
        yield f"  {mark} {step.number} {visible(step.title)}{said}{prepared}"
        if step.number == found.next:
            for check in step.checks:
                first, *choices = check.split("\n")
                yield f"      [ ] {visible(first)}"
                yield from (f"          - {visible(choice)}" for choice in choices)


def _due(found: Standing, now: datetime, style: Style, *, named: bool) -> Iterator[str]:
    response = found.response
    if response and response.status != "met" and found.status == "open":
        target = format_duration(timedelta(minutes=response.minutes))
        hours = " of business hours" if response.clock == "business" else ""
        taken = format_duration(timedelta(minutes=response.taken))
        told = f"triage is due {target}{hours} after detection: {taken} have passed"
        if any(each.id == TRIAGE for each in found.milestones):
            told = f"triage came {taken}{hours} after detection, and was due {target} after it"
        yield style.error(told) if response.status == "missed" else told
    if update := update_text(found, now, named=named):
        yield style.error(update) if found.update and found.update.late else update
    if following := next_text(found, named=named):
        yield following
    if found.post_mortem_due:
        yield f"the post-mortem is published by {found.post_mortem_due} at the latest"


def _line(found: Standing, now: datetime, style: Style) -> str:
    step = next((each for each in found.steps if each.number == found.next), None)
    following = f", next: step {step.number} {visible(step.title)}" if step and found.status == "open" else ""
    severity = found.severity or "-"
    return f"{severity:<4}  {visible(found.document)}  {_state(found, now, style)}{following}"


def _clock(moment: datetime, now: datetime) -> str:
    local = moment.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"


def incidents_found(number: int, *, every: bool) -> str:
    """Return the line for a list that is empty, or how many incidents there are."""
    return counted(number, "incident") if every else f"{counted(number, 'incident')} open"
