"""Runbooks of one title: which of them has it from the other, and when nobody may throw one away."""

from collections.abc import Callable

import pytest

from incidentdocs.library.finding import Finding
from incidentdocs.rules import load
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule

DISK = "Writes fail.\n1. `du -xh /`\n2. `docker image prune`\n3. `df -h`\n"
MEMORY = "The kernel kills the service.\n1. `free -m`\n2. `docker compose restart wiki`\n3. Watch it.\n"
FOLDER = "docs/runbooks/"

OverviewOf = Callable[[Example], Overview]


def runbook(title: str, said: str) -> str:
    return f"# Runbook: {title}\n\n## Symptoms\n\n{said}"


def found(overview_of: OverviewOf, *runbooks: tuple[str, str], config: str = "") -> list[Finding]:
    (path, text), *beside = ((f"{FOLDER}{name}.md", text) for name, text in runbooks)
    rule = load("runbook-duplicate")()
    assert isinstance(rule, LibraryRule)
    return list(rule.check(overview_of(Example(text, path=path, beside=tuple(beside), config=config))))


@pytest.mark.parametrize("name", ["runbook-memory-exhausted", "runbook-a-memory-problem"])
def test_the_title_of_another_file_is_told_and_nothing_is_thrown_away(
    overview_of: OverviewOf, name: str
) -> None:
    (finding,) = found(
        overview_of,
        (name, runbook("Disk full", MEMORY)),
        ("runbook-disk-full", runbook("Disk full", DISK)),
    )
    assert finding.path == f"{FOLDER}{name}.md"
    assert finding.message == f"has the title of `{FOLDER}runbook-disk-full.md`, which says something else"
    words = name.removeprefix("runbook-").replace("-", " ").capitalize()
    assert finding.hint == f"write its own title: `# Runbook: {words}`"


def test_what_the_hint_says_mends(overview_of: OverviewOf) -> None:
    disk = ("runbook-disk-full", runbook("Disk full", DISK))
    assert not found(overview_of, ("runbook-memory-high", runbook("Memory high", MEMORY)), disk)


def test_where_the_name_tells_nothing_both_ways_are_left_open(overview_of: OverviewOf) -> None:
    (finding,) = found(
        overview_of,
        ("runbook-wiki", runbook("Disk full", MEMORY)),
        ("runbook-shop", runbook("Disk full", DISK)),
    )
    assert finding.path == f"{FOLDER}runbook-wiki.md"
    assert finding.hint.startswith("give each a title of its own; if both are for one thing, keep one")


@pytest.mark.parametrize("said", [DISK, DISK + "4. Tell #ops.\n", "Writes fail.\n", ""])
def test_what_says_the_same_or_hardly_anything_is_one_too_many(overview_of: OverviewOf, said: str) -> None:
    (finding,) = found(
        overview_of,
        ("runbook-volume-full", runbook("Disk full", said)),
        ("runbook-disk-full", runbook("Disk full", DISK)),
    )
    assert finding.message == f"says what `{FOLDER}runbook-disk-full.md` says"
    assert finding.hint.startswith("keep one of them")


def test_a_title_that_its_own_file_contradicts_is_told_by_one_rule_alone(overview_of: OverviewOf) -> None:
    runbooks = (
        ("runbook-disk-full", runbook("Rotate the certificates", DISK)),
        ("runbook-rotate-the-certificates", runbook("Rotate the certificates", MEMORY)),
    )
    assert not found(overview_of, *runbooks)
