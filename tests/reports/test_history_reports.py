"""Reports that read a history: what is told of an item's past, what changed, and in which order."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.document import read_document
from incidentdocs.history.values import Event, EventKind, History, ItemHistory, Landing, State
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.reports.actions import actions
from incidentdocs.reports.events import events
from incidentdocs.reports.overdue import overdue
from incidentdocs.reports.promises import Promises, Since, promises_in

TODAY = date(2026, 3, 20)
WEEK = Since(date(2026, 3, 13))
DISK = "docs/post-mortems/2026-01-10-disk.md"
MAIL = "docs/post-mortems/2026-02-03-mail.md"


def landing(day: str, commit: str = "", *, made: str | None = None, made_by: str | None = None) -> Landing:
    when = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    commit = commit or f"c{day.replace('-', '')}"
    made_at = datetime.fromisoformat(f"{made}T12:00:00+00:00") if made else when
    return Landing(commit, when, "Dev", made_by or commit, made_at)


def event(kind: EventKind, day: str, before: str | None = None, after: str | None = None) -> Event:
    passed = kind == "rescheduled" and before is not None and before < day
    return Event(kind, landing(day), before, after, passed)


def action_item(text: str) -> ActionItem:
    source = parse(f"# Post-mortem: a\n\n## Action items\n{text}\n")
    document = read_document(DISK, source, built_in("post-mortem"), Process())
    assert document.action_items
    return document.action_items.items[0]


def item(
    *happened: Event,
    text: str = "AI 1: alert at 80 % (owner @dev, due 2026-02-01)",
    state: State = "open",
    document: str = DISK,
    successor: str | None = None,
) -> ItemHistory:
    box = "x" if state == "done" else " "
    opened = event("opened", "2026-01-12")
    return ItemHistory(
        document, action_item(f"- [{box}] {text}"), (opened, *happened), state, successor, "SEV1"
    )


def promises(*items: ItemHistory) -> Promises:
    return Promises(TODAY, UTC, items, "f" * 40)


def changed(*items: ItemHistory, since: Since = WEEK) -> list[tuple[str, str]]:
    told = overdue(promises(*items), since).changes
    return [(change.change, change.when.isoformat()) for change in told]


def test_an_overdue_item_tells_when_it_was_opened_and_every_slip() -> None:
    slips = (
        event("rescheduled", "2026-01-20", "2026-01-25", "2026-01-30"),
        event("rescheduled", "2026-02-02", "2026-01-30", "2026-02-01"),
    )
    report = overdue(promises(item(*slips)))
    (told,) = report.items
    assert (told.opened, told.opened_commit) == (date(2026, 1, 12), "c20260112")
    assert (told.days_overdue, told.state, told.severity) == (47, "open", "SEV1")
    assert [slip.model_dump(mode="json") for slip in told.reschedules] == [
        {
            "from": "2026-01-25",
            "to": "2026-01-30",
            "when": "2026-01-20",
            "commit": "c20260120",
            "after_due": False,
        },
        {
            "from": "2026-01-30",
            "to": "2026-02-01",
            "when": "2026-02-02",
            "commit": "c20260202",
            "after_due": True,
        },
    ]
    assert report.revision == "f" * 40


def test_a_due_date_that_was_taken_away_is_null() -> None:
    taken = item(event("rescheduled", "2026-02-02", "2026-02-01", None), text="AI 1: a (owner @dev)")
    (slip,) = actions(promises(taken)).items[0].reschedules
    assert (slip.from_, slip.to) == (date(2026, 2, 1), None)


def test_days_are_those_of_the_configured_zone() -> None:
    late = Landing(
        "c", datetime(2026, 3, 19, 23, 30, tzinfo=UTC), "Dev", "c", datetime.max.replace(tzinfo=UTC)
    )
    told = Promises(TODAY, timezone(timedelta(hours=1)), (), None)
    assert told.day(late) == TODAY
    assert Since(date(2026, 3, 19)).covers(late, UTC)
    assert not Since(date(2026, 3, 19)).covers(late, told.zone)


@pytest.mark.parametrize("state", ["done", "abandoned", "dropped", "moved"])
def test_what_is_settled_or_gone_is_never_overdue(state: State) -> None:
    report = overdue(promises(item(state=state)))
    assert report.items == ()
    assert getattr(report.summary, state) == 1
    assert report.summary.open == 0


def test_only_documents_that_still_hold_items_are_counted() -> None:
    held = (item(), item(state="dropped", document=MAIL), item(state="moved", document="docs/old.md"))
    assert overdue(promises(*held)).summary.documents == 1


def test_actions_tells_every_event_with_what_applies_to_it() -> None:
    happened = (
        event("reassigned", "2026-01-13", "@ops", "@dev"),
        event("rescheduled", "2026-01-20", "2026-01-25", "2026-02-01"),
        Event(
            "done",
            landing("2026-01-30", "m" * 40, made="2026-01-28", made_by="b" * 40)._replace(corrected=True),
            evidence=("#41",),
        ),
    )
    (told,) = actions(promises(item(*happened, state="done"))).items
    assert [each.model_dump(mode="json") for each in told.events] == [
        {"event": "opened", "when": "2026-01-12", "commit": "c20260112", "author": "Dev"},
        {
            "event": "reassigned",
            "when": "2026-01-13",
            "commit": "c20260113",
            "author": "Dev",
            "from": "@ops",
            "to": "@dev",
        },
        {
            "event": "rescheduled",
            "when": "2026-01-20",
            "commit": "c20260120",
            "author": "Dev",
            "from": "2026-01-25",
            "to": "2026-02-01",
            "after_due": False,
        },
        {
            "event": "done",
            "when": "2026-01-30",
            "commit": "m" * 40,
            "author": "Dev",
            "evidence": ["#41"],
            "made": "2026-01-28",
            "made_by": "b" * 40,
            "corrected": True,
        },
    ]


def test_what_has_moved_names_its_successor_and_what_is_abandoned_its_reason() -> None:
    moved = item(event("moved", "2026-02-03", after=MAIL), state="moved", successor=MAIL)
    abandoned = item(
        event("abandoned", "2026-02-03"), text="AI 2: a (owner @dev, won't do: too dear)", state="abandoned"
    )
    first, second = actions(promises(moved, abandoned)).items
    assert (first.successor, first.events[-1].to) == (MAIL, MAIL)
    assert second.reason == "too dear"


def test_an_item_whose_day_passed_since_is_newly_overdue_from_the_day_after() -> None:
    text = "AI 1: a (owner @dev, due {})"
    assert changed(item(text=text.format("2026-03-13"))) == [("newly-overdue", "2026-03-14")]
    assert changed(item(text=text.format("2026-03-19"))) == [("newly-overdue", "2026-03-20")]
    assert changed(item(text=text.format("2026-03-20"))) == []
    assert changed(item(text=text.format("2026-03-12"))) == []


def test_an_item_that_is_late_again_is_newly_overdue_from_that_day_on() -> None:
    reopened = item(event("done", "2026-02-01"), event("reopened", "2026-03-16"))
    assert changed(reopened) == [("newly-overdue", "2026-03-16")]
    written_late = item()._replace(events=(event("opened", "2026-03-18"),))
    assert changed(written_late) == [("newly-overdue", "2026-03-18")]


def test_an_overdue_item_with_another_date_is_rescheduled_and_one_in_time_tells_nothing() -> None:
    text = "AI 1: a (owner @dev, due 2026-04-01)"
    assert changed(item(event("rescheduled", "2026-03-16", "2026-02-01", "2026-04-01"), text=text)) == [
        ("rescheduled", "2026-03-16")
    ]
    assert changed(item(event("rescheduled", "2026-03-16", "2026-03-30", "2026-04-01"), text=text)) == []


@pytest.mark.parametrize("state", ["done", "abandoned", "dropped"])
def test_what_was_settled_since_is_told_with_its_commit(state: State) -> None:
    assert state not in ("open", "moved")
    (change,) = overdue(promises(item(event(state, "2026-03-14"), state=state)), WEEK).changes  # type: ignore[arg-type]
    assert (change.change, change.when, change.commit) == (state, date(2026, 3, 14), "c20260314")
    assert changed(item(event(state, "2026-03-13"), state=state)) == []  # type: ignore[arg-type]


def test_what_was_opened_and_done_in_between_is_told_as_done() -> None:
    quick = item(state="done")._replace(events=(event("opened", "2026-03-14"), event("done", "2026-03-15")))
    assert changed(quick) == [("done", "2026-03-15")]


def test_what_was_dropped_and_restored_in_between_is_no_change() -> None:
    text = "AI 1: a (owner @dev, due 2026-04-01)"
    assert changed(item(event("dropped", "2026-03-14"), event("restored", "2026-03-15"), text=text)) == []


def test_changes_come_by_kind_what_asks_for_something_first() -> None:
    moved = item(event("moved", "2026-03-14", after=MAIL), state="moved", successor=MAIL)
    done = item(event("done", "2026-03-15"), state="done")
    late = item(text="AI 1: a (owner @dev, due 2026-03-15)")
    assert [kind for kind, _ in changed(moved, done, late)] == ["newly-overdue", "done", "moved"]


def test_since_a_revision_counts_what_its_chain_does_not_have() -> None:
    done = item(event("done", "2026-03-14"), state="done")
    known = frozenset({"c20260112"})
    assert changed(done, since=Since(date(2026, 3, 14), known)) == [("done", "2026-03-14")]
    assert changed(done, since=Since(date(2026, 3, 14), known | {"c20260314"})) == []


def test_without_a_moment_to_compare_with_nothing_is_said_of_changes() -> None:
    report = overdue(promises(item(event("done", "2026-03-15"), state="done")))
    assert (report.since, report.changes) == (None, ())


def test_an_empty_history_gives_an_empty_report() -> None:
    report = actions(promises_in(History(None, TODAY, ()), Process(today=TODAY)), WEEK)
    assert (report.items, report.revision, report.changes, report.since) == ((), None, (), WEEK.day)


def test_events_are_told_oldest_first_across_documents() -> None:
    first = item(event("done", "2026-02-01"), state="done")
    second = item(event("reopened", "2026-01-20"), document=MAIL)
    told = events(promises(first, second)).events
    assert [(each.event, each.document) for each in told] == [
        ("opened", DISK),
        ("opened", MAIL),
        ("reopened", MAIL),
        ("done", DISK),
    ]
    assert (told[0].number, told[0].description) == (1, "alert at 80 %")


def test_the_past_of_an_item_that_moved_is_told_once() -> None:
    slip = event("rescheduled", "2026-01-20", "2026-01-25", "2026-02-01")
    left = item(slip, event("moved", "2026-02-03", after=MAIL), state="moved", successor=MAIL)
    arrived = item(slip, document=MAIL)
    told = events(promises(left, arrived)).events
    assert [(each.event, each.document) for each in told] == [
        ("opened", MAIL),
        ("rescheduled", MAIL),
        ("moved", DISK),
    ]
    asked = events(promises(left, arrived), concerns=lambda document: document == DISK).events
    assert [each.event for each in asked] == ["opened", "rescheduled", "moved"]
