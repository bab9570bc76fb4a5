"""Why two incidents are alike, in words: what documents say of one another, their keys, their terms."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.similarity.links import Alike, Evidence, Likeness
from incidentdocs.similarity.weights import Share

MOST_TERMS = 5
"""So many shared terms are named."""

LEAST = 0.02
"""A term that makes up less of the likeness is not named."""


class Why(NamedTuple):
    """What speaks for a link: the reasons in words, what the two are alike in, their shared terms."""

    because: tuple[str, ...]
    alike: tuple[Alike, ...]
    terms: tuple[Share, ...]
    evidence: Evidence


def why(likeness: Likeness, one: int, other: int) -> Why:
    """Return why the incidents at two positions are alike; the terms are words that both documents say."""
    evidence = likeness.evidence(one, other)
    terms = _terms(likeness, one, other)
    return Why(tuple(_because(evidence, terms)), likeness.alike_in(one, other), terms, evidence)


def because(likeness: Likeness, one: int, other: int) -> tuple[str, ...]:
    """Return what speaks for a link of the incidents at two positions, in words, and nothing else of it."""
    return tuple(_because(likeness.evidence(one, other), _terms(likeness, one, other)))


def _terms(likeness: Likeness, one: int, other: int) -> tuple[Share, ...]:
    words = likeness.words(one), likeness.words(other)
    return tuple(Share(_shown(share.term, words), share.part) for share in likeness.shares(one, other))


def _because(evidence: Evidence, terms: tuple[Share, ...]) -> Iterator[str]:
    if evidence.said is not None:
        yield (
            "a document names the other as related"
            if evidence.said
            else "a document says they are not related"
        )
    services = " and ".join(evidence.services)
    if evidence.mode and evidence.services:
        often = ", as most incidents are" if evidence.common else ""
        yield f"both are {evidence.mode} on {services}{often}"
    elif evidence.mode:
        yield f"both are {evidence.mode}"
    elif services:
        yield f"both concern {services}"
    if evidence.runbooks:
        yield f"both used {' and '.join(evidence.runbooks)}"
    if evidence.tags:
        yield f"both are tagged {' and '.join(evidence.tags)}"
    if evidence.differ:
        yield f"not the same: {', '.join(sorted(evidence.differ))}"
    if evidence.texts.titles == 1:
        yield "their titles say the same"
    told = [share for share in terms[:MOST_TERMS] if share.part >= LEAST]
    if told:
        named = ", ".join(f"{share.term} {share.part:.0%}" for share in told)
        yield f"their texts are alike to {evidence.texts.alike:.2f}: {named}"


def _shown(term: str, words: Sequence[Mapping[str, str]]) -> str:
    """Return the words by which each of the two says a term: `panne/outage`."""
    return "/".join(dict.fromkeys(said[term] for said in words if term in said)) or term
