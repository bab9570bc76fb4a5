"""`incidentdocs incident set`: say of an incident what is known of it by now, field by field."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from incidentdocs import clock
from incidentdocs.commands.changing import change
from incidentdocs.commands.new import fields_of
from incidentdocs.commands.standing import tell_next
from incidentdocs.commands.told_incident import open_or_just_resolved
from incidentdocs.documents.document import Document
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.errors import UsageError
from incidentdocs.markdown.front_matter import Value
from incidentdocs.output.terminal import visible
from incidentdocs.workspace import open_workspace

COMMAND = "incidentdocs incident set KEY=VALUE --incident"


def run(start: Path, *, fields: Sequence[str], incident: str | None, config: Path | None) -> int:
    """Write `fields`, each given as `KEY=VALUE`, into an incident's front matter, and return the exit code.

    UsageError for a field that such a document does not have, for a value that the field does not take, and
    for the field that ends the incident.
    """
    workspace = open_workspace(start, config)
    now = clock.now(workspace.process.zone)
    file = open_or_just_resolved(workspace, incident, start, now, command=COMMAND)
    document = change(
        workspace, file, lambda text, read: with_fields(text, _given(read, fields), path=read.path)
    )
    click.echo(visible(f"{document.path}: {', '.join(each.strip() for each in fields)}"))
    tell_next(document, now, named=incident is not None)
    return 0


def _given(document: Document, fields: Sequence[str]) -> Mapping[str, Value]:
    given = fields_of(document.profile, fields, option="")
    end = document.profile.open_until or "resolved"
    if end in given:
        raise UsageError(
            f"{end!r} is written once all is seen to work again", hint="incidentdocs incident resolve"
        )
    return given
