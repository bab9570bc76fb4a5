"""How long the past of thousands of post-mortems takes to read, beside git's own log of their folder.

Repositories are built by rule, the same at every build: of 100,000 commits 45,000 write a version of one
of 5,000 post-mortems, every tenth of them through a merge, and the other commits something else. Measured
are a report's whole process, cold with nothing kept of an earlier run and warm ten commits after one, and
`git log --first-parent --raw -z` of the folder. Printed are ratios and the memory of the largest process.

The aims: cold at most 3 logs and 0.5 ms for each version on two cores, warm a tenth of a log, less than 500
MB, and time that grows with the number of commits. With all documents in one folder a log itself grows faster
than that: each change makes git compare two ever longer listings. `--by-year` keeps them short.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.corpus import HEAD, TAIL, notes, values_of
from incidentdocs.history.store import FOLDER as FOLDER_OF_THE_STORE

FOLDER = "docs/post-mortems"
COMMITS = 100_000
VERSIONS_PER_HUNDRED = 45
VERSIONS_PER_DOCUMENT = 9
VERSIONS_PER_MERGE = 10
RUNS = 3
NEW = 10
"""Commits that have come between a run and the next, on the branch `later`."""
BEGINNING = datetime(2018, 1, 2, 8, tzinfo=UTC)
APART = timedelta(minutes=40)
AGES = (0, 0, 1, 3, 8, 20, 55, 150, 400)
"""How many documents younger than itself there are when a document gets its first, second, … version."""


class Repository(NamedTuple):
    """A built repository: its branch `main`, and `later` with ten commits more."""

    root: Path
    commits: int
    versions: int


class Measure(NamedTuple):
    """How long a process lived, and how much memory the largest of its processes took."""

    seconds: float
    megabytes: float


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, COMMITS], help="in commits")
    parser.add_argument("--folder", type=Path, help="where built repositories are kept (default: nowhere)")
    parser.add_argument("--by-year", action="store_true", help="a folder for each year's post-mortems")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for commits in options.sizes:
            report(built(options.folder or Path(temporary), commits, by_year=options.by_year))


def report(repository: Repository) -> None:
    """Measure one repository and print what came of it."""
    log = median(lambda: run(log_command(), repository.root))
    cache = repository.root / FOLDER_OF_THE_STORE
    cold = median(lambda: run(report_command("main"), repository.root), before=lambda: forget(cache))
    kept = cache.with_name("kept")
    replace(kept, cache)
    warm = median(lambda: run(report_command("later"), repository.root), before=lambda: replace(cache, kept))
    documents = repository.versions // VERSIONS_PER_DOCUMENT
    each = (cold.seconds - 3 * log.seconds) / repository.versions
    print(f"{repository.commits:,} commits, {repository.versions:,} versions of {documents:,} post-mortems")
    print(f"  log    {log.seconds:8.2f} s, {per_commit(log, repository)}")
    print(f"  cold   {cold.seconds:8.2f} s, {per_commit(cold, repository)}")
    print(f"         {cold.seconds / log.seconds:8.2f} logs")
    print(f"         {each * 1000:+8.2f} ms for each version beside 3 logs (aim: at most +0.50)")
    print(f"  warm   {warm.seconds:8.2f} s, {warm.seconds / log.seconds:.3f} logs (aim: at most 0.100)")
    print(f"  memory {cold.megabytes:8.0f} MB (aim: less than 500)", flush=True)


def per_commit(measure: Measure, repository: Repository) -> str:
    """Return how long each commit takes."""
    return f"{measure.seconds / repository.commits * 1000:.3f} ms for each commit"


def log_command() -> list[str]:
    """Return the command that everything is compared with."""
    return ["git", "log", "--first-parent", "--raw", "-z", "--", FOLDER]


def report_command(branch: str) -> list[str]:
    """Return the command whose time is told."""
    arguments = ["report", "overdue", "--format", "json", "--at", branch]
    return [sys.executable, "-m", "incidentdocs", *arguments]


def forget(folder: Path) -> None:
    """Remove what is kept in a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def replace(folder: Path, other: Path) -> None:
    """Keep in a folder what is kept in another one."""
    forget(folder)
    shutil.copytree(other, folder)


def median(measure: Callable[[], Measure], before: Callable[[], None] = lambda: None) -> Measure:
    """Return the median of a few runs; what is done `before` each is not measured."""
    measures = []
    for _ in range(RUNS):
        before()
        measures.append(measure())
    seconds, megabytes = zip(*measures, strict=True)
    return Measure(statistics.median(seconds), max(megabytes))


def run(command: Sequence[str], folder: Path) -> Measure:
    """Return what the process that runs `command` in `folder` took."""
    begin = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Measure(time.perf_counter() - begin, used.ru_maxrss * 1024 / 1_000_000)


