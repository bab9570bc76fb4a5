"""Which promises are late, as of which day, and what is counted beside them."""

from datetime import date

from incidentdocs.documents.document import Document, read_document
from incidentdocs.library.library import Library
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.reports.actions import actions
from incidentdocs.reports.model import Item
from incidentdocs.reports.overdue import overdue
from incidentdocs.reports.promises import Promises, promises_on_disk

TODAY = date(2026, 3, 20)
PROCESS = Process(today=TODAY)


def document(name: str, items: str, *, front: str = "severity: SEV2") -> Document:
    text = f"---\n{front}\n---\n\n# Post-mortem: API down\n\n## Action items\n{items}"
    return read_document(f"docs/post-mortems/{name}", parse(text), built_in("post-mortem"), PROCESS)


def library(*documents: Document) -> Promises:
    return promises_on_disk(Library(documents, PROCESS))


def test_an_item_is_overdue_the_day_after_it_was_due() -> None:
    held = document(
        "2026-01-10-api.md",
        "- [ ] AI 1: raise the limit (owner @dev, due 2026-03-19)\n"
        "- [ ] AI 2: add an alert (owner @ops, due 2026-03-20)\n"
        "- [ ] AI 3: write a test (owner @dev, due 2026-03-21)\n",
    )
    report = overdue(library(held))
    assert report.items == (
        Item(
            document="docs/post-mortems/2026-01-10-api.md",
            line=8,
            number=1,
            description="raise the limit",
            owner="@dev",
            owners=("@dev",),
            due=date(2026, 3, 19),
            days_overdue=1,
            state="open",
            severity="SEV2",
        ),
    )
    assert (report.summary.overdue, report.summary.open, report.summary.undated) == (1, 3, 0)


def test_what_is_done_or_abandoned_is_never_overdue() -> None:
    held = document(
        "2026-01-10-api.md",
        "- [x] AI 1: raise the limit (owner @dev, due 2026-02-01, done 2026-02-03)\n"
        "- [ ] AI 2: add an alert (owner @ops, due 2026-02-01, won't do: the service is gone)\n",
    )
    summary = overdue(library(held)).summary
    assert (summary.overdue, summary.open, summary.done, summary.abandoned) == (0, 0, 1, 1)


def test_an_incident_of_a_later_day_does_not_count_yet() -> None:
    item = "- [ ] AI 1: a (owner @dev, due 2026-03-01)\n"
    later = document("2026-03-21-api.md", item)
    assert overdue(library(later)).summary.open == 0
    assert actions(library(later)).items == ()
    assert overdue(library(document("2026-03-20-api.md", item))).summary.open == 1


def test_the_document_with_the_oldest_due_date_comes_first_and_its_items_oldest_first() -> None:
    newer = document(
        "2026-01-10-api.md",
        "- [ ] AI 1: a (owner @dev, due 2026-03-10)\n- [ ] AI 2: b (owner @dev, due 2026-03-01)\n",
    )
    older = document("2026-02-20-disk.md", "- [ ] AI 1: c (owner @dev, due 2026-02-25)\n")
    also = document("2026-02-21-mail.md", "- [ ] AI 1: d (owner @dev, due 2026-03-01)\n")
    report = overdue(library(newer, older, also))
    assert [item.description for item in report.items] == ["c", "b", "a", "d"]
    assert [item.days_overdue for item in report.items] == [23, 19, 10, 19]


def test_items_without_a_readable_due_date_are_counted_beside() -> None:
    held = document(
        "2026-01-10-api.md",
        "- [ ] AI 1: raise the limit (owner @dev)\n"
        "- [ ] AI 2: add an alert (owner @ops, due 2026-02-31)\n"
        "- [x] AI 3: write a test (owner @dev)\n",
    )
    summary = overdue(library(held)).summary
    assert (summary.open, summary.undated) == (2, 2)
    assert [(found.line, found.due) for found in summary.unreadable_due] == [(9, "2026-02-31")]


def test_a_draft_is_read_and_a_templates_own_items_are_no_promises() -> None:
    held = document(
        "2026-01-10-api.md",
        "- [ ] AI 1: <description> (owner @who, due YYYY-MM-DD)\n"
        "- [ ] AI 2: ...\n"
        "- [ ] AI 3: raise the limit (owner @dev, due 2026-02-01)\n",
        front="severity: TODO\nstatus: draft",
    )
    report = overdue(library(held))
    assert [(item.number, item.severity) for item in report.items] == [(3, None)]
    assert report.summary.open == 1


def test_an_item_with_a_due_date_counts_whatever_is_still_to_be_written_of_it() -> None:
    held = document(
        "2026-01-10-api.md",
        "- [ ] AI 1: TODO (owner @dev, due 2026-02-01)\n- [ ] AI 2: raise the limit (owner TBD, due TBD)\n",
    )
    report = overdue(library(held))
    assert [item.number for item in report.items] == [1]
    assert (report.summary.open, report.summary.undated) == (2, 1)


def test_the_owner_is_told_as_written() -> None:
    held = document("2026-01-10-api.md", "- [ ] AI 1: a (owner @dev with @bridge-bot, due 2026-02-01)\n")
    assert [item.owner for item in overdue(library(held)).items] == ["@dev with @bridge-bot"]


def test_an_empty_library_gives_an_empty_report() -> None:
    report = overdue(library())
    assert (report.items, report.summary.documents, report.as_of) == ((), 0, TODAY)


def test_documents_without_action_items_are_no_part_of_the_count() -> None:
    runbook = read_document(
        "docs/runbooks/runbook-disk.md", parse("# Runbook: disk\n"), built_in("runbook"), PROCESS
    )
    assert overdue(library(runbook)).summary.documents == 0


def test_actions_tells_every_item_in_every_state_in_the_files_order() -> None:
    held = document(
        "2026-01-10-api.md",
        "- [ ] AI 2: b (owner @dev, due 2026-03-10)\n"
        "- [x] AI 1: a (owner @dev, due 2026-03-01)\n"
        "- [ ] AI 3: c (owner @dev, due 2026-03-01, won't do: too dear)\n",
    )
    report = actions(library(held))
    assert [(item.number, item.state, item.days_overdue) for item in report.items] == [
        (2, "open", 10),
        (1, "done", None),
        (3, "abandoned", None),
    ]
    assert all(item.events == () for item in report.items)
