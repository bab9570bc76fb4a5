"""What became of action items since some earlier day: what a weekly meeting wants to hear."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.history.tracks import state_after
from incidentdocs.history.values import Event, ItemHistory
from incidentdocs.reports.items import owner_of
from incidentdocs.reports.model import Change, ChangeKind
from incidentdocs.reports.promises import Promises, Since

ORDER: tuple[ChangeKind, ...] = ("newly-overdue", "done", "abandoned", "dropped", "moved", "rescheduled")
"""What asks for something comes first, what only waits longer last."""

_OPENS = ("opened", "reopened", "restored", "rescheduled")


def changes(promises: Promises, since: Since, *, every_slip: bool = False) -> tuple[Change, ...]:
    """Return what changed between `since` and the day of `promises`, by kind; the items are in their order.

    An item that came and went in between tells where it went; one that was late and still is tells nothing.
    That its date was changed is told of an item that was overdue, with `every_slip` of any.
    """
    found = [
        change for item in promises.items for change in _of(item, promises, since, every_slip=every_slip)
    ]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.change)))


def _of(item: ItemHistory, promises: Promises, since: Since, *, every_slip: bool) -> Iterator[Change]:
    known = sum(since.covers(event.landing, promises.zone) for event in item.events)
    before, later = item.events[:known], item.events[known:]
    was_overdue = _was_overdue(item, before, later, since.day)
    if item.state == "open":
        if promises.days_overdue(item) is not None and not was_overdue:
            yield _change("newly-overdue", item, _overdue_from(item, promises))
        elif (was_overdue or every_slip) and promises.days_overdue(item) is None:
            yield from _told(item, promises, later, "rescheduled")
    elif not before or state_after(before) != item.state:
        yield from _told(item, promises, later, item.state)


def _told(
    item: ItemHistory, promises: Promises, later: Sequence[Event], kind: ChangeKind
) -> Iterator[Change]:
    """Yield the change that the last event of that kind made."""
    for event in reversed(later):
        if event.kind == kind:
            yield _change(kind, item, promises.day(event.landing), event.landing.commit)
            return


def _was_overdue(item: ItemHistory, before: Sequence[Event], later: Sequence[Event], day: date) -> bool:
    """Return whether the item, with what happened `before`, was overdue on `day`."""
    slip = next((event for event in later if event.kind == "rescheduled"), None)
    # A date that was corrected, which is no slip, never counted.
    due = item.item.due if slip is None else iso_date(slip.before or "")
    return bool(before) and state_after(before) == "open" and due is not None and due < day


def _overdue_from(item: ItemHistory, promises: Promises) -> date:
    """Return the first day on which an overdue item was: after its due date, and there, open and due then."""
    assert item.item.due is not None
    opened = [promises.day(event.landing) for event in item.events if event.kind in _OPENS]
    return max([item.item.due + timedelta(days=1), *opened[-1:]])


def _change(kind: ChangeKind, item: ItemHistory, when: date, commit: str | None = None) -> Change:
    return Change(
        change=kind,
        when=when,
        commit=commit,
        document=item.document,
        line=item.item.line,
        number=item.item.number,
        description=item.item.description,
        owner=owner_of(item),
        due=item.item.due,
        successor=item.successor,
    )
