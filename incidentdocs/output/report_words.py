"""How reports say where an action item stands, what happened to it, and what changed."""

from collections.abc import Iterator, Sequence

from incidentdocs.output.wording import counted, times
from incidentdocs.reports.model import (
    ActionsReport,
    Change,
    ChangeKind,
    Event,
    Item,
    ItemWithEvents,
    OverdueReport,
    Reschedule,
    Summary,
)

SHORT = 7
"""The digits of a commit's id that people are shown."""

CHANGES: dict[ChangeKind, str] = {
    "newly-overdue": "newly overdue",
    "done": "done",
    "abandoned": "abandoned",
    "dropped": "dropped",
    "moved": "moved",
    "rescheduled": "rescheduled",
}


def label(number: int | None) -> str:
    """Return how an item is called: `AI 2`, or `AI` where it has no number."""
    return "AI" if number is None else f"AI {number}"


def totals(report: OverdueReport | ActionsReport) -> str:
    """Return how many items stand where, in one line that never reads as if nothing was counted."""
    return _overdue_totals(report) if isinstance(report, OverdueReport) else _all_totals(report.summary)


def state_of(item: Item) -> str:
    """Return where `item` stands: `47 days overdue, due 2026-02-01`, `open, no due date`, `done`.

    Where its history is known what is settled says since when: `done on 2026-03-27 (a1b2c3d)`.
    """
    if item.state != "open":
        return " ".join(filter(None, (item.state, _where_to(item.successor), _settled(item))))
    due = f"due {item.due}" if item.due else "no due date"
    late = f"{counted(item.days_overdue, 'day')} overdue" if item.days_overdue else "open"
    return f"{late}, {due}"


def past_of(item: Item) -> str:
    """Return what its history says of `item` in words, nothing where it has none.

    `opened 2026-03-01 (a1b2c3d), rescheduled once (2026-04-01 → 2026-05-01, after it had passed)`
    """
    return ", ".join(_past(item))


def heading_of_changes(report: OverdueReport | ActionsReport) -> str:
    """Return the line above what changed: `Since 2026-03-13: 1 newly overdue, 2 done`."""
    told = ((kind, sum(change.change == kind for change in report.changes)) for kind in CHANGES)
    counts = ", ".join(f"{count} {CHANGES[kind]}" for kind, count in told if count)
    return f"Since {report.since}: {counts}" if counts else f"Nothing changed since {report.since}."


def how_it_changed(change: Change) -> str:
    """Return when and how, after the word for the change: `on 2026-03-15 (a1b2c3d)`, `since 2026-03-14`."""
    if change.change == "newly-overdue":
        return f"since {change.when}"
    to = f"to {change.due}" if change.change == "rescheduled" and change.due else ""
    landed = f"on {change.when} ({short(change.commit or '')})"
    return " ".join(filter(None, (to, _where_to(change.successor), landed)))


def short(commit: str) -> str:
    """Return as much of a commit's id as people are shown."""
    return commit[:SHORT]


def _where_to(successor: str | None) -> str:
    return f"to {successor}" if successor else ""


def _settled(item: Item) -> str:
    events = item.events if isinstance(item, ItemWithEvents) else ()
    settling = [event for event in events if event.event == item.state]
    return f"on {settling[-1].when} ({short(settling[-1].commit)})" if settling else ""


def _past(item: Item) -> Iterator[str]:
    if item.opened:
        yield f"opened {item.opened} ({short(item.opened_commit or '')})"
    if item.reschedules:
        yield f"rescheduled {times(len(item.reschedules))} ({_slips(item.reschedules)})"
    events = item.events if isinstance(item, ItemWithEvents) else ()
    for kind in ("reopened", "restored"):
        if count := sum(event.event == kind for event in events):
            yield kind if count == 1 else f"{kind} {times(count)}"


def _slips(reschedules: Sequence[Reschedule]) -> str:
    chain = ", ".join(_chains(reschedules))
    passed = sum(slip.after_due for slip in reschedules)
    if not passed:
        return chain
    often = f"{times(passed)} " if len(reschedules) > 1 else ""
    return f"{chain}, {often}after it had passed"


def _chains(reschedules: Sequence[Reschedule]) -> Iterator[str]:
    """Yield the dates in a row, in more than one where a correction came between two slips."""
    chain: list[str] = []
    for slip in reschedules:
        if chain and chain[-1] != _due(slip.from_):
            yield " → ".join(chain)
            chain = []
        chain = [*(chain or [_due(slip.from_)]), _due(slip.to)]
    yield " → ".join(chain)


def _due(due: object) -> str:
    return str(due) if due else "no date"


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
    gone = f"; {summary.dropped} more dropped" if summary.dropped else ""
    return f"{items}: {states}, {summary.done} done, {summary.abandoned} abandoned{gone}"


def event_details(event: Event) -> Iterator[str]:
    """Yield what an event in an item's life is about, where its name does not say all."""
    if event.event == "rescheduled":
        passed = ", after it had passed" if event.after_due else ""
        yield f"{event.from_ or 'no date'} → {event.to or 'no date'}{passed}"
    elif event.event == "reassigned":
        yield f"{event.from_ or 'nobody'} → {event.to or 'nobody'}"
    elif event.event == "reworded":
        yield f"was: {event.from_}"
    elif event.event == "moved":
        yield f"to {event.to}"
    elif event.evidence:
        yield f"see {', '.join(event.evidence)}"
