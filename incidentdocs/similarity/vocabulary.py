"""The words that count: without endings, without the small ones, and one term for what is one thing."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from incidentdocs.documents.titles import fold

OPERATIONAL = "="
"""What the name of an operational term begins with; no word does."""

LONGEST_PHRASE = 4
"""So many words are looked at together."""


OwnTerms = tuple[tuple[str, tuple[str, ...]], ...]
"""A repository's own terms, each with the phrases that say it."""


class Phrases(NamedTuple):
    """The terms of phrases by the stems of their words, and the longest phrase that begins with a stem."""

    terms: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]


@cache
def stop_words() -> frozenset[str]:
    """Return the words, folded, that say nothing of what went wrong."""
    return frozenset(" ".join(_small_words().values()).split())


@cache
def passed_over() -> frozenset[str]:
    """Return the words, folded, through which a phrase is read: `le disque est plein` says `disque plein`."""
    return frozenset(_small_words()["passed_over"].split())


@cache
def _small_words() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("small_words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a folded word without its ending: the English and the French stemmer are asked in turn.

    A text need not say in which language it is, and a name has one stem in both.
    """
    french, english = _stemmers()
    shorter: str = french.stemWord(english.stemWord(word))
    return shorter


@cache
def _stemmers() -> tuple[Any, Any]:
    # By name: what `snowballstemmer.stemmer` returns may be another library, with other stems.
    from snowballstemmer.english_stemmer import EnglishStemmer  # type: ignore[import-untyped]
    from snowballstemmer.french_stemmer import FrenchStemmer  # type: ignore[import-untyped]

    return FrenchStemmer(), EnglishStemmer()


@cache
def phrases(own: OwnTerms = ()) -> Phrases:
    """Return the operational terms that are known, with the repository's `own`, each with its phrases."""
    terms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for term, said in (*_known_terms().items(), *own):
        for phrase in said:
            stems = tuple(stem(word) for word in fold(phrase).split() if word not in passed_over())
            if 0 < len(stems) <= LONGEST_PHRASE:
                terms[stems] = tuple(dict.fromkeys((*terms.get(stems, ()), term)))
    longest: dict[str, int] = {}
    for stems in terms:
        longest[stems[0]] = max(longest.get(stems[0], 0), len(stems))
    return Phrases(terms, longest)


@cache
def _known_terms() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(Path(__file__).with_name("terms.toml").read_text(encoding="utf-8"))
