"""The repository as rules about all documents see it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from incidentdocs.commands.incidents import trigger_of
from incidentdocs.commands.past import Documents
from incidentdocs.history.past import Past
from incidentdocs.rules.overview import Overview
from incidentdocs.similarity.gathering import Gathered
from incidentdocs.similarity.naming import Named
from incidentdocs.similarity.recurrences import recurrences
from incidentdocs.workspace import File, Workspace


def overview_of(
    workspace: Workspace, gathered: Gathered, files: Sequence[File], past: Past | None
) -> Overview:
    """Return the overview of a workspace, of whose `files` all was gathered."""
    process = workspace.process
    return Overview(
        gathered,
        recurrences(gathered, trigger_of(workspace), process.today),
        Documents(workspace, {file.path: file for file in files}),
        process,
        frozenset(_present(workspace, gathered.named)),
        past,
        past.since if past else workspace.config.history.since,
    )


def _present(workspace: Workspace, named: Iterable[Named]) -> Iterator[str]:
    """Yield those of the names that are files of the repository."""
    for target in {each.reference.target for each in named}:
        outside = target.startswith(("/", "..")) or "\0" in target
        with suppress(OSError):  # such as a name that no file can have
            if not outside and (workspace.root / target).is_file():
                yield target
