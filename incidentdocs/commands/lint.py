"""`incidentdocs lint`: check documents and tell every finding."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import click

from incidentdocs.commands.linting import lint_files
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.profiles.profile import Profile
from incidentdocs.workspace import Selection, open_workspace

NAMED = 3
"""Of the files that no profile claims, how many are named: a hook is handed every Markdown file."""


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    paths: Sequence[Path],
    format: Literal["text", "json"],
    strict: bool,
    repository: bool,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the findings in the documents at `paths` and return the exit code.

    Without `paths`, or with `repository`, all documents are checked, and what became of them.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    selection = workspace.select(paths)
    if paths and repository:
        selection = selection._replace(files=workspace.select(()).files)
    _tell_what_was_not_checked(selection, workspace.profiles)
    linted = lint_files(workspace, selection.files, whole=repository or not paths, cache=cache)
    result = linted.result._replace(skipped=len(selection.unclaimed))
    if format == "json":
        from incidentdocs.output.lint_json import lint_json

        click.echo(lint_json(result))
    else:
        from incidentdocs.output.lint_text import lint_text

        click.echo(lint_text(result, linted.sources, colour=colour), color=colour)
    return int(bool(result.errors or (strict and result.warnings)))


def _tell_what_was_not_checked(selection: Selection, profiles: Mapping[str, Profile]) -> None:
    if selection.unclaimed:
        names = ", ".join(visible(path) for path in selection.unclaimed[:NAMED])
        more = ", …" if len(selection.unclaimed) > NAMED else ""
        files = counted(len(selection.unclaimed), "file")
        click.echo(f"{files} not checked, claimed by no profile: {names}{more}", err=True)
    if not selection.files:
        places = ", ".join(f"{kind} in {profile.folders[0]}" for kind, profile in sorted(profiles.items()))
        click.echo(f"no document found; looked for: {visible(places)}", err=True)
