"""What a configuration says of who is on call that cannot be."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from incidentdocs.config.incident_tables import OnCallConfig, OverrideConfig
from incidentdocs.config.oncall import begin_of, end_of
from incidentdocs.errors import nearest
from incidentdocs.process.business_hours import WEEKDAYS
from incidentdocs.process.people import Roster
from incidentdocs.settings.mistakes import KeyPath, Mistake, quoted

_AN_OVERRIDE = "from = 2026-03-14T18:00:00"
_A_YEAR_IN_REACH = range(1000, 9000)


def oncall_mistakes(decided: OnCallConfig, people: Roster, zone: tzinfo) -> Iterator[Mistake]:
    """Yield what is wrong with who is on call, on the clocks of `zone`, but for the zone's name."""
    yield from _assignment_mistakes(decided, people)
    yield from _rotation_mistakes(decided)
    for where, word in _named(decided):
        yield from _person_mistakes(("oncall", *where), word, people)
    yield from _absence_mistakes(decided, people)
    read = []
    for number, override in enumerate(decided.overrides):
        span = _Span.of(number, override, people, zone)
        if isinstance(span, Mistake):
            yield span
        else:
            read.append(span)
    yield from _overlaps(read)


def _assignment_mistakes(decided: OnCallConfig, people: Roster) -> Iterator[Mistake]:
    if decided.principal and decided.order:
        message = "there is both a principal, who is always on call, and an order of who is in turn"
        yield Mistake(("oncall", "principal"), message, "keep one of principal and order")
    if decided.backup and decided.backup_order:
        message = "there is both a backup of all weeks and an order of backups"
        yield Mistake(("oncall", "backup"), message, "keep one of backup and backup-order")
    if decided.backup_order and not decided.order:
        message = "backups take turns, and nobody else does"
        yield Mistake(("oncall", "backup-order"), message, 'write backup = "…", or order = ["…"]')
    elif not decided.principal and not decided.order and (decided.backup or decided.overrides):
        where = "backup" if decided.backup else "overrides"
        message = "nobody is on call in whose place somebody could be"
        yield Mistake(("oncall", where), message, 'add principal = "…", or order = ["…", "…"] and start')
    if decided.principal and people.handle_of(decided.principal) == people.handle_of(decided.backup):
        message = f"{decided.principal} cannot stand in for themselves"
        yield Mistake(("oncall", "backup"), message, "name somebody else, or leave backup out")


def _rotation_mistakes(decided: OnCallConfig) -> Iterator[Mistake]:
    start, day = decided.start, decided.day
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", decided.handover, re.ASCII):
        message = f"{quoted(decided.handover)} is no time of day"
        yield Mistake(("oncall", "handover"), message, 'write it as in handover = "09:00"')
    if decided.order and start is None:
        message = "nothing says when the first in order begins"
        yield Mistake(("oncall", "order"), message, "add the day of the first handover: start = 2026-01-05")
    elif start and not decided.order:
        message = "nobody is in turn from that day on"
        yield Mistake(("oncall", "start"), message, 'add order = ["…", "…"], or leave start out')
    elif start and start.year not in _A_YEAR_IN_REACH:
        hint = "write it as in start = 2026-01-05"
        yield Mistake(("oncall", "start"), f"no rotation begins on {start}", hint)
    elif start and day and start.weekday() != WEEKDAYS.index(day):
        before = start - timedelta(days=(start.weekday() - WEEKDAYS.index(day)) % 7)
        message = f"{start} is a {WEEKDAYS[start.weekday()]}, and handovers are on {day}"
        yield Mistake(("oncall", "start"), message, f"write start = {before}, or correct day")


def _named(decided: OnCallConfig) -> Iterator[tuple[KeyPath, str]]:
    """Yield everybody who is to be on call, with where that stands."""
    for key, word in (("principal", decided.principal), ("backup", decided.backup)):
        if word:
            yield (key,), word
    for key, words in (("order", decided.order), ("backup-order", decided.backup_order)):
        yield from (((key, number), word) for number, word in enumerate(words))
    for number, override in enumerate(decided.overrides):
        yield ("overrides", number, "who"), override.who


