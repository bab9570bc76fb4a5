"""The repository as rules about all documents see it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from incidentdocs.commands.incidents import trigger_of
from incidentdocs.commands.past import Documents
from incidentdocs.history.past import Past
from incidentdocs.markdown.compose_files import LONGEST, services_in
from incidentdocs.rules.overview import Overview, Told
from incidentdocs.rules.rule import LibraryRule, Rule
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


def with_told(workspace: Workspace, overview: Overview, told: Told, rules: Iterable[Rule]) -> Overview:
    """Return the overview with what was `told` of each document, and what of that is in the repository."""
    sought = {
        path
        for rule in rules
        if isinstance(rule, LibraryRule)
        for path in rule.looks_for(told.get(rule.name, {}))
    }
    present = frozenset(path for path in sought if _is_there(workspace, path))
    used = any(rule.asks_services and told.get(rule.name) for rule in rules if isinstance(rule, LibraryRule))
    services = _services(workspace) if used else None
    return overview._replace(told=told, present=overview.present | present, services=services)


def _services(workspace: Workspace) -> frozenset[str] | None:
    """Return the services of the Compose files in the folder of the code, None where any cannot be read."""
    folder = workspace.root / workspace.process.code
    found: list[frozenset[str] | None] = []
    with suppress(OSError):
        for name in ("compose*.y*ml", "docker-compose*.y*ml"):
            for file in sorted(folder.glob(name)):
                text = file.read_bytes()[: LONGEST + 1].decode("utf-8", "replace") if file.is_file() else ""
                found.append(services_in(text))
        known = [services for services in found if services is not None]
        return frozenset().union(*known) if found and len(known) == len(found) else None
    return None


def _is_there(workspace: Workspace, path: str) -> bool:
    """Return whether `path` is a file of the repository, or a folder where it ends with a slash."""
    outside = path.startswith("/") or ".." in path.split("/") or "\0" in path
    with suppress(OSError):  # such as a name that no file can have
        place = workspace.root / path
        return not outside and (place.is_dir() if path.endswith("/") else place.is_file())
    return False


def _present(workspace: Workspace, named: Iterable[Named]) -> Iterator[str]:
    """Yield those of the names that are files of the repository."""
    for target in {each.reference.target for each in named}:
        if _is_there(workspace, target):
            yield target
