"""Which incidents are alike: by what documents say of one another, by their keys, then by their texts."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from incidentdocs.process.likeness import CONFIRMED, SUGGESTED
from incidentdocs.similarity.register import Incident, Register
from incidentdocs.similarity.vocabulary import OwnTerms, phrases
from incidentdocs.similarity.weights import Share, Weights, four_digits

Strength = Literal["confirmed", "suggested"]
STRENGTHS: tuple[Strength, ...] = ("confirmed", "suggested")
"""How sure it is that two incidents are alike, the surest first."""

Alike = Literal["symptom", "cause"]
Key = Literal["failure mode", "cause tags", "runbooks"]

TITLE = 0.18
"""Of how alike two texts are, the titles' part: they say in few words what was seen."""

SAME_MODE = 0.03
SAME_RUNBOOK = 0.05
SAME_TAG = 0.2
OTHER: Mapping[Key, float] = {"failure mode": -0.1, "cause tags": -0.15, "runbooks": -0.08}
"""What each key that two incidents share, or in which they differ, adds to how alike their texts are.

A tag tells a cause; a runbook is opened for a symptom that has many. That two concern the same service adds
nothing: it may fail in many ways. `docs/guide/similarity.md` tells on what all of this was measured.
"""

MODE_AND_SERVICE = 0.5
"""What the same failure mode on the same service adds, which confirms."""

COMMON = 20
"""Of so many incidents or more, a failure mode on a service that covers more than half tells nothing."""

KIND = 0.12
"""From here on two texts on the symptom alone, or on the cause alone, are alike."""


class Bars(NamedTuple):
    """From which score on a link is suggested, and from which it is confirmed."""

    suggested: float = SUGGESTED
    confirmed: float = CONFIRMED


class Texts(NamedTuple):
    """How alike all that is compared of two texts is, and how alike the titles alone, from 0 to 1."""

    whole: float
    titles: float

    @property
    def alike(self) -> float:
        """How alike the two texts are, from 0 to 1."""
        return four_digits((1 - TITLE) * self.whole + TITLE * self.titles)


class Evidence(NamedTuple):
    """What speaks for a link: what documents say, the keys that are shared, and how alike the texts are.

    `said` is True where one names the other as related, False where it denies that. `mode` is the failure
    mode that both have, `services` are those that both concern: of them only those on which most incidents do
    not have it, where there are any; else `common` says that it tells nothing. `differ` are the keys that
    both have, and none in common.
    """

    said: bool | None
    mode: str | None
    services: tuple[str, ...]
    common: bool
    runbooks: tuple[str, ...]
    tags: tuple[str, ...]
    differ: frozenset[Key]
    texts: Texts

    @property
    def keyed(self) -> bool:
        """Whether the failure mode on the service confirms the link."""
        return bool(self.mode and self.services) and not self.common

    @property
    def score(self) -> float:
        """How alike the two are, from 0 to 1."""
        if self.said is not None:
            return float(self.said)
        keys = MODE_AND_SERVICE if self.keyed else SAME_MODE * bool(self.mode)
        keys += SAME_RUNBOOK * bool(self.runbooks) + SAME_TAG * bool(self.tags)
        keys += 0 if self.keyed else sum(OTHER[key] for key in sorted(self.differ))
        return round(min(max(self.texts.alike + keys, 0.0), 1.0), 4)

    def strength(self, bars: Bars) -> Strength | None:
        """Return whether the two are confirmed to be alike, suggested to be, or neither."""
        if self.said is False:
            return None
        if self.said or self.keyed or self.score >= bars.confirmed:
            return "confirmed"
        return "suggested" if self.runbooks or self.common or self.score >= bars.suggested else None


class Link(NamedTuple):
    """Two incidents that are alike, as positions in the register, the older one first."""

    one: int
    other: int
    strength: Strength


