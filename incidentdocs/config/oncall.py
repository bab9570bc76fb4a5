"""Who is on call, as a configuration says."""

from datetime import date, datetime, time, timedelta, tzinfo

from incidentdocs.clock import instant
from incidentdocs.config.incident_tables import AbsenceConfig, OnCallConfig, OverrideConfig
from incidentdocs.documents.field_values import read_moment
from incidentdocs.process.business_hours import WEEKDAYS
from incidentdocs.process.oncall import Absence, OnCall, Override, Rotation
from incidentdocs.process.people import Roster


def oncall_of(decided: OnCallConfig, people: Roster, zone: tzinfo) -> OnCall:
    """Return who is on call by tables that hold no mistakes, on the clocks of `zone`."""
    start = decided.start
    return OnCall(
        principal=people.handle_of(decided.principal),
        backup=people.handle_of(decided.backup),
        rotation=_rotation(decided, people),
        weekday=start.weekday() if start else WEEKDAYS.index(decided.day or "mon"),
        handover=time.fromisoformat(decided.handover),
        zone=zone,
        overrides=tuple(_override(each, people, zone) for each in decided.overrides),
        absences=tuple(_absence(each, people) for each in decided.absences),
        people=people,
    )


def _rotation(decided: OnCallConfig, people: Roster) -> Rotation | None:
    if decided.start is None:
        return None
    order, backups = (tuple(map(people.handle_of, words)) for words in (decided.order, decided.backup_order))
    return Rotation(order, decided.start, backups)


def _override(decided: OverrideConfig, people: Roster, zone: tzinfo) -> Override:
    since, until = begin_of(decided.from_, zone), end_of(decided.until, zone)
    assert since is not None
    assert until is not None
    return Override(people.handle_of(decided.who), decided.role, since, until)


def _absence(decided: AbsenceConfig, people: Roster) -> Absence:
    assert decided.from_ is not None
    assert decided.until is not None
    return Absence(people.handle_of(decided.who), decided.from_, decided.until)


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
