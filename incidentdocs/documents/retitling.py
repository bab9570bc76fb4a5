"""A heading takes another title, and keeps its number, its emoji and the author's note in brackets."""

import re
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.titles import fold, title_key, without_note
from incidentdocs.markdown.inline import plain


class Retitled(NamedTuple):
    """What of a heading's text gives way, from `start` to `end`, and to what."""

    start: int
    end: int
    title: str


def retitled(written: str, title: str) -> Retitled | None:
    """Return how the heading's text `written` comes to say `title`, None where a word would be lost.

    A note in brackets that the author wrote stays, and stands in the place of the title's own.
    """
    if "\n" in written or title.endswith("#") or plain(title) != title:
        return None
    start, end = _words_of_title(written)
    old = written[start:end]
    if plain(old) != old or fold(old) != title_key(written):
        return None
    bare = written[start:].rstrip(_MARKUP)
    new = without_note(title) if without_note(bare) != bare else title
    result = written[:start] + new + written[end:]
    if title_key(plain(result)) != title_key(title):
        return None
    return Retitled(start, end, new)


_MARKUP = "*_ \t"


def _words_of_title(written: str) -> tuple[int, int]:
    """Return where the words begin and end by which a title is recognised."""
    key = title_key(plain(written))
    visible_end = len(written.rstrip(_MARKUP + ":："))
    start = 0
    for found in _token().finditer(written):
        if title_key(plain(written[found.start() :])) != key:
            break
        start = found.start()
    start += len(written[start:]) - len(written[start:].lstrip(_MARKUP))
    end = start + len(without_note(written[start:visible_end]))
    for found in reversed(list(_token().finditer(written, start, end))):
        if fold(found[0]) and not _emoji_code().fullmatch(found[0]):
            break
        end = found.start()
    return start, start + len(written[start:end].rstrip(_MARKUP + ":："))


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"\S+")


@cache
def _emoji_code() -> re.Pattern[str]:
    return re.compile(r":[a-z0-9_+-]{2,40}:")
