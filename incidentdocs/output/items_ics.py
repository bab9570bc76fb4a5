"""The due dates of action items for calendars, each a day that keeps nobody busy."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from incidentdocs import __version__
from incidentdocs.output.file_url import file_url
from incidentdocs.output.report_words import label, state_of
from incidentdocs.output.terminal import visible
from incidentdocs.reports.model import ActionsReport, Item, OverdueReport


def items_ics(report: OverdueReport | ActionsReport, *, pages: str, made: datetime) -> str:
    """Return an iCalendar with the day on which each open item is due, `made` at a moment with a zone.

    Items without a due date are in no calendar. An item stays the same event while its text or its date
    changes, as far as its history is known. `pages` is the pattern of the addresses of files.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//incidentdocs//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Action items")
    alike: Counter[str] = Counter()
    for item in report.items:
        if item.state == "open" and item.due:
            key = _key(item)
            alike[key] += 1
            again = f"-{alike[key]}" if alike[key] > 1 else ""
            calendar.add_component(_event(item, f"{key}{again}@incidentdocs", pages, made))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8").rstrip("\r\n")


def _key(item: Item) -> str:
    said = f"{item.document}\0{item.number}\0{item.description}"
    return item.key or sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _event(item: Item, uid: str, pages: str, made: datetime) -> Event:
    assert item.due is not None
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", item.due)
    event.add("dtend", item.due + timedelta(days=1))
    event.add("summary", visible(f"{label(item.number)}: {item.description} ({item.owner or 'no owner'})"))
    event.add("description", visible(f"{state_of(item)} · {item.document}:{item.line}"))
    if address := file_url(pages, item.document, item.line):
        event.add("url", address)
    event.add("transp", "TRANSPARENT")  # whoever owes something is not busy all day
    return event
