"""A rule's page: what it asks, why, how to mend, and its own examples."""

import re
from collections.abc import Sequence
from inspect import cleandoc

from incidentdocs.rules.rule import Example, Rule, SuppressionRule

_PAGES = "docs/rules"
"""Where the pages are, relative to the project's root, as long as no site serves them."""


_USUAL_PATH = Example("").path

_INDEX = """\
# Rules

Each page is what `incidentdocs rules NAME` prints.

| rule | severity | what it asks |
| --- | --- | --- |"""


def rule_url(name: str) -> str:
    """Return where the page of the rule called `name` is."""
    return f"{_PAGES}/{name}.md"


def rule_page(rule: type[Rule]) -> str:
    """Return the page of `rule` as Markdown."""
    sentence, *prose = _paragraphs(rule)
    parts = [f"# `{rule.name}`", sentence, _facts(rule), *prose]
    parts += [f"The examples are {_code(_USUAL_PATH)}, where they name no other file."]
    parts += ["## Reported", *map(_shown, rule.invalid)] if rule.invalid else []
    parts += ["## Accepted", *map(_shown, rule.valid)] if rule.valid else []
    parts += [] if issubclass(rule, SuppressionRule) else ["## To make an exception", _exception(rule.name)]
    return "\n\n".join(parts)


def rule_index(rules: Sequence[type[Rule]]) -> str:
    """Return the page that lists all `rules` as Markdown."""
    rows = (
        f"| [`{rule.name}`]({rule.name}.md) | {_severities(rule)} | {_sentence(rule)} |" for rule in rules
    )
    return "\n".join([_INDEX, *rows])


def rule_catalogue(rules: Sequence[type[Rule]]) -> str:
    """Return a line for each of `rules`: its name, its severity, and what it asks."""
    longest = max(len(rule.name) for rule in rules)
    return "\n".join(f"{rule.name:<{longest}}  {rule.severity:<7}  {_sentence(rule)}" for rule in rules)


def _severities(rule: type[Rule]) -> str:
    lowered = rule.completeness and rule.severity == "error"
    return f"{rule.severity}, warning in a draft" if lowered else rule.severity


def _sentence(rule: type[Rule]) -> str:
    return _paragraphs(rule)[0]


def _paragraphs(rule: type[Rule]) -> list[str]:
    first, *others = cleandoc(rule.__doc__ or rule.name).split("\n\n")
    return [" ".join(first.split()), *others]


def _facts(rule: type[Rule]) -> str:
    scope = "the comments that silence other rules" if issubclass(rule, SuppressionRule) else "one document"
    return f"Severity: {_severities(rule)}. Looks at: {scope}."


def _shown(example: Example) -> str:
    fence = "`" * (max(3, _longest_run(example.text) + 1))
    text = f"{fence}markdown\n{example.text.rstrip()}\n{fence}"
    if example.path != _USUAL_PATH:
        text = f"In {_code(example.path)}:\n\n{text}"
    return text if not example.marks else f"{text}\n\nUnderlined: {', '.join(map(_code, example.marks))}."


def _code(text: str) -> str:
    """Return `text` as inline code, whatever backticks it holds."""
    ticks = "`" * (_longest_run(text) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{padding}{text}{padding}{ticks}"


def _longest_run(text: str) -> int:
    """Return how many backticks stand together in `text` at most."""
    return max(map(len, re.findall("`+", text)), default=0)


def _exception(name: str) -> str:
    comment = f"<!-- incidentdocs: ignore[{name}] the reason -->"
    return (
        f"Write `{comment}` at the end of the list item's or table row's line, on a line of its own "
        "before the heading or block that it is about, or for the whole file between the front matter "
        "and the title."
    )
