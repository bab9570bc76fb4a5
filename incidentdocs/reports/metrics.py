"""What a team learns from many incidents: how long they took, how they were found, what became of promises.

Every figure is of documents and promises, none of people. Of durations the median and the 90th percentile are
told, never a mean: a single long night moves a mean far from what is usual.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Literal, NamedTuple

from incidentdocs.documents.cost import cost_of
from incidentdocs.documents.document import Document
from incidentdocs.documents.response import Moments, Response, moments_of
from incidentdocs.history.values import ItemHistory
from incidentdocs.reports.model import Model
from incidentdocs.reports.promises import Promises

FEW = 5
"""A figure that rests on fewer incidents says so: any one of them may move it."""


class Spread(Model):
    """How a duration or an amount is spread; `median` and `p90` are null where nothing tells it."""

    median: float | None
    """The middle value; of an even number the middle between the two."""
    p90: float | None
    """The smallest value that at least nine tenths of them do not exceed (nearest rank)."""
    n: int
    """How many values there are."""
    few: bool
    """Whether they are of fewer than five incidents."""


class Share(Model):
    """How many of those of which it is known."""

    count: int
    """How many."""
    n: int
    """Of how many it is known."""
    few: bool
    """Whether those are of fewer than five incidents."""


class Cost(Model):
    """What incidents cost, in one currency."""

    currency: str
    """The currency as documents write it; empty where they write none."""
    total: float
    """The sum of what was given."""
    spread: Spread
    """How the amounts are spread."""


class MetricsRow(Model):
    """The figures of the incidents of one severity in one quarter, or in the whole time."""

    severity: str | None
    """The severity; null for incidents that give none."""
    quarter: str | None
    """The quarter in which they began, such as `2026-Q1`; null for the whole time."""
    incidents: int
    """How many incidents there are."""
    detect_seconds: Spread
    """From the beginning to the detection."""
    acknowledge_seconds: Spread
    """From the detection to triage, when somebody takes it on."""
    mitigate_seconds: Spread
    """From the detection to the beginning of the mitigation."""
    restore_seconds: Spread
    """From the detection to when service was restored for good."""
    publish_days: Spread
    """From the day of the incident to that on which its post-mortem was published."""
    found_by_alert: Share
    """How many were found by an alert."""
    found_by_users: Share
    """How many were reported by users."""
    repeats: Share
    """How many had a confirmed similar incident within the escalation's window before them."""
    items: int
    """How many action items their documents promise, those moved elsewhere left out."""
    closed_in_time: Share
    """How many items with a due date were done by the date that stood when they were done."""
    slips: int
    """How often due dates were moved to a later day."""
    open_days: Spread
    """How long ago the items that are still open were promised."""
    costs: tuple[Cost, ...]
    """What they cost, by currency; amounts of several currencies are never added."""


class MetricsReport(Model):
    """What `incidentdocs report metrics` finds."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None
    """The commit whose history was read; null where nothing is committed yet."""
    first: date
    """The first day on which an incident counts."""
    last: date
    """The last day on which an incident counts."""
    rows: tuple[MetricsRow, ...]
    """By severity, the gravest first; of each the whole time, then its quarters."""
    undated: int
    """How many documents of incidents give no day and are left out."""


class Facts(NamedTuple):
    """What one document tells of its incident: its moments, how it was found, and what it cost."""

    moments: Moments
    found: str | None
    cost: tuple[float, str] | None


def facts_of(document: Document) -> Facts:
    """Return what a document tells of its incident."""
    found = next(iter(document.words("detected-by")), None)
    return Facts(moments_of(document), found, cost_of(document))


class Measured(NamedTuple):
    """One incident with what is known of it; None for what no document tells.

    `documents` are the paths of all its documents. `found` is how it was found, as the process names it.
    `cost` is an amount and its currency.
    """

    day: date
    severity: str | None
    documents: tuple[str, ...]
    response: Response
    published: date | None
    found: str | None
    repeats: bool
    cost: tuple[float, str] | None


class Period(NamedTuple):
    """The days, both included, in which an incident must have begun to count."""

    first: date
    last: date


def last_year(as_of: date) -> Period:
    """Return the quarter of `as_of` up to that day and the three quarters before it."""
    month = as_of.year * 12 + as_of.month - 1
    begins = month - month % 3 - 9
    return Period(date(begins // 12, begins % 12 + 1, 1), as_of)


def quarter_of(day: date) -> str:
    """Return the quarter of the calendar year in which `day` lies, such as `2026-Q1`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def metrics(
    incidents: Iterable[Measured], promises: Promises, period: Period, *, undated: int = 0
) -> MetricsReport:
    """Return the figures of those incidents that began in `period`, with their action items as of today."""
    counted = [incident for incident in incidents if period.first <= incident.day <= period.last]
    items = _items_by_document(promises)
    groups: dict[tuple[str | None, str | None], list[Measured]] = defaultdict(list)
    for incident in counted:
        for quarter in (None, quarter_of(incident.day)):
            groups[incident.severity, quarter].append(incident)
    return MetricsReport(
        as_of=promises.as_of,
        revision=promises.revision,
        first=period.first,
        last=period.last,
        rows=tuple(_row(*key, groups[key], items, promises) for key in sorted(groups, key=_order)),
        undated=undated,
    )


