"""Incidents that keep coming back, for people, as text and as Markdown."""

from collections.abc import Callable, Iterator, Mapping
from shlex import quote

from incidentdocs.output.report_markdown import escaped, link, table
from incidentdocs.output.report_words import label, state_of
from incidentdocs.output.similar_text import alike_in, item_line
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted, first_few
from incidentdocs.reports.escalations import EscalatedIncident, EscalationRow, EscalationsReport, PairReason
from incidentdocs.reports.model import Item


def escalations_text(report: EscalationsReport, *, colour: bool) -> str:
    """Return each escalation with its incidents, why they are alike, what is still open, and the totals."""
    style = Style(colour=colour)
    blocks = ["\n".join(_escalation(row, style)) for row in report.escalations]
    painted = (style.error if report.summary.due else style.good)(_totals(report))
    return "\n\n".join([*blocks, *_undated(report), painted])


def escalations_markdown(report: EscalationsReport) -> str:
    """Return the same as sections with tables, below the day and the totals."""
    blocks = [f"# Escalations on {report.as_of}", f"{_totals(report)}."]
    for row in report.escalations:
        blocks += _as_markdown(row)
    return "\n\n".join([*blocks, *map(escaped, _undated(report))])


def _escalation(row: EscalationRow, style: Style) -> Iterator[str]:
    yield _painted(row, style)(heading_of(row))
    for incident in row.incidents:
        severity = f" · {incident.severity}" if incident.severity else ""
        yield f"  {incident.date}  {style.bold(visible(incident.document))}{severity}"
        yield f"              {visible(incident.title)}"
    yield "  why they are alike"
    called = _called(row)
    for reason in row.reasons:
        yield f"    {visible(_pair(reason, called))}: {_how(reason)}"
        yield from (f"      {visible(because)}" for because in reason.because)
    if row.open_items:
        yield "  still open since the earlier ones"
        yield from (f"    {item_line(item, style)}" for item in row.open_items)
    yield f"  {visible(_next(row))}"


def _painted(row: EscalationRow, style: Style) -> Callable[[str], str]:
    if row.strength == "suggested":
        return style.warning
    return style.good if row.acknowledged_by else style.error


def heading_of(row: EscalationRow) -> str:
    """Return what is to be said of an escalation in one line."""
    incidents = counted(len(row.incidents), "incident")
    span = f"from {row.first} to {row.last}" if row.first != row.last else f"on {row.first}"
    if row.strength == "suggested":
        return f"{incidents} {span} may be the same matter"
    state = "acknowledged" if row.acknowledged_by else "an escalation is due"
    return f"{incidents} {span} are the same matter: {state}"


def _called(row: EscalationRow) -> Mapping[str, str]:
    """Return how each incident is called in few words: by its day, where no other has the same."""
    days = [incident.date for incident in row.incidents]
    return {
        incident.document: str(incident.date) if days.count(incident.date) == 1 else _short(incident.document)
        for incident in row.incidents
    }


def _pair(reason: PairReason, called: Mapping[str, str]) -> str:
    one, other = reason.pair
    return f"{called[one]} and {called[other]}"


def _short(document: str) -> str:
    return document.rpartition("/")[2].removesuffix(".md")


def _how(reason: PairReason) -> str:
    alike = alike_in(reason.alike_in)
    strength = reason.strength or "joined by others only"
    return f"{strength}, {reason.score:.2f}" + (f", {alike}" if alike else "")


def _next(row: EscalationRow) -> str:
    if row.acknowledged_by:
        return f"acknowledged by {row.acknowledged_by}"
    newest = row.incidents[-1].document
    if row.strength == "confirmed":
        return f"to acknowledge it: incidentdocs new escalation --for {quote(newest)}"
    unsure = [reason.pair for reason in row.reasons if reason.strength != "confirmed"]
    one, other = unsure[0] if unsure else (row.incidents[0].document, newest)
    more = f", and likewise for {len(unsure) - 1} more" if len(unsure) > 1 else ""
    return f"to confirm it, write `related: [{_short(one)}]` in {other}{more}; else `not-related`"


def _undated(report: EscalationsReport) -> list[str]:
    if not report.undated:
        return []
    incidents, named = counted(len(report.undated), "incident"), first_few(report.undated)
    return [f"{incidents} not compared, for want of a date: {named}"]


def _totals(report: EscalationsReport) -> str:
    summary = report.summary
    rule = f"{report.threshold} similar incidents within {counted(report.window_days, 'day')}"
    compared = f"{counted(summary.incidents, 'incident')} up to {report.as_of}"
    counts = (
        (summary.due, "due"),
        (summary.confirmed - summary.due, "acknowledged"),
        (summary.suggested, "suggested"),
    )
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{rule}, of {compared}: {f'escalations {told}' if told else 'nothing calls for an escalation'}"


def _as_markdown(row: EscalationRow) -> Iterator[str]:
    yield f"## {escaped(heading_of(row))}"
    yield table(["date", "incident", "severity", "title"], map(_incident_cells, row.incidents))
    called = _called(row)
    pairs = [
        [escaped(_pair(reason, called)), escaped(_how(reason)), escaped("; ".join(reason.because))]
        for reason in row.reasons
    ]
    yield table(["pair", "alike", "because"], pairs)
    if row.open_items:
        yield "Still open since the earlier ones:"
        yield table(["item", "what", "state", "owner", "line"], map(_item_cells, row.open_items))
    yield escaped(f"{_next(row)}.")


def _incident_cells(incident: EscalatedIncident) -> list[str]:
    document = link(incident.document, incident.document)
    return [str(incident.date), document, escaped(incident.severity or ""), escaped(incident.title)]


def _item_cells(item: Item) -> list[str]:
    owner = escaped(item.owner) if item.owner else "no owner"
    place = link(f"{item.document}:{item.line}", item.document, item.line)
    return [label(item.number), escaped(item.description), escaped(state_of(item)), owner, place]
