"""ISO dates in a text, and which one another way of writing a date means."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from incidentdocs.documents.months import MONTHS
from incidentdocs.profiles.profile import DateOrder


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split()}


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(r"(?<![\w./-])(\d{4})-(\d\d)-(\d\d)(?!\d|[-/.]\d|[^\W\dT])", re.ASCII)


@cache
def _numeric() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)", re.ASCII)


@cache
def _worded() -> re.Pattern[str]:
    month = r"(?P<{}>[^\W\d_]{{3,9}})\.?"
    day = r"(?P<{}>[0-9]{{1,2}})(?:er|st|nd|rd|th)?"
    before = rf"{day.format('day')}\s+(?:of\s+)?{month.format('month')}"
    after = rf"{month.format('Month')}\s+{day.format('Day')}"
    return re.compile(rf"(?<!\w)(?:{before}|{after}),?\s+(?P<year>[0-9]{{4}})(?!\d)", re.IGNORECASE)


@cache
def _date_like() -> re.Pattern[str]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(
        rf"\d{{4}}-\d|\d{{1,2}}[/.]\d{{1,2}}|\d(?:er|st|nd|rd|th)?\s+(?:{months})\b|\b(?:{months})\.?\s+\d|"
        r"\b[QTH][1-4]\b|\bYYYY\b",
        re.IGNORECASE,
    )


def iso_date(text: str) -> date | None:
    """Return the only ISO date that `text` holds, None where it holds none, several or an impossible one."""
    found = _iso().findall(text)
    return _date(*map(int, found[0])) if len(found) == 1 else None


def meant_date(text: str, language: str) -> date | None:
    """Return the date that `text` writes in another way than ISO, None where it could be another one.

    `31/12/2026` can only be one day; `03/04/2026` is the third of April in French, and in English
    the third of April or the fourth of March.
    """
    dates = {*_numeric_dates(text, language), *_worded_dates(text)}
    return dates.pop() if len(dates) == 1 else None


def certain_date(text: str, order: DateOrder | None) -> tuple[int, int, date] | None:
    """Return where the only date of `text` stands that is not ISO, and the only day that it can mean.

    `order` is in what order day and month are written, None where nobody says so: then `31/12/2026` is
    one day and `03/04/2026` is none.
    """
    found = [*_numeric().finditer(text), *_worded().finditer(text)]
    if len(found) != 1 or _iso().search(text):
        return None
    written = found[0][0]
    dates = {*_numeric_dates(written, "fr"), *_numeric_dates(written, "en")}
    if order:
        dates = set(_numeric_dates_in(written, order))
    dates |= {*_worded_dates(written)}
    return (*found[0].span(), dates.pop()) if len(dates) == 1 else None


def looks_like_a_date(text: str) -> bool:
    """Return whether `text` writes a date, exact or not: `2026-04-01`, `31/12`, `5 May`, `Q3`."""
    # Most dates are ISO, and sooner told than by the pattern for all.
    return _iso().search(text) is not None or _date_like().search(text) is not None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric_dates(text: str, language: str) -> Iterator[date]:
    for first, _, second, third in _numeric().findall(text):
        if len(first) == 4:
            orders = [(first, second, third)]
        elif len(third) == 4:
            orders = [(third, second, first)] + ([(third, first, second)] if language != "fr" else [])
        else:
            continue
        yield from filter(None, (_date(*map(int, order)) for order in orders))


def _numeric_dates_in(text: str, order: DateOrder) -> Iterator[date]:
    for first, _, second, third in _numeric().findall(text):
        day, month = (first, second) if order == "day-month" else (second, first)
        parts = (first, second, third) if len(first) == 4 else (third, month, day)
        if len(parts[0]) == 4:
            yield from filter(None, (_date(*map(int, parts)),))


def _worded_dates(text: str) -> Iterator[date]:
    for found in _worded().finditer(text):
        month = _months().get((found["month"] or found["Month"]).casefold())
        if month:
            day = _date(int(found["year"]), month, int(found["day"] or found["Day"]))
            yield from filter(None, (day,))
