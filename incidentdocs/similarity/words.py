"""A text becomes the terms that it is compared by, each with how often it is said and in what words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from http import HTTPStatus
from typing import NamedTuple

from incidentdocs.documents.titles import fold
from incidentdocs.similarity.vocabulary import OPERATIONAL, Phrases, passed_over, stem, stop_words

LONGEST_TEXT = 20_000
"""So many characters of a text are compared; what is longer is no description any more."""

_STATUSES = frozenset(str(status.value) for status in HTTPStatus if status.value >= 400)


class Word(NamedTuple):
    """A word: its stem, as it is shown, and whether it counts alone and not only in a phrase."""

    stem: str
    shown: str
    counts: bool


class _Chunk(NamedTuple):
    """The words of a piece of text without white space, and the identifier that they are together."""

    words: tuple[Word, ...]
    whole: str


def terms_in(texts: Iterable[str], known: Phrases) -> dict[str, int]:
    """Return how often `texts` say each term: operational terms, identifiers whole and in parts, other words.

    Numbers, hosts, addresses and dates are left out, but for the states of HTTP, such as `503`.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for term, _ in _said(text, known):
            counts[term] = counts.get(term, 0) + 1
    return counts


def words_in(texts: Iterable[str], known: Phrases) -> dict[str, str]:
    """Return the words by which `texts` say each term: of several the first in the alphabet."""
    words: dict[str, str] = {}
    for text in texts:
        for term, word in _said(text, known):
            words[term] = min(word, words.get(term, word))
    return words


def _said(text: str, known: Phrases) -> list[tuple[str, str]]:
    """Return the terms that `text` says, each as often as it does and with its words."""
    said: list[tuple[str, str]] = []
    words: list[Word] = []
    for found in _chunk().finditer(_as_compared(text[:LONGEST_TEXT])):
        if found.lastgroup:  # a phrase does not go on in the next sentence
            said += _named(words, known)
            words = []
        else:
            chunk = _read_chunk(found[0])
            words += chunk.words
            if chunk.whole:
                said.append((chunk.whole, found[0]))
    said += _named(words, known)
    return said


def _as_compared(text: str) -> str:
    """Return `text` in one writing: lower case, without accents, hosts, addresses and endless words."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text.casefold()).translate(_ONE_WRITING)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _run().sub(_as_words, text.casefold())


_ONE_WRITING = str.maketrans(
    {"œ": "oe", "æ": "ae", "\u2010": "-", "\u2011": "-", "\u02bc": "'", "\u02b9": "'"}
)

LONGEST_WORD = 200
"""Characters without white space. What is longer was written by no person."""


def _as_words(run: re.Match[str]) -> str:
    written = run[0]
    if len(written) > LONGEST_WORD:
        return " . "
    return _hidden().sub(" . ", written) if "." in written or "@" in written or "://" in written else written


def _named(words: Sequence[Word], known: Phrases) -> Iterator[tuple[str, str]]:
    """Yield the terms that the words of one sentence say: of phrases the longest, else each word its own."""
    at = 0
    while at < len(words):
        word = words[at]
        longest = known.longest.get(word.stem, 0)
        size = _phrase_at(words, at, min(longest, len(words) - at), known) if longest else 0
        if size:
            said = " ".join(each.shown for each in words[at : at + size])
            for term in known.terms[tuple(each.stem for each in words[at : at + size])]:
                yield f"{OPERATIONAL}{term}", said
        elif word.counts:
            yield word.stem, word.shown
        at += size or 1


def _phrase_at(words: Sequence[Word], at: int, longest: int, known: Phrases) -> int:
    """Return how many words from `at` on are a phrase, at most `longest`, 0 for none.

    A small word is none alone, although its stem may be that of another: `used` is not `in use`.
    """
    for size in range(longest, 0 if words[at].counts else 1, -1):
        if tuple(word.stem for word in words[at : at + size]) in known.terms:
            return size
    return 0


@lru_cache(maxsize=50_000)
def _read_chunk(chunk: str) -> _Chunk:
    """Return the words of which a chunk such as `queue_worker` or `db-1` is made, small words left out."""
    if chunk in _STATUSES or chunk in ("4xx", "5xx"):
        return _Chunk((Word(chunk, chunk, True),), "")
    if _is_commit().fullmatch(chunk):
        return _Chunk((), "")
    parts = [part for letters in _letters().findall(chunk) for part in fold(letters).split()]
    words = tuple(
        Word(stem(part), part, part not in stop_words() and len(part) > 1)
        for part in parts
        if part not in passed_over()
    )
    return _Chunk(words, "_".join(parts) if len(parts) > 1 and _joined().search(chunk) else "")


@cache
def _run() -> re.Pattern[str]:
    return re.compile(r"\S+")


@cache
def _hidden() -> re.Pattern[str]:
    """Return what matches addresses, hosts and mail addresses."""
    address = r"\b[a-z][a-z0-9+.-]*://\S+"
    mail = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    ending = r"(?:com|net|org|io|dev|fr|eu|be|ch|de|uk|local|lan|internal|cloud|example|test|localhost)"
    host = rf"\b(?:[a-z0-9-]+\.)+{ending}\b(?:/\S*)?"
    return re.compile(rf"{address}|{mail}|{host}")


@cache
def _chunk() -> re.Pattern[str]:
    return re.compile(r"(?P<stop>[.;!?…](?=\s|$)|\n\s*\n)|[^\W_]\w*(?:[-_./:]+\w+)*")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_][-_./:]+[^\W\d_]")


@cache
def _is_commit() -> re.Pattern[str]:
    return re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}")
