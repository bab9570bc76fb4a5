"""Reports for people: the action items under their documents, each with a place to click on.

docs/post-mortems/2026-01-10-disk-full.md · SEV1
  AI 1  alert at 80 % of the disk
    47 days overdue, due 2026-02-01 · @dev with @bridge-bot · docs/post-mortems/…-disk-full.md:34
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.model import ActionsReport, Item, OverdueReport, Summary


def report_text(report: OverdueReport | ActionsReport, *, colour: bool) -> str:
    """Return the items by document, the due dates that are not understood, and a line of totals."""
    style = Style(colour=colour)
    blocks = [*_documents(report.items, style), *_unreadable(report.summary, style)]
    painted = style.error if report.summary.overdue else style.good
    return "\n\n".join([*blocks, painted(totals(report))])


def totals(report: OverdueReport | ActionsReport) -> str:
    """Return how many items stand where, in one line that never reads as if nothing was counted."""
    return _overdue_totals(report) if isinstance(report, OverdueReport) else _all_totals(report.summary)


def state_of(item: Item) -> str:
    """Return where `item` stands in words: `47 days overdue, due 2026-02-01`, `open, no due date`, `done`."""
    if item.state != "open":
        return item.state
    due = f"due {item.due}" if item.due else "no due date"
    late = f"{counted(item.days_overdue, 'day')} overdue" if item.days_overdue else "open"
    return f"{late}, {due}"


def _overdue_totals(report: OverdueReport) -> str:
    summary = report.summary
    open_items = f"{counted(summary.open, 'open action item')} in {counted(summary.documents, 'document')}"
    undated = f"{summary.undated} without a due date"
    if not report.items:
        return f"nothing overdue on {report.as_of}: {open_items}, {undated}"
    return f"{summary.overdue} overdue on {report.as_of}, of {open_items}, {undated}"


def _all_totals(summary: Summary) -> str:
    total = summary.open + summary.done + summary.abandoned
    states = f"{summary.open} open ({summary.overdue} overdue, {summary.undated} without a due date)"
    items = f"{counted(total, 'action item')} in {counted(summary.documents, 'document')}"
    return f"{items}: {states}, {summary.done} done, {summary.abandoned} abandoned"


def _documents(items: Iterable[Item], style: Style) -> Iterator[str]:
    for path, of_document in groupby(items, key=lambda item: item.document):
        listed = list(of_document)
        severity = listed[0].severity
        heading = style.bold(visible(path)) + (f" · {severity}" if severity else "")
        yield "\n".join([heading, *(_item(item, style) for item in listed)])


def _item(item: Item, style: Style) -> str:
    label = f"AI {item.number}" if item.number is not None else "AI"
    state = style.error(state_of(item)) if item.days_overdue else state_of(item)
    owner = visible(item.owner) if item.owner else "no owner"
    facts = f"{state} · {owner} · {style.faint(f'{visible(item.document)}:{item.line}')}"
    indent = " " * (len(label) + 4)
    return f"  {label}  {visible(item.description)}\n{indent}{facts}"


def _unreadable(summary: Summary, style: Style) -> Iterator[str]:
    if summary.unreadable_due:
        lines = [
            f"  {visible(found.due)} · {style.faint(f'{visible(found.document)}:{found.line}')}"
            for found in summary.unreadable_due
        ]
        yield "\n".join([style.warning("Due date not understood"), *lines])
