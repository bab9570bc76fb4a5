"""`incidentdocs profile`: learn a profile from documents, or show how much of them one understands."""

from collections.abc import Sequence
from pathlib import Path

import click

from incidentdocs.documents.document import read_document
from incidentdocs.editing.writing import create
from incidentdocs.errors import ConfigError, UsageError, did_you_mean
from incidentdocs.learning.learning import learn
from incidentdocs.learning.observing import observe
from incidentdocs.learning.proposal import profile_text, unsettled
from incidentdocs.learning.understanding import understand
from incidentdocs.output.terminal import visible
from incidentdocs.output.understanding_text import understanding_text
from incidentdocs.own_settings import profile_path
from incidentdocs.profiles.loading import read_profile
from incidentdocs.profiles.patterns import kind_mistake
from incidentdocs.workspace import TextFile, Workspace, open_workspace


def run_learn(start: Path, *, paths: Sequence[Path], write: str | None, config: Path | None) -> int:
    """Print the profile that the documents at `paths` fit, or write it as `write`; return the exit code.

    UsageError where there are no documents, and where there is such a profile already.
    """
    if write is not None and (wrong := kind_mistake(write, {})):
        raise UsageError(f"--write {write}: {wrong.message}", hint=wrong.hint)
    workspace = open_workspace(start, config)
    observed = [observe(file.path, file.source) for file in _files(workspace, paths)]
    learned = learn(observed)
    text = profile_text(learned, _name_of(write or "review"))
    if write is None:
        click.echo(text, nl=False)
        return 0
    path = profile_path(write)
    create(workspace.root, path, text)
    click.echo(path)
    for line in unsettled(learned):
        click.echo(f"not settled: {visible(line)}", err=True)
    _tell_what_stands_in_its_way(workspace, text, write, path)
    return 0


def run_check(start: Path, *, name: str, paths: Sequence[Path], config: Path | None, colour: bool) -> int:
    """Print how much of the documents at `paths` the profile called `name` understands.

    Return the exit code. UsageError for a profile that is not there, and where there are no documents.
    """
    workspace = open_workspace(start, config)
    profile = workspace.profiles.get(name)
    if profile is None:
        known = f"write one of {', '.join(sorted(workspace.profiles))}"
        hint = did_you_mean(name, workspace.profiles, otherwise=known)
        raise UsageError(f"no profile is called {name}", hint=hint)
    files = _files(workspace, paths)
    read = (read_document(file.path, file.source, profile, workspace.process) for file in files)
    click.echo(understanding_text([understand(document) for document in read], colour=colour), color=colour)
    return 0


def _files(workspace: Workspace, paths: Sequence[Path]) -> list[TextFile]:
    files = list(workspace.texts(paths))
    if not files:
        raise UsageError(
            "no document was found there", hint="name the folder of your post-mortems or runbooks"
        )
    return files


def _name_of(kind: str) -> str:
    return kind.replace("-", " ").capitalize()


def _tell_what_stands_in_its_way(workspace: Workspace, text: str, kind: str, path: str) -> None:
    """Say which other profile claims some of the same folders, or what of the new one cannot be used."""
    try:
        profile = read_profile(text, kind=kind, path=path, bases={})
    except ConfigError as error:  # a name that only a person can mend
        for each in (error, *error.others):
            click.echo(f"edit it before use: {visible(each.message)}; {visible(each.hint)}", err=True)
        return
    for other in workspace.profiles.values():
        if set(other.folders) & set(profile.folders):
            click.echo(f"the profile {visible(other.kind)} claims some of its folders too", err=True)
