"""The past that lint asks about, or the line that says why it does not."""

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from incidentdocs.commands.keeping import kept_for
from incidentdocs.documents.document import Document
from incidentdocs.errors import HistoryIncomplete
from incidentdocs.output.terminal import visible
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.workspace import File, Workspace

if TYPE_CHECKING:
    from incidentdocs.history.past import Past
    from incidentdocs.history.repository import Checkout


def past_of(workspace: Workspace, *, cache: bool) -> "Past | None":
    """Return the past of the repository with its working tree, None where history rules are not to run.

    With `cache` what earlier runs have read of it is not read again.

    That its history is not complete is told on stderr. Outside git there is nothing to tell.
    HistoryIncomplete where the configuration requires what is not there.
    """
    required = workspace.config.history.use == "required"
    if workspace.config.history.use == "off" or not (required or (workspace.root / ".git").exists()):
        return None
    from incidentdocs.history.repository import GitFailed

    try:
        checkout = _complete(workspace)
        return _read(workspace, checkout, cache=cache) if checkout else None
    except (GitFailed, HistoryIncomplete) as error:
        if required:
            raise
        click.echo(f"history rules were not run: {visible(error.message)}; {visible(error.hint)}", err=True)
        return None


def _complete(workspace: Workspace) -> "Checkout | None":
    """Return the checkout that the workspace is, None where it is none and none is required."""
    from incidentdocs.history.repository import Checkout, NotARepository

    try:
        checkout = Checkout.open(workspace.root)
    except NotARepository as error:
        if workspace.config.history.use != "required":
            return None
        raise HistoryIncomplete(error.message, hint=error.hint) from error
    if not checkout.complete:
        raise checkout.incomplete()
    return checkout


def _read(workspace: Workspace, checkout: "Checkout", *, cache: bool) -> "Past":
    from incidentdocs.history.evidence import proved
    from incidentdocs.history.history import read_history
    from incidentdocs.history.past import Past
    from incidentdocs.history.reading import Reader

    revision = checkout.revision()
    files = workspace.select(()).files
    contents = {file.path: workspace.content(file) for file in files}
    reader = Reader(workspace.profiles, workspace.process, workspace.config.exclude)
    kept = kept_for(checkout, revision, reader) if cache else None
    since = workspace.judged_since(checkout, revision, kept) if revision else None
    history = read_history(
        checkout,
        revision,
        reader,
        since=since,
        with_restored=True,
        working_tree={git_path(workspace, file): contents[file.path] for file in files},
        kept=kept,
    )
    readable = {file.path: file for file in files if contents[file.path] is not None}
    return Past(
        proved(history, checkout, kept),
        Documents(workspace, readable),
        workspace.process,
        since=since,
        kinds=kinds_of(workspace.profiles.values(), "post-mortem"),
    )


def git_path(workspace: Workspace, file: File) -> str:
    """Return the path of a file as git has it: bytes that are no UTF-8 are surrogate escapes."""
    relative = file.place.relative_to(workspace.root).as_posix()
    return os.fsencode(relative).decode("utf-8", "surrogateescape")


class Documents(Mapping[str, Document]):
    """The documents of a workspace by path, each read when it is asked for."""

    def __init__(self, workspace: Workspace, files: Mapping[str, File]) -> None:
        self._workspace = workspace
        self._files = files
        self._read: dict[str, Document] = {}

    def __getitem__(self, path: str) -> Document:
        if path not in self._read:
            self._read[path] = self._workspace.read(self._files[path])
        return self._read[path]

    def __contains__(self, path: object) -> bool:
        return path in self._files  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
