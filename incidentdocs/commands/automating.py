"""The files by which `incidentdocs init` has a build server and pre-commit run the program."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from incidentdocs import __version__
from incidentdocs.authoring.workflow import (
    HOOK,
    LINTING,
    TEMPLATES,
    WEEKLY,
    Forge,
    Workflow,
    built_in_workflow,
    hook_ids,
    with_hook,
    workflow_text,
)
from incidentdocs.commands.sending import variables
from incidentdocs.config import CONFIG_FILE
from incidentdocs.editing.writing import create, replace
from incidentdocs.errors import ConfigError, UsageError
from incidentdocs.history.repository import USUAL_MAIN_BRANCHES, Checkout, NotARepository
from incidentdocs.own_settings import settings_text
from incidentdocs.settings.mistakes import instead
from incidentdocs.workspace import Workspace

OWN = ".incidentdocs/workflows"
"""Where a repository keeps its own templates of these files."""

_GITLAB = ".gitlab-ci.yml"
"""The one file of a repository that GitLab reads by itself."""


class Automation(NamedTuple):
    """What runs the program: a build server's workflows, with a weekly one or without, and a hook."""

    forge: Forge | None = None
    weekly: bool = False
    hook: bool = False

    @property
    def workflows(self) -> tuple[Workflow, ...]:
        """The workflows of the build server that is asked for."""
        if self.forge is None:
            return ()
        return (LINTING[self.forge], *([WEEKLY[self.forge]] if self.weekly else []))


def refuse_unasked(automation: Automation) -> None:
    """Raise UsageError for a weekly report that nothing would run."""
    if automation.weekly and automation.forge is None:
        hint = "say which build server runs it: `incidentdocs init --ci forgejo --weekly`"
        raise UsageError("--weekly needs --ci", hint=hint)


def made(workspace: Workspace, automation: Automation) -> dict[Workflow, str]:
    """Return the text of each file that is asked for, before anything is written.

    ConfigError for a template of the repository that is broken or that nothing asks for.
    """
    _refuse_unknown_templates(workspace.root)
    values = _values(workspace)
    wanted = [*automation.workflows, *([HOOK] if automation.hook else [])]
    return {workflow: _text(workspace.root, workflow, values) for workflow in wanted}


def written(root: Path, texts: Mapping[Workflow, str]) -> Iterator[str]:
    """Write the files that are not there yet, and yield what became of each, a line for each."""
    for workflow, text in texts.items():
        yield from _hook(root, text) if workflow == HOOK else [_workflow(root, workflow.path, text)]
    included = [workflow.path for workflow in texts if workflow.path.startswith(".gitlab/")]
    if included:
        yield from _gitlab(root, included)


def _refuse_unknown_templates(root: Path) -> None:
    folder = root / OWN
    names = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        if name not in TEMPLATES and not name.startswith("."):
            message = f"nothing uses a template called {name!r}"
            raise ConfigError(message, path=f"{OWN}/{name}", hint=instead(name, TEMPLATES))


def _values(workspace: Workspace) -> dict[str, object]:
    folders = {folder for profile in workspace.profiles.values() for folder in profile.folders}
    distinct = {folder for folder in folders if f"**/{folder}" not in folders}
    documents = sorted("**/*.md" if folder == "." else f"{folder}/**" for folder in distinct)
    return {
        "version": __version__,
        "watched": [*documents, CONFIG_FILE, ".incidentdocs/**"],
        "branches": _branches(workspace.root),
        "variables": list(variables(workspace.config.notify)),
        "targets": bool(workspace.config.notify.targets),
    }


def _branches(root: Path) -> list[str]:
    """Return the names that the main line may have."""
    try:
        return sorted(Checkout.open(root).main_branches)
    except NotARepository:
        return sorted(USUAL_MAIN_BRANCHES)


def _text(root: Path, workflow: Workflow, values: Mapping[str, object]) -> str:
    path = f"{OWN}/{workflow.template}"
    own = root / path
    if os.path.lexists(own):
        return workflow_text(settings_text(own, path), values, path=path)
    return workflow_text(built_in_workflow(workflow.template), values, path=workflow.template)


def _workflow(root: Path, path: str, text: str) -> str:
    if not os.path.lexists(root / path):
        create(root, path, text)
        return f"created  {path}"
    if _read(root, path) == text:
        return f"kept     {path}"
    return f"kept     {path}, which says something else: to have it anew, move it away and run this again"


def _hook(root: Path, entry: str) -> Iterator[str]:
    path, alone = HOOK.path, f"repos:\n{_indented(entry)}"
    if not os.path.lexists(root / path):
        create(root, path, alone)
        yield f"created  {path}"
        return
    config = _read(root, path)
    if hook_ids(alone) & hook_ids(config):
        yield f"kept     {path} with its hooks"
    elif extended := with_hook(config, entry):
        replace(root, path, extended, expected=config.encode("utf-8"))
        yield f"extended {path} with the hooks of incidentdocs"
    else:
        yield f"kept     {path}: write the hooks into its list `repos` yourself:"
        yield from (f"           {line}" for line in entry.splitlines())


def _gitlab(root: Path, included: list[str]) -> Iterator[str]:
    lines = ["include:", *(f"  - local: {path}" for path in included)]
    if not os.path.lexists(root / _GITLAB):
        create(root, _GITLAB, "\n".join([*lines, ""]))
        yield f"created  {_GITLAB}"
    elif all(path in _read(root, _GITLAB) for path in included):
        yield f"kept     {_GITLAB}, which names {' and '.join(included)}"
    else:
        yield f"kept     {_GITLAB}: write into it"
        yield from (f"           {line}" for line in lines)


def _indented(entry: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in entry.splitlines(keepends=True))


def _read(root: Path, path: str) -> str:
    """Return what the file at `path` holds; UsageError, with nothing written to it, where it is no text."""
    try:
        return (root / path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read", hint="make it a text file in UTF-8 that you may read"
        ) from error
