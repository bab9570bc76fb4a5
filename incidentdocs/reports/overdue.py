"""Which action items are past their due date."""

from datetime import date
from itertools import groupby

from incidentdocs.history.values import ItemHistory
from incidentdocs.reports.changes import changes
from incidentdocs.reports.items import item_of, summary_of
from incidentdocs.reports.model import OverdueReport
from incidentdocs.reports.promises import Promises, Since


def overdue(promises: Promises, since: Since | None = None) -> OverdueReport:
    """Return the open items whose day has passed, the document with the oldest one first, and what changed.

    Items without a due date, or with one that cannot be read, are counted in the summary. Changes are
    those after `since`; without a history there is none.
    """
    late = [item for item in promises.items if promises.days_overdue(item) is not None]
    return OverdueReport(
        as_of=promises.as_of,
        revision=promises.revision,
        items=tuple(item_of(item, promises) for item in _oldest_first(late)),
        since=since.day if since else None,
        changes=changes(promises, since) if since else (),
        summary=summary_of(promises),
    )


def _oldest_first(late: list[ItemHistory]) -> list[ItemHistory]:
    documents = [
        sorted(of_one, key=lambda item: (_due(item), item.item.line))
        for _, of_one in groupby(late, key=lambda item: item.document)
    ]
    documents.sort(key=lambda of_one: (_due(of_one[0]), of_one[0].document))
    return [item for of_one in documents for item in of_one]


def _due(item: ItemHistory) -> date:
    return item.item.due or date.max
