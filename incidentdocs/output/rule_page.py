"""A rule's page: what it asks, why, how to mend, and its own examples."""

import re
from collections.abc import Sequence
from dataclasses import fields
from inspect import cleandoc

from incidentdocs.rules.rule import Committed, Example, HistoryRule, LibraryRule, Rule, SuppressionRule
from incidentdocs.settings.building import setting_key

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
    parts += ["## Options", _options(rule)] if fields(rule) else []
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
    if rule.severity == "error" and issubclass(rule, HistoryRule):
        return "error, warning for what has landed"
    lowered = rule.completeness and rule.severity == "error"
    return f"{rule.severity}, warning in a draft" if lowered else rule.severity


def _sentence(rule: type[Rule]) -> str:
    return _paragraphs(rule)[0]


def _paragraphs(rule: type[Rule]) -> list[str]:
    first, *others = cleandoc(rule.__doc__ or rule.name).split("\n\n")
    return [" ".join(first.split()), *others]


def _facts(rule: type[Rule]) -> str:
    return f"Severity: {_severities(rule)}. Looks at: {_scope(rule)}."


def _options(rule: type[Rule]) -> str:
    rows = [
        f"| `{setting_key(option.name)}` | `{option.default}` | {option.metadata['description']} |"
        for option in fields(rule)
    ]
    head = ["| option | default | what it is |", "| --- | --- | --- |"]
    written = f"```toml\n[rules.{rule.name}.options]\n"
    written += "".join(f"{setting_key(option.name)} = {option.default}\n" for option in fields(rule))
    return "\n".join([*head, *rows]) + f"\n\n{written}```"


def _scope(rule: type[Rule]) -> str:
    if issubclass(rule, SuppressionRule):
        return "the comments that silence other rules"
    if issubclass(rule, LibraryRule):
        return "all documents together, where the whole repository is checked"
    if issubclass(rule, HistoryRule):
        return "the history of all documents, where the whole repository is checked"
    return "one document"


def _shown(example: Example) -> str:
    parts = [part for path, text in example.beside for part in (f"With {_code(path)}:", _fenced(text))]
    parts += [f"In {_code(example.path)}:"] if example.path != _USUAL_PATH or example.beside else []
    for index, version in enumerate(example.versions):
        when = "Then" if index else "First"
        parts += [f"{when}, {_committed(version)}:", _fenced(version.text)]
    if not example.versions:
        parts.append(_fenced(example.text))
    elif example.text != example.versions[-1].text:
        parts += ["Now, not committed yet:", _fenced(example.text)]
    if example.marks:
        parts.append(f"Underlined: {', '.join(map(_code, example.marks))}.")
    return "\n\n".join(parts)


def _committed(version: Committed) -> str:
    message = f" with the message {_code(version.message)}" if version.message else ""
    return f"committed on {version.day}{message}"


def _fenced(text: str) -> str:
    fence = "`" * (max(3, _longest_run(text) + 1))
    return f"{fence}markdown\n{text.rstrip()}\n{fence}"


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
