"""`lint --watch`, in a process of its own: what changes is checked again, and Ctrl-C ends it quietly."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.commands.conftest import Committed

PATH = "docs/runbooks/runbook-disk-full.md"
TEXT = """\
# Runbook: disk full

## Symptoms
Writes fail.

## Diagnosis (steps)
1. Look: `df -h`.

## Resolution (steps)
1. Remove old logs.

## Future prevention
An alert at 80 %.

## Rollback / escalation
Call @oncall.
"""
SELECTED = ("--select", "title-format")
PATIENCE = 30
PROGRAM = """\
import signal
from incidentdocs.cli import main
# Whoever runs the tests in the background has the interrupt ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


class Watched:
    """A run that goes on, and what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        assert process.stdout
        self._reading = threading.Thread(target=self._read, args=(process.stdout,))
        self._reading.start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self._lines.put(line)

    def end(self) -> None:
        """End the run at once."""
        self.process.kill()
        self.process.wait()
        self._reading.join()

    def until(self, text: str) -> str:
        """Return what is printed until a line holds `text`."""
        told = ""
        while text not in told:
            told += self._lines.get(timeout=PATIENCE)
        return told


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watched]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "lint", "--watch", *SELECTED, *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    run = Watched(process)
    try:
        yield run
    finally:
        run.end()


def test_what_changes_is_checked_again_until_it_is_interrupted(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    with watching(committed.root) as run:
        assert "1 document, nothing to report" in run.until("waiting for a change")
        committed.write(PATH, TEXT.replace("# Runbook: disk full", "# Disk full"))
        assert "error[title-format]" in run.until("waiting for a change")
        committed.write("incidentdocs.toml", "langage = 3\n")
        assert "incidentdocs.toml:1: unknown key" in run.until("waiting for a change")
        committed.write("incidentdocs.toml", "rules.title-format.severity = 'warning'\n")
        assert "warning[title-format]" in run.until("waiting for a change")
        committed.write("notes.txt", "nothing that is checked")
        committed.write(".git/HEAD.lock.md", "nor this")
        committed.write(PATH, TEXT)
        assert run.until("waiting for a change").count("document") == 1
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(PATIENCE) == 130


def test_a_document_that_comes_and_a_profile_are_seen(committed: Committed) -> None:
    committed.write("README.md", "# Here\n")
    with watching(committed.root) as run:
        assert "no document found" in run.until("waiting for a change")
        committed.write(PATH, TEXT)
        assert "1 document, nothing to report" in run.until("waiting for a change")
        committed.write(".incidentdocs/profiles/runbook/profile.toml", "extends = 'runbok'\n")
        assert "no profile is called" in run.until("waiting for a change")


def test_without_the_package_it_is_told_what_to_install(committed: Committed, tmp_path: Path) -> None:
    committed.write(PATH, TEXT)
    broken = tmp_path / "site"
    broken.mkdir()
    (broken / "watchfiles.py").write_text("raise ImportError('not installed')\n")
    environment = os.environ | {"PYTHONPATH": f"{broken}:{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run(
        [sys.executable, "-m", "incidentdocs", "lint", "--watch"],
        cwd=committed.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'incidentdocs[watch]'" in done.stderr


def test_a_mistake_in_the_call_is_told(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    with watching(committed.root, "--ignore", "title-formt") as run:
        assert "no rule is called" in run.until("hint:")
