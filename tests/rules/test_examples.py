"""Every rule's examples, run: nothing on the valid ones, exactly the marked texts on the invalid ones."""

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.rules import RULES, load
from incidentdocs.rules.rule import Example, SuppressionRule


def examples(kind: str) -> list[tuple[str, Example]]:
    return [(name, example) for name in RULES for example in getattr(load(name), kind)]


def document_of(example: Example) -> Document:
    profile = claiming(example.path, map(built_in, BUILT_IN))
    assert profile is not None, example.path
    return read_document(example.path, parse(example.text), profile, Process())


def marks(name: str, example: Example) -> list[str]:
    rule = load(name)
    asked = RULES if issubclass(rule, SuppressionRule) else (name,)
    document = document_of(example)
    findings = lint([document], [load(other)() for other in asked]).findings
    lines = document.source.lines
    return [
        lines[at.line - 1][at.column - 1 : at.end_column - 1 if at.end_line == at.line else None]
        for at in (finding.span for finding in findings if finding.rule == name)
    ]


@pytest.mark.parametrize(("name", "example"), examples("valid"))
def test_a_valid_example_is_left_alone(name: str, example: Example) -> None:
    assert marks(name, example) == []


@pytest.mark.parametrize(("name", "example"), examples("invalid"))
def test_an_invalid_example_is_found_where_it_says(name: str, example: Example) -> None:
    assert marks(name, example) == list(example.marks)
    assert example.marks


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_page_and_examples(name: str) -> None:
    rule = load(name)
    assert rule.name == name
    assert rule.__doc__
    assert rule.valid
    assert rule.invalid or name == "unreadable-document"
