"""How the value of each type of field is read: durations, counts, yes or no, costs, dates and choices."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from incidentdocs.clock import parse_duration
from incidentdocs.documents.field_words import (
    COUNTS,
    EVERYBODY,
    NO,
    NOT_APPLICABLE,
    NOTHING,
    UNKNOWN,
    YES,
)
from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.documents.timeline.time_expressions import read_time
from incidentdocs.documents.titles import fold
from incidentdocs.documents.worded_durations import in_digits
from incidentdocs.process.severity import SEVERITIES, severity_of
from incidentdocs.profiles.profile import FieldProfile

MOST_WORDS = 200
"""The characters of a value among which a duration in words is looked for."""


class Unreadable(NamedTuple):
    """Why a value is not one of its type, and what to write instead."""

    reason: str
    hint: str


def read_value(field: FieldProfile, text: str) -> object:
    """Return what `text` says as a value of the field's type, or `Unreadable`.

    A duration is a timedelta, a count an int (the text where it is no single number), yes-no a bool, a cost a
    float (the text where it gives no amount), a date or due day a date, a moment a datetime, aware where it
    gives an offset; any other value is the text.
    """
    bare = text.strip()
    match field.type:
        case "choice":
            return _choice(field, bare)
        case "severity":
            return _severity(field, bare)
        case "list" | "people":
            return tuple(word for part in re.split(r"[,;\n]", bare) if (word := part.strip()))
        case _:
            return _READERS.get(field.type, str)(bare)


def says_unknown(text: str) -> bool:
    """Return whether a value says only that nobody knows: `?`, a dash, `unknown`."""
    return not text.strip(" ?-–—/") or fold(text) in UNKNOWN


@cache
def _duration_pattern() -> re.Pattern[str]:
    unit = r"(?:days?|jours?|hours?|heures?|hrs?|minutes?|mins?|mn|seconds?|secondes?|secs?|[djhms])"
    amount = rf"\d{{1,6}}\s?{unit}(?![^\W\d])"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<decimal>\d{{1,5}}[.,]\d{{1,3}})\s?(?P<unit>[hdj]|hours?|heures?|days?|jours?)(?!\w)"
        rf"|(?P<clock>\d{{1,3}}:[0-5]\d:[0-5]\d)(?!\w)"
        rf"|(?P<plain>(?:{amount}(?:[ ,]{{0,2}}(?:and |et )?))*"
        rf"(?:\d{{1,5}}\s?h\s?\d{{1,2}}(?!\w)|{amount})))",
        re.IGNORECASE,
    )


@cache
def _from_clock_to_clock() -> re.Pattern[str]:
    """Return what matches `14h02 à 15h42`: two times of day, not durations."""
    return re.compile(r"\b\d{1,2}h\d\d\s*(?:à|to|-|–|→)\s*\d{1,2}h\d\d\b", re.IGNORECASE)


def _duration(text: str) -> timedelta | Unreadable:
    without_clocks = _from_clock_to_clock().sub(" ", text)
    found = _duration_pattern().search(without_clocks) or _duration_pattern().search(text)
    if found is None and (_says_nothing(text) or _not_applicable(text)):
        return timedelta()
    found = found or _duration_pattern().search(in_digits(text[:MOST_WORDS]))
    if found:
        return _as_duration(found) or timedelta()
    clock = re.fullmatch(r"(\d{1,2}):(\d\d)", text, re.ASCII)
    if clock:
        return Unreadable("no duration", f"write hours and minutes, such as `{int(clock[1])}h {clock[2]}m`")
    minutes = text if text.isascii() and text.isdecimal() and len(text) < 6 else "45"
    return Unreadable("no duration", f"write hours and minutes, such as `1h 40m` or `{minutes}m`")


def _says_nothing(text: str) -> bool:
    folded = fold(text)
    return folded.split()[:1] != [] and (
        folded.split()[0] in NOTHING or folded.startswith(("pas de ", "pas d "))
    )


def _not_applicable(text: str) -> bool:
    return fold(text).startswith(NOT_APPLICABLE) or fold(text) == "na"


def _as_duration(found: re.Match[str]) -> timedelta | None:
    if found["decimal"]:
        amount = float(found["decimal"].replace(",", "."))
        return timedelta(days=amount) if found["unit"][0] in "dDjJ" else timedelta(hours=amount)
    if found["clock"]:
        hours, minutes, seconds = map(int, found["clock"].split(":"))
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return parse_duration(re.sub(r",|\b(?:and|et)\b", " ", found["plain"]))


@cache
def _number() -> re.Pattern[str]:
    """Return what matches a number, its thousands parted by spaces, commas, dots or apostrophes."""
    return re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f,.'’]\d{3})+(?!\d)|(?<![\w.,])\d{1,15}")


def _count(text: str) -> int | str | Unreadable:
    numbers = _number().findall(text)
    if numbers:
        single = len(numbers) == 1 and not re.search(r"\d\s*[%kKmM]|[–-]\s*\d", text)
        return int(re.sub(r"\D", "", numbers[0])) if single else text
    if _says_nothing(text):
        return 0
    if _not_applicable(text) or not (EVERYBODY | UNKNOWN | COUNTS).isdisjoint(fold(text).split()):
        return text
    return Unreadable("no number", "write a number, a range, a percentage, `all` or `unknown`, such as `~40`")


def read_yes_or_no(text: str) -> bool | Unreadable:
    """Return what `text` answers, whatever it adds to its yes or no."""
    first, second, *_ = (*fold(text).split(), "", "")
    undecided = {first, second} & YES and {first, second} & NO
    if not undecided:
        if first in NO or _says_nothing(text) or _not_applicable(text):
            return False
        if first in YES or (first.isdecimal() and second):
            return True
    return Unreadable("neither yes nor no", "write `no`, or `yes` and what was lost: `yes: 12 orders`")


def lost(text: str) -> str:
    """Return what a value such as `yes: 12 orders` says after its yes."""
    words = fold(text).split()
    return " ".join(words[1:]) if words and words[0] in YES else " ".join(words)


def _cost(text: str) -> float | str | Unreadable:
    found = _sum().search(text)
    if found:
        return _amount(found[0])
    if _says_nothing(text) or _not_applicable(text) or not UNKNOWN.isdisjoint(fold(text).split()):
        return text
    return Unreadable("no amount", "write an amount and its currency, such as `~1 500 €`, or no such line")


@cache
def _sum() -> re.Pattern[str]:
    return re.compile(r"\d{1,12}(?:[ \u00a0\u202f,.'’]\d{1,3}){0,5}")


def _amount(written: str) -> float:
    """Return the amount of `1 500,50`, `1,500.50` or `1.500`: a last group of three digits is thousands."""
    whole, separator, rest = written, "", ""
    last = re.search(r"[.,](\d{1,2})$", written)
    if last:
        whole, separator, rest = written[: last.start()], ".", last[1]
    return float(re.sub(r"\D", "", whole) + separator + rest)


def _date(text: str) -> object:
    written = read_time(text)
    day = written.date.on(first=_SOME_DAY, last=_SOME_DAY) if written and written.date else None
    certain = day if written and written.date and written.date.year else None
    return iso_date(text) or certain or Unreadable("no date", "write the date as `YYYY-MM-DD`")


def read_moment(text: str) -> datetime | None:
    """Return the date and time that `text` writes, such as `2026-03-14 14:02`, `2026-03-14T14:02+01:00`."""
    found = _written_moment().fullmatch(text.strip())
    if found is None:
        return None
    day, clock, offset = found["day"], found["clock"].replace("h", ":"), found["offset"] or ""
    try:
        return datetime.fromisoformat(f"{day}T{clock}{offset}")
    except ValueError:
        return None


@cache
def _written_moment() -> re.Pattern[str]:
    day, clock = r"(?P<day>\d{4}-\d\d-\d\d)", r"(?P<clock>\d\d[:h]\d\d(?::\d\d(?:\.\d{1,6})?)?)"
    return re.compile(rf"{day}[ T,]\s?{clock}\s?(?P<offset>Z|[+-]\d\d:?\d\d)?", re.ASCII | re.IGNORECASE)


def _moment(text: str) -> datetime | Unreadable:
    hint = "write the day and the local time, such as `2026-03-14 14:02`"
    return read_moment(text) or Unreadable("no date and time", hint)


_SOME_DAY = date(2000, 1, 1)
"""From which a date would count that has no year: none such is taken."""


def _severity(field: FieldProfile, text: str) -> object:
    first = re.split(r"[(（,:：;–—]|\s-", text, maxsplit=1)[0]
    return severity_of(first, field.words) or Unreadable(
        "no severity", f"write one of {', '.join(SEVERITIES)}"
    )


def _choice(field: FieldProfile, text: str) -> object:
    allowed = {fold(value): value for value in field.values}
    hint = f"write one of {', '.join(field.values)}"
    return allowed.get(fold(text)) or Unreadable("none of the values that the profile knows", hint)


_READERS: dict[str, Callable[[str], object]] = {
    "duration": _duration,
    "count": _count,
    "yes-no": read_yes_or_no,
    "cost": _cost,
    "date": _date,
    "due": _date,
    "moment": _moment,
}
