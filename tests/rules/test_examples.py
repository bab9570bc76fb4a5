"""Every rule's examples, run: nothing on the valid ones, exactly the marked texts on the invalid ones."""

from collections.abc import Callable

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.past import Past
from incidentdocs.linter import ask_history, ask_library, joined, lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.rules import RULES, load
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, Rule, SuppressionRule


def examples(kind: str) -> list[tuple[str, Example]]:
    return [(name, example) for name in RULES for example in getattr(load(name), kind)]


def document_of(example: Example) -> Document:
    profile = claiming(example.path, map(built_in, BUILT_IN))
    assert profile is not None, example.path
    return read_document(example.path, parse(example.text), profile, Process())


Asked = tuple[Callable[[Example], Past], Callable[[Example], Overview]]


@pytest.fixture
def asked(past_of: Callable[[Example], Past], overview_of: Callable[[Example], Overview]) -> Asked:
    """Return what makes of an example what rules about the past, and about all documents, are asked."""
    return past_of, overview_of


def marks(name: str, example: Example, asked: Asked) -> list[str]:
    rule = load(name)
    names = RULES if issubclass(rule, SuppressionRule) else (name,)
    rules: list[Rule] = [load(other)() for other in names]
    document = document_of(example)
    past_of, overview_of = asked
    found = joined(ask_history(past_of(example), rules), ask_library(overview_of(example), rules))
    findings = lint([document], rules, past=found).findings
    lines = document.source.lines
    return [
        lines[at.line - 1][at.column - 1 : at.end_column - 1 if at.end_line == at.line else None]
        for at in (finding.span for finding in findings if finding.rule == name)
    ]


@pytest.mark.parametrize(("name", "example"), examples("valid"))
def test_a_valid_example_is_left_alone(name: str, example: Example, asked: Asked) -> None:
    assert marks(name, example, asked) == []


@pytest.mark.parametrize(("name", "example"), examples("invalid"))
def test_an_invalid_example_is_found_where_it_says(name: str, example: Example, asked: Asked) -> None:
    assert marks(name, example, asked) == list(example.marks)
    assert example.marks


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_page_and_examples(name: str) -> None:
    rule = load(name)
    assert rule.name == name
    assert rule.__doc__
    assert rule.valid
    assert rule.invalid or name == "unreadable-document"
