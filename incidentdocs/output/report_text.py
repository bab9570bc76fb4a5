"""Reports for people: the action items under their documents, each with a place to click on.

docs/post-mortems/2026-01-10-disk-full.md · SEV1
  AI 1  alert at 80 % of the disk
        47 days overdue, due 2026-02-01 · @dev with @bridge-bot · docs/post-mortems/…-disk-full.md:34
        opened 2026-01-12 (a1b2c3d), rescheduled once (2026-01-20 → 2026-02-01, after it had passed)
"""

from collections.abc import Iterator, Sequence

from incidentdocs.output.item_groups import By, groups
from incidentdocs.output.report_words import (
    CHANGES,
    heading_of_changes,
    how_it_changed,
    label,
    past_of,
    state_of,
    totals,
)
from incidentdocs.output.terminal import Style, visible
from incidentdocs.reports.model import ActionsReport, Change, Item, OverdueReport, Summary

_WIDEST = max(map(len, CHANGES.values()))


def report_text(report: OverdueReport | ActionsReport, *, by: By = "document", colour: bool) -> str:
    """Return the items in their groups, the due dates not understood, the totals, and what changed."""
    style = Style(colour=colour)
    blocks = [*_groups(report.items, by, style), *_unreadable(report.summary, style)]
    painted = style.error if report.summary.overdue else style.good
    return "\n\n".join([*blocks, painted(totals(report)), *_changes(report, style)])


def _groups(items: Sequence[Item], by: By, style: Style) -> Iterator[str]:
    for group in groups(items, by):
        title = visible(group.title)
        if group.path is not None:
            path = visible(group.path)
            title = style.bold(path) + title.removeprefix(path)
        else:
            title = style.bold(title)
        yield "\n".join([title, *(_item(item, style) for item in group.items)])


def _item(item: Item, style: Style) -> str:
    name = label(item.number)
    words = visible(state_of(item))
    state = style.error(words) if item.days_overdue else words
    owner = visible(item.owner) if item.owner else "no owner"
    place = style.faint(f"{visible(item.document)}:{item.line}")
    told = [f"{state} · {owner} · {place}", *_reason(item), *filter(None, [past_of(item)])]
    indent = " " * (len(name) + 4)
    return "\n".join([f"  {name}  {visible(item.description)}", *(f"{indent}{line}" for line in told)])


def _reason(item: Item) -> Iterator[str]:
    if item.reason:
        yield f"won't do: {visible(item.reason)}"


def _unreadable(summary: Summary, style: Style) -> Iterator[str]:
    if summary.unreadable_due:
        lines = [
            f"  {visible(found.due)} · {style.faint(f'{visible(found.document)}:{found.line}')}"
            for found in summary.unreadable_due
        ]
        yield "\n".join([style.warning("Due date not understood"), *lines])


def _changes(report: OverdueReport | ActionsReport, style: Style) -> Iterator[str]:
    if report.since:
        lines = [_change(change, style) for change in report.changes]
        yield "\n".join([style.bold(heading_of_changes(report)), *lines])


def _change(change: Change, style: Style) -> str:
    kind = f"{CHANGES[change.change]:{_WIDEST}}"
    painted = style.error(kind) if change.change in ("newly-overdue", "dropped") else kind
    place = style.faint(f"{visible(change.document)}:{change.line}")
    what = f"{label(change.number)}  {visible(change.description)}"
    return f"  {painted}  {what} · {visible(how_it_changed(change))} · {place}"
