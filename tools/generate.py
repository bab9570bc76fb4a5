"""Write every generated file: the schemas, the rules' pages, the table of settings; or check them.

python tools/generate.py          writes what is not current
python tools/generate.py --check  names what is not current, and exits with 1 if anything is
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from incidentdocs.config import Config
from incidentdocs.config.incident_tables import AbsenceConfig, OverrideConfig
from incidentdocs.config.tables import (
    FailureModeConfig,
    PerPathConfig,
    PersonConfig,
    RuleConfig,
    SeverityConfig,
)
from incidentdocs.config.text import toml_value
from incidentdocs.output.json_text import json_text
from incidentdocs.output.rule_page import rule_index, rule_page
from incidentdocs.output.schemas import MADE, front_matter_schema
from incidentdocs.profiles.loading import BUILT_IN, READY, built_in
from incidentdocs.rules import RULES, load
from incidentdocs.settings.bounds import bounds_of
from incidentdocs.settings.building import setting_key

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = "docs/guide/configuration.md"
BEGIN, END = "<!-- generated: settings -->", "<!-- end of generated -->"


_NAMED = (
    ("failure-modes.NAME.", FailureModeConfig),
    ("people.HANDLE.", PersonConfig),
    ("severity.NAME.", SeverityConfig),
    ("oncall.overrides.", OverrideConfig),
    ("oncall.absences.", AbsenceConfig),
    ("rules.NAME.", RuleConfig),
    ("per-path.", PerPathConfig),
)
"""The tables that a configuration has as many of as it names."""


def generated(root: Path) -> Mapping[str, str]:
    """Return the text of every generated file by its path; the guide's own text is read from `root`."""
    return dict([*_schemas(), *_rule_pages(), (SETTINGS, _with_settings(_read(root, SETTINGS)))])


def stale(root: Path) -> list[str]:
    """Return the paths below `root` that are not current, those that nothing generates any more included."""
    texts = generated(root)
    there = [*(root / "schemas").glob("*.json"), *(root / "docs/rules").glob("*.md")]
    strays = {path.relative_to(root).as_posix() for path in there} - {*texts}
    return sorted(strays | {path for path, text in texts.items() if _read(root, path) != text})


def _schemas() -> Iterator[tuple[str, str]]:
    made = {name: make() for name, make in MADE.items()}
    kinds = {kind: front_matter_schema(built_in(kind)) for kind in (*BUILT_IN, *READY)}
    for name, schema in {**made, **kinds}.items():
        yield f"schemas/{name}.schema.json", f"{json_text(schema)}\n"


def _rule_pages() -> Iterator[tuple[str, str]]:
    rules = [load(name) for name in RULES]
    yield "docs/rules/README.md", f"{rule_index(rules)}\n"
    for rule in rules:
        yield f"docs/rules/{rule.name}.md", f"{rule_page(rule)}\n"


def _with_settings(guide: str) -> str:
    before, _, rest = guide.partition(BEGIN)
    _, _, after = rest.partition(END)
    tables = (item for item in fields(Config) if is_dataclass(item.type))
    inner = [row for item in tables for row in _rows(item.type, prefix=f"{setting_key(item.name)}.")]
    named = [row for prefix, table in _NAMED for row in _rows(table, prefix=prefix)]
    rows = [*_rows(Config), *inner, *named]
    table = "\n".join(["| setting | default | what it is |", "| --- | --- | --- |", *rows])
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _rows(settings: Any, prefix: str = "") -> Iterator[str]:
    default = settings()
    for item in fields(settings):
        value = getattr(default, item.name)
        if is_dataclass(value):
            continue
        shown = f"`{toml_value(value)}`" if value not in (None, {}, (), "") else "none"
        allowed = bounds_of(item.metadata).words
        means = f"{item.metadata['description']}{f' Allowed: {allowed}.' if allowed else ''}"
        yield f"| `{prefix}{setting_key(item.name)}` | {shown} | {means} |"


def _read(root: Path, path: str) -> str:
    file = root / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def main(arguments: list[str]) -> int:
    """Write or check, and return the exit code."""
    found = stale(ROOT)
    if "--check" in arguments:
        for path in found:
            sys.stderr.write(f"{path} is not current: run `python tools/generate.py`\n")
        return int(bool(found))
    texts = generated(ROOT)
    for path in found:
        file = ROOT / path
        if path in texts:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[path], encoding="utf-8", newline="\n")
        else:
            file.unlink()
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
