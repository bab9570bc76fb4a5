"""`incidentdocs similar`: which incidents are like one of them, or how well that is told."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import click

from incidentdocs.commands.incidents import gathered_on_disk, own_terms, trigger_of
from incidentdocs.errors import UsageError
from incidentdocs.library.library import Library
from incidentdocs.output.report_json import report_json
from incidentdocs.output.similar_text import evaluation_text, similar_text
from incidentdocs.reports.promises import promises_on_disk
from incidentdocs.reports.similar import evaluation, most_alike, similar_report
from incidentdocs.similarity.links import Likeness
from incidentdocs.similarity.register import Register, register_of
from incidentdocs.similarity.telling import Telling
from incidentdocs.workspace import Workspace, open_workspace

Format = Literal["text", "json"]


def run(
    start: Path,
    *,
    path: Path | None,
    top: int,
    evaluate: bool,
    format: Format,
    config: Path | None,
    colour: bool,
) -> int:
    """Print the `top` incidents most like that of the document at `path`, and return the exit code.

    With `evaluate`, print how the scores agree with what documents say of one another instead. UsageError for
    a document that tells of no incident, and where no document says anything of another.
    """
    if (path is None) != evaluate:
        message = "name one document, or say --evaluate" if path is None else "--evaluate takes no document"
        raise UsageError(message, hint="incidentdocs similar docs/incidents/2026-03-14-api-down.md")
    workspace = open_workspace(start, config)
    if path is None:
        return _evaluate(workspace, format)
    return _similar(workspace, workspace.relative(path), top, format, colour=colour)


def _similar(workspace: Workspace, document: str, top: int, format: Format, *, colour: bool) -> int:
    gathered = gathered_on_disk(workspace)
    likeness = Likeness(
        register_of(_dated(gathered.tellings, document, workspace.process.today)), own_terms(workspace)
    )
    position = _position(likeness.register, document)
    others = most_alike(likeness, position, top)
    promises = promises_on_disk(_library(workspace, likeness.register, others))
    report = similar_report(likeness, position, others, trigger_of(workspace).bars, promises)
    text = report_json(report) if format == "json" else similar_text(report, colour=colour)
    click.echo(text, color=colour)
    return 0


def _dated(tellings: Sequence[Telling], document: str, today: date) -> list[Telling]:
    """Return `tellings`, that of `document` as of today where nothing gives its day."""
    return [
        telling._replace(day=today) if telling.document == document and telling.day is None else telling
        for telling in tellings
    ]


def _position(register: Register, document: str) -> int:
    for position, incident in enumerate(register.incidents):
        if document in incident.documents:
            return position
    hint = "name an incident's document or its post-mortem, as in docs/incidents/2026-03-14-api-down.md"
    raise UsageError(f"{document} tells of no incident", hint=hint)


def _library(workspace: Workspace, register: Register, positions: Sequence[int]) -> Library:
    wanted = {path for position in positions for path in register.incidents[position].documents}
    files = [file for file in workspace.select(()).files if file.path in wanted]
    return Library(tuple(map(workspace.read, files)), workspace.process)


def _evaluate(workspace: Workspace, format: Format) -> int:
    likeness = Likeness(register_of(gathered_on_disk(workspace).tellings))
    report = evaluation(likeness, trigger_of(workspace).bars)
    if not report.related + report.unrelated:
        hint = "write `related: [FILE]` or `not-related: [FILE]` into documents of which you know"
        raise UsageError("no document says of another whether the two are related", hint=hint)
    click.echo(report_json(report) if format == "json" else evaluation_text(report))
    return 0
