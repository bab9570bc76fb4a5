"""How phrases are looked for in sentences: readable patterns, and what stands before and after."""

import re
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.prose.sentences import Sentence
from incidentdocs.markdown.places import Span

NEAR = 70
"""How many characters before or after a phrase still belong to it."""


class Phrase(NamedTuple):
    """Words of a sentence that a reader understood, `sentence.words[start:end]`."""

    sentence: Sentence
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where they stand in the file."""
        return self.sentence.span(self.start, self.end)

    @property
    def written(self) -> str:
        """The words as the document writes them."""
        return self.sentence.written(self.start, self.end)


@cache
def pattern(phrases: str) -> re.Pattern[str]:
    """Return what matches `phrases`, a pattern whose ` ` is some blanks, and ` ?` some or none."""
    bounded = phrases.replace(" ?", "\0").replace(" ", " {1,99}+").replace("\0", " {0,9}")
    return re.compile(bounded)


def before(sentence: Sentence, start: int) -> str:
    """Return what stands before `start` in the same clause, at most `NEAR` characters."""
    words = sentence.words[max(0, start - NEAR) : start]
    cut = max(words.rfind(mark) for mark in (";", ":", " - ", "\u2013", "\u2014", "("))
    return words[cut + 1 :]


def after(sentence: Sentence, end: int) -> str:
    """Return what stands after `end`, at most `NEAR` characters."""
    return sentence.words[end : end + NEAR]
