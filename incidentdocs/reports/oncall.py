"""Who is on call at a moment, and in the weeks from one on."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from incidentdocs.process.oncall import Duty, OnCall, Week, absent, on_call, shifts
from incidentdocs.reports.model import Model


class OnCallReport(Model):
    """What `incidentdocs oncall` tells: who is on call at a moment, by their handles."""

    version: Literal[1] = 1
    """The version of this shape."""
    at: datetime
    """The moment, on the clock of the rota."""
    timezone: str
    """The zone of that clock."""
    principal: str | None
    """Who is on call; null where that is nobody."""
    backup: str | None
    """Who stands by; null where that is nobody."""
    since: datetime | None
    """Since when, at the earliest since the last handover; null where there was no change before."""
    until: datetime | None
    """Until when, at the latest until the next handover; null where there is no change to come."""
    next_principal: str | None
    """Who is on call then; null where that is nobody, or nothing changes."""
    next_backup: str | None
    """Who stands by then; null where that is nobody, or nothing changes."""
    absent: tuple[str, ...]
    """Who would be on call, or stand in, and is not there on that day."""
    begins: datetime | None
    """The first handover of a rotation; null for an assignment that always holds."""


class Shift(Model):
    """A stretch of time in which the same people are on call."""

    week: str
    """The ISO week in which the week on call begins, such as `2026-W53`."""
    since: datetime
    """When it begins."""
    until: datetime
    """When it ends, which is when the next one begins."""
    principal: str | None
    """Who is on call; null where that is nobody."""
    backup: str | None
    """Who stands by; null where that is nobody."""


class ScheduleReport(Model):
    """What `incidentdocs oncall schedule` and `oncall --week` tell: who is on call in some weeks."""

    version: Literal[1] = 1
    """The version of this shape."""
    timezone: str
    """The zone of the clock of the rota."""
    since: datetime
    """When the first week begins."""
    until: datetime
    """When the last week ends."""
    shifts: tuple[Shift, ...]
    """The shifts, each beginning when the one before ends."""


def oncall_report(oncall: OnCall, moment: datetime) -> OnCallReport:
    """Return who is on call at `moment`."""
    duty = on_call(oncall, moment)
    then = on_call(oncall, duty.until) if duty.until else Duty(None, None, None, None)
    return OnCallReport(
        at=_local(oncall, moment),
        timezone=str(oncall.zone),
        principal=duty.principal,
        backup=duty.backup,
        since=_local(oncall, duty.since) if duty.since else None,
        until=_local(oncall, duty.until) if duty.until else None,
        next_principal=then.principal,
        next_backup=then.backup,
        absent=absent(oncall, moment),
        begins=_local(oncall, oncall.begins) if oncall.begins else None,
    )


def schedule_report(oncall: OnCall, weeks: Iterable[Week]) -> ScheduleReport:
    """Return who is on call in `weeks`, which follow each other and of which there is one at least."""
    weeks = tuple(weeks)
    return ScheduleReport(
        timezone=str(oncall.zone),
        since=_local(oncall, weeks[0].since),
        until=_local(oncall, weeks[-1].until),
        shifts=tuple(shift for week in weeks for shift in _shifts(oncall, week)),
    )


def _shifts(oncall: OnCall, week: Week) -> Iterator[Shift]:
    for duty in shifts(oncall, week.since, week.until):
        assert duty.since is not None
        assert duty.until is not None
        yield Shift(
            week=week.name,
            since=_local(oncall, duty.since),
            until=_local(oncall, duty.until),
            principal=duty.principal,
            backup=duty.backup,
        )


def _local(oncall: OnCall, moment: datetime) -> datetime:
    return moment.astimezone(oncall.zone)
