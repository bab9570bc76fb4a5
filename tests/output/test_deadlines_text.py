"""The deadlines as text and as Markdown."""

from datetime import date
from typing import Any

import pytest

from incidentdocs.output.deadlines_text import deadlines_markdown, deadlines_text, standing
from incidentdocs.reports.deadlines import DeadlinesReport, DeadlinesSummary, DocumentDeadline

A = "docs/post-mortems/2026-03-14-api.md"


def row(status: str, **more: Any) -> DocumentDeadline:
    published = date(2026, 3, 24) if status in ("late", "on-time") else None
    told = {
        "document": A,
        "incident": date(2026, 3, 14),
        "severity": "SEV1",
        "due": date(2026, 3, 21),
        "status": status,
        "published": published,
        "published_commit": "a1b2c3d4e5" if published else None,
        "made": published,
        "days_late": 0,
    }
    return DocumentDeadline.model_validate(told | more)


def report(*rows: DocumentDeadline, **counts: int) -> DeadlinesReport:
    none = {"documents": len(rows), "on_time": 0, "late": 0, "overdue": 0, "pending": 0, "unknown": 0}
    return DeadlinesReport(
        as_of=date(2026, 3, 31),
        revision="f" * 40,
        days=7,
        severities=("SEV1", "SEV2"),
        documents=rows,
        summary=DeadlinesSummary.model_validate(none | counts),
    )


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (row("on-time"), "published 2026-03-24 (a1b2c3d), on time, due 2026-03-21"),
        (row("late", days_late=3), "published 2026-03-24 (a1b2c3d), 3 days late, due 2026-03-21"),
        (
            row("on-time", made=date(2026, 3, 20)),
            "published 2026-03-24 (a1b2c3d), made 2026-03-20, on time, due 2026-03-21",
        ),
        (row("draft", days_late=1), "still a draft, 1 day late, due 2026-03-21"),
        (row("draft"), "still a draft, in time so far, due 2026-03-21"),
        (row("unpublished"), "not published, a placeholder is left, in time so far, due 2026-03-21"),
        (row("unknown"), "unknown: the commits do not tell when it was published"),
    ],
)
def test_each_standing_in_words(found: DocumentDeadline, told: str) -> None:
    assert standing(found) == told


def test_text_ends_with_how_many_stand_where() -> None:
    assert deadlines_text(report(row("late", days_late=3), late=1), colour=False) == (
        f"{A} · SEV1\n"
        "  published 2026-03-24 (a1b2c3d), 3 days late, due 2026-03-21\n"
        "\n"
        "1 post-mortem of SEV1 and SEV2, each within 7 days: 1 published late"
    )


def test_none_says_so() -> None:
    assert deadlines_text(report(), colour=False) == (
        "0 post-mortems of SEV1 and SEV2, each within 7 days: nothing to tell"
    )
    assert "|" not in deadlines_markdown(report())


def test_markdown_is_a_table() -> None:
    assert deadlines_markdown(report(row("draft", days_late=10), overdue=1)) == (
        "# Deadlines of post-mortems on 2026-03-31\n"
        "\n"
        "1 post-mortem of SEV1 and SEV2, each within 7 days: 1 overdue.\n"
        "\n"
        "| document | severity | published |\n"
        "| --- | --- | --- |\n"
        f"| [{A}](./{A}) | SEV1 | still a draft, 10 days late, due 2026-03-21 |"
    )
