"""The configuration of a repository: `incidentdocs.toml`, or `[tool.incidentdocs]` in `pyproject.toml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

from incidentdocs import clock
from incidentdocs.process.severity import SEVERITIES
from incidentdocs.rules import RULES, load, with_options
from incidentdocs.settings import read
from incidentdocs.settings.globs import glob_mistake
from incidentdocs.settings.mistakes import ENOUGH, KeyPath, Mistake, SettingsFile, instead, quoted
from incidentdocs.settings.toml import parse_toml

CONFIG_FILE = "incidentdocs.toml"
PYPROJECT = "pyproject.toml"
PYPROJECT_TABLE: KeyPath = ("tool", "incidentdocs")
LATEST_EDITION = 1
LONGEST_DEADLINE = 366
"""Days. Whoever waits longer has no deadline."""

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleConfig:
    """What a repository decides about one rule; None leaves it as the edition has it."""

    enabled: bool | None = field(
        default=None, metadata={"description": "Whether the rule runs; without it, what the edition says."}
    )
    severity: Literal["error", "warning"] | None = field(
        default=None, metadata={"description": "How grave a finding of the rule is: error or warning."}
    )
    options: Mapping[str, Any] = field(
        default_factory=dict,
        metadata={"description": "The rule's own options, which its page lists."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryConfig:
    """Whether the past is read from git, and from when on it counts."""

    use: Literal["auto", "required", "off"] = field(
        default="auto",
        metadata={
            "description": "Whether git's history is read: auto, where there is one; required, which refuses"
            " to go on without; or off, never."
        },
    )
    since: date | None = field(
        default=None,
        metadata={
            "description": "The first day of incidents whose publication is judged; without it, the day this"
            " configuration was first committed."
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesConfig:
    """Until when a post-mortem is to be published."""

    days: int = field(
        default=7,
        metadata={
            "description": "How many days after service was restored a post-mortem is published at last."
        },
    )
    severities: tuple[str, ...] = field(
        default=("SEV1", "SEV2"),
        metadata={"description": "The severities of the incidents that ask for a post-mortem in time."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one repository; every one has a default."""

    edition: int = field(
        default=1,
        metadata={"description": "The set of rules that run by default; it never changes within an edition."},
    )
    language: Language = field(
        default="en",
        metadata={"description": "The language of new documents and of those that show none: fr or en."},
    )
    timezone: str = field(
        default="UTC",
        metadata={"description": "The time zone of the times in documents, such as Europe/Paris."},
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata={"description": "Files never read: globs relative to the repository's root."},
    )
    history: HistoryConfig = field(
        default_factory=HistoryConfig,
        metadata={"description": "Whether and from when on the past is read from git."},
    )
    deadlines: DeadlinesConfig = field(
        default_factory=DeadlinesConfig,
        metadata={"description": "Until when post-mortems are to be published."},
    )
    rules: Mapping[str, RuleConfig] = field(
        default_factory=dict,
        metadata={"description": "What is decided for single rules, each in a table by its name."},
    )


def read_config(text: str, *, path: str) -> Config:
    """Return the configuration that the file at `path` holds, the defaults where it holds none.

    ConfigError names every mistake with its line and the nearest valid word.
    """
    table = PYPROJECT_TABLE if _is_pyproject(path) else ()
    data = _table(parse_toml(text, path=path), table)
    file = SettingsFile(path, text, table)
    if not table and _table(data, PYPROJECT_TABLE) is not None:
        hint = "write the settings without the table [tool.incidentdocs], which is for pyproject.toml"
        raise file.error([Mistake(PYPROJECT_TABLE, "the settings stand in a table of their own", hint)])
    config = read(Config, {} if data is None else data, file)
    if mistakes := list(islice(_mistakes(config), ENOUGH)):
        raise file.error(mistakes)
    return config


def holds_config(text: str, *, path: str) -> bool:
    """Whether the file holds a configuration: `incidentdocs.toml` always, `pyproject.toml` with its table."""
    if not _is_pyproject(path):
        return True
    return "incidentdocs" in text and _table(parse_toml(text, path=path), PYPROJECT_TABLE) is not None


def config_template(config: Config) -> str:
    """Return the text of an `incidentdocs.toml` that says `config`, with a comment above every setting."""
    settings = [f"# {item.metadata['description']}\n{_written(config, item.name)}" for item in fields(Config)]
    return "\n".join(["# The configuration of incidentdocs.\n", *settings])


def _is_pyproject(path: str) -> bool:
    return path.replace("\\", "/").rpartition("/")[2] == PYPROJECT


