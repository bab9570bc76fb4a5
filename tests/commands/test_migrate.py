"""`incidentdocs migrate`: what is shown, what is written, and what is left as it was."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = """\
# Queue stuck

## Summary

The queue stood still.

## What happened

- 10:15 the queue stops
- 10:40 it runs again

## Follow-ups

- [ ] AI 1: alert on an idle queue (owner @ops, due 2026-06-01)
"""
PROFILE = """\
name = { en = "Review" }
folders = ["reviews"]
[[sections]]
id = "summary"
title = { en = "Summary" }
[[sections]]
id = "timeline"
title = { en = "What happened" }
contains = "timeline"
[[sections]]
id = "action-items"
title = { en = "Follow-ups" }
contains = "action-items"
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    profile = tmp_path / ".incidentdocs/profiles/review/profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(PROFILE, encoding="utf-8")
    (tmp_path / "incidentdocs.toml").touch()
    (tmp_path / "reviews").mkdir()
    for number in (1, 2):
        (tmp_path / f"reviews/2026-05-0{number}-queue.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "incidentdocs", "migrate", *arguments]
    return subprocess.run(command, cwd=repository, capture_output=True, encoding="utf-8", check=False)


def test_what_would_change_is_shown_and_nothing_is_written(repository: Path) -> None:
    ran = run(repository, "reviews", "--to", "post-mortem")
    assert ran.returncode == 0
    assert ran.stdout.count("--- a/reviews/") == 2
    assert "-## What happened" in ran.stdout
    assert "2 documents would change; --write changes the files" in ran.stderr
    assert (repository / "reviews/2026-05-01-queue.md").read_text() == TEXT


def test_the_diff_that_is_shown_is_what_is_written(repository: Path) -> None:
    shown = run(repository, "reviews/2026-05-01-queue.md", "--to", "post-mortem").stdout
    applied = subprocess.run(
        ["git", "apply", "--unsafe-paths", "--directory=."],
        cwd=repository,
        input=shown,
        encoding="utf-8",
        check=False,
        capture_output=True,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(repository.parent)},
    )
    assert applied.returncode == 0, applied.stderr
    by_diff = (repository / "reviews/2026-05-01-queue.md").read_text()
    ran = run(repository, "reviews/2026-05-02-queue.md", "--to", "post-mortem", "--write")
    assert (ran.returncode, ran.stdout) == (0, "reviews/2026-05-02-queue.md\n")
    assert (repository / "reviews/2026-05-02-queue.md").read_text() == by_diff
    assert "## Timeline" in by_diff


def test_a_migrated_document_lints_to_what_is_still_to_be_written(repository: Path) -> None:
    file = repository / "reviews/2026-05-01-queue.md"
    file.chmod(0o640)
    run(repository, "reviews/2026-05-01-queue.md", "--to", "post-mortem", "--write")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    place = repository / "docs/post-mortems/2026-05-01-queue.md"
    place.parent.mkdir(parents=True)
    file.rename(place)
    command = [sys.executable, "-m", "incidentdocs", "lint", str(place)]
    linted = subprocess.run(command, cwd=repository, capture_output=True, encoding="utf-8", check=False)
    rules = {line.split("[")[1].split("]")[0] for line in linted.stdout.splitlines() if "]: " in line}
    assert rules == {"placeholder-left"}


def test_a_second_time_changes_nothing(repository: Path) -> None:
    run(repository, "reviews", "--to", "post-mortem", "--write")
    before = (repository / "reviews/2026-05-01-queue.md").read_bytes()
    ran = run(repository, "reviews", "--to", "post-mortem", "--write")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "2 documents already in shape" in ran.stderr
    assert (repository / "reviews/2026-05-01-queue.md").read_bytes() == before


def test_where_a_document_belongs_now_is_told(repository: Path) -> None:
    ran = run(repository, "reviews/2026-05-01-queue.md", "--to", "post-mortem")
    assert "reviews/2026-05-01-queue.md: still read as a review; a post-mortem belongs at" in ran.stderr
    assert "docs/post-mortems/2026-05-01-queue-stuck.md" in ran.stderr


def test_what_cannot_be_read_is_told_and_the_others_are_done(repository: Path) -> None:
    broken = repository / "reviews/2026-05-01-queue.md"
    broken.write_bytes(b"# caf\xe9\n")
    ran = run(repository, "reviews", "--to", "post-mortem", "--write")
    assert (ran.returncode, ran.stdout) == (1, "reviews/2026-05-02-queue.md\n")
    assert "reviews/2026-05-01-queue.md: not migrated, the text is not UTF-8" in ran.stderr
    assert broken.read_bytes() == b"# caf\xe9\n"


def test_a_link_out_of_the_repository_is_not_followed(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text(TEXT, encoding="utf-8")
    (repository / "reviews/2026-05-03-queue.md").symlink_to(outside)
    ran = run(repository, "reviews", "--to", "post-mortem", "--write")
    assert ran.returncode == 1
    assert outside.read_text() == TEXT


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reviews", "--to", "post-mortm"], 'did you mean "post-mortem"?'),
        (["nowhere", "--to", "post-mortem"], "nowhere: no such file or folder"),
        (["--to", "post-mortem"], "missing argument"),
        (["reviews"], "missing option '--to'"),
        ([".incidentdocs", "--to", "post-mortem"], "no document found at .incidentdocs"),
    ],
)
def test_a_mistake_in_the_call_is_told(repository: Path, arguments: list[str], words: str) -> None:
    ran = run(repository, *arguments)
    assert ran.returncode == 2
    assert words in ran.stderr


def test_what_has_no_headings_or_tells_of_several_incidents_is_refused(repository: Path) -> None:
    bold = TEXT.replace("## Summary", "**Summary:**").replace("## What happened", "**What happened**")
    bold = bold.replace("## Follow-ups", "**Follow-ups**")
    file = repository / "reviews/2026-05-01-queue.md"
    file.write_text(bold, encoding="utf-8")
    ran = run(repository, "reviews/2026-05-01-queue.md", "--to", "post-mortem", "--write")
    assert ran.returncode == 1
    assert "not migrated, its sections begin without headings (write their titles as headings" in ran.stderr
    profile = repository / ".incidentdocs/profiles/review/profile.toml"
    profile.write_text(f"{PROFILE}\n[incidents]\nlevel = 2\n", encoding="utf-8")
    several = "# May\n\n## 2026-05-01 Queue\n\n### What happened\n\n- 10:15 stops\n"
    file.write_text(several, encoding="utf-8")
    ran = run(repository, "reviews/2026-05-01-queue.md", "--to", "post-mortem", "--write")
    assert ran.returncode == 1
    assert "not migrated, it tells of several incidents" in ran.stderr
    assert file.read_text(encoding="utf-8") == several
