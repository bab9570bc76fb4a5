"""Titles that stand above several action items, and what they say of all of them."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from incidentdocs.documents.action_items.head import starts_like_an_item
from incidentdocs.documents.action_items.notations import is_item_by_itself
from incidentdocs.documents.action_items.words import DONE_WORDS
from incidentdocs.documents.bold_titles import bold_title
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Block, Heading, List, Paragraph
from incidentdocs.markdown.inline import plain


def title_of_group(block: Block) -> str | None:
    """Return the text of a heading, or of a line that is bold as a whole, which stands for one."""
    match block:
        case Heading(text=text):
            return plain(text.source)
        case Paragraph(text=text) if bold_title(text.source) and not starts_like_an_item(text.source):
            return plain(text.source)
        case _:
            return None


def is_detail(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the block at `index` is a list of plain bullets that belongs to the number above it.

    That is so where the numbers count on around such bullets, which nobody indented.
    """
    block = blocks[index]
    above = next((each for each in reversed(blocks[:index]) if not isinstance(each, Paragraph)), None)
    if not (isinstance(block, List) and not block.ordered and isinstance(above, List) and above.ordered):
        return False
    if any(is_item_by_itself(item) for item in block.items):
        return False
    first = above.items[0].number or 0
    group = takewhile(lambda each: title_of_group(each) is None, blocks[index + 1 :])
    following = next((each for each in group if isinstance(each, List) and each.ordered), None)
    counts_on = following is not None and following.items[0].number == first + len(above.items)
    return first > 1 or counts_on


def says_done(title: str) -> bool:
    """Return whether a title says that all below it is done: `Done`, `Immediate actions (completed)`."""
    note = _closing_note().search(title)
    words = fold(note[1] if note else title).split()
    return bool(words) and words[0] in DONE_WORDS and all(w in _THINGS or w.isdecimal() for w in words[1:])


_THINGS = {"action", "actions", "item", "items", "task", "tasks", "tache", "taches"}
"""What a title may call the items beside saying that they are done."""


@cache
def _closing_note() -> re.Pattern[str]:
    return re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*:?\s*$")
