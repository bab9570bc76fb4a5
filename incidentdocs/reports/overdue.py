"""Which action items are past their due date."""

from datetime import date
from itertools import groupby

from incidentdocs.library.library import Library
from incidentdocs.reports.items import Promise, item_of, promises, summary_of
from incidentdocs.reports.model import OverdueReport


def overdue(library: Library) -> OverdueReport:
    """Return the open items that were due before today, the document with the oldest one first.

    Items without a due date, or with one that cannot be read, are counted in the summary.
    """
    found = promises(library)
    late = [promise for promise in found if promise.days_overdue is not None]
    return OverdueReport(
        as_of=library.today,
        items=tuple(item_of(promise) for promise in _oldest_first(late)),
        summary=summary_of(found),
    )


def _oldest_first(late: list[Promise]) -> list[Promise]:
    documents = [
        sorted(of_one, key=lambda promise: (_due(promise), promise.item.line))
        for _, of_one in groupby(late, key=lambda promise: promise.document.path)
    ]
    documents.sort(key=lambda of_one: (_due(of_one[0]), of_one[0].document.path))
    return [promise for of_one in documents for promise in of_one]


def _due(promise: Promise) -> date:
    return promise.item.due or date.max
