"""`incidentdocs lint`: check documents and tell every finding."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs.commands.choosing import Choice, chosen, tell_what_does_nothing, tell_what_was_not_asked
from incidentdocs.commands.linting import lint_files
from incidentdocs.commands.narrowing import Narrowing, narrowing
from incidentdocs.commands.standard_input import selected
from incidentdocs.commands.telling import Wanted, tell, wanted
from incidentdocs.output.terminal import visible
from incidentdocs.output.told import Told
from incidentdocs.output.wording import counted, first_few
from incidentdocs.profiles.profile import Profile
from incidentdocs.rules import REPOSITORY_RULES
from incidentdocs.workspace import Selection, Workspace, open_workspace


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
    select: Sequence[str],
    ignore: Sequence[str],
    baseline: Path | None,
    write_baseline: Path | None,
    since: str | None,
    stdin_filename: Path | None,
    fix: bool,
    unsafe: bool,
    diff: bool,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the findings in the documents at `paths` and return the exit code.

    Without `paths`, or with `repository`, all documents are checked, and what became of them. With `fix`
    they are mended before that; with `diff` what would be mended is printed instead of the findings.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    how = wanted(workspace, format, outputs, statistics=statistics, colour=colour)
    choice = chosen(workspace.config, select, ignore)
    narrow = narrowing(workspace, baseline=baseline, write_baseline=write_baseline, since=since)
    selection = selected(workspace, paths, stdin_filename, repository=repository)
    if paths and repository:
        selection = selection._replace(files=workspace.select(()).files)
    _tell_what_was_not_checked(selection, workspace.profiles)
    tell_what_does_nothing(choice)
    if show_files:
        _show(selection)
        if paths and not repository:
            others = f"{len(REPOSITORY_RULES)} rules about all documents and their history"
            click.echo(f"{others} are not asked for single paths; --repository asks them", err=True)
        return 0
    whole = repository or not paths
    asked = _Asked(workspace, selection, choice, how, narrow, whole=whole, cache=cache, strict=strict)
    if not (fix or diff):
        return _lint(asked)
    from incidentdocs.commands.fixing import mend

    known = narrow.baseline.entries if narrow.baseline else frozenset()
    mended = mend(
        workspace, selection.files, choice, unsafe=unsafe, write=not diff, colour=colour, known=known
    )
    if diff:
        return int(mended.documents > 0)
    left = _lint(asked)
    return 2 if mended.failed else left


class _Asked(NamedTuple):
    """What a run checks and how it tells what it finds, as the options say."""

    workspace: Workspace
    selection: Selection
    choice: Choice
    how: Wanted
    narrow: Narrowing
    whole: bool
    cache: bool
    strict: bool


def _lint(asked: _Asked) -> int:
    """Lint what is asked, tell or record what is found, and return the exit code."""
    files, choice, narrow, whole = asked.selection.files, asked.choice, asked.narrow, asked.whole
    linted = lint_files(asked.workspace, files, whole=whole, cache=asked.cache, choice=choice)
    linted = linted.fingerprinted() if asked.how.fingerprinted or narrow.fingerprinted else linted
    tell_what_was_not_asked(choice, linted.asked, whole=whole)
    documents = tuple(file.path for file in files)
    if narrow.write(linted, documents, choice, whole=whole):
        return 0
    told, stale = narrow.told(linted, files, choice, whole=whole)
    result = told.result._replace(skipped=len(asked.selection.unclaimed), unread=len(asked.selection.unread))
    pages, strict = asked.workspace.config.rule_pages, asked.strict
    tell(Told(result, linted.sources, documents, pages, strict=strict), asked.how)
    return int(bool(result.errors or (strict and (result.warnings or stale))))


def _show(selection: Selection) -> None:
    """Print the documents that would be checked, each with its kind behind a tab; on stderr the others."""
    for file in selection.files:
        click.echo(f"{visible(file.path)}\t{file.kind}")
    for path in selection.unread:
        click.echo(f"not read, as its name is no document's: {visible(path)}", err=True)


def _tell_what_was_not_checked(selection: Selection, profiles: Mapping[str, Profile]) -> None:
    if selection.unclaimed:
        # Not all are named: a hook is handed every Markdown file.
        files, names = counted(len(selection.unclaimed), "file"), first_few(selection.unclaimed)
        click.echo(f"{files} not checked, claimed by no profile: {names}", err=True)
    if not selection.files:
        places = ", ".join(f"{kind} in {profile.folders[0]}" for kind, profile in sorted(profiles.items()))
        click.echo(f"no document found; looked for: {visible(places)}", err=True)
