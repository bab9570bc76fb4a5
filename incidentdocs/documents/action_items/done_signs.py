"""The signs by which an action item's own words say that it is done: `DONE`, ✅, or a line through them."""

import re
from functools import cache

from incidentdocs.documents.action_items.words import DONE_WORDS, TICKS
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Text

_SHOUTED = r"(?:DONE|COMPLETED|ERLEDIGT|FAITE?S?|TERMIN[ÉE]E?S?)"
"""Written so they are signs wherever a text begins or ends; `done` may be any word of a sentence."""

_OPENS = tuple(f"{TICKS}*_[(DCEFT")
"""What a sign at the beginning begins with."""

_IN_BRACKETS = rf"(?:{_SHOUTED}|[Dd]one|[Cc]ompleted?|[Cc]losed|[Ee]rledigt|[Ff]aite?s?|[Tt]ermin[ée]e?s?)"


def opening_sign(source: str, at: int) -> int | None:
    """Return where the words begin after a sign at `at` that the item is done, None where none is there."""
    if not source[at:].lstrip().startswith(_OPENS):  # as few do, and sooner told than by the pattern
        return None
    found = _opening().match(source, at)
    return found.end() if found else None


@cache
def _opening() -> re.Pattern[str]:
    bold = r"(?:\*\*|__)?"
    return re.compile(
        rf"\s*(?:[{TICKS}]\ufe0f?|{bold}[\[(]{_IN_BRACKETS}[\])](?!\(){bold}\s*[:：–—-]?"
        rf"|{bold}{_SHOUTED}(?:[:：]{bold}|{bold}\s*[:：.–—-]?)(?=\s|$))\s*"
    )


def without_closing_sign(text: Text) -> tuple[Text, bool]:
    """Return a text without the sign at its end that the item is done, and whether one was there."""
    found = _closing().search(text.source)
    return (text.part(0, found.start()), True) if found else (text, False)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        rf"\s*[-–—:：,;|(\[]{{0,2}}\s*[{TICKS}]\ufe0f?\s*[\])]?\s*\Z"
        rf"|(?:\s*[:：]|\s+[-–—|]+)\s*(?:\*\*|__)?{_SHOUTED}(?:\*\*|__)?[.!]?\s*\Z"
    )


def note_says_done(note: Text) -> bool:
    """Return whether a line below an item gives its state as done: `Status: done`."""
    found = _status().match(note.source)
    return found is not None and fold(found["state"]) in DONE_WORDS


@cache
def _status() -> re.Pattern[str]:
    label = r"[\s*_]*(?:status|state|statut|état|etat|stand)[\s*_]*[:：]"
    return re.compile(rf"{label}[\s*_]*(?P<state>\w+)", re.IGNORECASE)


def is_struck(source: str, at: int) -> bool:
    """Return whether a line goes through the words that begin at `at`."""
    return _struck().match(source, at) is not None


@cache
def _struck() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\*\*|__)?~~(?=[^\s~])(?:(?!~~).){2,2000}~~", re.DOTALL)
