"""`incidentdocs init`: set a repository up, and never overwrite anything in it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import click

from incidentdocs import clock
from incidentdocs.authoring.adopted_profile import adopted_profile
from incidentdocs.authoring.workflow import Forge
from incidentdocs.commands.automating import Automation, made, refuse_unasked, written
from incidentdocs.config import CONFIG_FILE, PYPROJECT, Config, Language, holds_config
from incidentdocs.config.text import config_template
from incidentdocs.editing.index_markers import BEGIN, END
from incidentdocs.editing.writing import create
from incidentdocs.errors import UsageError
from incidentdocs.output.index_markdown import index_markdown
from incidentdocs.output.terminal import visible
from incidentdocs.own_settings import find_root, profile_path
from incidentdocs.profiles.loading import BUILT_IN, READY
from incidentdocs.settings.mistakes import instead
from incidentdocs.settings.toml import decode_toml, parse_toml
from incidentdocs.workspace import open_workspace

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
    ("incident", "en"): """\
# Incidents

The register: one file an incident, named `YYYY-MM-DD-<what-broke>.md`, also for those without a post-mortem.

- `incidentdocs new incident "What broke" --severity SEV3` writes one.
- `incidentdocs new post-mortem --from FILE` begins its post-mortem.
- `incidentdocs report escalations` tells which of them keep coming back.
""",
    ("incident", "fr"): """\
# Incidents

Le registre : un fichier par incident, nommé `AAAA-MM-JJ-<ce-qui-a-casse>.md`, même sans post-mortem.

- `incidentdocs new incident "Ce qui a cassé" --severity SEV3` en écrit un.
- `incidentdocs new post-mortem --from FICHIER` commence son post-mortem.
- `incidentdocs report escalations` dit lesquels reviennent.
""",
    ("escalation", "en"): """\
# Escalations

One file a decision about incidents that keep coming back.

- `incidentdocs report escalations` tells which ask for one.
- `incidentdocs new escalation --for FILE` writes it for the set that FILE belongs to.
""",
    ("escalation", "fr"): """\
# Escalades

Un fichier par décision sur des incidents qui reviennent.

- `incidentdocs report escalations` dit lesquels en demandent une.
- `incidentdocs new escalation --for FICHIER` l'écrit pour l'ensemble auquel FICHIER appartient.
""",
    ("prometheus-runbook", "en"): """\
# Runbooks

One file an alert, called as the alert is.

- `incidentdocs new runbook AlertName` writes one.
- `incidentdocs lint` checks them all.
""",
    ("prometheus-runbook", "fr"): """\
# Runbooks

Un fichier par alerte, nommé comme elle.

- `incidentdocs new runbook NomDeLAlerte` en écrit un.
- `incidentdocs lint` les vérifie tous.
""",
}

_NEXT = """
Next, write a post-mortem and check it:

  incidentdocs new post-mortem "What broke"
  incidentdocs lint
"""

_AUTOMATE = """
To have every commit and every change checked, and a report on Mondays:

  incidentdocs init --hook --ci forgejo --weekly
"""

_INSTALL_HOOK = """
To have pre-commit call its hooks at every commit here:

  pre-commit install
"""

_TARGETS = """
The weekly report goes to the addresses in the secret INCIDENTDOCS_NOTIFY of the repository, with white space
between them. To see where that would be, with the variable set:

  incidentdocs report weekly --dry-run
"""

_SCHEDULE = """
GitLab runs it in a pipeline schedule with the variable INCIDENTDOCS_WEEKLY: Build > Pipeline schedules.
"""


def run(
    start: Path,
    *,
    language: str | None,
    profiles: Sequence[str] = (),
    ci: Forge | None = None,
    hook: bool = False,
    weekly: bool = False,
) -> int:
    """Write the configuration and the documents' folders of the repository that holds `start`.

    `profiles` are the ready profiles that it adopts; `ci`, `hook` and `weekly` say what runs the program.
    What is there already is kept, and told. Return the exit code. UsageError, before anything is written,
    for profiles that are not there or exclude each other, and for a weekly report that nothing runs;
    ConfigError for settings and templates of the repository that are broken.
    """
    adopted, automation = _adopted(profiles), Automation(ci, weekly, hook)
    refuse_unasked(automation)
    root, chosen = find_root(start), _language(start, language)
    files = made(open_workspace(start), automation) if ci or hook else {}
    click.echo(f"Setting up {visible(str(root))}")
    lines = [
        _config(root, chosen),
        _profiles(root, adopted),
        _folders(root, chosen, adopted),
        written(root, files),
    ]
    for line in chain.from_iterable(lines):
        click.echo(f"  {line}")
    click.echo(_next(automation), nl=False)
    return 0


def _next(automation: Automation) -> str:
    """Return what to do next."""
    parts = [
        _NEXT,
        "" if automation.forge or automation.hook else _AUTOMATE,
        _INSTALL_HOOK if automation.hook else "",
        _TARGETS if automation.weekly else "",
        _SCHEDULE if automation.weekly and automation.forge == "gitlab" else "",
    ]
    return "".join(parts)


def _adopted(names: Sequence[str]) -> dict[str, str]:
    """Return which ready profile each kind adopts."""
    adopted: dict[str, str] = {}
    for name in names:
        if name not in READY:
            raise UsageError(f"no ready profile is called {name!r}", hint=instead(name, tuple(READY)))
        other = adopted.setdefault(READY[name], name)
        if other != name:
            message = f"{other} and {name} are both profiles of the kind {READY[name]}"
            raise UsageError(message, hint=f"choose one of them: `incidentdocs init --profile {other}`")
    return adopted


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


def _profiles(root: Path, adopted: Mapping[str, str]) -> Iterator[str]:
    for kind, name in adopted.items():
        path = profile_path(kind)
        if not os.path.lexists(root / path):
            create(root, path, adopted_profile(name))
            yield f"created  {path} (extends {name})"
        elif _extends(root / path, path) == name:
            yield f"kept     {path} (extends {name})"
        else:
            yield f'kept     {path}: to use {name}, write `extends = "{name}"` into it'


def _extends(file: Path, path: str) -> object:
    return parse_toml(decode_toml(file.read_bytes(), path=path), path=path).get("extends")


def _folders(root: Path, language: Language, adopted: Mapping[str, str]) -> Iterator[str]:
    # Its words are those of the configuration, by which it is kept up, whatever language was asked for.
    empty = index_markdown((), folder=".", language=open_workspace(root).config.language)
    table = f"{BEGIN}\n\n{empty}\n\n{END}\n"
    for kind in BUILT_IN:
        folder = f"docs/{kind}s"
        if (root / folder).is_dir() and any((root / folder).iterdir()):
            yield f"kept     {folder}/"
        else:
            text = _README.get((adopted.get(kind, kind), language)) or _README[kind, language]
            create(root, f"{folder}/README.md", f"{text}\n{table}")
            yield f"created  {folder}/README.md"
