"""`incidentdocs lint`: check documents and tell every finding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import repeat
from pathlib import Path
from typing import Literal, NamedTuple

import click

from incidentdocs.config import Config, RuleConfig
from incidentdocs.library.result import LintResult
from incidentdocs.linter import Found, ask_history, in_order, lint
from incidentdocs.markdown.source import Source
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.processes import processes_for, shares
from incidentdocs.profiles.profile import Profile
from incidentdocs.rules import HISTORY_RULES, RULES, with_options
from incidentdocs.rules.rule import Rule
from incidentdocs.workspace import File, Selection, Workspace, open_workspace

FILES_FOR_A_PROCESS = 100
"""Fewer are linted sooner than another process has started."""

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
    history = _history(workspace, asked=repository or not paths, cache=cache)
    linted = _lint_all(workspace, selection.files, history)
    result = linted.result._replace(skipped=len(selection.unclaimed))
    if format == "json":
        from incidentdocs.output.lint_json import lint_json

        click.echo(lint_json(result))
    else:
        from incidentdocs.output.lint_text import lint_text

        click.echo(lint_text(result, linted.sources, colour=colour), color=colour)
    return int(bool(result.errors or (strict and result.warnings)))


class Linted(NamedTuple):
    """A result, and the source lines of the documents that have findings, by path."""

    result: LintResult
    sources: dict[str, Source]


def _history(workspace: Workspace, *, asked: bool, cache: bool) -> Found | None:
    """Return what the history rules find, None where they do not run."""
    rules = enabled_rules(workspace.config, HISTORY_RULES) if asked else []
    if not rules:
        return None
    from incidentdocs.commands.past import past_of

    past = past_of(workspace, cache=cache)
    return ask_history(past, rules) if past else None


def _lint_all(workspace: Workspace, files: Sequence[File], history: Found | None) -> Linted:
    """Lint `files`, in several processes where they are many enough to pay for their start."""
    processes = processes_for(len(files), least=FILES_FOR_A_PROCESS)
    if processes < 2:
        return _lint_some(workspace, files, history)
    from concurrent.futures import ProcessPoolExecutor

    parts = shares(files, processes)
    with ProcessPoolExecutor(processes) as pool:
        linted = reduce(_joined, pool.map(_lint_some, repeat(workspace), parts, _shared(history, parts)))
    return linted._replace(result=linted.result._replace(findings=in_order(linted.result.findings)))


def _shared(history: Found | None, parts: Sequence[Sequence[File]]) -> Iterator[Found | None]:
    """Yield what was found in the files of each part; what is gone goes with the last."""
    if history is None:
        yield from repeat(None, len(parts))
        return
    rest = dict(history)
    for part in parts[:-1]:
        yield {file.path: rest.pop(file.path) for file in part if file.path in rest}
    yield rest


def _lint_some(workspace: Workspace, files: Sequence[File], history: Found | None) -> Linted:
    documents = [workspace.read(file) for file in files]
    decided = workspace.config.rules.items()
    severities = {name: rule.severity for name, rule in decided if rule.severity}
    names = [name for name in RULES if history is not None or name not in HISTORY_RULES]
    rules = enabled_rules(workspace.config, names)
    result = lint(documents, rules, severities=severities, past=history)
    found_in = {finding.path for finding in result.findings}
    # Only the lines are shown, and blocks cost time to send from one process to another.
    lines = {document.path: document.source._replace(blocks=()) for document in documents}
    return Linted(result, {path: lines[path] for path in found_in if path in lines})


def _joined(one: Linted, other: Linted) -> Linted:
    return Linted(one.result.joined(other.result), one.sources | other.sources)


def enabled_rules(config: Config, names: Iterable[str]) -> list[Rule]:
    """Return those of the rules called `names` that the configuration's edition, or itself, turns on."""
    rules = []
    for name in names:
        decided = config.rules.get(name, RuleConfig())
        if decided.enabled is not False:
            rule = with_options(name, decided.options)
            if decided.enabled or rule.edition <= config.edition:
                rules.append(rule)
    return rules


def _tell_what_was_not_checked(selection: Selection, profiles: Mapping[str, Profile]) -> None:
    if selection.unclaimed:
        names = ", ".join(visible(path) for path in selection.unclaimed[:NAMED])
        more = ", …" if len(selection.unclaimed) > NAMED else ""
        files = counted(len(selection.unclaimed), "file")
        click.echo(f"{files} not checked, claimed by no profile: {names}{more}", err=True)
    if not selection.files:
        places = ", ".join(f"{kind} in {profile.folders[0]}" for kind, profile in sorted(profiles.items()))
        click.echo(f"no document found; looked for: {visible(places)}", err=True)
