"""How often people were called outside business hours, each for their own count."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from incidentdocs.process.business_hours import is_working
from incidentdocs.process.oncall import OnCall, on_call, shifts
from incidentdocs.process.process import Process
from incidentdocs.reports.model import Model


class Called(NamedTuple):
    """An incident as somebody was called to it: its document, its day, and when it was detected.

    None is what nothing tells. `answered` is who answered for it by its document, empty where that says none.
    """

    document: str
    day: date | None
    detected: datetime | None
    answered: str = ""


class Call(Model):
    """An incident that was detected outside business hours."""

    document: str
    """The register's document, else the post-mortem, relative to the repository's root."""
    detected: datetime
    """When it was detected, on the clock of the rota."""


class Calls(Model):
    """How often somebody was called."""

    person: str
    """The handle."""
    calls: int
    """The incidents that were detected outside business hours while this person was principal."""
    incidents: tuple[Call, ...]
    """Those incidents."""


class CompensationReport(Model):
    """What `incidentdocs oncall compensation` tells of a month: calls outside business hours by person."""

    version: Literal[1] = 1
    """The version of this shape."""
    month: str
    """The month, such as `2026-03`."""
    timezone: str
    """The zone of the clock of the rota."""
    people: tuple[Calls, ...]
    """Everybody who was on call in the month or was called, by handle."""
    nobody: tuple[Call, ...]
    """Calls at which nobody was on call."""
    undetected: tuple[str, ...]
    """Documents of incidents of the month that do not tell when they were detected, which are not counted."""


def compensation(
    process: Process, oncall: OnCall, month: date, incidents: Iterable[Called]
) -> CompensationReport:
    """Return who was called to `incidents` how often in the month whose first day is `month`."""
    start, end = oncall.midnight(month), oncall.midnight(_next_month(month))
    handles = {who.casefold(): who for who in _on_call(oncall, start, end)}
    calls: dict[str, list[Call]] = {who: [] for who in handles.values()}
    nobody: list[Call] = []
    undetected: list[str] = []
    for incident in incidents:
        if incident.detected is None:
            if incident.day and month <= incident.day < _next_month(month):
                undetected.append(incident.document)
        elif start <= incident.detected < end and not _in_hours(process, incident.detected):
            call = Call(document=incident.document, detected=incident.detected.astimezone(oncall.zone))
            answered = process.people.handle_of(incident.answered)
            if who := answered or on_call(oncall, incident.detected).principal:
                calls.setdefault(handles.setdefault(who.casefold(), who), []).append(call)
            else:
                nobody.append(call)
    return CompensationReport(
        month=f"{month:%Y-%m}",
        timezone=str(oncall.zone),
        people=tuple(_calls(who, calls[who]) for who in sorted(calls)),
        nobody=tuple(sorted(nobody, key=_order)),
        undetected=tuple(sorted(undetected)),
    )


def _on_call(oncall: OnCall, start: datetime, end: datetime) -> Iterator[str]:
    for duty in shifts(oncall, start, end):
        yield from filter(None, (duty.principal, duty.backup))


def _calls(who: str, calls: list[Call]) -> Calls:
    return Calls(person=who, calls=len(calls), incidents=tuple(sorted(calls, key=_order)))


def _order(call: Call) -> tuple[datetime, str]:
    return call.detected, call.document


def _in_hours(process: Process, moment: datetime) -> bool:
    return is_working(moment.astimezone(process.hours.zone or process.zone), process.hours)


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
