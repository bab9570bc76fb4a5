"""How an action item's owner and due date are to be written, as far as its text tells them."""

import re
from functools import cache

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.markdown.blocks import Text


def written_form(item: ActionItem) -> str:
    """Return `(owner @dev, due 2026-04-01)` with `@who` and `YYYY-MM-DD` for what the item does not tell.

    A handle or a date that stands in its description without a word before it is most likely meant.
    """
    description = item.description_text.source
    handle = _handle().search(description)
    day = iso_date(description)
    owner = _in_one_line(item.owner_text) if item.owners else handle[0] if handle else "@who"
    due = _in_one_line(item.due_text) or (day.isoformat() if day else "YYYY-MM-DD")
    return f"(owner {owner}, due {due})"


def _in_one_line(text: Text | None) -> str:
    return " ".join(text.source.split()) if text else ""


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@/.`])@\w[\w-]{0,60}(?![\w@./])")
