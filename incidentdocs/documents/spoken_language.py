"""Which language a document is written in, told only where its titles or its words leave no doubt."""

from collections.abc import Iterable, Mapping
from typing import Final

_FRENCH = "le la les une des du et est dans pour pas nous avec sur au aux qui cette sont ont été"
_ENGLISH = "the of and was is to in that for not we with it were this by from at have has be"
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    language: frozenset(words.split()) for language, words in (("fr", _FRENCH), ("en", _ENGLISH))
}
"""Words of which a text of some length has many, and that the other language does not have."""

_FEWEST = 3
_CLEARLY = 3
"""How many of these words there must be, and how many times as many as of the other language."""


def spoken_language(lines: Iterable[str], scores: Mapping[str, int]) -> str | None:
    """Return the language of `lines`, None where it is in doubt.

    `scores` are how many of the document's headings are the titles of each language that the profile has.
    """
    if len(scores) == 1:
        return next(iter(scores))
    by_words, leading = _by_words(lines), leading_languages(scores)
    if len(leading) == 1:
        return leading[0] if by_words in (leading[0], None) else None
    return by_words if by_words in leading else None


def leading_languages(scores: Mapping[str, int]) -> list[str]:
    """Return the languages that no other has a higher score than."""
    best = max(scores.values(), default=0)
    return [language for language, score in scores.items() if score == best]


def _by_words(lines: Iterable[str]) -> str | None:
    shown = (line for line in lines if not line.startswith("<!--"))
    words = [word for line in shown for word in line.casefold().split()]
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    for language, count in counts.items():
        others = sum(counts.values()) - count
        if count >= _FEWEST and count >= _CLEARLY * others:
            return language
    return None
