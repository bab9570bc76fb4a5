"""Several people write into one incident's document at once, or are killed while they do: nothing is lost."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.conftest import Committed

PATH = "docs/incidents/2026-03-14-disk-full.md"
CALLS = 200
WRITERS = 8


@pytest.fixture
def burning(committed: Committed) -> Committed:
    """A repository in which one incident is open."""
    committed.write("incidentdocs.toml", 'timezone = "Europe/Paris"\nlanguage = "en"\n')
    done = committed.run("incident", "open", "Disk full", "--severity", "SEV1", "--at", "2026-03-14T22:00")
    assert done.returncode == 0, done.stderr
    return committed


def events(root: Path) -> list[str]:
    text = (root / PATH).read_text(encoding="utf-8")
    return re.findall(r"^- (?:[\d-]{10} )?\d\d:\d\d entry \d+$", text, re.MULTILINE)


def test_two_hundred_entries_at_once_are_all_there_in_order(burning: Committed) -> None:
    begin = datetime(2026, 3, 14, 22, 1)
    order = list(range(CALLS))
    random.Random(7).shuffle(order)

    def log(number: int) -> subprocess.CompletedProcess[str]:
        moment = begin + timedelta(minutes=number)
        return burning.run("incident", "log", f"entry {number}", "--at", moment.isoformat())

    with ThreadPoolExecutor(WRITERS) as pool:
        done = list(pool.map(log, order))
    assert [each.stderr for each in done if each.returncode] == []
    written = events(burning.root)
    assert [int(row.rpartition(" ")[2]) for row in written] == list(range(CALLS))
    assert written[118:120] == ["- 23:59 entry 118", "- 2026-03-15 00:00 entry 119"]


def test_a_writer_that_is_killed_leaves_a_whole_document_and_no_lock(burning: Committed) -> None:
    wait = random.Random(11)
    known: set[str] = set()
    for number in range(30):
        writer = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "incidentdocs",
                "incident",
                "log",
                f"entry {number}",
                "--at",
                "2026-03-14T23:00",
            ],
            cwd=burning.root,
            env=os.environ | {"NO_COLOR": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait.uniform(0.1, 0.5))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        now = set(events(burning.root))
        assert known <= now <= known | {f"- 23:00 entry {number}"}
        known = now
    done = burning.run("incident", "log", "the last word", "--at", "2026-03-14T23:30")
    assert done.returncode == 0, done.stderr
    text = (burning.root / PATH).read_text(encoding="utf-8")
    assert "- 22:00 detection\n" in text
    assert text.index("the last word") > max((text.index(row) for row in known), default=0)
    assert burning.run("lint", PATH).returncode == 0