def _person_mistakes(where: KeyPath, word: str, people: Roster) -> Iterator[Mistake]:
    person = people.find(word)
    if not word.strip():
        yield Mistake(where, "nobody is named", 'write a handle, as in who = "dev"')
    elif people and person is None:
        near = people.nearest(word)
        handle = word.strip().lstrip("@").casefold() or "dev"
        known = f"write a handle of [people], or add a table [people.{handle}]"
        hint = f'did you mean "{near[1:]}"?' if near else known
        yield Mistake(where, f"{quoted(word)} is nobody whom [people] lists", hint)
    elif person and person.kind == "agent":
        yield Mistake(where, f"{person.handle} is an agent, and people are on call", "name a person")
    elif not people and not re.fullmatch(r"@?\w[\w./-]{0,99}", word):
        yield Mistake(where, f"{quoted(word)} is no handle", 'write it without @ and spaces, as in "dev"')


def _absence_mistakes(decided: OnCallConfig, people: Roster) -> Iterator[Mistake]:
    known = {people.handle_of(word): None for _, word in _named(decided)}
    for number, absence in enumerate(decided.absences):
        here: KeyPath = ("oncall", "absences", number)
        if not absence.who or people:
            yield from _person_mistakes((*here, "who"), absence.who, people)
        elif people.handle_of(absence.who) not in known:
            near = nearest(people.handle_of(absence.who), known)
            hint = f'did you mean "{near}"?' if near else f"write one of {', '.join(map(quoted, known))}"
            yield Mistake((*here, "who"), f"{quoted(absence.who)} is never on call", hint)
        if absence.from_ is None or absence.until is None:
            key = "until" if absence.from_ else "from"
            yield Mistake(here, f"the absence has no {key}", f"add its day, as in {key} = 2026-08-03")
        elif absence.until < absence.from_:
            message = f"it ends on {absence.until}, before it begins on {absence.from_}"
            yield Mistake((*here, "until"), message, "correct one of the two days")


class _Span(NamedTuple):
    """An override as it holds, with its place in the list."""

    role: str
    since: datetime
    until: datetime
    who: str
    number: int

    @classmethod
    def of(cls, number: int, override: OverrideConfig, people: Roster, zone: tzinfo) -> "_Span | Mistake":
        """Return when an override holds, or what is wrong with its ends."""
        here: KeyPath = ("oncall", "overrides", number)
        ends = begin_of(override.from_, zone), end_of(override.until, zone)
        for key, written, end in (("from", override.from_, ends[0]), ("until", override.until, ends[1])):
            if end is None:
                hint = f"write a day, or a day and a local time, as in {_AN_OVERRIDE.replace('from', key)}"
                if written is None:
                    return Mistake(here, f"the override has no {key}", hint)
                return Mistake((*here, key), f"{quoted(written)} is neither a day nor a moment", hint)
        since, until = ends
        assert since is not None
        assert until is not None
        if until <= since:
            message = f"it ends at {override.until}, not after it begins at {override.from_}"
            return Mistake((*here, "until"), message, "write a later end")
        return cls(override.role, since, until, people.handle_of(override.who), number)


def _overlaps(spans: Sequence[_Span]) -> Iterator[Mistake]:
    """Yield each override that begins while another of its role, or of the same person, holds."""
    latest: dict[str, _Span] = {}
    for span in sorted(spans, key=lambda each: (each.since, each.number)):
        here: KeyPath = ("oncall", "overrides", span.number)
        other = latest.get(span.role)
        if other and span.since < other.until:
            message = f"{span.who} and {other.who} would both be {span.role} at the same time"
            yield Mistake(here, message, "let one end where the other begins")
        beside = latest.get("backup" if span.role == "principal" else "principal")
        if beside and beside.who == span.who and span.since < beside.until:
            yield Mistake(here, f"{span.who} would be principal and backup at once", "name somebody else")
        if other is None or other.until < span.until:
            latest[span.role] = span
