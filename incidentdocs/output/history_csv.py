"""The events for spreadsheets: nothing that a document says is run as a formula."""

import csv
from io import StringIO

from incidentdocs.output.terminal import visible
from incidentdocs.reports.events import HistoryReport, ItemEvent

COLUMNS = (
    "when",
    "event",
    "document",
    "number",
    "description",
    "from",
    "to",
    "after_due",
    "evidence",
    "commit",
    "author",
    "made",
    "made_by",
    "corrected",
)

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet run a cell, in the usual width and in the full one of East Asian keyboards."""


def history_csv(report: HistoryReport) -> str:
    """Return the events as CSV with a line of column names; every cell is quoted."""
    text = StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([defused(cell) for cell in _cells(event)] for event in report.events)
    return text.getvalue().rstrip("\n")


def defused(text: str) -> str:
    """Return a cell that a spreadsheet shows as text: one that it would run begins with an apostrophe.

    Characters that cannot be seen are shown as their escapes.
    """
    begins = text[:1] in _FORMULA or text.strip()[:1] in _FORMULA
    return f"'{visible(text)}" if text and begins else visible(text)


def _cells(event: ItemEvent) -> list[str]:
    told = event.model_dump(mode="json", by_alias=True)
    told["evidence"] = " ".join(event.evidence)
    return [_written(told.get(column)) for column in COLUMNS]


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
