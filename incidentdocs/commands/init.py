"""`incidentdocs init`: set a repository up, and never overwrite anything in it."""

from collections.abc import Iterator
from pathlib import Path

import click

from incidentdocs import clock
from incidentdocs.config import CONFIG_FILE, PYPROJECT, Config, Language, config_template, holds_config
from incidentdocs.editing.writing import create
from incidentdocs.output.terminal import visible
from incidentdocs.settings.toml import decode_toml
from incidentdocs.workspace import find_root, open_workspace

_README = {
    ("post-mortem", "en"): """\
# Post-mortems

One file an incident, named `YYYY-MM-DD-<what-broke>.md`.

- `incidentdocs new post-mortem "What broke"` writes one.
- `incidentdocs lint` checks them all.
""",
    ("post-mortem", "fr"): """\
# Post-mortems

Un fichier par incident, nommé `AAAA-MM-JJ-<ce-qui-a-casse>.md`.

- `incidentdocs new post-mortem "Ce qui a cassé"` en écrit un.
- `incidentdocs lint` les vérifie tous.
""",
    ("runbook", "en"): """\
# Runbooks

One file a kind of incident, named `runbook-<what-is-down>.md`.

- `incidentdocs new runbook "What is down"` writes one.
- `incidentdocs lint` checks them all.
""",
    ("runbook", "fr"): """\
# Runbooks

Un fichier par type d'incident, nommé `runbook-<ce-qui-est-en-panne>.md`.

- `incidentdocs new runbook "Ce qui est en panne"` en écrit un.
- `incidentdocs lint` les vérifie tous.
""",
}

_NEXT = """
Next, write a post-mortem and check it:

  incidentdocs new post-mortem "What broke"
  incidentdocs lint

To check every commit, add to .pre-commit-config.yaml:

repos:
  - repo: local
    hooks:
      - id: incidentdocs
        name: incidentdocs
        entry: incidentdocs lint
        language: system
        files: ^docs/(post-mortems|runbooks)/
        types: [markdown]
"""


def run(start: Path, *, language: str | None) -> int:
    """Write the configuration and the documents' folders of the repository that holds `start`.

    What is there already is kept, and told. Return the exit code.
    """
    root = find_root(start)
    chosen = _language(start, language)
    click.echo(f"Setting up {visible(str(root))}")
    for line in [*_config(root, chosen), *_folders(root, chosen)]:
        click.echo(f"  {line}")
    click.echo(_NEXT, nl=False)
    return 0


def _language(start: Path, asked: str | None) -> Language:
    """Return the language that is asked for, else that of the configuration that is there."""
    if asked is None:
        return open_workspace(start).config.language
    return "fr" if asked == "fr" else "en"


def _config(root: Path, language: Language) -> Iterator[str]:
    if (root / CONFIG_FILE).exists():
        yield f"kept     {CONFIG_FILE} with its settings"
    elif _is_configured_by_pyproject(root):
        yield f"kept     [tool.incidentdocs] in {PYPROJECT} with its settings"
    else:
        zone = clock.machine_zone()
        create(root, CONFIG_FILE, config_template(Config(language=language, timezone=zone)))
        yield f"created  {CONFIG_FILE} (language {language}, time zone {zone})"


def _is_configured_by_pyproject(root: Path) -> bool:
    file = root / PYPROJECT
    return file.is_file() and holds_config(decode_toml(file.read_bytes(), path=PYPROJECT), path=PYPROJECT)


def _folders(root: Path, language: Language) -> Iterator[str]:
    for kind in ("post-mortem", "runbook"):
        folder = f"docs/{kind}s"
        if (root / folder).is_dir() and any((root / folder).iterdir()):
            yield f"kept     {folder}/"
        else:
            create(root, f"{folder}/README.md", _README[kind, language])
            yield f"created  {folder}/README.md"