def _table(data: Any, table: KeyPath) -> Any:
    for key in table:
        if not isinstance(data, Mapping) or key not in data:
            return None
        data = data[key]
    return data


def _mistakes(config: Config) -> Iterator[Mistake]:
    if not 1 <= config.edition <= LATEST_EDITION:
        hint = f"write edition = {LATEST_EDITION}, the latest one, or install a newer incidentdocs"
        yield Mistake(("edition",), f"there is no edition {config.edition} in this version", hint)
    yield from _zone_mistakes(config.timezone)
    for number, pattern in enumerate(config.exclude):
        if found := glob_mistake(pattern):
            yield Mistake(("exclude", number), f"the glob {quoted(pattern)} {found[0]}", found[1])
    yield from _deadline_mistakes(config.deadlines)
    for name in config.rules:
        if name not in RULES:
            hint = instead(name, RULES, otherwise="`incidentdocs rules` lists their names")
            yield Mistake(("rules", name), f"no rule is called {quoted(name)}", hint)
        elif options := config.rules[name].options:
            yield from _option_mistakes(name, options)


def _option_mistakes(name: str, options: Mapping[str, Any]) -> Iterator[Mistake]:
    if not fields(load(name)):
        yield Mistake(("rules", name, "options"), f"the rule {name} has no options", "remove them")
        return
    try:
        with_options(name, options)
    except (TypeError, ValueError):
        from incidentdocs.settings.checking import mistakes_in

        for mistake in mistakes_in(load(name), options):
            yield mistake._replace(where=("rules", name, "options", *mistake.where))


def _deadline_mistakes(deadlines: DeadlinesConfig) -> Iterator[Mistake]:
    if not 0 <= deadlines.days <= LONGEST_DEADLINE:
        hint = f"write a number of days from 0 to {LONGEST_DEADLINE}, as in days = 7"
        yield Mistake(("deadlines", "days"), f"no post-mortem is due after {deadlines.days} days", hint)
    for number, severity in enumerate(deadlines.severities):
        if severity not in SEVERITIES:
            known = f"write one of {', '.join(SEVERITIES)}"
            hint = instead(severity, SEVERITIES, otherwise=known)
            yield Mistake(("deadlines", "severities", number), f"no severity is {quoted(severity)}", hint)


def _zone_mistakes(name: str) -> Iterator[Mistake]:
    try:
        clock.zone(name)
    except ValueError:
        yield Mistake(("timezone",), f"no time zone is called {quoted(name)}", _zone_hint(name))


def _zone_hint(name: str) -> str:
    from zoneinfo import available_timezones

    # An abbreviation such as EST is no advice: it may be the clock of another continent.
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    by_city = {zone.rpartition("/")[2].casefold(): zone for zone in zones}
    likely = by_city.get(name.casefold(), name)
    return instead(likely, zones, otherwise='write an IANA name, as in "Europe/Paris", or "UTC"')


def _written(config: Config, name: str) -> str:
    if name == "rules":
        return _written_rules(config.rules)
    value = getattr(config, name)
    return _written_table(name, value) if is_dataclass(value) else f"{name} = {_toml(value)}\n"


def _written_table(name: str, table: Any) -> str:
    """Return a table with a comment above every setting; one without a value is shown as another comment."""
    lines = [f"[{name}]\n"]
    for item in fields(table):
        value = getattr(table, item.name)
        written = f"# {item.name} = 2026-01-01\n" if value is None else f"{item.name} = {_toml(value)}\n"
        lines.append(f"# {item.metadata['description']}\n{written}")
    return "".join(lines)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_string, value))}]"
    return _string(value) if isinstance(value, str) else str(value)


def _written_rules(rules: Mapping[str, RuleConfig]) -> str:
    if not rules:
        return '# [rules.timeline-order]\n# enabled = true\n# severity = "error"\n'
    return "\n".join(_written_rule(name, rule) for name, rule in rules.items())


def _written_rule(name: str, rule: RuleConfig) -> str:
    lines = [f"[rules.{_string(name)}]\n"]
    if rule.enabled is not None:
        lines.append(f"enabled = {str(rule.enabled).lower()}\n")
    if rule.severity is not None:
        lines.append(f"severity = {_string(rule.severity)}\n")
    if rule.options:
        options = ", ".join(f"{_string(key)} = {_toml(value)}" for key, value in rule.options.items())
        lines.append(f"options = {{ {options} }}\n")
    return "".join(lines)


def _string(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
