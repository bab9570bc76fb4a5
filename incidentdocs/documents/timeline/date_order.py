"""Whether `03/04/2026` has its day or its month first: what the other dates of a timeline show."""

from collections.abc import Iterator, Sequence
from datetime import date

from incidentdocs.documents.timeline.entries import Entry
from incidentdocs.documents.timeline.written_dates import WrittenDate


def in_one_order(entries: Sequence[Entry], day: date | None) -> tuple[Entry, ...]:
    """Return the entries with every date read in the order that those show that can be read in one only.

    Where none shows it, the first that is the incident's date `day` in one order does. Without either, and
    where they contradict each other, the day comes first.
    """
    dates = [written for entry in entries for written in _numeric(entry)]
    shown = {written.order for written in dates if written.order != "either"}
    if shown == {"month"} or (not shown and day is not None and _is_month_first(dates, day)):
        return tuple(_month_first(entry) for entry in entries)
    return tuple(entries)


def _numeric(entry: Entry) -> Iterator[WrittenDate]:
    time = entry.time
    yield from (
        written for written in ((time.date, time.until_date) if time else ()) if written and written.order
    )


def _is_month_first(dates: Sequence[WrittenDate], day: date) -> bool:
    readings = ((written, written.month_first()) for written in dates)
    shown = (
        other.on(first=day, last=day) == day
        for written, other in readings
        if (written.on(first=day, last=day) == day) != (other.on(first=day, last=day) == day)
    )
    return next(shown, False)


def _month_first(entry: Entry) -> Entry:
    time = entry.time
    if time is None or not any(_numeric(entry)):
        return entry
    day, until = (written.month_first() if written else None for written in (time.date, time.until_date))
    return entry._replace(time=time._replace(date=day, until_date=until))
