"""The blameless rules on sentences of our own and on real post-mortems, each judged by a reader."""

import random
import time
from pathlib import Path

import pytest

from benchmarks.blameless import BLAMELESS, PROCESS, Labelled, judged, labelled, real
from incidentdocs.documents.document import read_document
from incidentdocs.documents.prose.sentences import sentences_of
from incidentdocs.linter import lint
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Place
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load

MISSED = {"blame-person": 4, "human-error": 1, "counterfactual": 2, "exhortation": 0}
"""How many of the sentences each rule does not find; each is better left alone than guessed."""


@pytest.fixture(scope="module")
def rows() -> list[Labelled]:
    return list(labelled())


def test_the_labelled_set_is_large_and_in_both_halves(rows: list[Labelled]) -> None:
    assert len(rows) >= 400
    assert len({row.sentence for row in rows}) == len(rows)
    assert 0.3 < sum(bool(row.there) for row in rows) / len(rows) < 0.7


@pytest.mark.parametrize("rule", BLAMELESS)
def test_no_sentence_is_accused_wrongly_and_few_are_missed(rows: list[Labelled], rule: str) -> None:
    wrong = [row.sentence for row in rows if rule in row.told - row.there]
    missed = [row.sentence for row in rows if rule in row.there - row.told]
    assert wrong == []
    assert len(missed) == MISSED[rule], missed


def test_every_finding_in_real_post_mortems_was_judged(corpora: Path) -> None:
    known = judged()
    assert set(real(corpora)) == set(known)
    assert all(known.values())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Version 4.2 of api.v1 ran at 10.30 h, e.g. twice.",
            ["Version 4.2 of api.v1 ran at 10.30 h, e.g. twice."],
        ),
        ("See M. Durand, cf. p. 3. Then stop.", ["See M. Durand, cf. p. 3.", "Then stop."]),
        ("Attends… non ? Si.", ["Attends… non ?", "Si."]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, sentences: list[str]) -> None:
    whole = Text(text, (Place(1, 1),))
    assert [each.written(0, len(each.words)) for each in sentences_of(whole)] == sentences


@pytest.mark.parametrize(
    "piece",
    [
        "should have ",
        "a oublié ",
        "@ana ",
        "human error ",
        "be more careful ",
        '"',
        "« ",
        "the developer did not ",
    ],
)
def test_hostile_prose_takes_no_time(piece: str) -> None:
    rules = [load(name)() for name in BLAMELESS]
    text = "# Post-mortem: x\n\n## Root cause\n" + piece * (40_000 // len(piece))
    started = time.process_time()
    document = read_document(
        "docs/post-mortems/2026-03-14-x.md", parse(text), built_in("post-mortem"), PROCESS
    )
    lint([document], rules)
    assert time.process_time() - started < 3


def test_spans_are_those_of_the_words_in_any_writing() -> None:
    text = (
        "# Post-mortem : x\n\n## Cause racine\nRien.  \r\n**L’opérateur** n’a pas ve\u0301rifié le disque.\n"
    )
    document = read_document(
        "docs/post-mortems/2026-03-14-x.md", parse(text), built_in("post-mortem"), PROCESS
    )
    (finding,) = lint([document], [load("blame-person")()]).findings
    assert finding.span[:2] == (5, 3)
    assert "ve\u0301rifié" in finding.message


def test_mutated_prose_never_fails() -> None:
    rules, chance = [load(name)() for name in BLAMELESS], random.Random(7)
    words = " ".join(row.sentence for row in labelled()).split()
    for _ in range(300):
        body = " ".join(chance.choices(words, k=60))
        text = f"# Post-mortem: x\n\n## Lessons learned\n{body}\n"
        document = read_document(
            "docs/post-mortems/2026-03-14-x.md", parse(text), built_in("post-mortem"), PROCESS
        )
        for finding in lint([document], rules).findings:
            assert finding.span.line == 4
            assert 1 <= finding.span.column < finding.span.end_column <= len(body) + 1


@pytest.mark.parametrize("rule", BLAMELESS)
def test_the_guide_tells_what_is_measured(rows: list[Labelled], rule: str) -> None:
    guide = (Path(__file__).parents[2] / "docs/guide/house-styles.md").read_text(encoding="utf-8")
    there = sum(rule in row.there for row in rows)
    both = sum(rule in row.there & row.told for row in rows)
    told = sum(rule in row.told for row in rows)
    real_hits = sum(hit.rule == rule for hit in judged())
    shown = f"{real_hits}, right" if real_hits else "none"
    assert f"| `{rule}` | {there} | {both / told:.3f} | {both / there:.3f} | {shown} |" in guide
