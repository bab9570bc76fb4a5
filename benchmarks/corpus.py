"""How fast a thousand generated post-mortems of 150 lines are linted, and what each rule costs.

Printed are documents a second, the peak memory, and for the readers and for each rule, those that are off by
default too, the milliseconds that a thousand documents take in one process. A rule about all documents has a
row for what it gathers of each, and one for its question; rules about the history are asked in a repository
with one commit a document. The aim is a thousand documents in under 4 seconds on two cores.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from incidentdocs.commands.incidents import gather_documents
from incidentdocs.commands.overview import overview_of, with_told
from incidentdocs.commands.past import past_of
from incidentdocs.documents.document import Document, read_document
from incidentdocs.linter import gather
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import RULES, load
from incidentdocs.rules.rule import DocumentRule, HistoryRule, LibraryRule
from incidentdocs.workspace import open_workspace

LINES = 150
AIM = 4.0
LAST = date(2026, 3, 14)

HEAD = """\
---
severity: SEV{severity}
services: [service-{service}, database]
failure-mode: service-down
detected-by: alert
runbooks: [https://wiki.example.org/runbooks/service-{service}]
status: published
authors: ["@oncall", "@dev"]
shared: "#ops"
---
# Post-mortem: outage {number} of service {service}

## Timeline (local times)
- 09:58 release 4.{number} reaches production
- 10:02 detection: the alert *error rate* fires
- 10:05 triage: @oncall confirms SEV{severity}, tells [#ops](https://chat.example.org/ops)
- 10:20 mitigation start: roll back with `deploy rollback service-{service}`
- 10:{minute} service restored
- 11:30 root cause confirmed
"""

TAIL = """\

## Impact
- Downtime: {downtime}m
- Users affected: ~{users}
- Data loss: no
- Estimated cost: {cost} €

## Root cause
Release 4.{number} opened a connection for each request and never closed it. At 400 connections the
database refused more, and every request that needed it waited for its time-out.

```
{clock} ERROR pool exhausted: 400 of 400 in use
```

## Why did our monitoring not alert earlier?
The pool's size was measured, but nothing compared it with its limit.

## Action items
- [x] AI 1: close connections at the end of a request (owner @dev, due {due}, done {due}, ref #{number})
- [ ] AI 2: alert at 80 % of the pool (owner @oncall, due {later})
- [ ] AI 3: test the pool under load before each release (owner @tester with @bot, due {later})

## Lessons learned
A limit that nobody watches is found by the users.

## Blameless statement
This incident is not the fault of one person. It is a lack of safeguards in the system. The action
items above aim to add these safeguards.
"""


def values_of(number: int, *, due: date, later: date) -> dict[str, object]:
    """Return what the post-mortem with this number puts into HEAD and TAIL."""
    return {
        "number": number,
        "severity": 1 + number % 3,
        "service": number % 17,
        "minute": 40 + number % 20,
        "downtime": 38 + number % 20,
        "users": 10 * (1 + number % 50),
        "cost": 100 * (number % 9),
        "clock": "10:02:13",
        "due": due,
        "later": later,
    }


def post_mortem(number: int) -> str:
    """Return the text of a well-formed post-mortem of about 150 lines, a little different for each number."""
    day = LAST - timedelta(days=number)
    values = values_of(number, due=day + timedelta(days=7), later=day + timedelta(days=14))
    head, tail = HEAD.format(**values), TAIL.format(**values)
    room = LINES - head.count("\n") - tail.count("\n")
    return head + "".join(f"{line}\n" for line in islice(notes(number), room)) + tail


def notes(number: int) -> Iterator[str]:
    """Yield the lines of a long account: later events, paragraphs, a command's output, a table."""
    for hour in count(12):
        yield from ("", f"### What the team saw after {hour % 24}:00", "")
        yield f"The dashboard of `service-{number % 17}` showed **{hour} %** of requests refused, most from"
        yield "the mobile application, which retries without waiting. The on-call engineer compared the"
        yield "last releases and found [the change](https://forge.example.org/api/pulls/12) they share."
        yield from ("", "- the pool was full on every node", "- a restart helped for a while", "", "```text")
        yield from (f"{hour % 24}:04:11 WARN 398 of 400", f"{hour % 24}:04:12 ERROR refused", "```", "")
        yield from ("| node | connections |", "| --- | --- |", "| a | 400 |", "| b | 398 |")


READERS = ("metadata", "labelled", "timeline", "action_items", "values", "placeholders", "prose")
"""What documents read when they are first asked, and then keep for all rules."""


def timed(ask: Callable[[], object]) -> float:
    """Return how many milliseconds `ask` takes."""
    begin = time.perf_counter()
    ask()
    return (time.perf_counter() - begin) * 1000


def costs_of_documents(count: int) -> Iterator[tuple[str, float]]:
    """Yield what is asked of single documents and how many milliseconds it takes for `count` of them.

    What the readers find is read before the rules are asked.
    """
    profile, process = built_in("post-mortem"), Process(today=LAST)
    texts = [(f"docs/post-mortems/{LAST - timedelta(days=n)}-x.md", post_mortem(n)) for n in range(count)]
    documents: list[Document] = []
    reading = timed(
        lambda: documents.extend(read_document(path, parse(text), profile, process) for path, text in texts)
    )
    yield "(parsing and sections)", reading
    for reader in READERS:
        yield f"(reader: {reader})", timed(lambda name=reader: [getattr(each, name) for each in documents])  # type: ignore[misc]
    for name in RULES:
        rule = load(name)()
        if isinstance(rule, DocumentRule):
            list(rule.check(documents[0]))  # what is compiled once is no cost of a document
            yield name, timed(lambda asked=rule: [list(asked.check(each)) for each in documents])  # type: ignore[misc]
        elif isinstance(rule, LibraryRule):
            yield f"{name} (gathering)", timed(lambda asked=rule: [asked.gather(each) for each in documents])  # type: ignore[misc]


def costs_of_all(root: Path) -> Iterator[tuple[str, float]]:
    """Yield each rule about the history or about all documents of the repository at `root`, and its cost.

    The history is read before, and so is what similarity and the rules gather of the documents, and the
    documents that a finding would have read once more.
    """
    workspace = open_workspace(root)
    files = workspace.select(()).files
    documents = [workspace.read(file) for file in files]
    rules = [load(name)() for name in RULES]
    past = past_of(workspace, cache=False)
    gathered = gather_documents(workspace, documents)
    overview = overview_of(workspace, gathered, files, past)
    overview = with_told(workspace, overview, gather(documents, rules), rules)
    again = (overview.documents, *((past.documents,) if past else ()))
    yield "(read again for findings)", timed(lambda: [list(each.values()) for each in again])
    for rule in rules:
        if isinstance(rule, HistoryRule) and past:
            yield rule.name, timed(lambda asked=rule: list(asked.check(past)))  # type: ignore[misc]
        elif isinstance(rule, LibraryRule):
            yield rule.name, timed(lambda asked=rule: list(asked.check(overview)))  # type: ignore[misc]


def commit_each(root: Path) -> None:
    """Make a repository of `root`, in which each document landed in a commit of its own."""
    run = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([*run, "init", "-q", "-b", "main"], cwd=root, check=True)
    for path in sorted(root.rglob("*.md")):
        subprocess.run([*run, "add", str(path)], cwd=root, check=True)
        subprocess.run([*run, "commit", "-qm", path.name], cwd=root, check=True)


def write(root: Path, count: int) -> None:
    """Write `count` post-mortems below `root`."""
    folder = root / "docs" / "post-mortems"
    folder.mkdir(parents=True)
    for number in range(count):
        day = LAST - timedelta(days=number)
        (folder / f"{day}-outage-{number}.md").write_text(post_mortem(number), encoding="utf-8")


def main() -> None:
    """Generate, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), documents)
        begin = time.perf_counter()
        command = [sys.executable, "-m", "incidentdocs", "lint", "--color", "never"]
        ended = subprocess.run(command, cwd=name, capture_output=True, text=True, check=False)
        taken = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(ended.stdout.strip().splitlines()[-1] if ended.stdout else ended.stderr)
    print(f"{documents} documents of {LINES} lines in {taken:.2f} s (aim for 1000: {AIM} s)")
    print(f"{documents / taken:.0f} documents a second, {memory:.0f} MiB at the peak")
    few = min(documents, 200)
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), few)
        commit_each(Path(name))
        found = [*costs_of_documents(few), *costs_of_all(Path(name))]
    rows = sorted(((name, cost * 1000 / few) for name, cost in found), key=lambda row: -row[1])
    rules = sum(cost for name, cost in rows if not name.startswith("("))
    readers = sum(cost for name, cost in rows if name.startswith("("))
    print(f"all rules together {rules:.0f} ms for 1000 documents, the readers {readers:.0f} ms")
    for name, cost in rows:
        print(f"  {cost:8.1f} ms  {name}")


if __name__ == "__main__":
    main()
