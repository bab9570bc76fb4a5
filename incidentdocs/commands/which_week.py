"""Which week on call a command is about, as its user names it."""

import re
from datetime import date, datetime, timedelta

from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.errors import UsageError
from incidentdocs.process.oncall import OnCall, Week, week_beginning, week_holding, week_of

_WEEK = timedelta(days=7)


def week_from(written: str, oncall: OnCall, now: datetime) -> Week:
    """Return the week on call that `--week` names: an ISO week, its number in this year, `next`, or a day.

    UsageError for any other writing, and for a week that its year does not have.
    """
    current = week_of(oncall, now)
    if written.strip().casefold() == "next":
        return week_beginning(oncall, current.first + _WEEK)
    if (day := iso_date(written)) and 1001 <= day.year <= 8000:
        return week_holding(oncall, day)
    found = re.fullmatch(r"(?:(\d{4})-?(?=w))?w?(\d{1,2})", written.strip(), re.ASCII | re.IGNORECASE)
    year = int(found[1] or current.name[:4]) if found else 0
    if found is None or not 1001 <= year <= 8000:
        hint = f"write --week {current.name}, its number, next, or a day such as {now.date()}"
        raise UsageError(f"{written!r} is no week", hint=hint)
    try:
        monday = date.fromisocalendar(year, int(found[2]), 1)
    except ValueError:
        last = date(year, 12, 28).isocalendar().week
        message = f"{year} has no week {int(found[2])}"
        raise UsageError(message, hint=f"write a week from 1 to {last}, as in {year}-W{last}") from None
    return week_beginning(oncall, monday + timedelta(days=oncall.weekday))
