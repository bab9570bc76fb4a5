"""`incidentdocs lint`: check documents and tell every finding."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from incidentdocs.commands.linting import lint_files
from incidentdocs.commands.telling import tell, wanted
from incidentdocs.output.terminal import visible
from incidentdocs.output.told import Told
from incidentdocs.output.wording import counted
from incidentdocs.profiles.profile import Profile
from incidentdocs.workspace import Selection, open_workspace

NAMED = 3
"""Of the files that no profile claims, how many are named: a hook is handed every Markdown file."""


def run(  # noqa: PLR0913 - an argument is an option of the command
    start: Path,
    *,
    paths: Sequence[Path],
    format: str,
    outputs: Sequence[str],
    statistics: bool,
    show_files: bool,
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
    how = wanted(workspace, format, outputs, statistics=statistics, colour=colour)
    selection = workspace.select(paths)
    if paths and repository:
        selection = selection._replace(files=workspace.select(()).files)
    _tell_what_was_not_checked(selection, workspace.profiles)
    if show_files:
        _show(selection)
        return 0
    linted = lint_files(workspace, selection.files, whole=repository or not paths, cache=cache)
    linted = linted.fingerprinted() if how.fingerprinted else linted
    result = linted.result._replace(skipped=len(selection.unclaimed))
    documents = tuple(file.path for file in selection.files)
    tell(Told(result, linted.sources, documents, workspace.config.rule_pages), how)
    return int(bool(result.errors or (strict and result.warnings)))


def _show(selection: Selection) -> None:
    """Print the documents that would be checked, each with its kind behind a tab."""
    for file in selection.files:
        click.echo(f"{visible(file.path)}\t{file.kind}")


def _tell_what_was_not_checked(selection: Selection, profiles: Mapping[str, Profile]) -> None:
    if selection.unclaimed:
        names = ", ".join(visible(path) for path in selection.unclaimed[:NAMED])
        more = ", …" if len(selection.unclaimed) > NAMED else ""
        files = counted(len(selection.unclaimed), "file")
        click.echo(f"{files} not checked, claimed by no profile: {names}{more}", err=True)
    if not selection.files:
        places = ", ".join(f"{kind} in {profile.folders[0]}" for kind, profile in sorted(profiles.items()))
        click.echo(f"no document found; looked for: {visible(places)}", err=True)
