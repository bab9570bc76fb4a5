"""One written time becomes a value: a date, a clock or a range of them, a shift, a zone, a precision."""

import re
from datetime import timedelta, tzinfo
from functools import cache
from typing import NamedTuple

from incidentdocs.clock import ZONE_PATTERN, is_offset, written_zone
from incidentdocs.documents.timeline.patterns import compiled
from incidentdocs.documents.timeline.unknown_times import unknown_time
from incidentdocs.documents.timeline.written_clocks import ClockToken, read_clock
from incidentdocs.documents.timeline.written_dates import DateToken, WrittenDate, read_date
from incidentdocs.documents.timeline.written_shifts import Shift, ShiftToken, read_shift

_FAR = 400
"""A time stands at the beginning of its line; nothing is looked for further on than this."""

_MARKUP = r"[\s*_`\[(\u2190-\u2247\u2249-\u2BFF\uFE0F\u200D\U0001F000-\U0001FAFF]{0,24}"
_BULLET = r"(?:[•‣◦·–—]\s+)?(?::[a-z0-9_+-]{2,40}:\s{1,3})?"
_ABOUT = (
    r"(?:[~≈]|(?:ca|circa|vers|around|about|approx|approximately|env|environ|gegen|etwa|sobre|hacia)\b\.?"
    r"|c\.)\s{0,3}"
)
_LEAD = r"(?:(?:at|on|from|between|le|à|de|entre|dès|am|um|las?)\b|@)\s{0,3}"
_BETWEEN_ZONES = ("/", "|", "=", "(", "<")
_BEFORE = rf"(?:\s{{0,3}}\[[ xX]\]\s+)?{_BULLET}{_MARKUP}(?:~~)?"
_DASH = r"(?:-{1,3}>?|[–—→〜~])"
_TO = r"(?:to|until|till|à|jusqu['’]à|and|et)\b"


class WrittenTime(NamedTuple):
    """A time as one line writes it, between the offsets `start` and `end`; its text begins at `text`.

    `clock` and `until` are durations since midnight, None where only a date is written; `precision`
    is the width of the last thing written. `hint` is None for a time that can be read, else it says
    what to write instead. With a `shift` there is neither clock nor date: it counts from another event.
    """

    start: int
    end: int
    text: int
    date: WrittenDate | None = None
    clock: timedelta | None = None
    until_date: WrittenDate | None = None
    until: timedelta | None = None
    zone: tzinfo | None = None
    precision: timedelta = timedelta(days=1)
    approximate: bool = False
    hint: str | None = None
    shift: Shift | None = None


def lead_of(text: str) -> int:
    """Return the offset after markup, emoji and a check box, where a line's first word begins."""
    found = compiled(_BEFORE).match(text[:_FAR])
    return found.end() if found else 0


def rest_after(text: str, at: int) -> int:
    """Return where the words begin after a time that ends at `at`: behind markup and one separator."""
    found = compiled(
        r"(?:\]\([^()\s]{0,300}\)|[*_`\])~]){0,8}\s{0,8}(?:(?:[:–—|,;.→?-]{1,3}>?|=>)[*_`]{0,4}(?=\s|$))?\s{0,8}"
        r"(?:[:–—|-](?=\s|$))?\s{0,8}"
    ).match(text, at)
    return found.end() if found else at


def read_time(text: str, *, prose: bool = False) -> WrittenTime | None:
    """Return the time that `text` begins with, or None where it begins with none.

    With `prose` no word may come before it: *At 10:15 …* opens a sentence and tells no event.
    """
    scanner = _Scanner(text[:_FAR], lead_of(text), prose)
    return scanner.time()


def is_time(text: str) -> bool:
    """Return whether `text` is a time, or begins with one that has a clock, and not a title with a date."""
    time = read_time(text)
    clocked = time is not None and (time.clock is not None or time.shift is not None)
    return time is not None and time.hint is None and (clocked or time.text >= len(text))


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<zone>[+]\d{{2}}:?\d{{2}}(?!\d)|{ZONE_PATTERN})")


