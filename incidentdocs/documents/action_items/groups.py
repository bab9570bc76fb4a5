"""Titles that stand above several action items, and what they say of all of them."""

import re
from functools import cache

from incidentdocs.documents.action_items.head import starts_like_an_item
from incidentdocs.documents.action_items.words import DONE_WORDS
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Block, Heading, Paragraph
from incidentdocs.markdown.inline import plain


def title_of_group(block: Block) -> str | None:
    """Return the text of a heading, or of a line that is bold as a whole, which stands for one."""
    match block:
        case Heading(text=text):
            return plain(text.source)
        case Paragraph(text=text) if _bold().fullmatch(text.source) and not starts_like_an_item(text.source):
            return plain(text.source)
        case _:
            return None


def says_done(title: str) -> bool:
    """Return whether a title says that all below it is done: `Done`, `Immediate actions (completed)`."""
    note = _closing_note().search(title)
    words = fold(note[1] if note else title).split()
    return bool(words) and words[0] in DONE_WORDS and set(words[1:]) <= _THINGS


_THINGS = {"action", "actions", "item", "items", "task", "tasks", "tache", "taches"}
"""What a title may call the items beside saying that they are done."""


@cache
def _bold() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<sign>\*\*|__)(?:(?!(?P=sign))[^\n])+(?P=sign)\s*:?\s*")


@cache
def _closing_note() -> re.Pattern[str]:
    return re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*:?\s*$")
