"""The weekly handoff for people, as text and as Markdown: what burns first, then what is promised."""

import posixpath
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from incidentdocs.output.deadlines_text import standing
from incidentdocs.output.report_markdown import escaped, link
from incidentdocs.output.report_words import label, short, state_of
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.handoff import ComingBack, HandoffIncident, HandoffReport, Handover
from incidentdocs.reports.model import Item


class _Line(NamedTuple):
    """One thing to know: the document that it is about, with its line, and what is said of it.

    A document that is `gone` is named and cannot be linked.
    """

    document: str
    line: int | None
    said: str
    gone: bool = False


class _Part(NamedTuple):
    """A heading of the handoff and what stands below it; `none` is written where nothing does."""

    title: str
    lines: tuple[_Line, ...]
    none: str


def handoff_text(report: HandoffReport, *, colour: bool) -> str:
    """Return the handoff as text, each thing with a place to click on."""
    style = Style(colour=colour)
    blocks = [style.bold(_title(report)), *map(visible, _handover(report.handover))]
    for part in _parts(report):
        rows = [f"  {visible(row.said)} · {style.faint(_place(row))}" for row in part.lines]
        blocks.append("\n".join([style.bold(part.title), *(rows or [f"  {part.none}"])]))
    return "\n\n".join(blocks)


def handoff_markdown(report: HandoffReport, *, folder: str = "") -> str:
    """Return the handoff as Markdown; its links lead from `folder`, relative to the repository's root."""
    blocks = [f"# {_title(report)}", *(f"{escaped(row)}." for row in _handover(report.handover))]
    for part in _parts(report):
        rows = [f"- {escaped(row.said)}: {_link(row, folder)}" for row in part.lines]
        blocks += [f"## {part.title}", "\n".join(rows) or f"{part.none[:1].upper()}{part.none[1:]}."]
    return "\n\n".join(blocks)


def _link(row: _Line, folder: str) -> str:
    if row.gone:
        return escaped(row.document)
    return link(_place(row), posixpath.relpath(row.document, folder or "."), row.line)


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


def _parts(report: HandoffReport) -> Iterator[_Part]:
    incidents = tuple(_Line(each.document, None, _incident(each)) for each in report.incidents)
    yield _Part("Incidents", incidents, "no incident that is committed was in this week, or is open")
    owed = tuple(
        _Line(
            each.document, None, f"{each.severity} of {each.incident or 'an unknown day'}, {standing(each)}"
        )
        for each in report.post_mortems
    )
    yield _Part("Post-mortems due", owed, "none is owed")
    others = report.open - len(report.overdue) - len(report.due_soon)
    yield _Part("Overdue action items", _items(report.overdue), "nothing is overdue")
    more = f"nothing is due; {counted(others, 'other item')} open" if others else "nothing is due"
    yield _Part("Action items due in the next seven days", _items(report.due_soon), more)
    yield _Part("Coming back", tuple(_coming_back(report.coming_back)), "nothing is near an escalation")
    runbooks = tuple(
        _Line(
            each.document,
            None,
            f"{each.change} on {each.when} ({short(each.commit)})",
            gone=each.change == "removed",
        )
        for each in report.runbooks
    )
    yield _Part("Runbooks changed", runbooks, "no runbook has changed")


def _incident(incident: HandoffIncident) -> str:
    severity = f"{incident.severity} " if incident.severity else ""
    told = f", post-mortem {incident.post_mortem}" if incident.post_mortem else ""
    post_mortem = "" if incident.post_mortem == incident.document else told
    state = "still open" if incident.state == "open" else "resolved"
    return f"{incident.date} {severity}{incident.title}: {state}{post_mortem}"


def _items(items: Sequence[Item]) -> tuple[_Line, ...]:
    return tuple(
        _Line(
            item.document,
            item.line,
            f"{label(item.number)} {item.description} ({item.owner or 'no owner'}, {state_of(item)})",
        )
        for item in items
    )


def _coming_back(sets: Sequence[ComingBack]) -> Iterator[_Line]:
    for found in sets:
        said = (
            f"an escalation is due since {found.day}"
            if found.state == "due"
            else f"one more like it until {found.day} calls for an escalation"
        )
        yield _Line(found.incidents[-1], None, f"{said}; alike: {', '.join(found.incidents[:-1])}")


def _place(row: _Line) -> str:
    return visible(row.document) if row.line is None else f"{visible(row.document)}:{row.line}"
