"""Incidents that are like one of them, and how well that is told, for people."""

from collections.abc import Iterator

from incidentdocs.output.report_words import label, state_of
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.model import Item
from incidentdocs.reports.similar import Bar, EvaluationReport, SimilarIncident, SimilarReport

_ALIKE = {
    ("symptom",): "alike in what was seen",
    ("cause",): "alike in cause",
    ("symptom", "cause"): "alike in what was seen and in cause",
}


def alike_in(kinds: tuple[str, ...]) -> str:
    """Return in words what two incidents are alike in, nothing where that is neither symptom nor cause."""
    return _ALIKE.get(kinds, "")


def similar_text(report: SimilarReport, *, colour: bool) -> str:
    """Return the incidents, each with why it is alike, both causes, and what is still open."""
    style = Style(colour=colour)
    blocks = ["\n".join(_incident(incident, report, style)) for incident in report.incidents]
    return "\n\n".join([*blocks, style.bold(_totals(report))])


def _incident(incident: SimilarIncident, report: SimilarReport, style: Style) -> Iterator[str]:
    told = filter(
        None, (incident.strength or "below the bar", f"{incident.score:.2f}", alike_in(incident.alike_in))
    )
    severity = f" · {incident.severity}" if incident.severity else ""
    yield f"{style.bold(visible(incident.document))}{severity} · {incident.date} · {', '.join(told)}"
    yield f"  {visible(incident.title)}"
    yield from (f"  - {visible(because)}" for because in incident.because)
    if incident.cause or report.cause:
        yield f"  its cause:  {visible(incident.cause) or 'not told'}"
        yield f"  this cause: {visible(report.cause) or 'not told'}"
    yield from (f"  still open: {item_line(item, style)}" for item in incident.open_items)


def item_line(item: Item, style: Style) -> str:
    """Return an action item in one line: what, where it stands, whose it is, and its place."""
    words = state_of(item)
    state = style.error(words) if item.days_overdue else words
    owner = visible(item.owner) if item.owner else "no owner"
    place = style.faint(f"{visible(item.document)}:{item.line}")
    return f"{label(item.number)}  {visible(item.description)} · {state} · {owner} · {place}"


def _totals(report: SimilarReport) -> str:
    compared = f"{visible(report.document)} compared with {counted(report.compared, 'incident')}"
    strengths = [incident.strength for incident in report.incidents]
    counts = ((strengths.count("confirmed"), "confirmed"), (strengths.count("suggested"), "suggested"))
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{compared}: {told or 'none is alike'}"


def evaluation_text(report: EvaluationReport) -> str:
    """Return how the scores agree with what documents say."""
    pairs = f"{counted(report.related, 'related pair')}, {report.unrelated} not related"
    lines = [f"{pairs}, as documents name them", f"average precision {report.average_precision:.3f}"]
    return "\n".join([*lines, _bar("suggested", report.suggested), _bar("confirmed", report.confirmed)])


def _bar(name: str, bar: Bar) -> str:
    measured = f"precision {bar.precision:.3f}, recall {bar.recall:.3f}, F1 {bar.f1:.3f}"
    return f"{name} from {bar.score:g} on: {measured}"
