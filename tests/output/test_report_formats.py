"""Reports as text, Markdown and JSON."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.output.report_json import report_json
from incidentdocs.output.report_markdown import escaped, report_markdown
from incidentdocs.output.report_text import report_text
from incidentdocs.output.terminal import visible
from incidentdocs.reports.model import (
    ActionsReport,
    Item,
    ItemWithEvents,
    OverdueReport,
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
    assert list(printed) == ["version", "as_of", "revision", "items", "changes", "summary"]
    assert printed["items"] == [
        {
            "document": DISK,
            "line": 34,
            "number": 2,
            "description": "alert at 80 % of the disk",
            "owner": "@dev with @bridge-bot",
            "due": "2026-02-01",
            "days_overdue": 47,
            "state": "open",
            "severity": "SEV1",
            "opened": None,
            "opened_commit": None,
            "reschedules": [],
        }
    ]
    assert (printed["version"], printed["as_of"], printed["revision"]) == (1, "2026-03-20", None)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_json_is_printable_ascii_and_keeps_every_character(text: str) -> None:
    shown = report_json(late(item(1, description=text.encode("utf-8", "replace").decode())))
    assert all(32 <= ord(character) < 127 or character == "\n" for character in shown)
    assert "##" not in shown
    assert json.loads(shown)["items"][0]["description"] == text.encode("utf-8", "replace").decode()
