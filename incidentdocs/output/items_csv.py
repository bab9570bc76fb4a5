"""Action items for spreadsheets: nothing that a document says is run as a formula."""

import csv
from io import StringIO

from incidentdocs.output.history_csv import defused
from incidentdocs.reports.model import ActionsReport, Item, OverdueReport

COLUMNS = (
    "document",
    "line",
    "number",
    "description",
    "owner",
    "due",
    "days_overdue",
    "state",
    "severity",
    "opened",
    "rescheduled",
    "reason",
    "refs",
    "key",
)


def items_csv(report: OverdueReport | ActionsReport) -> str:
    """Return the items as CSV with a line of column names; every cell is quoted.

    `rescheduled` is how often the due date was changed, `refs` are parted by spaces.
    """
    text = StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([defused(cell) for cell in _cells(item)] for item in report.items)
    return text.getvalue().rstrip("\n")


def _cells(item: Item) -> list[str]:
    told = item.model_dump(mode="json")
    told |= {"rescheduled": len(item.reschedules), "refs": " ".join(item.refs)}
    return ["" if told[column] is None else str(told[column]) for column in COLUMNS]
