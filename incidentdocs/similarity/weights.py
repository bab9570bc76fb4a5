"""How much each term tells on a day, and how alike two incidents' texts are by what they share."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from math import floor, log, sqrt
from typing import NamedTuple

from incidentdocs.similarity.register import ONCE, Incident
from incidentdocs.similarity.vocabulary import OPERATIONAL

UNSEEN = 10
"""As many incidents are taken for granted beside those that are there, so that the first few teach little."""

LEAST = 1
"""What a term tells that all incidents say: next to nothing, but two texts of the same words are alike."""

Counts = Mapping[str, int]


class Share(NamedTuple):
    """A term that two incidents have in common, and its part, from 0 to 1, of what they have in common."""

    term: str
    part: float


class Weights:
    """How many incidents up to a day say each term: the rarer, the more it tells.

    A term's weight is its inverse document frequency, ln((N + 10) / (n + 1/2)) for n of N incidents, times
    1 + ln(how often it is said), and half as much again for an operational term: that tells what broke, where
    other words are often names and circumstances. All of it is counted in whole hundredths, whose sums and
    products no machine rounds. See Salton and Buckley, Term-weighting approaches in automatic text retrieval,
    1988.
    """

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._days = [incident.day.toordinal() for incident in incidents]
        self._by_term: dict[str, list[int]] = defaultdict(list)
        for incident, day in zip(incidents, self._days, strict=True):
            for term in incident.counts:
                self._by_term[term].append(day)

    def rarity(self, term: str, day: date) -> float:
        """Return how much `term` tells on `day`, in hundredths; later incidents do not count."""
        until = day.toordinal()
        return rarity(bisect_right(self._by_term.get(term, ()), until), bisect_right(self._days, until))

    def cosine(self, one: Counts, other: Counts, day: date) -> float:
        """Return how alike two texts are on `day`, from 0 to 1."""
        own = {term: self.rarity(term, day) for term in one.keys() | other.keys()}
        shared = sum(_product(term, one, other, own) for term in one.keys() & other.keys())
        return cosine(shared, _length(one, own), _length(other, own))

    def shares(self, one: Counts, other: Counts, day: date) -> tuple[Share, ...]:
        """Return what two texts have in common on `day`, what tells most first."""
        terms = sorted(one.keys() & other.keys())
        own = {term: self.rarity(term, day) for term in terms}
        tells = {term: _product(term, one, other, own) for term in terms}
        whole = sum(tells.values()) or 1
        parts = (Share(term, round(part / whole, 3)) for term, part in tells.items())
        return tuple(sorted(parts, key=lambda share: (-share.part, share.term)))


@cache
def rarity(said: int, total: int) -> float:
    """Return how much a term tells that so many of all incidents say, in hundredths."""
    return float(max(round(100 * log(2 * (total + UNSEEN))) - round(100 * log(2 * said + 1)), LEAST))


def weight(term: str, count: int) -> float:
    """Return what a term weighs that counts so much, in hundredths of a word that is said once."""
    return float(often(count) * 3 // 2 if term.startswith(OPERATIONAL) else often(count))


@cache
def often(count: int) -> int:
    """Return what saying a word as often as `count` has it weighs, in hundredths of saying it once."""
    return round(100 * (1 + log(count / ONCE)))


def cosine(product: float, one: float, other: float) -> float:
    """Return how alike two texts are, given their product and their lengths, to four digits."""
    return four_digits(product / (one * other)) if product else 0.0


def four_digits(number: float) -> float:
    """Return a number to four digits; other than `round`, this is the same for many numbers at once."""
    return floor(number * 10_000 + 0.5) / 10_000


def _product(term: str, one: Counts, other: Counts, own: Mapping[str, float]) -> float:
    return own[term] ** 2 * weight(term, one[term]) * weight(term, other[term])


def _length(counts: Counts, own: Mapping[str, float]) -> float:
    return sqrt(sum((own[term] * weight(term, count)) ** 2 for term, count in counts.items()))
