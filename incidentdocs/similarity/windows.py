"""The links between incidents that lie no more than some days apart, found without comparing all with all."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from incidentdocs.similarity.links import (
    OTHER,
    SAME_MODE,
    STRENGTHS,
    TITLE,
    Bars,
    Likeness,
    Link,
    Strength,
    Texts,
    keys_of,
)
from incidentdocs.similarity.weights import LEAST, UNSEEN, weight

Numbers = NDArray[np.float64]


def links_within(likeness: Likeness, days: int, bars: Bars) -> Iterator[Link]:
    """Yield every link between incidents at most `days` apart, by the newer one, then by the older one.

    It is what `Likeness.evidence` says of each pair. The texts of a window are compared at once, and only
    the pairs are looked at closely that share a key or are alike enough; all numbers are whole, so that sums
    in any order are the same on every machine.
    """
    for links in _Scan(likeness, days, bars).links():
        yield from reversed(list(links))


def nearest_links(likeness: Likeness, bars: Bars, most: int) -> Iterator[Link]:
    """Yield the links of each incident to at most `most` older ones, however long ago they were.

    They come by the newer incident: confirmed ones first, then those nearest in time.
    """
    incidents = likeness.register.incidents
    days = (incidents[-1].day - incidents[0].day).days if incidents else 0
    for links in _Scan(likeness, days, bars).links():
        found: dict[Strength, list[Link]] = {strength: [] for strength in STRENGTHS}
        for link in links:
            found[link.strength].append(link)
            if len(found[STRENGTHS[0]]) == most:
                break
        yield from islice(chain.from_iterable(found.values()), most)


class _Texts(NamedTuple):
    """Texts one after the other: of each its terms, by number, and what each of them weighs.

    `starts` is where each begins and the last one ends; `squares` are those of the weights. Each begins
    with a term that weighs nothing, so that none is empty.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int64]
    weights: Numbers
    squares: Numbers

    def products(self, window: range, by_term: Numbers) -> Numbers:
        """Return for each text of the window the sum of its terms' weights, times a number for each term."""
        return self._sums(window, self.weights, by_term)

    def lengths(self, window: range, tells: Numbers) -> Numbers:
        """Return the length of each text of the window, given what each term tells, squared."""
        return np.sqrt(self._sums(window, self.squares, tells))

    def spread(self, position: int, tells: Numbers) -> Numbers:
        """Return the text at `position` as a number for each term: what it weighs, and tells, squared."""
        own = slice(self.starts[position], self.starts[position + 1])
        spread = np.zeros(len(tells))
        spread[self.terms[own]] = self.weights[own] * tells[self.terms[own]]
        return spread

    def _sums(self, window: range, weights: Numbers, by_term: Numbers) -> Numbers:
        begin, end = self.starts[window.start], self.starts[window.stop]
        told = weights[begin:end] * by_term[self.terms[begin:end]]
        sums: Numbers = np.add.reduceat(told, self.starts[window.start : window.stop] - begin)
        return sums


def _texts(texts: Sequence[Mapping[str, int]], numbers: Mapping[str, int]) -> _Texts:
    starts: list[int] = [0]
    terms: list[int] = []
    weights: list[float] = []
    for text in texts:
        terms += (0, *(numbers[term] for term in text))
        weights += (0.0, *(weight(term, count) for term, count in text.items()))
        starts.append(len(terms))
    weighed = np.array(weights, dtype=float)
    return _Texts(np.array(starts), np.array(terms, dtype=np.int64), weighed, weighed * weighed)


