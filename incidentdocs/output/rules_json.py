"""The rules for programs: what `rules --format json` prints, whose shape is version 1 of a contract."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from types import NoneType
from typing import Any, ClassVar, Literal, get_args, get_origin

from incidentdocs.library.finding import Severity
from incidentdocs.output.json_text import json_text
from incidentdocs.output.lint_json import STRICT
from incidentdocs.output.rule_page import Scope, option_default, rule_page, rule_scope, rule_summary
from incidentdocs.output.rule_url import rule_url
from incidentdocs.rules.rule import Rule
from incidentdocs.settings.building import setting_key


@dataclass(frozen=True, slots=True)
class RuleOption:
    """What a repository may decide about a rule, in `[rules.NAME.options]`."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    """The option's key."""
    type: Literal["string", "integer", "number", "boolean", "array", "table", "date"]
    """What is written for it, as TOML calls it."""
    default: Any
    """What it is where nothing is written; a date in ISO form, null for none."""
    description: str
    """What it means."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    """The rule's name, which is that of its configuration, its page and its suppression."""
    summary: str
    """What it asks, in one sentence."""
    severity: Severity
    """How grave its findings are where nothing lowers or decides it."""
    scope: Scope
    """What it looks at: one `document`, the `history`, the whole `repository`, or the `suppressions`."""
    edition: int
    """The first edition of the default set that holds it."""
    by_default: bool
    """Whether it runs where a repository decides nothing."""
    fixable: bool
    """Whether the program can mend some of its findings by itself."""
    options: tuple[RuleOption, ...]
    """What a repository may decide about it."""
    url: str
    """Its page."""
    page: str
    """The text of that page, as Markdown."""


@dataclass(frozen=True, slots=True)
class RulesReport:
    """What `incidentdocs rules --format json` prints."""

    __pydantic_config__: ClassVar = STRICT

    version: Literal[1]
    """The version of this shape."""
    rules: tuple[RuleEntry, ...]
    """The rules in the catalogue's order, or the one that was asked for."""


def rules_json(rules: Sequence[type[Rule]], pages: str = "") -> str:
    """Return `rules`, whose pages are at `pages`, as JSON in plain ASCII."""
    return json_text(asdict(RulesReport(1, tuple(_entry(rule, pages) for rule in rules))))


def _entry(rule: type[Rule], pages: str) -> RuleEntry:
    return RuleEntry(
        name=rule.name,
        summary=rule_summary(rule),
        severity=rule.severity,
        scope=rule_scope(rule),
        edition=rule.edition,
        by_default=rule.by_default,
        fixable=rule.fixable,
        options=tuple(_option(option) for option in fields(rule)),
        url=rule_url(rule.name, pages),
        page=rule_page(rule),
    )


def _option(option: Any) -> RuleOption:
    default = option_default(option)
    shown = default.isoformat() if isinstance(default, date) else default
    return RuleOption(setting_key(option.name), _type(option.type), shown, option.metadata["description"])


def _type(annotation: Any) -> Any:
    """Return what TOML calls values of a type; of several the first that is not None."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return _type(type(arguments[0]))
    if origin is not None and NoneType in arguments:
        return _type(next(each for each in arguments if each is not NoneType))
    if isinstance(kind := origin or annotation, type) and issubclass(kind, Mapping):
        return "table"
    return _TYPES[kind]


_TYPES = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    tuple: "array",
    date: "date",
}