def _order(key: tuple[str | None, str | None]) -> tuple[bool, str, str]:
    severity, quarter = key
    return severity is None, severity or "", quarter or ""


def _items_by_document(promises: Promises) -> Mapping[str, Sequence[ItemHistory]]:
    items: dict[str, list[ItemHistory]] = defaultdict(list)
    for item in promises.items:
        if item.state != "moved":
            items[item.document].append(item)
    return items


def _row(
    severity: str | None,
    quarter: str | None,
    incidents: Sequence[Measured],
    by_document: Mapping[str, Sequence[ItemHistory]],
    promises: Promises,
) -> MetricsRow:
    responses = [incident.response for incident in incidents]
    items = list(_items_of(incidents, by_document))
    found = [[incident.found == way for way in _WAYS] for incident in incidents if incident.found]
    return MetricsRow(
        severity=severity,
        quarter=quarter,
        incidents=len(incidents),
        detect_seconds=_seconds(response.detect for response in responses),
        acknowledge_seconds=_seconds(response.acknowledge for response in responses),
        mitigate_seconds=_seconds(response.mitigate for response in responses),
        restore_seconds=_seconds(response.restore for response in responses),
        publish_days=spread([(each.published - each.day).days] for each in incidents if each.published),
        found_by_alert=_share([by_alert] for by_alert, _ in found),
        found_by_users=_share([by_users] for _, by_users in found),
        repeats=_share([incident.repeats] for incident in incidents),
        items=sum(map(len, items)),
        closed_in_time=_share(list(_closings(promised, promises)) for promised in items),
        slips=sum(len(item.reschedules) for promised in items for item in promised),
        open_days=spread(list(_open_days(promised, promises)) for promised in items),
        costs=tuple(_costs(incidents)),
    )


_WAYS = ("alert", "user-report")
"""How an incident was found, as far as it is told of."""


def _items_of(
    incidents: Iterable[Measured], by_document: Mapping[str, Sequence[ItemHistory]]
) -> Iterator[Sequence[ItemHistory]]:
    """Yield what each incident's documents promise; what stands in a document of several counts once."""
    seen: set[str] = set()
    for incident in incidents:
        own = [path for path in dict.fromkeys(incident.documents) if path not in seen]
        seen.update(own)
        yield [item for path in own for item in by_document.get(path, ())]


def _seconds(taken: Iterable[timedelta | None]) -> Spread:
    return spread([duration.total_seconds()] for duration in taken if duration is not None)


def spread(values: Iterable[Sequence[float]]) -> Spread:
    """Return the median and the 90th percentile, by nearest rank, of `values`, those of each incident."""
    groups = [group for group in values if group]
    ordered = sorted(value for group in groups for value in group)
    count = len(ordered)
    return Spread(
        median=median(ordered) if ordered else None,
        # In whole numbers: 0.9 times 10 must not become a little more than 9.
        p90=ordered[math.ceil(9 * count / 10) - 1] if ordered else None,
        n=count,
        few=len(groups) < FEW,
    )


def _share(values: Iterable[Sequence[bool]]) -> Share:
    groups = [group for group in values if group]
    return Share(count=sum(map(sum, groups)), n=sum(map(len, groups)), few=len(groups) < FEW)


def _closings(items: Iterable[ItemHistory], promises: Promises) -> Iterator[bool]:
    """Yield of each item that was done and had a due date whether it was done by then."""
    for item in items:
        day = _done_on(item, promises)
        if day and item.item.due:
            yield day <= item.item.due


def _done_on(item: ItemHistory, promises: Promises) -> date | None:
    """Return the day on which an item was done: as it says itself, else that on which the tick landed."""
    if item.state != "done":
        return None
    landed = [event.landing for event in item.events if event.kind == "done"]
    return item.item.done or (promises.day(landed[-1]) if landed else None)


def _open_days(items: Iterable[ItemHistory], promises: Promises) -> Iterator[float]:
    for item in items:
        if item.state == "open" and item.opened:
            yield (promises.as_of - promises.day(item.opened)).days


def _costs(incidents: Iterable[Measured]) -> Iterator[Cost]:
    amounts: dict[str, list[float]] = defaultdict(list)
    for incident in incidents:
        if incident.cost:
            amount, currency = incident.cost
            amounts[currency].append(amount)
    for currency in sorted(amounts):
        given = amounts[currency]
        yield Cost(currency=currency, total=math.fsum(given), spread=spread([amount] for amount in given))
