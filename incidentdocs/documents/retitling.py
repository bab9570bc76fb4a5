"""A heading takes another title, and keeps its number, its emoji and the author's note in brackets."""

import re
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.titles import fold, title_key, without_note
from incidentdocs.markdown.inline import plain

_AROUND = "*_:： \t"
"""What may stand at either end of a title's words and is none of them."""


class Retitled(NamedTuple):
    """What of a heading's text gives way, from `start` to `end`, and to what."""

    start: int
    end: int
    title: str


def retitled(written: str, title: str) -> Retitled | None:
    """Return how the heading's text `written` comes to say `title`, None where more than its words would go.

    A note in brackets that the author wrote stays, and stands in the place of the title's own.
    """
    if "\n" in written or title.endswith("#") or plain(title) != title:
        return None
    start, end = _words_of_title(written)
    end = _with_closing_sign(written, end, title)
    # What follows, a note or an emoji, would hide that the title's own note is one.
    old, new = written[start:end], without_note(title) if written[end:].strip(_AROUND) else title
    if not old or fold(old) != title_key(plain(written)):
        return None
    # Markup that begins or ends among the words would be torn apart, and its reader would see other words.
    before, after = plain(written), plain(written[:start] + new + written[end:])
    shown = " ".join(old.split())  # as `plain` has it
    if (
        before.count(shown) != 1
        or before.replace(shown, new) != after
        or title_key(after) != title_key(title)
    ):
        return None
    if not new[-1].isalnum() and written[end:].lstrip(_AROUND)[:1] == new[-1]:
        return None
    return Retitled(start, end, new)


def _words_of_title(written: str) -> tuple[int, int]:
    """Return where the words begin and end by which a title is recognised."""
    key = title_key(plain(written))
    start = 0
    for found in _token().finditer(written):
        if title_key(plain(written[found.start() :])) != key:
            break
        start = found.start()
    comment = written.find("<!--", start)
    end = _without_signs(written, start, len(written) if comment < 0 else comment)
    bare = start + len(without_note(written[start:end]))
    start += len(written[start:bare]) - len(written[start:bare].lstrip(_AROUND))
    return start, _without_signs(written, start, bare)


def _with_closing_sign(written: str, end: int, title: str) -> int:
    """Return where the words end together with the sign that the title ends with too: `plus tôt ?`."""
    after = written[end:].lstrip(" \u00a0\u202f")
    same = not title[-1].isalnum() and after.startswith(title[-1])
    return len(written) - len(after) + 1 if same else end


def _without_signs(written: str, start: int, end: int) -> int:
    """Return where the text from `start` to `end` stops, without markup, colons and emoji at its end."""
    while end > start:
        tokens = list(_token().finditer(written, start, end))
        if not tokens or (fold(tokens[-1][0]) and not _emoji_code().fullmatch(tokens[-1][0])):
            break
        end = tokens[-1].start()
    return start + len(written[start:end].rstrip(_AROUND))


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"\S+")


@cache
def _emoji_code() -> re.Pattern[str]:
    return re.compile(r":[a-z0-9_+-]{2,40}:")
