"""Every rule's examples, run: nothing on the valid ones, exactly the marked texts on the invalid ones."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from incidentdocs.config import Config
from incidentdocs.config.tables import RuleConfig
from incidentdocs.documents.document import Document
from incidentdocs.history.past import Past
from incidentdocs.library.finding import Finding
from incidentdocs.library.fixes import with_fixes
from incidentdocs.linter import ask_history, ask_library, joined, lint
from incidentdocs.rules import RULES, load, with_options
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, Rule, SuppressionRule


def examples(kind: str) -> list[tuple[str, Example]]:
    return [(name, example) for name in RULES for example in getattr(load(name), kind)]


class Asked(NamedTuple):
    """What makes of an example what rules are asked about."""

    document: Callable[[Example], Document]
    past: Callable[[Example], Past]
    overview: Callable[[Example], Overview]
    config: Callable[[Example], Config]


@pytest.fixture
def asked(
    document_of: Callable[[Example], Document],
    past_of: Callable[[Example], Past],
    overview_of: Callable[[Example], Overview],
    config_of: Callable[[Example], Config],
) -> Asked:
    return Asked(document_of, past_of, overview_of, config_of)


def marks(name: str, example: Example, asked: Asked) -> list[str]:
    names = RULES if issubclass(load(name), SuppressionRule) else (name,)
    decided = asked.config(example).rules
    rules: list[Rule] = [with_options(each, decided.get(each, RuleConfig()).options) for each in names]
    document = asked.document(example)
    found = joined(ask_history(asked.past(example), rules), ask_library(asked.overview(example), rules))
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


@pytest.mark.parametrize(("name", "example"), examples("invalid"))
def test_an_example_is_mended_as_it_says(name: str, example: Example, asked: Asked) -> None:
    decided = asked.config(example).rules
    rule = with_options(name, decided.get(name, RuleConfig()).options)

    def find(text: str) -> tuple[Finding, ...]:
        return lint([asked.document(example._replace(text=text))], [rule]).findings

    fixed = with_fixes(example.text, find, unsafe=True)
    assert fixed.text == (example.fixed or example.text)
    assert rule.fixable or not fixed.made


@pytest.mark.parametrize("name", [name for name in RULES if load(name).fixable])
def test_a_fixable_rule_shows_what_it_mends(name: str) -> None:
    assert any(example.fixed for example in load(name).invalid)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_page_and_examples(name: str) -> None:
    rule = load(name)
    assert rule.name == name
    assert rule.__doc__
    assert rule.valid
    assert rule.invalid or name == "unreadable-document"
