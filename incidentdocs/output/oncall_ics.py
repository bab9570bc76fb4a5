"""The shifts of a rota for calendars, each an event in UTC."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime

from icalendar import Calendar, Event

from incidentdocs import __version__
from incidentdocs.errors import UsageError
from incidentdocs.output.terminal import visible
from incidentdocs.process.people import Roster
from incidentdocs.profiles.slug import slug
from incidentdocs.reports.oncall import ScheduleReport, Shift

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""From which the minutes of an event's sequence are counted: it grows, and stays a small number."""


def schedule_ics(report: ScheduleReport, people: Roster, *, product: str, made: datetime) -> str:
    """Return an iCalendar whose events replace those of an earlier one, `made` at a moment with a zone.

    An event is known by the product, its week and its place in that week: whoever comes to take the shift,
    or for how long, it stays the same event, and the one that was made later holds.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//incidentdocs//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"On call: {visible(product)}" if product else "On call")
    team = "oncall"
    with suppress(UsageError):  # a name without a letter
        team = slug(product)
    parts: Counter[str] = Counter()
    for shift in report.shifts:
        parts[shift.week] += 1
        uid = f"{shift.week}-{parts[shift.week]}@{team}.incidentdocs"
        calendar.add_component(_event(shift, people, uid, made))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _event(shift: Shift, people: Roster, uid: str, made: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(int((made - _EPOCH).total_seconds()) // 60, 0))
    event.add("dtstart", shift.since.astimezone(UTC))
    event.add("dtend", shift.until.astimezone(UTC))
    event.add("summary", f"On call: {_called(shift.principal, people)}")
    event.add("description", f"Backup: {_called(shift.backup, people)}")
    event.add("transp", "TRANSPARENT")  # whoever is on call is not busy all week
    return event


def _called(handle: str | None, people: Roster) -> str:
    person = people.find(handle) if handle else None
    return visible(person.names[0] if person and person.names else handle or "nobody")
