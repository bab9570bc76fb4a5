"""`incidentdocs profile`: a house style learned on the command line, and what it understands."""

import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENT = """\
# Queue {n} stuck

## What happened

All times in UTC.

- {hour}:15 the queue stops
- {hour}:40 it runs again
- nobody knows when it began

## Next steps

- [ ] alert on an idle queue (owner @ops, due 2026-06-0{n})

And we talk about it on Monday.
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "reviews"
    folder.mkdir()
    for n in range(1, 6):
        (folder / f"2026-05-0{n}-queue-{n}.md").write_text(DOCUMENT.format(n=n, hour=9 + n), encoding="utf-8")
    (folder / "README.md").write_text("# Reviews\n\n## How to write one\n", encoding="utf-8")
    (folder / "template.md").write_text("# <what>\n\n## What happened\n", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("# License\n\n## Terms\n", encoding="utf-8")
    return tmp_path


def run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "incidentdocs", *arguments]
    return subprocess.run(command, cwd=repository, capture_output=True, encoding="utf-8", check=False)


def test_a_profile_is_proposed_and_nothing_is_written(repository: Path) -> None:
    ran = run(repository, "profile", "learn", ".")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "# Learned from 5 documents" in ran.stdout
    assert 'folders = ["reviews"]' in ran.stdout
    assert not (repository / ".incidentdocs").exists()


def test_what_is_written_is_used_at_once(repository: Path) -> None:
    ran = run(repository, "profile", "learn", "reviews", "--write", "review")
    assert (ran.returncode, ran.stdout) == (0, ".incidentdocs/profiles/review/profile.toml\n")
    linted = run(repository, "lint")
    assert "timeline-time" not in linted.stdout
    assert linted.returncode == 0, linted.stdout
    report = run(repository, "report", "actions")
    assert "5 open" in report.stdout


def test_what_is_there_is_not_overwritten(repository: Path) -> None:
    run(repository, "profile", "learn", "reviews", "--write", "review")
    file = repository / ".incidentdocs/profiles/review/profile.toml"
    file.write_text(file.read_text() + "# mine\n", encoding="utf-8")
    ran = run(repository, "profile", "learn", "reviews", "--write", "review")
    assert ran.returncode == 2
    assert "exists already" in ran.stderr
    assert file.read_text().endswith("# mine\n")


def test_another_profile_of_the_same_folders_is_told(repository: Path) -> None:
    run(repository, "profile", "learn", "reviews", "--write", "review")
    ran = run(repository, "profile", "learn", "reviews", "--write", "other")
    assert ran.returncode == 0
    assert ran.stderr.endswith("the profile review claims some of its folders too\n")


def test_what_could_not_be_settled_is_told_when_it_is_written(repository: Path) -> None:
    ran = run(repository, "profile", "learn", "reviews", "--write", "review")
    assert "not settled: no field is plainly the severity" in ran.stderr


def test_a_column_that_nobody_knows_is_told_and_can_be_named(repository: Path) -> None:
    table = "| Action | Kapitän | Bis |\n|---|---|---|\n| alert | @ops | 2026-06-01 |\n"
    for file in (repository / "reviews").glob("2026-*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.partition("- [ ]")[0] + table, encoding="utf-8")
    ran = run(repository, "profile", "learn", "reviews", "--write", "review")
    assert 'not settled: the column "Kapitän" of action items is not known' in ran.stderr
    checked = run(repository, "profile", "check", "review", "reviews/2026-05-01-queue-1.md")
    assert "1 action item (0 with an owner, 0 with a due date)" in checked.stdout
    assert "what the column `Kapitän` holds is not known" in checked.stdout
    profile = repository / ".incidentdocs/profiles/review/profile.toml"
    named = 'asks = []\ncolumns = { owner = ["Kapitän"], due = ["Bis"] }'
    profile.write_text(profile.read_text(encoding="utf-8").replace("asks = []", named), encoding="utf-8")
    checked = run(repository, "profile", "check", "review", "reviews/2026-05-01-queue-1.md")
    assert "1 action item (1 with an owner, 1 with a due date)" in checked.stdout
    assert "Kapitän" not in checked.stdout


def test_what_is_understood_is_counted_and_what_is_not_is_shown(repository: Path) -> None:
    run(repository, "profile", "learn", "reviews", "--write", "review")
    ran = run(repository, "profile", "check", "review", "reviews/2026-05-01-queue-1.md")
    assert ran.returncode == 0
    assert ran.stdout == (
        "reviews/2026-05-01-queue-1.md: 2 of 2 sections, 2 events,"
        " 1 action item (1 with an owner, 1 with a due date)\n"
        "     9 │ - nobody knows when it began\n"
        "       ╰─ no event was read here\n"
        "    15 │ And we talk about it on Monday.\n"
        "       ╰─ no action item was read here\n"
        "\n"
        "0 of 1 document understood to the last line, 2 lines not understood in the others\n"
    )


def test_sections_and_times_that_are_not_understood_are_shown(repository: Path) -> None:
    run(repository, "profile", "learn", "reviews", "--write", "review")
    file = repository / "reviews" / "2026-05-01-queue-1.md"
    file.write_text(file.read_text().replace("10:15", "10:7") + "\n## Thanks\n\nTo all.\n", encoding="utf-8")
    ran = run(repository, "profile", "check", "review", "reviews")
    assert "2 of 3 sections, 2 events (1 with a time that cannot be read), 1 action item (1" in ran.stdout
    assert "    17 │ ## Thanks\n       ╰─ no section of the profile has this title\n" in ran.stdout
    assert "`10:7` is not a time that can be read" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["learn", "nowhere"], "nowhere: no such file or folder"),
        (["learn", "LICENSE"], "no document was found there"),
        (["learn", "reviews", "--write", "Re view"], "cannot be a kind of document"),
        (["check", "post-mortm", "reviews"], "did you mean post-mortem?"),
        (["check", "xyzzy", "reviews"], "write one of escalation, incident, post-mortem, runbook"),
        (["check", "post-mortem", "LICENSE"], "no document was found there"),
        (["learn"], "missing argument"),
    ],
)
def test_a_mistake_in_the_call_is_told(repository: Path, arguments: list[str], words: str) -> None:
    ran = run(repository, "profile", *arguments)
    assert ran.returncode == 2
    assert words in ran.stderr