def built(folder: Path, commits: int, *, by_year: bool) -> Repository:
    """Return the repository of so many commits in `folder`, built where it is not there."""
    root = folder / f"{commits}{'-by-year' if by_year else ''}"
    versions = commits * VERSIONS_PER_HUNDRED // 100
    if not (root / "incidentdocs.toml").exists():
        shutil.rmtree(root, ignore_errors=True)
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(root)], check=True)
        command = ["git", "-C", str(root), "fast-import", "--quiet", "--date-format=raw"]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            Writer(process.stdin, by_year=by_year).write(commits)
        subprocess.run(["git", "-C", str(root), "reset", "--quiet", "--hard", "main"], check=True)
    return Repository(root, commits, versions)


class Writer:
    """Writes the stream that git's fast-import reads."""

    def __init__(self, stream: IO[bytes], *, by_year: bool) -> None:
        self._stream = stream
        self._by_year = by_year
        self._written: list[int] = []
        self._paths: list[str] = []
        self._version = 0

    def write(self, commits: int) -> None:
        """Write the branch `main` of so many commits, and `later` with some more."""
        self._commit("main", 0, "incidentdocs.toml", 'timezone = "Europe/Paris"\n')
        self._go_on("main", range(1, commits + 1))
        self._say("reset refs/heads/later\nfrom refs/heads/main\n\n")
        self._go_on("later", range(commits + 1, commits + NEW + 1))

    def _go_on(self, branch: str, numbers: range) -> None:
        for number in numbers:
            if number * VERSIONS_PER_HUNDRED // 100 > (number - 1) * VERSIONS_PER_HUNDRED // 100:
                self._post_mortem(branch, number)
            else:
                path = f"src/part{number % 40}/file{number % 1009}.txt"
                self._commit(branch, number, path, f"Written by commit {number}.\n")

    def _post_mortem(self, branch: str, number: int) -> None:
        """Write the next version: of nine the first is a new document's, and the others are older ones'."""
        youngest, turn = divmod(self._version, VERSIONS_PER_DOCUMENT)
        self._version += 1
        document = (youngest - AGES[turn]) % (youngest + 1)
        if not turn:
            self._written.append(0)
            day = moment(number).date()
            folder = f"{FOLDER}/{day.year}" if self._by_year else FOLDER
            self._paths.append(f"{folder}/{day}-outage-{document}.md")
        edits = self._written[document]
        self._written[document] += 1
        path = self._paths[document]
        text = post_mortem(document, edits, date.fromisoformat(Path(path).name[:10]))
        if self._version % VERSIONS_PER_MERGE:
            self._commit(branch, number, path, text)
        else:
            self._say(f"reset refs/heads/topic\nfrom refs/heads/{branch}\n\n")
            self._commit("topic", number - 1, path, text)
            self._commit(branch, number, path, text, merged="merge refs/heads/topic\n")

    def _commit(self, branch: str, number: int, path: str, text: str, *, merged: str = "") -> None:
        when = int(moment(number).timestamp())
        who = f"Person {number % 23} <person{number % 23}@example.org> {when} +0100"
        message = f"Change {number}\n\nSee #{number}.\n"
        self._say(f"commit refs/heads/{branch}\ncommitter {who}\ndata {len(message)}\n{message}\n{merged}")
        self._say(f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n")

    def _say(self, text: str) -> None:
        self._stream.write(text.encode())


def moment(commit: int) -> datetime:
    """Return when the commit is made."""
    return BEGINNING + commit * APART


def post_mortem(number: int, edits: int, day: date) -> str:
    """Return a post-mortem of 80 to 150 lines after so many edits: begun as a draft, then followed up."""
    values = values_of(number, due=day, later=day)
    head, tail = HEAD.format(**values), TAIL.format(**values)
    account, heading, rest = tail.partition("## Action items\n")
    _, blank, lessons = rest.partition("\n\n")
    items = "".join(f"{item}\n" for item in action_items(number, edits, day))
    lessons += "".join(f"\nWhat we saw later, part {part}: it held.\n" for part in range(edits // 4))
    if edits == 0:
        head = head.replace("status: published", "status: draft")
    rest = account + heading + items + blank.removeprefix("\n") + lessons
    room = 80 + number * 37 % 60 + edits - head.count("\n") - rest.count("\n")
    room += 3 * (11 <= room % 19 <= 13)  # not within a fence
    return head + "".join(f"{line}\n" for line in islice(notes(number), room)) + rest


def action_items(number: int, edits: int, day: date) -> Iterator[str]:
    """Yield the items: over the edits one is done, one slips, and one is reworded or given up."""
    first, second, third = (day + timedelta(days=days) for days in (14, 30, 45))
    tick = "x" if edits >= 2 else " "
    done = f", done {first}, ref #{number}" if edits >= 2 else ""
    yield f"- [{tick}] AI 1: close connections at the end of a request (owner @dev, due {first}{done})"
    second += timedelta(days=30 * ((edits >= 3) + (edits >= 7)))
    tick = "x" if edits >= 8 else " "
    yield f"- [{tick}] AI 2: alert at 80 % of the pool (owner @oncall, due {second})"
    what = "test the pool under load before each release" + (", at night" if edits >= 5 else "")
    given_up = ", won't do: the pool is gone" if edits >= 6 and number % 3 else ""
    yield f"- [ ] AI 3: {what} (owner @{'tester' if edits < 6 else 'dev'}, due {third}{given_up})"


if __name__ == "__main__":
    main()
