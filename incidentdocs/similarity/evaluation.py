"""How well a score tells the pairs that people call related from those that they call unrelated."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple


class Judged(NamedTuple):
    """A pair's score, and whether people call it related."""

    score: float
    related: bool


class Figures(NamedTuple):
    """How often what is linked is related (precision), and how much of what is related is linked (recall).

    `f1` is their harmonic mean. All are from 0 to 1; what would be divided by nothing is 0.
    """

    precision: float
    recall: float
    f1: float


def figures(judged: Iterable[tuple[bool, bool]]) -> Figures:
    """Return the figures of some pairs: of each whether it is linked, and whether people call it related."""
    pairs = list(judged)
    right = sum(linked and related for linked, related in pairs)
    precision = _part(right, sum(linked for linked, _ in pairs))
    recall = _part(right, sum(related for _, related in pairs))
    return Figures(precision, recall, _part(2 * precision * recall, precision + recall))


def average_precision(judged: Iterable[Judged]) -> float:
    """Return the precision at every score, weighted by the recall that it adds; 0 where nothing is related.

    Pairs of one score are taken together, so that their order does not matter. See Manning, Raghavan and
    Schütze, Introduction to Information Retrieval, 2008, section 8.4.
    """
    ranked = sorted(judged, key=lambda pair: -pair.score)
    related = sum(pair.related for pair in ranked)
    seen = right = 0
    total = 0.0
    for _, group in groupby(ranked, key=lambda pair: pair.score):
        tied: Sequence[Judged] = list(group)
        found = sum(pair.related for pair in tied)
        seen, right = seen + len(tied), right + found
        total += found * right / seen
    return _part(total, related)


def _part(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
