"""`incidentdocs index`: keep the tables of documents up that folders' pages hold between two markers."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs.editing.index_markers import BEGIN, END, with_index
from incidentdocs.editing.writing import replace
from incidentdocs.errors import UsageError
from incidentdocs.output.diff_text import diff_text
from incidentdocs.output.index_markdown import index_markdown
from incidentdocs.output.terminal import visible
from incidentdocs.reports.index import index
from incidentdocs.workspace import Workspace, open_workspace

_NONE = f"""\
No README.md or index.md holds the markers. Write them into one for a table of the documents below its folder:

{BEGIN}
{END}
"""


class _Page(NamedTuple):
    """A page with markers: what it holds, and what it would hold with its table made anew."""

    path: str
    content: bytes
    text: str
    made: str


def run(start: Path, *, check: bool, write: bool, config: Path | None, colour: bool) -> int:
    """Show how the tables in the repository that holds `start` would change, or write them.

    Return the exit code: 1 with `check` where one is not what the documents say. UsageError, before anything
    is written, for markers that do not belong together and for a page that cannot be read.
    """
    if check and write:
        raise UsageError("--check and --write exclude each other", hint="leave one of them out")
    workspace = open_workspace(start, config)
    pages = list(_pages(workspace))
    if not pages:
        click.echo(_NONE, nl=False)
    changed = [page for page in pages if page.made != page.text]
    for page in changed:
        if write:
            replace(workspace.root, page.path, page.made, expected=page.content)
            click.echo(f"wrote {visible(page.path)}")
        else:
            click.echo(diff_text(page.path, page.text, page.made, colour=colour), color=colour)
    if check and changed:
        click.echo("hint: incidentdocs index --write", err=True)
    return 1 if check and changed else 0


def _pages(workspace: Workspace) -> Iterator[_Page]:
    """Yield every page of the repository that holds markers."""
    documents = workspace.library().documents
    for path, content in workspace.folder_pages():
        text = _text(path, content)
        folder = posixpath.dirname(path) or "."
        table = index_markdown(index(documents, folder), folder=folder, language=workspace.config.language)
        made = with_index(text, table, path=path)
        if made is not None:
            yield _Page(path, content, text, made)


def _text(path: str, content: bytes) -> str:
    """Return what a page says; UsageError where that cannot be read and it may hold a table."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if BEGIN.encode() not in content:
            return ""
        raise UsageError(f"{path} is not UTF-8", hint="save the page as UTF-8") from error
