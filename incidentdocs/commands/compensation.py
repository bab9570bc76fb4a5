"""`incidentdocs oncall compensation`: how often people were called outside business hours."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

import click

from incidentdocs.commands.incidents import gather_documents
from incidentdocs.commands.oncall import configured
from incidentdocs.documents.detection import detection_of
from incidentdocs.documents.document import Document
from incidentdocs.output.compensation_text import compensation_csv, compensation_text
from incidentdocs.output.report_json import report_json
from incidentdocs.reports.compensation import Called, compensation
from incidentdocs.similarity.register import Incident, Register, register_of
from incidentdocs.workspace import Workspace

Format = Literal["text", "csv", "json"]


class _Said(NamedTuple):
    """What a document says of the call: when the incident was detected, and who answered for it."""

    detected: datetime | None
    answered: str


def run(start: Path, *, month: date, format: Format, config: Path | None) -> int:
    """Print who was called how often in the month whose first day is `month`, and return the exit code."""
    workspace, oncall = configured(start, config)
    report = compensation(workspace.process, oncall, month, _called(workspace))
    if format == "json":
        click.echo(report_json(report))
        return 0
    if format == "csv":
        click.echo(compensation_csv(report))
        if report.nobody or report.undetected:
            click.echo("not all incidents have a row: --format text tells which", err=True)
        return 0
    click.echo(compensation_text(report))
    return 0


def _called(workspace: Workspace) -> Iterator[Called]:
    """Yield every incident once, whether a document, its post-mortem or both tell of it."""
    said: dict[str, _Said] = {}

    def read() -> Iterator[Document]:
        for file in workspace.select(()).files:
            document = workspace.read(file)
            detected = detection_of(document)
            answered = next(iter(document.words("oncall")), "")
            said[document.path] = _Said(detected.first if detected else None, answered)
            yield document

    register = register_of(gather_documents(workspace, read()).tellings)
    for incident in register.incidents:
        sayings = [said[document] for document in _own(register, incident)]
        detected = next((each.detected for each in sayings if each.detected), None)
        answered = next((each.answered for each in sayings if each.answered), "")
        yield Called(incident.document, incident.day, detected, answered)
    for document in register.undated:
        yield Called(document, None, *said[document])


def _own(register: Register, incident: Incident) -> Iterator[str]:
    """Yield the documents of an incident that tell of no other: a time of several is none's."""
    for document in incident.documents:
        if len(register.positions[document]) == 1:
            yield document
