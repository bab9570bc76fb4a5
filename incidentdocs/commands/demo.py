"""`incidentdocs demo`: a small repository with a history of its own, and what the program says about it."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

import incidentdocs
from incidentdocs.errors import UsageError
from incidentdocs.history.story import Story, play, read_story
from incidentdocs.output.terminal import visible

_PACKAGE = Path(incidentdocs.__file__).parent
_DATA = _PACKAGE / "demo"

_SHOWN = (
    ("Lint tells every mistake in the documents, with its place and what to write instead.", ("lint",)),
    ("The overdue report names every promise whose day has passed.", ("report", "overdue")),
    ("The escalations report tells which incidents keep coming back, and why.", ("report", "escalations")),
    ("The deadlines report says when each post-mortem was published.", ("report", "deadlines")),
)
"""What is shown: a sentence of what one sees, and the command."""


def run(folder: Path) -> int:
    """Build the demo's repository in `folder`, run the program on it, and return the exit code.

    That is 0 where every command worked, although lint finds errors. UsageError for a folder in use.
    """
    _refuse_what_is_in_use(folder)
    story = read_story(_DATA / "story.toml")
    play(story, _DATA / "texts", folder)
    click.echo(_introduction(story, folder))
    for sentence, command in _SHOWN:
        arguments = (*command, "--as-of", story.as_of.isoformat())
        click.echo(f"\n{sentence}\n\n$ incidentdocs {shlex.join(arguments)}")
        code = _incidentdocs(arguments, folder)
        if code not in (0, 1):  # it has said why on stderr
            return code
    click.echo(_what_next(folder))
    return 0


def _refuse_what_is_in_use(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="name a folder that does not exist yet")
    if any(folder.iterdir()):
        hint = "name another folder, as in `incidentdocs demo another-folder`, or remove this one"
        raise UsageError(f"the folder {folder} is not empty", hint=hint)


def _introduction(story: Story, folder: Path) -> str:
    first, last = story.commits[0].date, story.commits[-1].date
    span = f"{len(story.commits)} commits from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return f"{visible(str(folder))} is now a git repository: {span}.\n{story.about}"


def _incidentdocs(arguments: Sequence[str], folder: Path) -> int:
    """Run the program as a process of its own, in `folder`, on this one's terminal; return its exit code."""
    # In `folder` a package that runs from its source tree would not be found.
    path = os.pathsep.join(filter(None, (str(_PACKAGE.parent), os.environ.get("PYTHONPATH"))))
    command = (sys.executable, "-m", "incidentdocs", *arguments)
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603


def _what_next(folder: Path) -> str:
    program = (
        "incidentdocs" if shutil.which("incidentdocs") else f"{shlex.quote(sys.executable)} -m incidentdocs"
    )
    commands = (
        f"cd {shlex.quote(str(folder))}",
        f"{program} history",
        f"{program} rules timeline-order",
        f"{program} new post-mortem 'Paniers perdus' --severity SEV2",
        "git log --stat",
    )
    shown = "\n".join(f"  {visible(command)}" for command in commands)
    return f"\nThe repository is yours to play with. Correct a document and lint again, or try:\n\n{shown}"
