"""Who is on call when: an assignment or a weekly rotation, with its overrides and absences."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from incidentdocs.clock import instant
from incidentdocs.process.people import Roster

OnCallRole = Literal["principal", "backup"]

EARLIEST = datetime(1000, 1, 1, tzinfo=UTC)
LATEST = datetime(8999, 1, 1, tzinfo=UTC)
"""What lies before or after is answered as these are: arithmetic falls off the calendar's ends."""

_NOBODY = Roster()
_WEEK = timedelta(days=7)
_TICK = timedelta(microseconds=1)


class Rotation(NamedTuple):
    """Everybody in turn, a week each: the first of `order` from the handover on the day `start` on.

    `backups` take turns beside them; without any, the backup of a week is the next in order.
    """

    order: tuple[str, ...]
    start: date
    backups: tuple[str, ...] = ()


class Override(NamedTuple):
    """Somebody who does a role from one instant up to another, whoever else would."""

    who: str
    role: OnCallRole
    since: datetime
    until: datetime


class Absence(NamedTuple):
    """Somebody who is not there from one day to another, both included."""

    who: str
    first: date
    last: date


class Week(NamedTuple):
    """A week on call, from one handover up to the next; `first` is the day on which it begins."""

    first: date
    since: datetime
    until: datetime

    @property
    def name(self) -> str:
        """The ISO week in which it begins, such as `2026-W53`."""
        year, number, _ = self.first.isocalendar()
        return f"{year}-W{number:02}"


class Duty(NamedTuple):
    """Who is on call from one instant up to another; nobody is None, and so is an end that is open.

    Instants are in UTC, so that their differences are true.
    """

    principal: str | None
    backup: str | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class OnCall:
    """Who is on call, people being named by their handles: an assignment, or a rotation.

    Weeks begin on `weekday` (0 is Monday) at `handover`, on the clocks of `zone`; a rotation starts on such a
    day, and a `backup` beside it holds for all weeks. Days of absences are those of `zone`, and whom `people`
    lists for other days is absent.
    """

    principal: str = ""
    backup: str = ""
    rotation: Rotation | None = None
    weekday: int = 0
    handover: time = time(9)
    zone: tzinfo = UTC
    overrides: tuple[Override, ...] = ()
    absences: tuple[Absence, ...] = ()
    people: Roster = _NOBODY

    @property
    def begins(self) -> datetime | None:
        """The first handover of a rotation, None for an assignment, which always holds."""
        return week_beginning(self, self.rotation.start).since if self.rotation else None

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Everybody who may be on call by turns, each once."""
        turns = (*self.rotation.order, *self.rotation.backups) if self.rotation else ()
        return tuple(dict.fromkeys(filter(None, (self.principal, *turns, self.backup))))

    @cached_property
    def cuts(self) -> Sequence[datetime]:
        """The instants, beside the handovers, at which somebody else may be on call."""
        found = {moment for override in self.overrides for moment in (override.since, override.until)}
        for absence in self.absences:
            found |= {self.midnight(absence.first), self.midnight(_next_day(absence.last))}
        for person in filter(None, map(self.people.find, self.named)):
            found |= {self.midnight(person.since)} if person.since else set()
            found |= {self.midnight(_next_day(person.until))} if person.until else set()
        return sorted(found)

    def midnight(self, day: date) -> datetime:
        """Return the instant at which `day` begins."""
        return instant(datetime.combine(day, time()), self.zone)

    def day_of(self, moment: datetime) -> date:
        """Return the day in which `moment` lies: from its first midnight up to the next day's."""
        day = moment.astimezone(self.zone).date()
        if self.midnight(_next_day(day)) <= moment:
            return _next_day(day)
        return day - timedelta(days=1) if moment < self.midnight(day) else day

    def is_there(self, who: str, day: date) -> bool:
        """Return whether somebody is there on `day`."""
        person = self.people.find(who)
        away = any(absence.who == who and absence.first <= day <= absence.last for absence in self.absences)
        return not away and (person is None or person.present(day))


def on_call(oncall: OnCall, moment: datetime) -> Duty:
    """Return who is on call at `moment`, which has a zone, and how long without a change or a handover.

    An override holds in any case. Otherwise an absent principal is replaced by the backup, and an absent
    backup by the next in order who is neither. Nobody is on call where nobody is left, and before a rotation
    begins.
    """
    moment = _within(moment)
    return next(duty for duty in _stretches(oncall, moment) if duty.until is None or moment < duty.until)


