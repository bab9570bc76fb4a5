"""`incidentdocs history` in a real repository: the events, of all documents or of some."""

import csv
import json
import subprocess
from io import StringIO
from pathlib import Path
from typing import Protocol

import pytest

DISK = "docs/post-mortems/2026-01-10-disk-full.md"
MAIL = "docs/post-mortems/2026-02-03-mail-down.md"
RENAMED = "docs/post-mortems/2026-01-11-disk-full.md"
TEXT = "# Post-mortem: {}\n\n## Action items\n{}"
ITEM = "- [{}] AI 1: raise the quota (owner @dev, due 2026-01-31)\n"


class Committed(Protocol):
    root: Path

    def write(self, name: str, text: str) -> None: ...
    def commit(self, day: str, message: str = ..., author: str = ...) -> str: ...
    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def told(committed: Committed) -> Committed:
    """One item is opened and done, its document renamed; another document's item is only opened."""
    committed.write(DISK, TEXT.format("disk full", ITEM.format(" ")))
    committed.commit("2026-01-12")
    committed.write(MAIL, TEXT.format("mail down", "- [ ] AI 1: =1+1 for ever (owner @ops)\n"))
    committed.commit("2026-02-04", author="=cmd()")
    (committed.root / DISK).rename(committed.root / RENAMED)
    committed.commit("2026-02-05")
    committed.write(RENAMED, TEXT.format("disk full", ITEM.format("x")))
    committed.commit("2026-02-06", "Raise the quota, closes #12")
    return committed


def events(ran: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    assert ran.returncode == 0, ran.stderr
    return [(each["event"], each["document"]) for each in map(json.loads, ran.stdout.splitlines())]


ALL = [("opened", RENAMED), ("opened", MAIL), ("done", RENAMED)]


def test_text_is_a_log(told: Committed) -> None:
    shown = told.run("history", "--as-of", "2026-03-01").stdout.split("\n")
    assert shown[0].startswith("2026-01-12 ")
    assert shown[1:3] == [f"  {RENAMED}", "    opened       AI 1  raise the quota"]
    assert "    done         AI 1  raise the quota · see #12" in shown
    assert shown[-2] == "3 events of 2 action items in 2 documents, up to 2026-03-01"


def test_each_format_tells_every_event(told: Committed) -> None:
    assert events(told.run("history", "--format", "jsonl")) == ALL
    whole = json.loads(told.run("history", "--format", "json").stdout)
    assert [(each["event"], each["document"]) for each in whole["events"]] == ALL
    rows = list(csv.DictReader(StringIO(told.run("history", "--format", "csv").stdout)))
    assert [(row["event"], row["document"]) for row in rows] == ALL
    assert (rows[1]["description"], rows[1]["author"]) == ("'=1+1 for ever", "'=cmd()")


@pytest.mark.parametrize(
    ("path", "documents"),
    [
        (RENAMED, {RENAMED}),
        (DISK, {RENAMED}),
        (MAIL, {MAIL}),
        ("docs", {RENAMED, MAIL}),
        (".", {RENAMED, MAIL}),
        ("./docs/../docs/post-mortems/", {RENAMED, MAIL}),
    ],
)
def test_a_path_names_documents_where_they_are_or_were(
    told: Committed, path: str, documents: set[str]
) -> None:
    found = events(told.run("history", path, "--format", "jsonl"))
    assert {document for _, document in found} == documents


def test_a_document_that_is_gone_is_named_by_its_last_path(told: Committed) -> None:
    (told.root / MAIL).unlink()
    told.commit("2026-02-07")
    assert events(told.run("history", MAIL, "--format", "jsonl")) == [("opened", MAIL), ("dropped", MAIL)]


@pytest.mark.parametrize("path", ["docs/post-mortems/nothing.md", "src", "docs/post"])
def test_a_path_that_no_document_has_or_had_is_an_error(told: Committed, path: str) -> None:
    ran = told.run("history", path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{path}: no document is or was there" in ran.stderr


def test_a_path_outside_the_repository_is_an_error(told: Committed) -> None:
    ran = told.run("history", "../elsewhere")
    assert ran.returncode == 2
    assert "lies outside the repository" in ran.stderr


def test_events_after_the_day_or_the_commit_are_not_told(told: Committed) -> None:
    assert events(told.run("history", "--as-of", "2026-02-05", "--format", "jsonl")) == ALL[:2]
    earlier = [("opened", DISK), ("opened", MAIL)]
    assert events(told.run("history", "--at", "HEAD~2", "--format", "jsonl")) == earlier


def test_an_empty_history_is_no_error(committed: Committed) -> None:
    ran = committed.run("history", "--format", "jsonl")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "nothing is committed yet" in ran.stderr


def test_outside_git_there_is_no_history(told: Committed) -> None:
    (told.root / ".git").rename(told.root / "elsewhere")
    ran = told.run("history")
    assert ran.returncode == 2
    assert "this is no git repository" in ran.stderr