class _Scanner:
    """Reads one line from left to right; `at` is the offset of what comes next, `source` goes on below it."""

    def __init__(self, source: str, at: int, prose: bool) -> None:
        end = source.find("\n", at)
        self.source = source
        self.text = source if end < 0 else source[:end]
        self.at = at
        self.prose = prose
        self.about = False
        self.zone: tzinfo | None = None

    def time(self) -> WrittenTime | None:
        start = self._lead()
        shift = read_shift(self.text, self.at, prose=self.prose)
        if shift:
            return self._shifted(start, shift)
        day = read_date(self.text, self.at)
        if day:
            self.at = day.end
            self._skip(r"(?:[\s*_`,|@]|[-–]\s|:\s|t(?=\d)){0,6}(?:(?:at|à|um)\b\s)?")
            self._about()
            unknown = unknown_time(self.text, self.at) if day.date else None
            if unknown:
                return self._day_alone(start, day._replace(end=unknown))
        clock = read_clock(self.text, self.at)
        if day is None and clock is None:
            return None
        if clock is None:
            return self._day_alone(start, day) if day else None
        return self._clock(start, day, clock)

    def _shifted(self, start: int, token: ShiftToken) -> WrittenTime:
        rest = rest_after(self.source, token.end)
        return WrittenTime(start, token.end, rest, approximate=self.about, shift=token.shift)

    def _lead(self) -> int:
        start = self.at
        self._about()
        while not self.prose and self._skip(_LEAD):
            start = self.at if not self.about else start
            self._about()
        return start

    def _about(self) -> None:
        self.about |= self._skip(_ABOUT)

    def _skip(self, pattern: str) -> bool:
        found = compiled(pattern).match(self.text, self.at)
        moved = found is not None and found.end() > self.at
        self.at = found.end() if found else self.at
        return moved

    def _day_alone(self, start: int, day: DateToken) -> WrittenTime | None:
        self.at = day.end
        until = self._until_day()
        rest = rest_after(self.source, self.at)
        ended = not self.source[self.at : rest].strip(" *_`])")
        if not day.certain and ended and rest < len(self.source):
            return None
        if self.prose and rest < len(self.source):
            return None
        hint = None if day.date else "write the date as `YYYY-MM-DD`"
        return WrittenTime(
            start, self.at, rest, day.date, until_date=until, approximate=self.about, hint=hint
        )

    def _until_day(self) -> WrittenDate | None:
        found = compiled(rf"\s{{0,3}}(?:{_DASH}|{_TO})\s{{0,3}}").match(self.text, self.at)
        until = read_date(self.text, found.end()) if found else None
        if until is None or not until.certain or until.date is None:
            return None
        self.at = until.end
        return until.date

    def _clock(self, start: int, day: DateToken | None, clock: ClockToken) -> WrittenTime:
        self.at = clock.end
        self._zone()
        clock = self._elsewhere(clock)
        written = day.date if day else self._date_after()
        until_date, until = self._range(clock)
        self._zone()
        self._trailing_about()
        written = written or (None if day else self._date_after())
        last = until or clock
        first = clock.like(until) if until else clock
        return WrittenTime(
            start=start,
            end=self.at,
            text=rest_after(self.source, self.at),
            date=written,
            clock=first.clock,
            until_date=until_date,
            until=until.clock if until else None,
            zone=self.zone,
            precision=last.precision,
            approximate=self.about,
            hint="write the date as `YYYY-MM-DD`" if day and not day.date else clock.hint or last.hint,
        )

    def _zone(self) -> None:
        """Read a zone, also in brackets or bold, unless one was read already."""
        opened = compiled(r"(?:/|\s?[(\[*_`]{0,3})").match(self.text, self.at)
        at = opened.end() if opened else self.at
        first = self.text[at : at + 1]
        if not first.isupper() and first not in "+uh":  # as before most words, and sooner told
            return
        found = _zone_pattern().match(self.text, at)
        zone = written_zone(found["zone"]) if found else None
        if found is None or zone is None:
            return
        bracket = opened is not None and "(" in opened[0]
        if bracket and self.text[found.end() : found.end() + 1] != ")":
            return
        exact = bracket and is_offset(found["zone"])  # the author's own word for what the abbreviation means
        self.zone = zone if exact else self.zone or zone
        self.at = found.end() + bracket

    def _elsewhere(self, clock: ClockToken) -> ClockToken:
        """Pass over the time in another zone, `14:30 UTC / 16:30 CEST`; a zone given only there counts."""
        if self.text[self.at : self.at + 2].strip()[:1] not in _BETWEEN_ZONES:
            return clock
        found = compiled(r"\s?(?:[/|=(]|<br\s?/?>)\s?(?=\d)").match(self.text, self.at)
        other = read_clock(self.text, found.end()) if found else None
        if found is None or other is None or other.clock is None:
            return clock
        named = _zone_pattern().match(self.text, other.end + (self.text[other.end : other.end + 1] == " "))
        zone = written_zone(named["zone"]) if named else None
        bracket = "(" in found[0]
        if named is None or zone is None or (bracket and self.text[named.end() : named.end() + 1] != ")"):
            return clock
        self.at = named.end() + bracket
        known, self.zone = self.zone, self.zone or zone
        return clock if known else other

    def _date_after(self) -> WrittenDate | None:
        """Read the date in `10:15 (Mar 15)`, `10:15 on March 14`, `10:15, 2026-03-14`."""
        opened = compiled(r"\s{0,2}(?:[*_`]{0,2}\s?\(|,?\s?(?:on|le)\s|,\s)").match(self.text, self.at)
        token = read_date(self.text, opened.end()) if opened else None
        if token is None or token.date is None or opened is None:
            return None
        bracket = "(" in opened[0]
        if bracket and self.text[token.end : token.end + 1] != ")":
            return None
        self.at = token.end + bracket
        return token.date

    def _range(self, first: ClockToken) -> tuple[WrittenDate | None, ClockToken | None]:
        joiner = compiled(rf"[\s*_`\])]{{0,6}}(?P<word>{_DASH}|{_TO})[\s*_`\[(]{{0,6}}").match(
            self.text, self.at
        )
        if joiner is None:
            return None, None
        day = read_date(self.text, joiner.end())
        begin = joiner.end()
        if day:
            gap = compiled(r"[\s,]{1,3}|t(?=\d)").match(self.text, day.end)
            begin = gap.end() if gap else day.end
        last = read_clock(self.text, begin)
        unknown = last.end if last and last.open else self._open_end(begin)
        if unknown:
            self.at = unknown
            return None, None
        if last is None or (last.hourly and not first.hourly and joiner["word"][0] in "-–—→〜~"):
            return None, None
        self.at = last.end
        return day.date if day else None, last

    def _open_end(self, at: int) -> int | None:
        """Return where the signs end that stand for a range's end; words may as well tell what happened."""
        return None if self.text[at : at + 1].isalpha() else unknown_time(self.text, at)

    def _trailing_about(self) -> None:
        noted = (
            r"\s?\((?:approx\.?|approximately|environ|env\.?|ca\.?|about|estimated|estimée?)\)"
            r"|\s(?:approx|approximately|environ|env|ca)\b\.?(?!\s*\d)|-?ish\b"
        )
        self.about |= self._skip(rf"{noted}|\s?[~?](?=[\s*_`|)\]]|$)|\s?頃")
        self._skip(r"\s?\((?:local(?: time)?|heures? locales?)\)")
