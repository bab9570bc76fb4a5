"""`incidentdocs history`: what happened to the action items, oldest first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import click

from incidentdocs.commands.committed import required
from incidentdocs.errors import UsageError
from incidentdocs.history.values import History
from incidentdocs.output.history_csv import history_csv
from incidentdocs.output.history_json import history_jsonl
from incidentdocs.output.history_text import history_text
from incidentdocs.output.report_json import report_json
from incidentdocs.reports.events import HistoryReport, events
from incidentdocs.reports.promises import promises_in
from incidentdocs.workspace import Workspace, open_workspace

Format = Literal["text", "json", "jsonl", "csv"]


def run(
    start: Path,
    *,
    paths: Sequence[Path],
    format: Format,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the events of the action items in the documents at or below `paths` and return the exit code.

    UsageError for a path that no document has or had.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    history = required(workspace, at, what="incidentdocs history", cache=cache).history()
    concerns = _documents(workspace, history, paths)
    written = _written(events(promises_in(history, workspace.process), concerns=concerns), format, colour)
    if written:
        click.echo(written, color=colour)
    return 0


def _documents(workspace: Workspace, history: History, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Return what tells the documents at or below `paths`, where they are or where they once were."""
    wanted = {path: workspace.relative(path) for path in paths}
    if not wanted:
        return lambda document: True
    had = {document.path: document.paths for document in history.documents}
    found: set[str] = set()
    for path, relative in wanted.items():
        named = {document for document, places in had.items() if _any_below(places, relative)}
        if not named:
            raise UsageError(
                f"{path}: no document is or was there", hint="check the spelling of the path, or leave it out"
            )
        found |= named
    return found.__contains__


def _any_below(places: Iterable[str], folder: str) -> bool:
    return any(folder in (".", place) or place.startswith(f"{folder}/") for place in places)


def _written(report: HistoryReport, format: Format, colour: bool) -> str:
    if format == "text":
        return history_text(report, colour=colour)
    formats = {"json": report_json, "jsonl": history_jsonl, "csv": history_csv}
    return formats[format](report)
