"""Every action item, in every state."""

from incidentdocs.reports.changes import changes
from incidentdocs.reports.items import item_with_events, summary_of
from incidentdocs.reports.model import ActionsReport
from incidentdocs.reports.promises import Promises, Since


def actions(promises: Promises, since: Since | None = None) -> ActionsReport:
    """Return every item with its events, by document and line, and what became of them after `since`.

    Without a history there is no `since`.
    """
    return ActionsReport(
        as_of=promises.as_of,
        revision=promises.revision,
        items=tuple(item_with_events(item, promises) for item in promises.items),
        since=since.day if since else None,
        changes=changes(promises, since) if since else (),
        summary=summary_of(promises),
    )
