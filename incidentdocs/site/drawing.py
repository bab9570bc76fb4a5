"""Figures become shapes: bars and their places, which templates draw as SVG beside a table of the figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from incidentdocs.clock import format_duration
from incidentdocs.documents.response import Response
from incidentdocs.reports.metrics import MetricsReport

MONTHS = 24
"""So many months are drawn at most."""

FEWEST_MONTHS = 12
"""And so many at least, so that a quiet time is seen as one."""

HEIGHT = 120
"""Of the bars, in the units of the drawing."""


class Bar(NamedTuple):
    """A bar, or a part of one, with what it says; `kind` is what it is painted by."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    said: str


class Label(NamedTuple):
    """What is written below the bars."""

    x: float
    said: str


class Chart(NamedTuple):
    """Bars above their labels; `said` tells all of it in a sentence."""

    width: float
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    top: str
    said: str


class Phase(NamedTuple):
    """A part of an incident, between two milestones; `kind` is what it is painted by."""

    x: float
    width: float
    kind: str
    name: str
    took: str


def months(incidents: Iterable[tuple[date, str | None]], until: date) -> Chart:
    """Return how many incidents of each severity began in each month up to the day `until`.

    The first month drawn is that of the first incident, within the bounds of what is drawn.
    """
    counts: Counter[tuple[int, str]] = Counter()
    last = _month(until)
    for day, severity in incidents:
        if last - MONTHS < _month(day) <= last:
            counts[_month(day), severity or "none"] += 1
    first = min((last - FEWEST_MONTHS + 1, *(month for month, _ in counts)))
    severities = sorted({severity for _, severity in counts})
    highest = max(
        (sum(counts[month, each] for each in severities) for month in range(first, last + 1)), default=0
    )
    step = 34.0
    bars, labels = [], []
    for number, month in enumerate(range(first, last + 1)):
        level = 0
        for severity in severities:
            if count := counts[month, severity]:
                level += count
                said = f"{_named(month)}: {count} of {severity}"
                top, height = HEIGHT * (1 - level / highest), HEIGHT * count / highest
                bars.append(
                    Bar(number * step + 6, round(top, 2), step - 12, round(height, 2), severity, said)
                )
        if month % 3 == 0:
            labels.append(Label(number * step + step / 2, _named(month)))
    total = sum(counts.values())
    said = f"{total} incidents from {_named(first)} to {_named(last)}, at most {highest} in a month"
    return Chart((last - first + 1) * step, tuple(bars), tuple(labels), str(highest), said)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _named(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def restoring(report: MetricsReport, severity: str | None) -> Chart | None:
    """Return the time to restore, median and 90th percentile, in each quarter; None for fewer than two."""
    rows = [row for row in report.rows if row.severity == severity and row.quarter and row.restore_seconds.n]
    if len(rows) < 2:
        return None
    highest = max(row.restore_seconds.p90 or 0 for row in rows) or 1
    step = 90.0
    bars, labels, said = [], [], []
    for number, row in enumerate(rows):
        spread = row.restore_seconds
        for kind, value, x in (("median", spread.median or 0, 12), ("p90", spread.p90 or 0, 45)):
            height = round(HEIGHT * value / highest, 2)
            told = f"{row.quarter}: {kind} {_taken(value)}"
            bars.append(Bar(number * step + x, HEIGHT - height, 28, height, kind, told))
            said.append(told)
        labels.append(Label(number * step + step / 2, row.quarter or ""))
    whole = f"Time to restore of {severity or 'no severity'}. {', '.join(said)}"
    return Chart(len(rows) * step, tuple(bars), tuple(labels), _taken(highest), whole)


def _taken(seconds: float) -> str:
    return format_duration(timedelta(seconds=seconds))


def phases(response: Response, width: float = 720) -> Sequence[Phase]:
    """Return the parts of an incident that are known, from its beginning to when service was restored.

    Nothing where fewer than two are known, or where they are not in order.
    """
    after = [response.acknowledge, response.mitigate, response.restore]
    names = [("acknowledge", "until triage"), ("mitigate", "until mitigation"), ("restore", "until restored")]
    parts = [("detect", "unseen", response.detect)] if response.detect else []
    passed = None
    for (kind, name), reached in zip(names, after, strict=True):
        if reached is not None:
            parts.append((kind, name, reached - passed if passed else reached))
            passed = reached
    total = sum(part.total_seconds() for _, _, part in parts)
    if len(parts) < 2 or total <= 0 or any(part.total_seconds() < 0 for _, _, part in parts):
        return ()
    drawn, x = [], 0.0
    for kind, name, part in parts:
        wide = width * part.total_seconds() / total
        drawn.append(Phase(round(x, 2), round(wide, 2), kind, name, format_duration(part)))
        x += wide
    return tuple(drawn)
