"""How alike two descriptions of action items are."""

from functools import lru_cache

from incidentdocs.documents.titles import fold

NEARLY_THE_SAME = 75.0
"""From here on two texts are one item without any other sign.

Rewordings of one item measure 75 to 100, other items of the same list mostly under 70. What is taken for a
rewording accuses nobody, and what is not looks dropped: in doubt the bar is the lower one.
"""

RECOGNISABLE = 65.0
"""From here on two texts under one number are one item.

A number belongs to an item for good, so less will do; sentences of one language that share nothing but their
small words measure 40 to 60, and those must not pass.
"""

LONGEST = 1000
"""So many characters tell two descriptions apart; the time to compare them grows with the square."""

FEWEST_WORDS = 2
LARGEST_GROWTH = 5
"""An expansion keeps all words in their order and adds some; one word, or two in a page, prove nothing."""


@lru_cache(maxsize=50_000)
def text_key(description: str) -> str:
    """Return what a description is compared by: its words, without case, accents or punctuation."""
    return fold(description) or description.strip()


def likeness(one: str, other: str) -> float:
    """Return how alike two text keys are, from 0 to 100; it does not matter which comes first."""
    from rapidfuzz import fuzz

    one, other = sorted((one[:LONGEST], other[:LONGEST]))
    measured = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return max(measured, NEARLY_THE_SAME) if _expands(one.split(), other.split()) else measured


def _expands(one: list[str], other: list[str]) -> bool:
    """Return whether one of two texts is the other with words added."""
    short, long = sorted((one, other), key=len)
    if not FEWEST_WORDS <= len(short) < len(long) <= len(short) * LARGEST_GROWTH:
        return False
    words = iter(long)
    return all(word in words for word in short)
