"""The weekly handoff for people, as text and as Markdown: what burns first, then what is promised."""

from collections.abc import Iterator, Sequence

from incidentdocs.output.deadlines_text import standing
from incidentdocs.output.parts import Line, Part, parts_markdown, parts_text
from incidentdocs.output.report_markdown import escaped
from incidentdocs.output.report_words import label, short, state_of
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.handoff import ComingBack, HandoffIncident, HandoffReport, Handover
from incidentdocs.reports.model import Item


def handoff_text(report: HandoffReport, *, colour: bool) -> str:
    """Return the handoff as text, each thing with a place to click on."""
    style = Style(colour=colour)
    blocks = [style.bold(_title(report)), *map(visible, _handover(report.handover))]
    return "\n\n".join([*blocks, *parts_text(_parts(report), style)])


def handoff_markdown(report: HandoffReport, *, folder: str = "") -> str:
    """Return the handoff as Markdown; its links lead from `folder`, relative to the repository's root."""
    blocks = [f"# {_title(report)}", *(f"{escaped(row)}." for row in _handover(report.handover))]
    return "\n\n".join([*blocks, *parts_markdown(_parts(report), folder=folder)])


def _title(report: HandoffReport) -> str:
    return f"On-call handoff {report.week} ({report.first} to {report.last})"


def _handover(handover: Handover | None) -> Iterator[str]:
    if handover:
        before = _duty(handover.principal, handover.backup)
        after = _duty(handover.next_principal, handover.next_backup)
        when = f"{handover.when:%Y-%m-%d %H:%M}"
        yield f"{before} stays on call" if before == after else f"{before} hands over to {after} on {when}"


def _duty(principal: str | None, backup: str | None) -> str:
    who = f"@{principal}" if principal else "nobody"
    return f"{who} (backup @{backup})" if backup else who


def _parts(report: HandoffReport) -> Iterator[Part]:
    incidents = tuple(Line(each.document, None, _incident(each)) for each in report.incidents)
    yield Part("Incidents", incidents, "no incident that is committed was in this week, or is open")
    owed = tuple(
        Line(each.document, None, f"{each.severity} of {each.incident or 'an unknown day'}, {standing(each)}")
        for each in report.post_mortems
    )
    yield Part("Post-mortems due", owed, "none is owed")
    others = report.open - len(report.overdue) - len(report.due_soon)
    yield Part("Overdue action items", _items(report.overdue), "nothing is overdue")
    more = f"nothing is due; {counted(others, 'other item')} open" if others else "nothing is due"
    yield Part("Action items due in the next seven days", _items(report.due_soon), more)
    yield Part("Coming back", tuple(_coming_back(report.coming_back)), "nothing is near an escalation")
    runbooks = tuple(
        Line(
            each.document,
            None,
            f"{each.change} on {each.when} ({short(each.commit)})",
            gone=each.change == "removed",
        )
        for each in report.runbooks
    )
    yield Part("Runbooks changed", runbooks, "no runbook has changed")


def _incident(incident: HandoffIncident) -> str:
    severity = f"{incident.severity} " if incident.severity else ""
    told = f", post-mortem {incident.post_mortem}" if incident.post_mortem else ""
    post_mortem = "" if incident.post_mortem == incident.document else told
    state = "still open" if incident.state == "open" else "resolved"
    return f"{incident.date} {severity}{incident.title}: {state}{post_mortem}"


def _items(items: Sequence[Item]) -> tuple[Line, ...]:
    return tuple(
        Line(
            item.document,
            item.line,
            f"{label(item.number)} {item.description} ({item.owner or 'no owner'}, {state_of(item)})",
        )
        for item in items
    )


def _coming_back(sets: Sequence[ComingBack]) -> Iterator[Line]:
    for found in sets:
        said = (
            f"an escalation is due since {found.day}"
            if found.state == "due"
            else f"one more like it until {found.day} calls for an escalation"
        )
        yield Line(found.incidents[-1], None, f"{said}; alike: {', '.join(found.incidents[:-1])}")
