"""How fast a thousand generated post-mortems of 150 lines are linted, in one process.

Printed are documents a second, and the peak memory. The aim is a thousand documents in under 4 seconds
on two cores.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

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
    day = LAST
    values = values_of(number, due=day + timedelta(days=14), later=day + timedelta(days=30))
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


def main() -> None:
    """Generate, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "docs", "post-mortems")
        folder.mkdir(parents=True)
        for number in range(documents):
            day = LAST - timedelta(days=number)
            (folder / f"{day}-outage-{number}.md").write_text(post_mortem(number), encoding="utf-8")
        begin = time.perf_counter()
        command = [sys.executable, "-m", "incidentdocs", "lint", "--color", "never"]
        ended = subprocess.run(command, cwd=name, capture_output=True, text=True, check=False)
        taken = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(ended.stdout.strip().splitlines()[-1] if ended.stdout else ended.stderr)
    print(f"{documents} documents of {LINES} lines in {taken:.2f} s (aim for 1000: {AIM} s)")
    print(f"{documents / taken:.0f} documents a second, {memory:.0f} MiB at the peak")


if __name__ == "__main__":
    main()
