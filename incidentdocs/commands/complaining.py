"""An error as the user is told of it: what is wrong, and what to do."""

import click

from incidentdocs.errors import IncidentdocsError
from incidentdocs.output.terminal import visible


def tell_error(error: IncidentdocsError) -> None:
    """Write on stderr all that went wrong, each with its hint, in characters that can only be read."""
    for each in (error, *error.others):
        for label, text in (("error", each.message), ("hint", each.hint)):
            lines = [visible(line) for line in text.split("\n")]
            click.echo(f"{label}: " + "\n       ".join(lines), err=True)
