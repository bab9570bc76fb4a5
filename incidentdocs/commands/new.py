"""`incidentdocs new`: write one new document and print its path."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from incidentdocs.authoring.new_document import Answers, Template, new_folder, new_path, new_text
from incidentdocs.editing.writing import create
from incidentdocs.errors import UsageError
from incidentdocs.output.terminal import visible
from incidentdocs.profiles.loading import READY
from incidentdocs.profiles.profile import Profile
from incidentdocs.settings.mistakes import instead
from incidentdocs.workspace import Workspace, open_workspace


def run(
    start: Path,
    *,
    kind: str,
    title: str,
    day: date | None,
    severity: str | None,
    services: Sequence[str],
    language: str | None,
    config: Path | None,
) -> int:
    """Write a document of `kind` called `title`, dated `day` (default: today), and return the exit code.

    Its path is printed relative to `start`. UsageError for an unknown kind or severity, and where the
    file exists already.
    """
    workspace = open_workspace(start, config)
    profile = profile_called(workspace, kind)
    answers = Answers(
        title=title, day=day or workspace.process.today, severity=severity, services=tuple(services)
    )
    chosen = language or workspace.config.language
    path = new_path(profile, answers, _names(workspace.root / new_folder(profile)))
    text = new_text(profile, Template(*workspace.template(kind, chosen)), answers, language=chosen)
    create(workspace.root, path, text)
    click.echo(visible(os.path.relpath(workspace.root / path, start.resolve())))
    return 0


def profile_called(workspace: Workspace, kind: str) -> Profile:
    """Return the profile called `kind`; UsageError, with the nearest one's name, where there is none."""
    if kind not in workspace.profiles:
        hint = instead(kind, tuple(workspace.profiles))
        if kind in READY:
            hint = f"adopt it with `incidentdocs init --profile {kind}`, then write a {READY[kind]}"
        raise UsageError(f"there is no kind of document called {kind!r}", hint=hint)
    return workspace.profiles[kind]


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []
