"""The events for people: under each commit and document what happened to action items.

2026-03-05 a1b2c3d  Bridge Dev
  docs/post-mortems/2026-02-10-certificate.md
    done         AI 1  renew the certificate · see #41
    rescheduled  AI 2  alert a month ahead · 2026-03-01 → 2026-04-01, after it had passed
"""

from itertools import groupby

from incidentdocs.output.report_words import event_details, label, short
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.events import HistoryReport, ItemEvent

_WIDEST = len("rescheduled")


def history_text(report: HistoryReport, *, colour: bool) -> str:
    """Return the events by commit, oldest first, and a line that says how many there are."""
    style = Style(colour=colour)
    commits = groupby(report.events, key=lambda event: (event.when, event.commit, event.made_by))
    blocks = [_commit(list(of_commit), style) for _, of_commit in commits]
    return "\n\n".join([*blocks, style.good(_summary(report))])


def _commit(events: list[ItemEvent], style: Style) -> str:
    lines = [_heading(events[0], style)]
    for document, of_document in groupby(events, key=lambda event: event.document):
        lines += [f"  {visible(document)}", *(_event(event, style) for event in of_document)]
    return "\n".join(lines)


def _heading(event: ItemEvent, style: Style) -> str:
    landed = style.bold(f"{event.when} {short(event.commit)}")
    made = f"made {event.made} in {short(event.made_by)}" if event.made_by else ""
    corrected = "its clock is out of order, dated like a commit before it" if event.corrected else ""
    notes = ", ".join(filter(None, (made, corrected)))
    return f"{landed}  {visible(event.author)}" + (f" ({notes})" if notes else "")


def _event(event: ItemEvent, style: Style) -> str:
    kind = f"{event.event:{_WIDEST}}"
    painted = style.error(kind) if event.event == "dropped" or event.after_due else kind
    parts = [f"{label(event.number)}  {event.description}", *event_details(event)]
    return f"    {painted}  {' · '.join(map(visible, parts))}"


def _summary(report: HistoryReport) -> str:
    items = {(event.document, event.number, event.description) for event in report.events}
    documents = {event.document for event in report.events}
    events = f"{counted(len(report.events), 'event')} of {counted(len(items), 'action item')}"
    return f"{events} in {counted(len(documents), 'document')}, up to {report.as_of}"
