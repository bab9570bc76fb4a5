"""What a shell completes: names of kinds, rules, schemas and formats, looked up only when it asks."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentdocs.errors import IncidentdocsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_kind(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return the repository's kinds of document that begin so; those built in where it cannot be read."""
    return _beginning(begun, _kinds())


def complete_profile(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return the profiles that begin so: the repository's kinds, and those ready to be adopted."""
    from incidentdocs.profiles.loading import READY

    return _beginning(begun, {*_kinds(), *READY})


def complete_rule(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return the names of rules that begin so; behind a comma, those of a list's last word."""
    from incidentdocs.rules import RULES

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in _beginning(last, RULES)]


def complete_schema(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return the names of schemas that begin so."""
    from incidentdocs.output.schemas import MADE
    from incidentdocs.profiles.loading import READY

    return _beginning(begun, {*MADE, *_kinds(), *READY})


def complete_output(context: click.Context, parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
    """Return the formats that begin so, each with its colon; behind one, paths are completed."""
    from click.shell_completion import CompletionItem

    from incidentdocs.output.lint_formats import FORMATS

    _, colon, path = begun.partition(":")
    if colon:
        return [CompletionItem(path, type="file")]
    return [CompletionItem(f"{name}:") for name in _beginning(begun, FORMATS)]


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(begun))


def _kinds() -> set[str]:
    from incidentdocs.profiles.loading import BUILT_IN
    from incidentdocs.workspace import open_workspace

    try:
        return {*open_workspace(Path.cwd()).profiles}
    except IncidentdocsError:  # a shell is no place to tell of a mistake
        return {*BUILT_IN}
