"""Which incidents are most like one of them, why, and what of their action items is still open."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from incidentdocs.reports.items import item_of
from incidentdocs.reports.model import Item, Model
from incidentdocs.reports.promises import Promises
from incidentdocs.similarity.evaluation import Judged, average_precision, figures
from incidentdocs.similarity.links import Alike, Bars, Likeness, Strength
from incidentdocs.similarity.reasons import why
from incidentdocs.similarity.register import Incident


class SharedTerm(Model):
    """A term that the texts of two incidents share."""

    term: str
    """The words of both for it."""
    part: float
    """How much of what they share it is, from 0 to 1."""


class SimilarIncident(Model):
    """An incident that is like the one asked about."""

    document: str
    """The register's document, else the post-mortem, relative to the repository's root."""
    date: date
    """The day on which it began."""
    title: str
    """What the document is called."""
    severity: str | None
    """The severity, null where none is given."""
    strength: Strength | None
    """Whether it is confirmed or suggested that the two are alike; null where neither."""
    score: float
    """How alike they are, from 0 to 1."""
    alike_in: tuple[Alike, ...]
    """Whether what was seen, or what broke, is told alike."""
    because: tuple[str, ...]
    """What speaks for it, in words."""
    terms: tuple[SharedTerm, ...]
    """The terms that the texts share, what tells most first."""
    cause: str
    """The first sentence of its root cause; empty where it tells none."""
    open_items: tuple[Item, ...]
    """Its action items that are still open."""


class SimilarReport(Model):
    """What `incidentdocs similar DOCUMENT` finds: the most alike incidents, the most alike first."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    document: str
    """The document that was asked about."""
    title: str
    """What it is called."""
    cause: str
    """The first sentence of its root cause; empty where it tells none."""
    compared: int
    """With how many other incidents it was compared."""
    incidents: tuple[SimilarIncident, ...]
    """The most alike of them."""


class Bar(Model):
    """How good the links from a score on are."""

    score: float
    """The score from which on texts and keys link a pair; some keys do whatever the score."""
    precision: float
    """How much of what is linked is related."""
    recall: float
    """How much of what is related is linked."""
    f1: float
    """The harmonic mean of precision and recall."""


class EvaluationReport(Model):
    """What `incidentdocs similar --evaluate` finds: how the scores agree with what documents say."""

    version: Literal[1] = 1
    """The version of this shape."""
    related: int
    """The pairs that a document names as related."""
    unrelated: int
    """The pairs that a document names as not related."""
    average_precision: float
    """How well the scores put related pairs before the others, from 0 to 1."""
    suggested: Bar
    """The links that are suggested or confirmed."""
    confirmed: Bar
    """The links that are confirmed."""


MOST_TERMS = 10
"""So many shared terms are listed."""


def most_alike(likeness: Likeness, position: int, top: int) -> list[int]:
    """Return the positions of the `top` incidents most like the one at `position`, without those denied."""
    others = (other for other in range(len(likeness.register.incidents)) if other != position)
    scored = ((other, likeness.evidence(position, other)) for other in others)
    alike = ((-found.score, other) for other, found in scored if found.said is not False and found.score > 0)
    return [other for _, other in sorted(alike)[:top]]


def similar_report(
    likeness: Likeness, position: int, others: Sequence[int], bars: Bars, promises: Promises
) -> SimilarReport:
    """Return the report on the incident at `position`, and why it is like each of `others`."""
    incident = likeness.register.incidents[position]
    return SimilarReport(
        as_of=promises.as_of,
        document=incident.document,
        title=incident.title,
        cause=incident.sentence,
        compared=len(likeness.register.incidents) - 1,
        incidents=tuple(_similar(likeness, position, other, bars, promises) for other in others),
    )


def _similar(
    likeness: Likeness, position: int, other: int, bars: Bars, promises: Promises
) -> SimilarIncident:
    incident = likeness.register.incidents[other]
    told = why(likeness, *sorted((position, other)))
    return SimilarIncident(
        document=incident.document,
        date=incident.day,
        title=incident.title,
        severity=incident.severity,
        strength=told.evidence.strength(bars),
        score=round(told.evidence.score, 2),
        alike_in=told.alike,
        because=told.because,
        terms=tuple(SharedTerm(term=share.term, part=share.part) for share in told.terms[:MOST_TERMS]),
        cause=incident.sentence,
        open_items=open_items((incident,), promises),
    )


def open_items(incidents: Iterable[Incident], promises: Promises) -> tuple[Item, ...]:
    """Return the action items of `incidents` that are still open."""
    documents = {document for incident in incidents for document in incident.documents}
    found = (item for item in promises.items if item.state == "open" and item.document in documents)
    return tuple(item_of(item, promises) for item in found)


def evaluation(likeness: Likeness, bars: Bars) -> EvaluationReport:
    """Return how the scores agree with `related` and `not-related`, which are left out of them."""
    register = likeness.register
    pairs = [
        *((pair, True) for pair in register.related - register.unrelated),
        *((pair, False) for pair in register.unrelated),
    ]
    found = [(likeness.evidence(*pair)._replace(said=None), related) for pair, related in sorted(pairs)]
    judged = [Judged(evidence.score, related) for evidence, related in found]
    strengths = [(evidence.strength(bars), related) for evidence, related in found]
    return EvaluationReport(
        related=sum(related for _, related in found),
        unrelated=sum(not related for _, related in found),
        average_precision=round(average_precision(judged), 3),
        suggested=_bar(((strength is not None, related) for strength, related in strengths), bars.suggested),
        confirmed=_bar(
            ((strength == "confirmed", related) for strength, related in strengths), bars.confirmed
        ),
    )


def _bar(linked: Iterable[tuple[bool, bool]], score: float) -> Bar:
    found = figures(linked)
    return Bar(
        score=score,
        precision=round(found.precision, 3),
        recall=round(found.recall, 3),
        f1=round(found.f1, 3),
    )
