"""How long ten thousand incidents over five years take to tell what keeps coming back.

The aims, on two cores: `incidentdocs report escalations` in less than 10 seconds and 500 MB. Printed are
seconds and memory of whole processes, and the ratio to parsing the same documents alone.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

INCIDENTS = 10_000
YEARS = 5
FIRST = date(2021, 1, 1)

_SERVICES = [f"service-{number}" for number in range(60)]
_MODES = ["service-down", "disk-full", "code-bug", "db-corruption", "other", "other", ""]
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
    "bri",
    "cla",
    "dro",
]
WORDS = 4000
"""So many words a team has that say something."""


class Language(NamedTuple):
    """Words, the commonest first, and how often each is said, added up."""

    words: list[str]
    often: list[float]

    def words_of(self, chance: random.Random, count: int) -> str:
        """Return some words, by how often they are said."""
        return " ".join(chance.choices(self.words, cum_weights=self.often, k=count))


def language(chance: random.Random) -> Language:
    """Return a language by Zipf's and Mandelbrot's law, without the small words that every text has."""
    words = sorted({"".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 5))) for _ in range(2 * WORDS)})
    chance.shuffle(words)
    return Language(words[:WORDS], list(accumulate(1 / (rank + 20) for rank in range(WORDS))))


_TEXT = """\
---
severity: {severity}
services: [{service}]
failure-mode: {mode}
resolved: {day} 18:00
ticket: ops#{number}
runbooks: [{runbook}]
---

# Incident: {title}

## Symptom
{symptom}

## Cause
{cause}

## Resolution
Restarted, and told the team.
"""

_PARSE = (
    "import sys; from pathlib import Path; from incidentdocs.markdown.source import parse\n"
    "for file in Path(sys.argv[1]).rglob('*.md'): parse(file.read_text(encoding='utf-8'))"
)


def incident(number: int, spoken: Language, chance: random.Random) -> tuple[str, str]:
    """Return the path and the text of an incident."""
    day = FIRST + timedelta(days=chance.randrange(365 * YEARS))

    def sentences(count: int) -> str:
        return " ".join(f"The {spoken.words_of(chance, 10)} failed." for _ in range(count))

    text = _TEXT.format(
        severity=chance.choice(("SEV1", "SEV2", "SEV3", "SEV3")),
        service=chance.choice(_SERVICES),
        mode=chance.choice(_MODES),
        day=day,
        number=number,
        runbook="" if chance.random() < 0.7 else f"runbook-{chance.choice(spoken.words[:200])}",
        title=spoken.words_of(chance, 4),
        symptom=sentences(3),
        cause=sentences(4),
    )
    return f"docs/incidents/{day}-incident-{number}.md", text


def main() -> None:
    """Measure and print."""
    chance = random.Random(1)
    spoken = language(chance)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "docs/incidents").mkdir(parents=True)
        for number in range(INCIDENTS):
            path, text = incident(number, spoken, chance)
            (root / path).write_text(text, encoding="utf-8")
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0"]
        for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "The register"]):
            subprocess.run([*git, *command], cwd=root, check=True)
        report = [sys.executable, "-m", "incidentdocs", "report", "escalations", "--format", "json"]
        cold = seconds([*report, "--no-cache"], root)
        first = seconds(report, root)
        warm = seconds(report, root)
        parsing = seconds([sys.executable, "-c", _PARSE, "."], root)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{INCIDENTS} incidents over {YEARS} years (aims: less than 10 s, 500 MB a process)")
    print(
        f"  without a cache {cold:.2f} s, {cold / parsing:.2f} parsings;"
        f" first run {first:.2f} s; again {warm:.2f} s"
    )
    print(f"  {memory:.0f} MB in the largest process")


def seconds(command: list[str], folder: Path) -> float:
    """Return how long a whole process takes."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
