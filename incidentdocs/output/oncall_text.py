"""Who is on call, for people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from incidentdocs.output.terminal import visible
from incidentdocs.process.business_hours import WEEKDAYS
from incidentdocs.process.people import Roster
from incidentdocs.reports.oncall import OnCallReport, ScheduleReport, Shift

_NOBODY = "nobody"


def oncall_text(report: OnCallReport, people: Roster) -> str:
    """Return who is on call, how they are called and reached, until when, and who comes next."""
    lines = [("principal", _whom(report.principal, people)), ("backup", _whom(report.backup, people))]
    if report.principal is None:
        lines.append(("because", _why(report)))
    elif report.absent:
        lines.append(("absent", ", ".join(map(_handle, report.absent))))
    if report.since:
        lines.append(("since", _written(report.since)))
    if report.until:
        then = _both(report.next_principal, report.next_backup)
        lines.append(("until", f"{_written(report.until)}, then {then}"))
    lines.append(("at", f"{_written(report.at)} ({report.timezone})"))
    return "\n".join(f"{label:9}  {told}" for label, told in lines)


def schedule_text(report: ScheduleReport) -> str:
    """Return the shifts below the week in which each begins."""
    blocks = []
    for week, shifts in groupby(report.shifts, key=lambda shift: shift.week):
        blocks.append("\n".join([week, *_rows(shifts)]))
    return "\n".join([*blocks, f"times are those of {report.timezone}"])


def _rows(shifts: Iterator[Shift]) -> Iterator[str]:
    for shift in shifts:
        since, until = _written(shift.since), _written(shift.until)
        yield f"  {since} to {until}  {_both(shift.principal, shift.backup)}"


def _whom(handle: str | None, people: Roster) -> str:
    person = people.find(handle) if handle else None
    details = ", ".join(map(visible, (*person.names[:1], *person.emails[:1]))) if person else ""
    return f"{_handle(handle)} ({details})" if details else _handle(handle)


def _both(principal: str | None, backup: str | None) -> str:
    return f"{_handle(principal)}, backup {_handle(backup)}"


def _handle(handle: str | None) -> str:
    return f"@{visible(handle)}" if handle else _NOBODY


def _why(report: OnCallReport) -> str:
    if report.begins and report.at < report.begins:
        return f"the rotation begins on {_written(report.begins)}"
    return f"not there: {', '.join(map(_handle, report.absent))}"


def _written(moment: datetime) -> str:
    """Return a moment with its weekday and its offset, which tells the two of a repeated hour apart."""
    minutes = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    day = WEEKDAYS[moment.weekday()].capitalize()
    return f"{day} {moment:%Y-%m-%d %H:%M} {sign}{hours:02}:{rest:02}"
