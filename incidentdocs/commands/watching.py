"""`lint --watch`: check again whenever a document, the configuration or a profile changes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

import click

from incidentdocs import clock
from incidentdocs.commands.complaining import tell_error
from incidentdocs.config import CONFIG_FILE, PYPROJECT
from incidentdocs.errors import IncidentdocsError, UsageError
from incidentdocs.own_settings import PROFILES, find_root
from incidentdocs.profiles.claims import may_be_document
from incidentdocs.workspace import NEVER_ENTERED

QUIET = 200
"""Milliseconds without another change after which a save is over."""

OWN = PurePath(PROFILES).parts[:1]
"""The folder of what a repository decides for itself."""


def run_on_change(
    run: Callable[..., int], start: Path, *, paths: Sequence[Path], config: Path | None, **options: Any
) -> int:
    """Call `run` at once and again after every change in the repository that holds `start`, for good.

    What is wrong in the configuration is told, and waited for too. UsageError where nothing can be watched.
    """
    root = find_root(start)
    more = {str(config.resolve())} if config else set()
    for _ in _changes(root, lambda path: path in more or _matters(PurePath(path).relative_to(root))):
        try:
            run(start, paths=paths, config=config, **options)
        except IncidentdocsError as error:
            tell_error(error)
        click.echo(f"── {clock.local_time():%H:%M:%S} ── waiting for a change, Ctrl-C ends", err=True)
    return 0


def _changes(root: Path, matters: Callable[[str], bool]) -> Iterator[None]:
    """Yield once when changes begin to be seen, and again after each that `matters`."""
    try:
        from watchfiles import watch
    except ImportError as error:
        hint = "run `pip install 'incidentdocs[watch]'`"
        raise UsageError("--watch needs the package watchfiles, which is not installed", hint=hint) from error
    began = False
    seen = watch(
        root,
        watch_filter=lambda change, path: matters(path),
        step=QUIET,
        rust_timeout=QUIET,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    try:
        for changes in seen:
            # Only after the first time-out is it sure that nothing which happens during a run goes unseen.
            if changes or not began:
                began = True
                yield
    except OSError as error:
        hint = "set WATCHFILES_FORCE_POLLING=true, or raise the system's limit of watched files"
        raise UsageError(f"{root} cannot be watched: {error}", hint=hint) from error


def _matters(path: PurePath) -> bool:
    """Return whether what is checked may be another when what stands at `path`, below the root, changes.

    A folder may: what is in one when it comes is not told of.
    """
    if str(path) in (CONFIG_FILE, PYPROJECT) or path.parts[:1] == OWN:
        return True
    hidden = any(part.startswith(".") or part in NEVER_ENTERED for part in path.parts)
    return not hidden and may_be_document(str(path))