def shifts(oncall: OnCall, start: datetime, end: datetime) -> Iterator[Duty]:
    """Yield who is on call from `start` up to `end`: stretches that follow each other without a gap."""
    moment, end = _within(start), _within(end)
    while moment < end:
        for duty in _stretches(oncall, moment):
            until = end if duty.until is None else min(duty.until, end)
            if moment < until:
                yield duty._replace(since=moment, until=until)
                moment = until


def absent(oncall: OnCall, moment: datetime) -> tuple[str, ...]:
    """Return who would have been on call at `moment`, or would have stood in, and is not there."""
    moment = _within(moment)
    day, line = oncall.day_of(moment), _line(oncall, moment)
    return tuple(who for who in dict.fromkeys(line) if not oncall.is_there(who, day))


def week_of(oncall: OnCall, moment: datetime) -> Week:
    """Return the week on call in which `moment` lies."""
    moment = _within(moment)
    week = week_holding(oncall, moment.astimezone(oncall.zone).date())
    while moment < week.since:
        week = week_beginning(oncall, week.first - _WEEK)
    while week.until <= moment:
        week = week_beginning(oncall, week.first + _WEEK)
    return week


def week_holding(oncall: OnCall, day: date) -> Week:
    """Return the week on call that goes on at the end of `day`: on the day of a handover the new one."""
    return week_beginning(oncall, day - timedelta(days=(day.weekday() - oncall.weekday) % 7))


def week_beginning(oncall: OnCall, first: date) -> Week:
    """Return the week on call that begins on the day `first`."""
    ends = (datetime.combine(day, oncall.handover) for day in (first, first + _WEEK))
    return Week(first, *(instant(end, oncall.zone) for end in ends))


def _stretches(oncall: OnCall, moment: datetime) -> Iterator[Duty]:
    """Yield who is on call, one stretch after the other, between the handovers around `moment`."""
    low, high = _handovers(oncall, moment)
    first = bisect_right(oncall.cuts, low) if low else 0
    last = bisect_left(oncall.cuts, high) if high else len(oncall.cuts)
    ends = [low, *oncall.cuts[first:last], high]
    line = _line(oncall, moment)
    current: Duty | None = None
    for since, until in pairwise(ends):
        at = since or (until - _TICK if until else moment)
        found = Duty(*_pair(oncall, line, at), since, until)
        if current and current[:2] == found[:2]:
            current = current._replace(until=until)
            continue
        if current:
            yield current
        current = found
    if current:
        yield current


def _handovers(oncall: OnCall, moment: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the handovers before and after `moment`; before a rotation begins there is none before."""
    begins = oncall.begins
    if begins is None:
        return None, None
    if moment < begins:
        return None, begins
    week = week_of(oncall, moment)
    return week.since, week.until


def _line(oncall: OnCall, moment: datetime) -> tuple[str, ...]:
    """Return who is on call at `moment` by turns: the principal, then who stands in, the next one first.

    The principal comes last once more: who was relieved by an override stands in where nobody else is left.
    """
    rotation = oncall.rotation
    if rotation is None:
        return tuple(filter(None, (oncall.principal, oncall.backup, oncall.principal)))
    number = (week_of(oncall, moment).first - rotation.start).days // 7
    if number < 0:
        return ()
    turn = number % len(rotation.order)
    after = (*rotation.order[turn + 1 :], *rotation.order[: turn + 1])
    backups = (oncall.backup,) if oncall.backup else _turned(rotation.backups, number)
    return (rotation.order[turn], *backups, *after)


def _turned(who: tuple[str, ...], number: int) -> tuple[str, ...]:
    turn = number % len(who) if who else 0
    return (*who[turn:], *who[:turn])


def _pair(oncall: OnCall, line: tuple[str, ...], moment: datetime) -> tuple[str | None, str | None]:
    """Return principal and backup at `moment`, of those in `line` and of the overrides."""
    day = oncall.day_of(moment)
    decided = {each.role: each.who for each in oncall.overrides if each.since <= moment < each.until}

    def first_there(candidates: Iterable[str], other: str | None) -> str | None:
        return next((who for who in candidates if who != other and oncall.is_there(who, day)), None)

    principal = decided.get("principal") or first_there(line, decided.get("backup"))
    return principal, decided.get("backup") or first_there(line[1:], principal)


def _within(moment: datetime) -> datetime:
    return min(max(moment, EARLIEST), LATEST).astimezone(UTC)


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
