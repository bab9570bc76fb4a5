"""The sets with labels: related pairs come before others, and what was planted is found and nothing else."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from benchmarks.similarity import table
from incidentdocs.similarity.recurrences import Recurrences, Trigger, recurrences
from incidentdocs.similarity.register import Incident
from tests.similarity.labelled import OWN, Labelled, exact_title, jaccard, own_set, plain_tfidf

TEXT = {"regular": 0.80, "held_out": 0.68, "hard": 0.60}
ALL = {"regular": 0.95, "held_out": 0.82, "hard": 0.93}
"""What the average precision is at least: of `regular` what it has to be, else a little less than it is."""


@cache
def labelled(name: str) -> Labelled:
    return own_set(name)


def found_in(labels: Labelled) -> Recurrences:
    until = max(incident.day for incident in labels.likeness.register.incidents)
    return recurrences(labels.gathered, Trigger(), until)


def confirmed(found: Recurrences) -> list[tuple[str, ...]]:
    incidents = found.register.incidents
    return [
        tuple(incidents[position].document for position in escalation.incidents)
        for escalation in found.escalations
        if escalation.strength == "confirmed"
    ]


@pytest.mark.parametrize("name", OWN)
def test_related_pairs_come_first(name: str) -> None:
    labels = labelled(name)
    assert labels.average_precision(labels.by_text()) >= TEXT[name]
    assert labels.average_precision(labels.by_all()) >= ALL[name]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("baseline", [exact_title, jaccard, plain_tfidf])
def test_simpler_scores_do_worse(
    name: str, baseline: Callable[[Labelled], Callable[[str, str], float]]
) -> None:
    labels = labelled(name)
    simple = labels.average_precision(baseline(labels))
    assert labels.average_precision(labels.by_text()) >= 1.15 * simple


def test_every_planted_set_is_found_and_no_other() -> None:
    labels = labelled("regular")
    assert sorted(confirmed(found_in(labels))) == sorted(labels.planted)


@pytest.mark.parametrize("name", ["held_out", "hard"])
def test_no_set_is_confirmed_that_is_no_part_of_a_planted_one(name: str) -> None:
    labels = labelled(name)
    found = confirmed(found_in(labels))
    assert len(found) >= 2
    assert all(any(set(one) <= set(planted) for planted in labels.planted) for one in found)


@pytest.mark.parametrize("name", OWN)
def test_the_set_is_as_large_and_mixed_as_it_should_be(name: str) -> None:
    labels = labelled(name)
    incidents = labels.likeness.register.incidents
    assert len(incidents) >= (40 if name == "held_out" else 60)
    assert labels.planted
    assert {*labels.texts} >= {path for planted in labels.planted for path in planted}
    assert _french(incidents) > len(incidents) / 4
    assert len(incidents) - _french(incidents) > len(incidents) / 4


def _french(incidents: tuple[Incident, ...]) -> int:
    texts = (" ".join(text for told in incident.tellings for text in told.texts) for incident in incidents)
    return sum(f" {text} ".count(" la ") + text.count(" les ") > text.count(" the ") for text in texts)


def test_the_guide_shows_what_the_benchmark_prints() -> None:
    guide = (Path(__file__).parents[2] / "docs/guide/similarity.md").read_text(encoding="utf-8")
    for row in table({name: labelled(name) for name in OWN}):
        assert f"\n{row}\n" in guide
