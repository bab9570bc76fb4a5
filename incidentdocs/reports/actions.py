"""Every action item, in every state."""

from incidentdocs.library.library import Library
from incidentdocs.reports.items import item_of, promises, summary_of
from incidentdocs.reports.model import ActionsReport, ItemWithEvents


def actions(library: Library) -> ActionsReport:
    """Return the action items of every document, by document and line."""
    found = promises(library)
    return ActionsReport(
        as_of=library.today,
        items=tuple(ItemWithEvents(**dict(item_of(promise))) for promise in found),
        summary=summary_of(found),
    )