class Likeness:
    """How alike the incidents of a register are; what is later than both of two says nothing about them.

    `own` are the repository's own terms, by which its documents were read.
    """

    def __init__(self, register: Register, own: OwnTerms = ()) -> None:
        self.register = register
        self._own = own
        self._words: dict[int, Mapping[str, str]] = {}
        self._weights = Weights(register.incidents)
        self._days = [incident.day.toordinal() for incident in register.incidents]
        self._by_key: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for incident, day in zip(register.incidents, self._days, strict=True):
            for key in keys_of(incident):
                self._by_key[key].append(day)

    def evidence(self, one: int, other: int, texts: Texts | None = None) -> Evidence:
        """Return what speaks for a link of the incidents at two positions; `texts` where they are known."""
        first, second = self.register.incidents[one], self.register.incidents[other]
        services = sorted(first.services & second.services)
        mode = first.failure_mode if first.failure_mode == second.failure_mode else None
        day = max(first.day, second.day)
        rare = [
            each for each in services if not mode or not self._is_common(("failure mode", mode, each), day)
        ]
        return Evidence(
            said=self._said(one, other),
            mode=mode,
            services=tuple(rare or services),
            common=bool(services) and not rare,
            runbooks=tuple(sorted(first.runbooks & second.runbooks)),
            tags=tuple(sorted(first.tags & second.tags)),
            differ=frozenset(_differing(first, second)),
            texts=texts or self.texts(one, other),
        )

    def texts(self, one: int, other: int) -> Texts:
        """Return how alike the texts of two incidents are."""
        first, second = self.register.incidents[one], self.register.incidents[other]
        day = max(first.day, second.day)
        whole = self._weights.cosine(first.counts, second.counts, day)
        titles = self._weights.cosine(first.heading, second.heading, day)
        return Texts(whole, titles)

    def words(self, position: int) -> Mapping[str, str]:
        """Return a word of the incident at a position for each of its terms."""
        if position not in self._words:
            self._words[position] = self.register.incidents[position].words(phrases(self._own))
        return self._words[position]

    def alike_in(self, one: int, other: int) -> tuple[Alike, ...]:
        """Return whether two incidents are alike in what was seen, in what broke, in both or in neither."""
        first, second = self.register.incidents[one], self.register.incidents[other]
        day = max(first.day, second.day)
        symptom = self._weights.cosine(first.symptom, second.symptom, day) >= KIND
        cause = self._weights.cosine(first.cause, second.cause, day) >= KIND
        return (*(("symptom",) if symptom else ()), *(("cause",) if cause else ()))

    def shares(self, one: int, other: int) -> tuple[Share, ...]:
        """Return the terms that the texts of two incidents share, what tells most first."""
        first, second = self.register.incidents[one], self.register.incidents[other]
        return self._weights.shares(first.counts, second.counts, max(first.day, second.day))

    def denied(self, one: int, other: int) -> bool:
        """Return whether a document says that the incidents at two positions are not related."""
        return (min(one, other), max(one, other)) in self.register.unrelated

    def _said(self, one: int, other: int) -> bool | None:
        pair = min(one, other), max(one, other)
        if self.denied(*pair):
            return False
        return True if pair in self.register.related else None

    def _is_common(self, key: tuple[str, str, str], day: date) -> bool:
        until = day.toordinal()
        total = bisect_right(self._days, until)
        return total >= COMMON and 2 * bisect_right(self._by_key[key], until) > total


def _differing(one: Incident, other: Incident) -> Iterator[Key]:
    if one.failure_mode and other.failure_mode and one.failure_mode != other.failure_mode:
        yield "failure mode"
    if one.tags and other.tags and not one.tags & other.tags:
        yield "cause tags"
    if one.runbooks and other.runbooks and not one.runbooks & other.runbooks:
        yield "runbooks"


def keys_of(incident: Incident) -> Iterator[tuple[str, str, str]]:
    """Yield the keys that bring an incident much nearer to another that has them: what, which, and where."""
    if incident.failure_mode:
        yield from (("failure mode", incident.failure_mode, service) for service in incident.services)
    yield from (("runbook", runbook, "") for runbook in incident.runbooks)
    yield from (("cause tag", tag, "") for tag in incident.tags)
