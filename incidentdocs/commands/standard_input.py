"""`lint -`: a text that comes on the standard input, read as a document of the repository."""

import sys
from collections.abc import Sequence
from pathlib import Path

from incidentdocs.errors import UsageError
from incidentdocs.workspace import LARGEST_DOCUMENT, Selection, Workspace

STDIN = Path("-")


def selected(
    workspace: Workspace, paths: Sequence[Path], stdin_filename: Path | None, *, repository: bool
) -> Selection:
    """Return the files at or below `paths`; for `-` what stands on the standard input, as `stdin_filename`.

    UsageError where one is given without the other, and for `-` beside other paths or the whole repository.
    """
    if STDIN not in paths:
        if stdin_filename is not None:
            hint = f"write `incidentdocs lint - --stdin-filename {stdin_filename}`"
            raise UsageError("--stdin-filename is for the standard input, which `-` stands for", hint=hint)
        return workspace.select(paths)
    if len(paths) > 1 or repository:
        others = "--repository" if repository else "the other paths"
        raise UsageError("`-` is read alone", hint=f"leave out {others}, or run lint once more")
    if stdin_filename is None:
        hint = "write `incidentdocs lint - --stdin-filename docs/post-mortems/2026-03-14-api-down.md`"
        raise UsageError("which document the standard input is must be said", hint=hint)
    return workspace.given(stdin_filename, sys.stdin.buffer.read(LARGEST_DOCUMENT + 1))
