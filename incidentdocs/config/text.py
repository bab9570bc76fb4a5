"""A configuration becomes the text of an `incidentdocs.toml` that explains every setting."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from incidentdocs import front_matter_values
from incidentdocs.config import Config
from incidentdocs.config.incident_tables import StepConfig
from incidentdocs.config.tables import PerPathConfig
from incidentdocs.settings.building import setting_key


def config_template(config: Config) -> str:
    """Return the text of an `incidentdocs.toml` that says `config`, with a comment above every setting."""
    settings = [f"# {item.metadata['description']}\n{_written(config, item.name)}" for item in fields(Config)]
    return "\n".join(["# The configuration of incidentdocs.\n", *settings])


def _written(config: Config, name: str) -> str:
    value, key = getattr(config, name), setting_key(name)
    if name == "steps":
        return "\n".join(map(_written_step, value)) or _EXAMPLE_TABLES[key]
    if name == "per_path":
        return "\n".join(map(_written_per_path, value)) or _EXAMPLE_TABLES[key]
    if is_dataclass(value):
        return _written_table(key, value)
    if isinstance(value, Mapping):
        return _written_tables(key, value) if value else _EXAMPLE_TABLES[key]
    return f"{key} = {toml_value(value)}\n"


def _written_table(name: str, table: Any) -> str:
    """Return a table with a comment above every setting; one without a value is shown as another comment."""
    lines = [f"[{name}]\n"]
    for item in fields(table):
        value, key = getattr(table, item.name), setting_key(item.name)
        empty = value in (None, {}) or (value == () and key in _EXAMPLES)
        shown = _EXAMPLES[key] if empty else f"{key} = {toml_value(value)}"
        lines.append(f"# {item.metadata['description']}\n{shown}\n")
    return "".join(lines)


_EXAMPLES = {
    "since": "# since = 2026-01-01",
    "notify": '# notify = { SEV1 = { always = ["backup"], data-loss = ["lead"] } }',
    "targets": '# targets = { ops = "$OPS_SLACK", team = "mailto://example.org?to=team@example.org" }',
    "start": "# start = 2026-01-05",
    "day": '# day = "mon"',
    "overrides": '# [[oncall.overrides]]\n# who = "dev"\n# from = 2026-03-14T18:00:00\n'
    "# until = 2026-03-15T09:00:00",
    "absences": '# [[oncall.absences]]\n# who = "dev"\n# from = 2026-08-03\n# until = 2026-08-14',
    "terms": '# terms = { checkout = ["checkout", "caisse", "payment page"] }',
}
"""What is written of a setting that has no value."""


_EXAMPLE_TABLES = {
    "failure-modes": '# [failure-modes.queue-stuck]\n# runbook = "runbook-queue-stuck"\n',
    "people": '# [people.dev]\n# names = ["Dominique Vert"]\n# role = "oncall"\n',
    "severity": '# [severity.SEV1]\n# aliases = ["P1"]\n# response = "15m"\n',
    "rules": '# [rules.timeline-order]\n# enabled = true\n# severity = "error"\n',
    "per-path": '# [[per-path]]\n# paths = ["docs/post-mortems/2019-*"]\n'
    "# rules = { timeline-order = { enabled = false } }\n",
    "steps": '# [[steps]]\n# id = "triage"\n# title = "TRIAGE ({response}, {oncall})"\n'
    '# checks = ["Confirm {severity}", "Tell {channel}"]\n# output = "team alerted"\n',
    "channels": '# [channels]\n# ops = "#ops"\n',
}
"""What is written of tables that hold nothing."""


def _written_tables(key: str, tables: Mapping[str, Any]) -> str:
    """Return tables by their names, each with what is decided in it, or a table of texts."""
    if all(isinstance(value, str) for value in tables.values()):
        return f"[{key}]\n" + "".join(
            f"{toml_value(name)} = {toml_value(value)}\n" for name, value in tables.items()
        )
    return "\n".join(_written_named(key, name, table) for name, table in tables.items())


def _written_named(key: str, name: str, table: Any) -> str:
    """Return one of several tables, with those settings that differ from their defaults."""
    return f"[{key}.{toml_value(name)}]\n{_rows(table)}"


def _written_step(step: StepConfig) -> str:
    return f"[[steps]]\n{_rows(step)}"


def _rows(table: Any) -> str:
    return "".join(f"{key} = {toml_value(value)}\n" for key, value in _decided(table).items())


def _decided(table: Any) -> dict[str, object]:
    """Return those settings of a table that differ from their defaults, by key."""
    values = ((setting_key(item.name), getattr(table, item.name), item.default) for item in fields(table))
    return {key: value for key, value, default in values if value not in (default, {})}


def toml_value(value: object) -> str:
    """Return a setting's value as TOML writes it."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml_value, value))}]"
    if is_dataclass(value):
        return toml_value(_decided(value))
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{toml_value(key)} = {toml_value(item)}' for key, item in value.items())} }}"
    return front_matter_values.toml_value(value)


def _written_per_path(entry: PerPathConfig) -> str:
    rules = [_written_named("per-path.rules", name, rule) for name, rule in entry.rules.items()]
    return "\n".join([f"[[per-path]]\npaths = {toml_value(entry.paths)}\n", *rules])
