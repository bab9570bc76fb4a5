"""One written date becomes a value: ISO, numeric and long forms, weekdays, `next day`, `J+1`."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from incidentdocs.documents.months import MONTHS
from incidentdocs.documents.titles import fold

_WEEKDAYS = (
    "mon monday lun lundi montag lunes",
    "tue tues tuesday mardi dienstag martes",
    "wed wednesday mer mercredi mittwoch miercoles",
    "thu thur thurs thursday jeu jeudi donnerstag jueves",
    "fri friday ven vendredi freitag viernes",
    "sat saturday sam samedi samstag sabado",
    "sun sunday dim dimanche sonntag domingo",
)


YEARS = range(1000, 9000)
"""The years that a date may lie in: none so near the calendar's ends that arithmetic falls off them."""


class WrittenDate(NamedTuple):
    """A date as far as it is written; `on` completes it.

    `weekday` counts from Monday 0; `ahead` are days after the last day named, `nth` days after the
    first. Exactly one of `month`, `weekday`, `ahead` and `nth` is there. `order` says which of two
    numbers can only be the day: the `day` before the month, the `month` before the day, or `either`,
    and then it is read with the day first.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    ahead: int | None = None
    nth: int | None = None
    order: Literal["", "day", "month", "either"] = ""

    @property
    def is_relative(self) -> bool:
        """Whether it counts from another day, as `next day` and `J+1` do."""
        return self.ahead is not None or self.nth is not None

    def month_first(self) -> "WrittenDate":
        """Return the date as it is meant where the month comes first; only one of `either` order changes."""
        return self._replace(month=self.day, day=self.month) if self.order == "either" else self

    def on(self, *, first: date, last: date) -> date | None:
        """Return the date meant between events of the days `first` and `last`; None where none exists.

        A year that is not written is the one that brings the date nearest to `last`.
        """
        try:
            return self._on(first, last)
        except (ValueError, OverflowError):
            return None

    def _on(self, first: date, last: date) -> date | None:
        if self.weekday is not None:
            return last + timedelta(days=(self.weekday - last.weekday()) % 7)
        if self.ahead is not None:
            return last + timedelta(days=self.ahead)
        if self.nth is not None:
            return first + timedelta(days=self.nth)
        assert self.month is not None
        assert self.day is not None
        if self.year is not None:
            return date(self.year, self.month, self.day)
        return _nearest(self.month, self.day, last)


def _nearest(month: int, day: int, to: date) -> date | None:
    years = (to.year + distance for distance in range(-4, 5))
    dates = [date(year, month, day) for year in years if 1 <= year <= 9999 and _exists(year, month, day)]
    return min(dates, key=lambda candidate: abs(candidate - to), default=None)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


class DateToken(NamedTuple):
    """A date found in a text, up to `end`; `date` is None where it looks like one and is none.

    A date that is not `certain` may be something else (a fraction, a word) unless a clock follows.
    """

    end: int
    date: WrittenDate | None
    certain: bool = True


def read_date(text: str, at: int = 0) -> DateToken | None:
    """Return the date written in `text` from offset `at` on, or None where there is none."""
    if ":" in text[at + 1 : at + 3]:
        return None  # a clock, which most lines begin with
    for form in _IN_DIGITS if text[at : at + 1].isdecimal() else _IN_WORDS:
        token = form(text, at)
        if token:
            return token
    return None


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _token(end: int, year: str | None, month: int, day: int, *, certain: bool = True) -> DateToken:
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    known = _exists(2000 if full is None else full, month, day) and (full is None or full in YEARS)
    return DateToken(end, WrittenDate(full, month, day) if known else None, certain)


def _iso(text: str, at: int) -> DateToken | None:
    found = _pattern(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d-])").match(text, at)
    return _token(found.end(), found[1], int(found[3]), int(found[4])) if found else None


def _numeric(text: str, at: int) -> DateToken | None:
    """Read `14/03/2026`, `14.03.2026`, `14/03`, `14.03.`, and `03/14/2026`, whose 14 can be no month."""
    dated = r"(\d{1,2})(?:/(\d{1,2})/(\d{4,5}|\d{2})|([.-])(\d{1,2})\4(\d{4,5}))(?![\d/:-]|\.\d)"
    found = _pattern(dated).match(text, at)
    if found:
        numbers = int(found[1]), int(found[2] or found[5])
        return _in_order(found.end(), found[3] or found[6], numbers, found[4] or "/", certain=True)
    found = _pattern(r"(\d{1,2})(?:/(\d{1,2})|\.(\d{1,2})\.)(?![\d/:.])").match(text, at)
    if found:
        numbers = int(found[1]), int(found[2] or found[3])
        return _in_order(found.end(), None, numbers, "/" if found[2] else ".", certain=False)
    return None


def _in_order(end: int, year: str | None, numbers: tuple[int, int], sign: str, *, certain: bool) -> DateToken:
    """Return the date that two numbers mean; with a dot between them the day always comes first."""
    day_first = _token(end, year, numbers[1], numbers[0], certain=certain)
    month_first = _token(end, year, numbers[0], numbers[1], certain=certain)
    if sign == "." or (day_first.date is None and month_first.date is None):
        return day_first
    if day_first.date is None and month_first.date:
        return month_first._replace(date=month_first.date._replace(order="month"))
    assert day_first.date is not None
    order: Literal["day", "either"] = "day" if month_first.date is None else "either"
    return day_first._replace(date=day_first.date._replace(order=order))


def _compact(text: str, at: int) -> DateToken | None:
    """Read `20260314` before a clock."""
    found = _pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)(?=[tT\s]\d{1,2}[:h]\d)").match(text, at)
    return _token(found.end(), found[1], int(found[2]), int(found[3])) if found else None


def _named(names: tuple[str, ...], word: str) -> int | None:
    """Return the index of the line of `names` that holds `word`, in whatever case and accents."""
    return _index_by_word(names).get(fold(word))


@cache
def _index_by_word(names: tuple[str, ...]) -> Mapping[str, int]:
    # The last lines first: of a word that stands in two, the first one counts.
    return {word: index for index, line in reversed([*enumerate(names)]) for word in line.split()}


def _day_month(text: str, at: int) -> DateToken | None:
    """Read `14 mars 2026`, `1er avril`, `14th of March`, `19. April`, `14-Mar-2026`, `14 de marzo`."""
    found = _pattern(
        r"(\d{1,2})(?:er|st|nd|rd|th|\.|º)?(?:\s?[-–]\s?\d{1,2})?(?:\s{1,3}(?:of\s|de\s)?|[-/](?=\w))"
        r"([^\W\d_]{3,10})(?!\w)\.?(?:(?:,?\s(?:de\s)?|[-/])(\d{4}|2\d{4}(?=[\s,*_`]{1,6}\d{1,2}[:h]\d))(?![\d:]))?"
    ).match(text, at)
    month = _named(MONTHS, found[2]) if found else None
    if found is None or month is None:
        return None
    return _token(found.end(), found[3], month + 1, int(found[1]), certain=bool(found[3]))


def _month_day(text: str, at: int) -> DateToken | None:
    """Read `March 14, 2026`, `Mar 14`, `October 29-30, 2025` (its first day)."""
    found = _pattern(
        r"([^\W\d_]{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?!\w|:\d)(?:\s?[-–]\s?\d{1,2}(?!\w|:\d))?"
        r"(?:,?\s(\d{4}|2\d{4}(?=[\s,*_`]{1,6}\d{1,2}[:h]\d))(?![\d:]))?"
    ).match(text, at)
    month = _named(MONTHS, found[1]) if found else None
    if found is None or month is None:
        return None
    return _token(found.end(), found[3], month + 1, int(found[2]), certain=bool(found[3]))


def _weekday(text: str, at: int) -> DateToken | None:
    """Read a weekday alone, before its day's number or before another date, which it then only decorates."""
    found = _pattern(r"([^\W\d_]{3,10})(?!\w)[.,]?\s{0,3}").match(text, at)
    weekday = _named(_WEEKDAYS, found[1]) if found else None
    if found is None or weekday is None:
        return None
    full = next(
        (token for form in (_iso, _numeric, _day_month, _month_day) if (token := form(text, found.end()))),
        None,
    )
    numbered = _pattern(
        r"\d{1,2}(?:st|nd|rd|th|er|\.)?(?=[\s*_`]{0,6}(?:[,–—]|:(?!\d)|$)|\s\d{1,2}[:h]\d)"
    ).match(text, found.end())
    end = numbered.end() if numbered else found.end(1)
    return full or DateToken(end, WrittenDate(weekday=weekday), certain=False)


