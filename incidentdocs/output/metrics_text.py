"""The metrics of incidents for people, as text, as Markdown and as rows for a sheet."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import NamedTuple

from incidentdocs.clock import format_duration
from incidentdocs.output.history_csv import defused
from incidentdocs.output.report_markdown import escaped, table
from incidentdocs.output.terminal import Style
from incidentdocs.output.wording import counted
from incidentdocs.reports.metrics import FEW, Cost, MetricsReport, MetricsRow, Share, Spread

FEWER = "fewer than five"
"""What is said of a figure that rests on fewer incidents than make a figure."""

_DURATIONS = (
    ("time to detect", "detect_seconds"),
    ("time to acknowledge", "acknowledge_seconds"),
    ("time to mitigate", "mitigate_seconds"),
    ("time to restore", "restore_seconds"),
)

_SHARES = (
    ("found by an alert", "found_by_alert"),
    ("found by users", "found_by_users"),
    ("came back", "repeats"),
)


class Figure(NamedTuple):
    """One figure in words: what it is, what it says, and on how much it rests."""

    name: str
    said: str
    basis: str


def metrics_text(report: MetricsReport, *, colour: bool) -> str:
    """Return the figures of each severity, of the whole time and of each quarter, a line each."""
    style = Style(colour=colour)
    blocks = [f"{_title(report)}\n{_totals(report)}"]
    for row in shown_rows(report):
        lines = [style.bold(_heading(row, report))]
        lines += [
            f"  {figure.name:<26}{figure.said}  {style.faint(f'({figure.basis})')}" for figure in figures(row)
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def metrics_markdown(report: MetricsReport) -> str:
    """Return the same as a table for each severity and time."""
    blocks = [f"# {_title(report)}", f"{_totals(report)}."]
    for row in shown_rows(report):
        blocks.append(f"## {_heading(row, report)}")
        rows = [[escaped(part) for part in figure] for figure in figures(row)]
        blocks.append(table(["figure", "value", "rests on"], rows))
    return "\n\n".join(blocks)


def metrics_csv(report: MetricsReport) -> str:
    """Return a row for each figure that a spread or a share tells; durations are in seconds, ages in days."""
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(["severity", "quarter", "incidents", "figure", "median", "p90", "count", "n", "few"])
    for row in report.rows:
        for name, value in row:
            named = [(name, value)]
            if name == "costs":
                named = [(f"cost {cost.currency}".strip(), cost.spread) for cost in row.costs]
            for figure, told in named:
                cells = _cells(told)
                if cells:
                    start = [row.severity or "", row.quarter or "", row.incidents, defused(figure)]
                    writer.writerow([*start, *cells])
    return sheet.getvalue().rstrip("\n")


def _cells(told: object) -> list[object] | None:
    if isinstance(told, Spread):
        return [*("" if each is None else each for each in (told.median, told.p90)), "", told.n, told.few]
    if isinstance(told, Share):
        return ["", "", told.count, told.n, told.few]
    return None


def figures(row: MetricsRow) -> Iterator[Figure]:
    """Yield those figures of a row of which anything is known."""
    for name, field in _DURATIONS:
        spread: Spread = getattr(row, field)
        if spread.n:
            yield Figure(name, _spread(spread, _duration), _of(spread.n, "incident", few=spread.few))
    if row.publish_days.n:
        spread = row.publish_days
        yield Figure("time to publish", _spread(spread, _days), _of(spread.n, "post-mortem", few=spread.few))
    for name, field in _SHARES:
        share: Share = getattr(row, field)
        if share.n:
            yield Figure(name, _percent(share), _of(share.n, "incident", few=share.few))
    if row.closed_in_time.n:
        share = row.closed_in_time
        yield Figure("done within due", _percent(share), _of(share.n, "item", few=share.few))
    if row.items:
        few = row.incidents < FEW
        yield Figure("due dates moved", str(row.slips), _of(row.items, "item", few=few))
    if row.open_days.n:
        spread = row.open_days
        yield Figure("age of open items", _spread(spread, _days), _of(spread.n, "item", few=spread.few))
    for cost in row.costs:
        yield _cost(cost)


def _cost(cost: Cost) -> Figure:
    def amount(value: float) -> str:
        return f"{value:,.0f}"

    said = f"{amount(cost.total)} in all, {_spread(cost.spread, amount)}"
    return Figure(f"cost {cost.currency}".strip(), said, _of(cost.spread.n, "incident", few=cost.spread.few))


def _spread(spread: Spread, written: Callable[[float], str]) -> str:
    assert spread.median is not None
    assert spread.p90 is not None
    return f"median {written(spread.median)}, p90 {written(spread.p90)}"


def _percent(share: Share) -> str:
    return f"{share.count} of {share.n}, {100 * share.count / share.n:.0f} %"


def _of(number: int, noun: str, *, few: bool) -> str:
    said = f"n={number} {noun if number == 1 else f'{noun}s'}"
    if not few:
        return said
    return f"{said}, {FEWER}" if noun == "incident" else f"{said}, {FEWER} incidents"


def _duration(seconds: float) -> str:
    return format_duration(timedelta(seconds=seconds))


def _days(days: float) -> str:
    return f"{days:g} {'day' if days == 1 else 'days'}"


def _title(report: MetricsReport) -> str:
    return f"Incident metrics from {report.first} to {report.last}"


def shown_rows(report: MetricsReport) -> Iterator[MetricsRow]:
    """Yield the rows, without that of the whole time where all of a severity lies in one quarter."""
    quarters = Counter(row.severity for row in report.rows if row.quarter)
    return (row for row in report.rows if row.quarter or quarters[row.severity] > 1)


def _heading(row: MetricsRow, report: MetricsReport) -> str:
    when = row.quarter or f"{report.first} to {report.last}"
    few = f", {FEWER}" if row.incidents < FEW else ""
    return f"{row.severity or 'no severity'}, {when}: {counted(row.incidents, 'incident')}{few}"


def _totals(report: MetricsReport) -> str:
    whole = sum(row.incidents for row in report.rows if row.quarter is None)
    said = counted(whole, "incident") if whole else "no incident began in this time"
    if report.undated:
        said += f"; {counted(report.undated, 'document')} without a day left out"
    return said
