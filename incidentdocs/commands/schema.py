"""`incidentdocs schema`: the JSON Schema of a file that the program reads or prints."""

from pathlib import Path

import click

from incidentdocs.errors import UsageError, did_you_mean
from incidentdocs.output.json_text import json_text
from incidentdocs.output.schemas import MADE, front_matter_schema
from incidentdocs.profiles.loading import READY, built_in
from incidentdocs.workspace import open_workspace


def run(start: Path, *, name: str) -> int:
    """Print the schema called `name`, or that of the front matter of the kind `name`.

    The kinds are those of the repository that holds `start`, and the ready profiles; UsageError where
    there is none.
    """
    if name in MADE:
        click.echo(json_text(MADE[name]()))
        return 0
    profiles = open_workspace(start).profiles
    if name in READY and name not in profiles:
        profiles = {name: built_in(name)}
    if name not in profiles:
        known = (*MADE, *profiles)
        hint = did_you_mean(name, known, otherwise=f"write one of {', '.join(known)}")
        raise UsageError(f"no schema is called {name}", hint=hint)
    click.echo(json_text(front_matter_schema(profiles[name])))
    return 0
