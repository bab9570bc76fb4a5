"""What was promised: action items with their past, from a repository's history or from the files on disk."""

from datetime import date, tzinfo
from typing import NamedTuple

from incidentdocs.history.reading import promised_items
from incidentdocs.history.values import History, ItemHistory, Landing
from incidentdocs.library.library import Library
from incidentdocs.process.process import Process


class Since(NamedTuple):
    """The moment after which changes are told: the end of `day`, or the last of `commits` on their chain."""

    day: date
    commits: frozenset[str] | None = None

    def covers(self, landing: Landing, zone: tzinfo) -> bool:
        """Return whether `landing` lies before that moment; days are those of `zone`."""
        if self.commits is not None:
            return landing.commit in self.commits
        return landing.when.astimezone(zone).date() <= self.day


class Promises(NamedTuple):
    """Every action item, as it stands at the end of the day `as_of`; days are those of `zone`.

    `revision` is the commit that was read. Items read from disk have no events.
    """

    as_of: date
    zone: tzinfo
    items: tuple[ItemHistory, ...]
    revision: str | None = None

    def days_overdue(self, item: ItemHistory) -> int | None:
        """Return how many days ago an open item was due, None for what is not; what is due today is not."""
        if item.item.due is None or item.state != "open" or item.item.due >= self.as_of:
            return None
        return (self.as_of - item.item.due).days

    def day(self, landing: Landing) -> date:
        """Return the day on which something landed."""
        return landing.when.astimezone(self.zone).date()


def promises_in(history: History, process: Process) -> Promises:
    """Return what is promised by `history`, by document; in each those that are gone come last."""
    return Promises(history.as_of, process.zone, history.items, history.revision)


def promises_on_disk(library: Library) -> Promises:
    """Return what the documents of `library` promise, by document and line, less what a template left.

    Documents of incidents dated after the library's today do not count: on that day they were not there.
    """
    return Promises(
        library.today,
        library.process.zone,
        tuple(
            ItemHistory(document.path, item, (), item.state, severity=document.severity)
            for document in library.documents
            if document.date is None or document.date <= library.today
            for item in promised_items(document)
        ),
    )
