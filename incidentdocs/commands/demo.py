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

_INCIDENT = "docs/incidents/2026-09-14-tournees-non-calculees.md"

_PLAYED = (
    (
        "open",
        "Tournées non calculées",
        "--severity",
        "SEV2",
        "--service",
        "routes",
        "--at",
        "2026-09-14T23:05",
    ),
    ("announce", "--at", "2026-09-14T23:08"),
    ("step", "1", "--output", "aucune tournée depuis 22:50", "--by", "@oncall", "--at", "2026-09-14T23:10"),
    ("step", "2", "--output", "équipe prévenue", "--by", "@oncall", "--at", "2026-09-14T23:14"),
    ("update", "--investigating", "le calcul attend la carte", "--at", "2026-09-14T23:35"),
    ("log", "la carte ne répond plus depuis 22:49", "--at", "2026-09-14T23:31"),
    ("step", "3", "--output", "la carte bloque le calcul", "--by", "@oncall", "--at", "2026-09-14T23:50"),
    ("status", "--at", "2026-09-14T23:52"),
    ("step", "4", "--output", "carte de la veille", "--by", "@bridge-ops", "--at", "2026-09-15T00:04"),
    ("step", "5", "--check", "1=4/4", "--check", "2", "--at", "2026-09-15T00:08"),
    (
        "step",
        "5",
        "--check",
        "3",
        "--output",
        "tournée calculée",
        "--by",
        "@oncall",
        "--at",
        "2026-09-15T00:09",
    ),
    ("resolve", "--cause", "La carte est lue sans délai maximal.", "--at", "2026-09-15T00:10"),
    ("resolved", "--at", "2026-09-15T00:12"),
)
"""One incident, command by command: its messages are those of `comm`, all else is of `incident`."""

_MESSAGES = frozenset({"announce", "update", "resolved"})


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
    if code := _play_incident(folder):
        return code
    click.echo(_what_next(folder))
    return 0


def _play_incident(folder: Path) -> int:
    """Handle one incident with the program, and return the exit code of the command that failed, else 0."""
    click.echo("\nWhile an incident lasts, one command a step writes its document, which is yours to commit.")
    for words in _PLAYED:
        arguments = ("comm" if words[0] in _MESSAGES else "incident", *words)
        click.echo(f"\n$ incidentdocs {shlex.join(arguments)}")
        # What it says is due is told for now, and this was another day.
        if code := _incidentdocs(arguments, folder, quiet=True):
            return code
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


def _incidentdocs(arguments: Sequence[str], folder: Path, *, quiet: bool = False) -> int:
    """Run the program as a process of its own, in `folder`, on this one's terminal; return its exit code.

    A `quiet` one says nothing on stderr.
    """
    # In `folder` a package that runs from its source tree would not be found.
    path = os.pathsep.join(filter(None, (str(_PACKAGE.parent), os.environ.get("PYTHONPATH"))))
    command = (sys.executable, "-m", "incidentdocs", *arguments)
    environment = {**os.environ, "PYTHONPATH": path}
    stderr = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=folder, env=environment, stderr=stderr, check=False).returncode  # noqa: S603


def _what_next(folder: Path) -> str:
    program = (
        "incidentdocs" if shutil.which("incidentdocs") else f"{shlex.quote(sys.executable)} -m incidentdocs"
    )
    commands = (
        f"cd {shlex.quote(str(folder))}",
        f"{program} history",
        f"{program} rules timeline-order",
        f"{program} new post-mortem --from {_INCIDENT} --window 24h",
        "git log --stat",
    )
    shown = "\n".join(f"  {visible(command)}" for command in commands)
    return f"\nThe repository is yours to play with. Correct a document and lint again, or try:\n\n{shown}"
