"""Every rule's examples, run: nothing on the valid ones, exactly the marked texts on the invalid ones."""

from collections.abc import Callable

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.past import Past
from incidentdocs.linter import ask_history, lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.rules import RULES, load
from incidentdocs.rules.rule import Example, Rule, SuppressionRule


def examples(kind: str) -> list[tuple[str, Example]]:
    return [(name, example) for name in RULES for example in getattr(load(name), kind)]


def document_of(example: Example) -> Document:
    profile = claiming(example.path, map(built_in, BUILT_IN))
    assert profile is not None, example.path
    return read_document(example.path, parse(example.text), profile, Process())


def marks(name: str, example: Example, past_of: Callable[[Example], Past]) -> list[str]:
    rule = load(name)
    asked = RULES if issubclass(rule, SuppressionRule) else (name,)
    rules: list[Rule] = [load(other)() for other in asked]
    document = document_of(example)
    findings = lint([document], rules, past=ask_history(past_of(example), rules)).findings
    lines = document.source.lines
    return [
        lines[at.line - 1][at.column - 1 : at.end_column - 1 if at.end_line == at.line else None]
        for at in (finding.span for finding in findings if finding.rule == name)
    ]


@pytest.mark.parametrize(("name", "example"), examples("valid"))
def test_a_valid_example_is_left_alone(
    name: str, example: Example, past_of: Callable[[Example], Past]
) -> None:
    assert marks(name, example, past_of) == []


@pytest.mark.parametrize(("name", "example"), examples("invalid"))
def test_an_invalid_example_is_found_where_it_says(
    name: str, example: Example, past_of: Callable[[Example], Past]
) -> None:
    assert marks(name, example, past_of) == list(example.marks)
    assert example.marks


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_page_and_examples(name: str) -> None:
    rule = load(name)
    assert rule.name == name
    assert rule.__doc__
    assert rule.valid
    assert rule.invalid or name == "unreadable-document"
