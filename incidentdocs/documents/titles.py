"""When two titles are the same to a reader: without case, accents, numbers, emoji or closing notes."""

import re
import unicodedata
from functools import cache, lru_cache


@cache
def _leading_number() -> re.Pattern[str]:
    digits = r"\d{1,3}(?:\.\d{1,3})*"
    keycap = r"(?:\d\ufe0f?\u20e3)+"
    marked = rf"(?:{digits}|[ivx]{{1,5}}|[a-z])[.):]"
    return re.compile(rf"^[\W_]*(?:{keycap}|{digits}(?:\s*[-–—])?(?=\s)|{marked})\s*")


@cache
def _closing_note() -> re.Pattern[str]:
    return re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@cache
def _emoji_code() -> re.Pattern[str]:
    """Return what forges show as an emoji: `:fire:`."""
    return re.compile(r"(?<!\S):[a-z0-9_+-]{2,40}:(?!\S)")


def without_note(title: str) -> str:
    """Return `title` without the note in brackets at its end: `Timeline` for `Timeline (local times)`."""
    return _closing_note().sub("", title) or title


_PUNCTUATION = {code: " " for code in range(128) if not chr(code).isalnum()}


def fold(text: str) -> str:
    """Return `text` without case, accents, emoji, punctuation or repeated white space.

    Typographic quotes, dashes and non-breaking spaces all become one space, so `L'impact`, `L’impact`
    and `l impact` fold to the same words.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_PUNCTUATION).split())
    for _ in range(2):  # what decomposes may fold again: Unicode's compatibility caseless match
        text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(map(_folded, text)).split())


@lru_cache(maxsize=10_000)
def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN":
        return character
    return "" if category[0] == "M" or category in ("Cf", "Cs") else " "


@lru_cache(maxsize=10_000)
def title_key(text: str) -> str:
    """Return what a section's title is compared by: folded, without a leading number or a closing note."""
    spoken = _emoji_code().sub(" ", text.casefold())
    bare = _closing_note().sub("", spoken) or spoken
    return fold(_leading_number().sub("", bare)) or fold(text)