class _Scan:
    """One walk over the incidents, oldest first, with those of the window at hand."""

    def __init__(self, likeness: Likeness, days: int, bars: Bars) -> None:
        self._likeness = likeness
        self._days = days
        self._bars = bars
        self._incidents = incidents = likeness.register.incidents
        terms = dict.fromkeys(term for incident in incidents for term in incident.counts)
        numbers = {term: number for number, term in enumerate(terms, start=1)}
        self._texts = _texts([incident.counts for incident in incidents], numbers)
        self._titles = _texts([incident.heading for incident in incidents], numbers)
        self._seen = np.zeros(len(numbers) + 1, dtype=np.int64)
        self._logs = np.array(
            [round(100 * log(2 * said + 1)) for said in range(len(incidents) + 1)], dtype=float
        )
        self._having: dict[Hashable, set[int]] = defaultdict(set)
        self._named: dict[int, set[int]] = defaultdict(set)
        for one, other in likeness.register.related:
            self._named[other].add(one)
        self._first = 0

    def links(self) -> Iterator[Iterator[Link]]:
        """Yield for each incident its links to older ones, the nearest first.

        Each link is found when it is asked for, which must be before the next incident is.
        """
        for _, group in groupby(range(len(self._incidents)), key=self._day):
            yield from self._links_of(list(group))

    def _day(self, position: int) -> int:
        return self._incidents[position].day.toordinal()

    def _links_of(self, positions: Sequence[int]) -> Iterator[Iterator[Link]]:
        """Yield the links of each incident of one day."""
        self._enter(positions)
        window = range(self._first, positions[-1] + 1)
        whole = round(100 * log(2 * (window.stop + UNSEEN)))
        tells = np.maximum(whole - self._logs[self._seen], LEAST) ** 2
        lengths = self._texts.lengths(window, tells), self._titles.lengths(window, tells)
        for position in positions:
            products = (
                self._texts.products(window, self._texts.spread(position, tells)),
                self._titles.products(window, self._titles.spread(position, tells)),
            )
            yield self._links(position, products, lengths)

    def _enter(self, positions: Sequence[int]) -> None:
        """Take incidents of one day into the window, and let those leave that lie too far before it."""
        begin, end = self._texts.starts[positions[0]], self._texts.starts[positions[-1] + 1]
        np.add.at(self._seen, self._texts.terms[begin:end], 1)
        for position in positions:
            for key in keys_of(self._incidents[position]):
                self._having[key].add(position)
        while self._day(self._first) < self._day(positions[0]) - self._days:
            for key in keys_of(self._incidents[self._first]):
                self._having[key].discard(self._first)
            self._first += 1

    def _links(
        self, position: int, products: tuple[Numbers, Numbers], lengths: tuple[Numbers, Numbers]
    ) -> Iterator[Link]:
        own = position - self._first
        whole, titles = (
            _cosines(product[:own], length[:own], length[own])
            for product, length in zip(products, lengths, strict=True)
        )
        alike = _four_digits((1 - TITLE) * whole + TITLE * titles)
        keyed = {other for key in keys_of(self._incidents[position]) for other in self._having[key]}
        keyed |= {other for other in self._named[position] if other >= self._first}
        likely = self._first + np.flatnonzero(alike >= self._bars.suggested - SAME_MODE)
        # Where texts say enough, no key is asked: none can take that much away.
        enough = (alike + sum(OTHER.values()) >= self._bars.confirmed).tolist()
        for other in sorted(keyed.union(likely.tolist()), reverse=True):
            at = other - self._first
            if other >= position:
                continue
            if enough[at] and not self._likeness.denied(other, position):
                yield Link(other, position, "confirmed")
            elif strength := self._strength(other, position, Texts(float(whole[at]), float(titles[at]))):
                yield Link(other, position, strength)

    def _strength(self, one: int, other: int, texts: Texts) -> Strength | None:
        return self._likeness.evidence(one, other, texts).strength(self._bars)


def _cosines(products: Numbers, lengths: Numbers, own: float) -> Numbers:
    """Return the cosines of texts with one of length `own`; what shares nothing has none."""
    some = products > 0
    return _four_digits(np.divide(products, lengths * own, out=np.zeros(len(products)), where=some))


def _four_digits(numbers: Numbers) -> Numbers:
    found: Numbers = np.floor(numbers * 10_000 + 0.5) / 10_000
    return found
