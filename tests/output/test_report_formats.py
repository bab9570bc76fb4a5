"""Reports as text, Markdown and JSON."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.output.report_json import report_json
from incidentdocs.output.report_markdown import escaped, report_markdown
from incidentdocs.output.report_text import report_text
from incidentdocs.output.report_words import past_of, state_of
from incidentdocs.output.terminal import visible
from incidentdocs.reports.model import (
    ActionsReport,
    Change,
    Item,
    ItemWithEvents,
    OverdueReport,
    Reschedule,
    Summary,
    UnreadableDue,
)

DISK = "docs/post-mortems/2026-01-10-disk-full.md"
MAIL = "docs/post-mortems/2026-02-03-mail.md"


def item(
    number: int | None,
    *,
    document: str = DISK,
    line: int = 34,
    description: str = "alert at 80 % of the disk",
    owner: str | None = "@dev with @bridge-bot",
    severity: str | None = "SEV1",
) -> Item:
    return Item(
        document=document,
        line=line,
        number=number,
        description=description,
        owner=owner,
        due=date(2026, 2, 1),
        days_overdue=47,
        state="open",
        severity=severity,
    )


def summary(**changes: object) -> Summary:
    counts: dict[str, object] = {
        "documents": 4,
        "overdue": 2,
        "open": 9,
        "undated": 2,
        "done": 3,
        "abandoned": 1,
    }
    return Summary.model_validate(counts | changes)


def late(*items: Item, **changes: object) -> OverdueReport:
    return OverdueReport(as_of=date(2026, 3, 20), items=items, summary=summary(**changes))


def test_overdue_items_stand_below_their_document_each_with_its_place() -> None:
    report = late(item(2), item(None, document=MAIL, line=9, owner=None, severity=None))
    assert report_text(report, colour=False) == (
        f"{DISK} · SEV1\n"
        "  AI 2  alert at 80 % of the disk\n"
        f"        47 days overdue, due 2026-02-01 · @dev with @bridge-bot · {DISK}:34\n"
        "\n"
        f"{MAIL}\n"
        "  AI  alert at 80 % of the disk\n"
        f"      47 days overdue, due 2026-02-01 · no owner · {MAIL}:9\n"
        "\n"
        "2 overdue on 2026-03-20, of 9 open action items in 4 documents, 2 without a due date"
    )


def test_nothing_overdue_says_what_was_counted() -> None:
    shown = report_text(late(overdue=0), colour=False)
    assert shown == "nothing overdue on 2026-03-20: 9 open action items in 4 documents, 2 without a due date"


def test_a_due_date_that_is_not_understood_is_told_with_its_place() -> None:
    unreadable = UnreadableDue(document=MAIL, line=12, due="soon\x1b[2J")
    shown = report_text(late(item(1), unreadable_due=(unreadable,)), colour=False)
    assert f"Due date not understood\n  soon\\x1b[2J · {MAIL}:12\n" in shown


def test_actions_tells_each_state() -> None:
    base = dict(item(1))
    items = (
        ItemWithEvents(**base),
        ItemWithEvents(**{**base, "due": None, "days_overdue": None}),
        ItemWithEvents(**{**base, "state": "done", "days_overdue": None}),
    )
    report = ActionsReport(as_of=date(2026, 3, 20), items=items, summary=summary())
    lines = report_text(report, colour=False).split("\n")
    states = [line.strip().split(" · ")[0] for line in lines if line.startswith("        ")]
    assert states == ["47 days overdue, due 2026-02-01", "open, no due date", "done"]
    assert lines[-1] == (
        "13 action items in 4 documents: 9 open (2 overdue, 2 without a due date), 3 done, 1 abandoned"
    )


def test_markdown_is_a_table_for_each_document() -> None:
    link = f"./{DISK}"
    assert report_markdown(late(item(2))) == (
        "# Overdue action items on 2026-03-20\n"
        "\n"
        "2 overdue on 2026-03-20, of 9 open action items in 4 documents, 2 without a due date.\n"
        "\n"
        f"## [{DISK}]({link}) (SEV1)\n"
        "\n"
        "| item | what | owner | state | line |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| AI 2 | alert at 80 % of the disk | @dev with @bridge-bot |"
        f" 47 days overdue, due 2026-02-01 | [34]({link}#L34) |"
    )


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs", "Cf"], include_characters=" "),
        min_size=1,
    )
)
def test_escaped_text_renders_as_itself(text: str) -> None:
    words = f"x {' '.join(text.split())} x"
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(escaped(words))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inline = tokens[1].children or []
    assert {token.type for token in inline} == {"text"}
    assert "".join(token.content for token in inline) == visible(words)


def test_hostile_words_stay_in_their_cell() -> None:
    hostile = "<script>alert(1)</script> | `x` [a](javascript:b) **c** {{ d }} \u202e\x1b"
    tokens = (
        MarkdownIt("commonmark")
        .enable("table")
        .parse(
            report_markdown(late(item(1, description=hostile, owner=hostile, document="docs/a (1)/é|b.md")))
        )
    )
    assert not [token for token in tokens if token.type.startswith("html")]
    rows = [token for token in tokens if token.type == "td_open"]
    assert len(rows) == 5
    cells = [token.content for token in tokens if token.type == "inline"]
    assert not any("<script" in cell or "\x1b" in cell or "\u202e" in cell for cell in cells)


def test_json_has_every_key_of_the_contract() -> None:
    printed = json.loads(report_json(late(item(2))))
    assert list(printed) == ["version", "as_of", "revision", "items", "since", "changes", "summary"]
    assert printed["items"] == [
        {
            "document": DISK,
            "line": 34,
            "number": 2,
            "description": "alert at 80 % of the disk",
            "owner": "@dev with @bridge-bot",
            "owners": [],
            "due": "2026-02-01",
            "days_overdue": 47,
            "state": "open",
            "severity": "SEV1",
            "opened": None,
            "opened_commit": None,
            "reschedules": [],
            "reason": None,
            "successor": None,
            "refs": [],
            "key": None,
        }
    ]
    assert (printed["version"], printed["as_of"], printed["revision"]) == (1, "2026-03-20", None)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_json_is_printable_ascii_and_keeps_every_character(text: str) -> None:
    shown = report_json(late(item(1, description=text.encode("utf-8", "replace").decode())))
    assert all(32 <= ord(character) < 127 or character == "\n" for character in shown)
    assert "##" not in shown
    assert json.loads(shown)["items"][0]["description"] == text.encode("utf-8", "replace").decode()


def slip(before: str | None, after: str | None, *, after_due: bool = False) -> Reschedule:
    when = date(2026, 5, 2)
    return Reschedule.model_validate(
        {"from": before, "to": after, "when": when, "commit": "b" * 40, "after_due": after_due}
    )


def with_past(*slips: Reschedule) -> Item:
    past = {"opened": date(2026, 3, 1), "opened_commit": "a1b2c3d4e5", "reschedules": slips}
    return Item(**{**dict(item(2)), **past})


@pytest.mark.parametrize(
    ("slips", "told"),
    [
        ((), "opened 2026-03-01 (a1b2c3d)"),
        (
            (slip("2026-04-01", "2026-05-01"),),
            "opened 2026-03-01 (a1b2c3d), rescheduled once (2026-04-01 → 2026-05-01)",
        ),
        (
            (slip("2026-04-01", "2026-05-01", after_due=True),),
            "opened 2026-03-01 (a1b2c3d), rescheduled once (2026-04-01 → 2026-05-01, after it had passed)",
        ),
        (
            (slip("2026-04-01", "2026-05-01"), slip("2026-05-01", "2026-06-01", after_due=True)),
            "opened 2026-03-01 (a1b2c3d),"
            " rescheduled twice (2026-04-01 → 2026-05-01 → 2026-06-01, once after it had passed)",
        ),
        (
            (slip("2026-04-01", None), slip(None, "2026-06-01"), slip("2026-06-02", "2026-06-09")),
            "opened 2026-03-01 (a1b2c3d),"
            " rescheduled 3 times (2026-04-01 → no date → 2026-06-01, 2026-06-02 → 2026-06-09)",
        ),
    ],
)
def test_an_item_tells_its_past_in_a_line(slips: tuple[Reschedule, ...], told: str) -> None:
    assert past_of(with_past(*slips)) == told
    lines = report_text(late(with_past(*slips)), colour=False).split("\n")
    assert lines[3] == f"        {told}"
    table = report_markdown(late(with_past(*slips)))
    assert "| item | what | owner | state | line | history |" in table
    assert f" | {told} |" in table


def settled(state: str, **more: object) -> ItemWithEvents:
    event = {"event": state, "when": date(2026, 3, 15), "commit": "a1b2c3d4", "author": "Dev"}
    base = {**dict(item(1)), "state": state, "days_overdue": None, "events": (event,), **more}
    return ItemWithEvents.model_validate(base)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (settled("done"), "done on 2026-03-15 (a1b2c3d)"),
        (settled("dropped"), "dropped on 2026-03-15 (a1b2c3d)"),
        (settled("moved", successor=MAIL), f"moved to {MAIL} on 2026-03-15 (a1b2c3d)"),
    ],
)
def test_what_is_settled_says_since_when(found: ItemWithEvents, told: str) -> None:
    assert state_of(found) == told


def test_what_is_abandoned_gives_its_reason() -> None:
    report = ActionsReport(
        as_of=date(2026, 3, 20),
        items=(settled("abandoned", reason="too | dear"),),
        summary=summary(dropped=2),
    )
    text = report_text(report, colour=False)
    assert "\n        won't do: too | dear\n" in text
    assert text.endswith("3 done, 1 abandoned; 2 more dropped")
    assert "abandoned on 2026-03-15 (a1b2c3d): too \\| dear |" in report_markdown(report)


def change(kind: str, **more: object) -> Change:
    told = {
        "change": kind,
        "when": date(2026, 3, 15),
        "commit": None if kind == "newly-overdue" else "a1b2c3d4",
        "document": DISK,
        "line": 34,
        "number": 2,
        "description": "alert",
        "owner": None,
        "due": date(2026, 4, 1),
    }
    return Change.model_validate(told | more)


def test_a_report_ends_with_what_changed() -> None:
    changes = (
        change("newly-overdue"),
        change("dropped"),
        change("moved", successor=MAIL),
        change("rescheduled"),
    )
    report = late(item(1)).model_copy(update={"since": date(2026, 3, 13), "changes": changes})
    assert report_text(report, colour=False).endswith(
        "2 without a due date\n"
        "\n"
        "Since 2026-03-13: 1 newly overdue, 1 dropped, 1 moved, 1 rescheduled\n"
        f"  newly overdue  AI 2  alert · since 2026-03-15 · {DISK}:34\n"
        f"  dropped        AI 2  alert · on 2026-03-15 (a1b2c3d) · {DISK}:34\n"
        f"  moved          AI 2  alert · to {MAIL} on 2026-03-15 (a1b2c3d) · {DISK}:34\n"
        f"  rescheduled    AI 2  alert · to 2026-04-01 on 2026-03-15 (a1b2c3d) · {DISK}:34"
    )
    table = report_markdown(report)
    assert "## Since 2026-03-13: 1 newly overdue, 1 dropped, 1 moved, 1 rescheduled\n\n| change |" in table
    assert f"| newly overdue since 2026-03-15 | AI 2 | alert | no owner | [{DISK}](./{DISK}#L34) |" in table


def test_a_week_without_changes_says_so() -> None:
    quiet = late(overdue=0).model_copy(update={"since": date(2026, 3, 13)})
    assert report_text(quiet, colour=False).endswith("\n\nNothing changed since 2026-03-13.")
    assert report_markdown(quiet).endswith("\n\n## Nothing changed since 2026-03-13.")
