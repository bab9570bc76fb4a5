"""Who is on call, as a configuration says."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from incidentdocs.clock import instant
from incidentdocs.config.incident_tables import OnCallConfig
from incidentdocs.documents.field_values import read_moment
from incidentdocs.process.business_hours import WEEKDAYS
from incidentdocs.process.oncall import Absence, OnCall, Override, Rotation
from incidentdocs.process.people import Roster


def oncall_of(decided: OnCallConfig, people: Roster, zone: tzinfo) -> OnCall:
    """Return who is on call by tables that hold no mistakes, on the clocks of `zone`."""

    def handles(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(handle_of(word, people) for word in words)

    backups, start = handles(decided.backup_order), decided.start
    day = WEEKDAYS.index(decided.day) if decided.day else 0
    return OnCall(
        handle_of(decided.principal, people),
        handle_of(decided.backup, people),
        Rotation(handles(decided.order), start, backups) if decided.order and start else None,
        start.weekday() if start else day,
        time.fromisoformat(decided.handover),
        zone,
        tuple(
            Override(
                handle_of(each.who, people),
                each.role,
                begin_of(each.from_, zone) or datetime.min.replace(tzinfo=zone),
                end_of(each.until, zone) or datetime.max.replace(tzinfo=zone),
            )
            for each in decided.overrides
        ),
        tuple(
            Absence(handle_of(each.who, people), each.from_ or date.min, each.until or date.max)
            for each in decided.absences
        ),
        people,
    )


def handle_of(word: str, people: Roster) -> str:
    """Return the handle of whom a configuration names, by the handle or otherwise; as it is where unknown."""
    person = people.find(word)
    return person.handle if person else word.strip().removeprefix("@")


def begin_of(written: object, zone: tzinfo) -> datetime | None:
    """Return the instant at which an override begins, None where it cannot be read."""
    if isinstance(written, date) and not isinstance(written, datetime):
        return instant(datetime.combine(written, time()), zone)
    moment = read_moment(written) if isinstance(written, str) else written
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else instant(moment, zone)


def end_of(written: object, zone: tzinfo) -> datetime | None:
    """Return the instant at which an override ends, None where it cannot be read; a day is included."""
    if isinstance(written, date) and not isinstance(written, datetime) and written < date.max:
        return begin_of(written + timedelta(days=1), zone)
    return begin_of(written, zone)