def _relative(text: str, at: int) -> DateToken | None:
    """Read `next day`, `lendemain`, `J+1`, `D+2`, `+1 day`, `Day 2`, `Jour 2`."""
    found = _pattern(
        r"(?i)(?:(?P<next>(?:the\s)?next\s(?:day|morning)|(?:le\s)?lendemain(?:\smatin)?)"
        r"|(?:[jd]\s?\+\s?(?P<nth>\d{1,2})|\+(?P<plus>\d{1,2})\s?(?:d|j|days?|jours?)?)(?![\w:])"
        r"|(?:day|jour)\s(?P<count>\d{1,2}))(?![\w:])"
    ).match(text, at)
    if found is None:
        return None
    if found["next"]:
        return DateToken(found.end(), WrittenDate(ahead=1), certain=False)
    nth = int(found["count"]) - 1 if found["count"] else int(found["nth"] or found["plus"])
    return DateToken(found.end(), WrittenDate(nth=nth), certain=False)


def _broken(text: str, at: int) -> DateToken | None:
    """Find what stands where a date must stand and has its shape, such as `20202-01-16`, `2026-0?-14`."""
    year = r"(?:[\dXxYy?]{4,6}|[Aa]{4}|20\d(?=-\d\d-\d\d[T\s]\s?\d{1,2}[:h]\d))(?:/[\d?]{2})?"
    month_and_day = r"([-/])[\dXxMm?]{1,2}\1[\dXxDdJj?]{1,2}(?!(?!t\d)[\w?-])"
    found = _pattern(f"(?i:{year}{month_and_day})").match(text, at)
    return DateToken(found.end(), None) if found else None


_IN_DIGITS = (_iso, _numeric, _compact, _day_month, _broken)
_IN_WORDS = (_month_day, _weekday, _relative, _broken)
"""The forms of a date by what they begin with; most lines of a timeline are tried against all of one kind."""
