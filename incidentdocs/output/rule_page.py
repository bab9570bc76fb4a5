"""A rule's page: what it asks, why, how to mend, and its own examples."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from inspect import cleandoc
from typing import Any, Literal

from incidentdocs.config.text import toml_value
from incidentdocs.rules.rule import Committed, Example, HistoryRule, LibraryRule, Rule, SuppressionRule
from incidentdocs.settings.bounds import bounds_of
from incidentdocs.settings.building import setting_key

Scope = Literal["document", "history", "repository", "suppressions"]

_USUAL_PATH = Example("").path

_INDEX = """\
# Rules

Each page is what `incidentdocs rules NAME` prints.

| rule | severity | what it asks |
| --- | --- | --- |"""


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
        f"| [`{rule.name}`]({rule.name}.md) | {_severities(rule)}{_beside(rule)} | {rule_summary(rule)} |"
        for rule in rules
    )
    return "\n".join([_INDEX, *rows])


def _beside(rule: type[Rule]) -> str:
    """Return what else is worth knowing at a glance: that a rule is off, that the program can mend it."""
    return ("" if rule.by_default else ", off by default") + (", fixable" if rule.fixable else "")


def rule_catalogue(rules: Sequence[type[Rule]]) -> str:
    """Return a line for each of `rules`: its name, its severity, and what it asks, and whether it is off."""
    longest = max(len(rule.name) for rule in rules)
    return "\n".join(
        f"{rule.name:<{longest}}  {rule.severity:<7}  {rule_summary(rule)}"
        + ("" if rule.by_default else " (off by default)")
        for rule in rules
    )


def rule_summary(rule: type[Rule]) -> str:
    """Return what `rule` asks, in one sentence."""
    return _paragraphs(rule)[0]


def rule_scope(rule: type[Rule]) -> Scope:
    """Return what `rule` looks at."""
    if issubclass(rule, SuppressionRule):
        return "suppressions"
    if issubclass(rule, LibraryRule):
        return "repository"
    return "history" if issubclass(rule, HistoryRule) else "document"


def _severities(rule: type[Rule]) -> str:
    if rule.severity == "error" and issubclass(rule, HistoryRule):
        return "error, warning for what has landed"
    lowered = rule.completeness and rule.severity == "error"
    return f"{rule.severity}, warning in a draft" if lowered else rule.severity


def _paragraphs(rule: type[Rule]) -> list[str]:
    first, *others = cleandoc(rule.__doc__ or rule.name).split("\n\n")
    return [" ".join(first.split()), *others]


def _facts(rule: type[Rule]) -> str:
    default = "On" if rule.by_default else "Off"
    unless = "" if rule.by_default else f", until `enabled = true` stands in `[rules.{rule.name}]`"
    since = f"{default} by default{unless}, since edition {rule.edition}."
    fixable = "`--fix` mends what it can." if rule.fixable else "Only a person can mend it."
    looks = f"Severity: {_severities(rule)}. Looks at: {_LOOKS_AT[rule_scope(rule)]}."
    return f"{looks} {since} {fixable}"


_LOOKS_AT: Mapping[Scope, str] = {
    "document": "one document",
    "history": "the history of all documents, where the whole repository is checked",
    "repository": "all documents together, where the whole repository is checked",
    "suppressions": "the comments that silence other rules",
}


def _options(rule: type[Rule]) -> str:
    values = [
        (setting_key(option.name), toml_value(option_default(option)), option.metadata)
        for option in fields(rule)
    ]
    rows = [
        f"| `{key}` | {_cell(value)} | {bounds_of(means).words} | {means['description']} |"
        for key, value, means in values
    ]
    head = ["| option | default | allowed | what it is |", "| --- | --- | --- | --- |"]
    written = "".join(f"{key} = {value}\n" for key, value, _ in values)
    return "\n".join([*head, *rows]) + f"\n\n```toml\n[rules.{rule.name}.options]\n{written}```"


def _cell(value: str) -> str:
    """Return `value` as code in a cell of a table."""
    return _code(value.replace("|", "\\|"))


def option_default(option: Field[Any]) -> Any:
    """Return the value of an option that nobody has set."""
    return option.default if option.default_factory is MISSING else option.default_factory()


def _shown(example: Example) -> str:
    parts = [*_around(example)]
    parts += [f"In {_code(example.path)}:"] if example.path != _USUAL_PATH or parts else []
    for index, version in enumerate(example.versions):
        when = "Then" if index else "First"
        parts += [f"{when}, {_committed(version)}:", _fenced(version.text)]
    if not example.versions:
        parts.append(_fenced(example.text))
    elif example.text != example.versions[-1].text:
        parts += ["Now, not committed yet:", _fenced(example.text)]
    marks = [mark for mark in example.marks if mark]  # nothing is underlined in a file that is not there
    if marks:
        parts.append(f"Underlined: {', '.join(map(_code, marks))}.")
    parts += ["Mended by `--fix`:", _fenced(example.fixed)] if example.fixed else []
    return "\n\n".join(parts)


def _around(example: Example) -> Iterator[str]:
    """Yield what an example's document stands in: settings, profiles, other files and documents."""
    if example.config:
        yield from ("With this in `incidentdocs.toml`:", _fenced(example.config, "toml"))
    for kind, text in example.profiles:
        path = f".incidentdocs/profiles/{kind}/profile.toml"
        yield from (f"With this in {_code(path)}:", _fenced(text, "toml"))
    if example.files:
        yield f"With these files in the repository: {', '.join(map(_code, example.files))}."
    for path, text in example.beside:
        yield from (f"With {_code(path)}:", _fenced(text))


def _committed(version: Committed) -> str:
    message = f" with the message {_code(version.message)}" if version.message else ""
    return f"committed on {version.day}{message}"


def _fenced(text: str, language: str = "markdown") -> str:
    fence = "`" * (max(3, _longest_run(text) + 1))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


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
