"""Files that the command line names to be written, refused where that would destroy something."""

import os
from pathlib import Path

from incidentdocs.config import CONFIG_FILE, PYPROJECT
from incidentdocs.errors import UsageError
from incidentdocs.own_settings import PROFILES
from incidentdocs.profiles.claims import claiming
from incidentdocs.workspace import Workspace


def refuse_place(workspace: Workspace, path: Path, *, instead: str) -> None:
    """Raise UsageError where `path` is a document, or would be one, or holds settings of the repository.

    The hint says to name a file that is `instead` of it.
    """
    place = Path(os.path.realpath(path))
    if not place.is_relative_to(workspace.root):
        return
    relative = place.relative_to(workspace.root).as_posix()
    if claiming(relative, workspace.profiles.values(), workspace.config.exclude):
        raise UsageError(f"{path} is a document, or would be one", hint=f"name another file {instead}")
    if relative in (CONFIG_FILE, PYPROJECT) or relative.startswith(f"{PROFILES}/"):
        raise UsageError(f"{path} holds settings of the repository", hint=f"name another file {instead}")
