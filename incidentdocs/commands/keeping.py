"""Where commands find what earlier runs have read of a repository's history."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from incidentdocs.history.kept import Kept
    from incidentdocs.history.reading import Reader
    from incidentdocs.history.repository import Checkout


def kept_for(checkout: "Checkout", revision: str | None, reader: "Reader") -> "Kept | None":
    """Return what is kept of earlier readings, None where nothing is or should be.

    That is in a bare repository, which has no place for it, and where the folder that keeps it is committed:
    what it says then comes from somebody else. The latter is told on stderr.
    """
    from incidentdocs.history.kept import kept_of
    from incidentdocs.history.store import FOLDER

    if revision is None or checkout.bare:
        return None
    if checkout.tree(revision, [f":(top,literal){FOLDER}"]):
        remedy = f"`git rm -r --cached {FOLDER}` takes it out"
        click.echo(f"{FOLDER} is committed and not used; {remedy}", err=True)
        return None
    return kept_of(checkout.root, reader)
