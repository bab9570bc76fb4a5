"""`lint --since REV`: what has changed answers for its findings, on real repositories."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Committed, run_in

PATH = "docs/post-mortems/2026-03-14-api-down.md"
OTHER = "docs/post-mortems/2026-04-02-disk-full.md"
TEXT = """\
---
severity: SEV3
---

# Post-mortem: API down

## Timeline (local times)
- 10:15 API down
- 10:30 service restored

## Impact

- Users affected: 4

## Root cause

A pool of connections was too small for the traffic of a Monday.

## Action items
- [ ] AI 1: alert at 80 % of the disk (owner @oncall)
- [ ] AI 2: rotate the logs every night (due 2026-10-01)
"""
AS_OF = ("--as-of", "2026-05-01")


def git(folder: Path, *arguments: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    named = ("-c", "user.name=Dev", "-c", "user.email=dev@cabas.example", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ["git", *named, *arguments], cwd=folder, env=kept, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def found(committed: Committed, *arguments: str) -> list[tuple[str, int, str]]:
    """Return path, line and rule of each finding."""
    done = committed.run("lint", "--format", "json", *AS_OF, *arguments)
    assert done.returncode in (0, 1), done.stderr
    return [(each["path"], each["line"], each["rule"]) for each in json.loads(done.stdout)["findings"]]


def rules(committed: Committed, *arguments: str) -> list[str]:
    return [rule for _, _, rule in found(committed, *arguments)]


@pytest.fixture
def adopted(committed: Committed) -> Committed:
    """A repository with a document that has many findings, all of them old."""
    committed.write(PATH, TEXT)
    committed.commit("2026-03-16")
    return committed


def test_what_has_not_changed_is_not_told_and_counted(adopted: Committed) -> None:
    old = found(adopted)
    assert len(old) > 3
    done = adopted.run("lint", "--since", "HEAD", *AS_OF)
    assert (done.returncode, done.stdout) == (0, "1 document, nothing to report\n")
    assert done.stderr == f"{len(old)} findings not told: on what has not changed since HEAD\n"


@pytest.mark.parametrize("paths", [(), (PATH,), ("docs",)])
def test_a_finding_on_a_changed_line_is_told(adopted: Committed, paths: tuple[str, ...]) -> None:
    adopted.write(PATH, TEXT.replace("80 %", "90 %"))
    assert "action-item-due" in rules(adopted, "--since", "HEAD", *paths)
    assert "action-item-owner" not in rules(adopted, "--since", "HEAD", *paths)


def test_lines_that_moved_have_not_changed(adopted: Committed) -> None:
    adopted.write(PATH, TEXT.replace("\n## Impact", "- 10:40 all is well\n\n## Impact"))
    assert "action-item-due" not in rules(adopted, "--since", "HEAD")
    adopted.write(PATH, TEXT.replace("\n", "\r\n"))
    assert rules(adopted, "--since", "HEAD") == []


def test_a_finding_about_a_section_is_told_when_a_line_of_it_changed_or_is_gone(adopted: Committed) -> None:
    about_impact = ("impact-field", "--since", "HEAD")
    assert "impact-field" in rules(adopted)
    assert rules(adopted, "--select", *about_impact) == []
    adopted.write(PATH, TEXT.replace("affected: 4", "affected: 5"))
    assert rules(adopted, "--select", *about_impact) != []
    adopted.write(PATH, TEXT.replace("- Users affected: 4\n", "- Downtime: 15m\n- Data loss: no\n"))
    assert rules(adopted, "--select", *about_impact) != []


def test_what_the_document_did_not_have_is_told_wherever_it_stands(adopted: Committed) -> None:
    """A removed section is told on the title, and disorder on a line that may be the older one."""
    assert rules(adopted, "--select", "missing-section")
    before = {each[2] for each in found(adopted, "--since", "HEAD")}
    assert before == set()
    adopted.write(PATH, TEXT.replace("## Root cause\n\nA pool of", "A pool of"))
    told = adopted.run("lint", "--since", "HEAD", "--select", "missing-section", *AS_OF).stdout
    assert "Root cause" in told
    assert told.count("missing-section]") == 1
    adopted.write(PATH, TEXT.replace("- 10:15 API down", "- 10:45 API down"))
    assert rules(adopted, "--since", "HEAD", "--select", "timeline-order") == ["timeline-order"]


def test_a_document_that_cannot_be_read_is_told_when_it_changed(adopted: Committed) -> None:
    file = adopted.root / PATH
    file.write_bytes(TEXT.encode() + b"\xff\n")
    assert rules(adopted, "--since", "HEAD", PATH) == ["unreadable-document"]
    adopted.commit("2026-03-17")
    assert rules(adopted, "--since", "HEAD", PATH) == []
    file.write_bytes(TEXT.encode() + b"\xff\xfe\n")
    assert rules(adopted, "--since", "HEAD", PATH) == ["unreadable-document"]
    adopted.write(PATH, TEXT)
    assert "action-item-due" in rules(adopted, "--since", "HEAD", PATH)


@pytest.mark.parametrize("add", [False, True], ids=["untracked", "staged"])
def test_a_new_document_is_told_whole(adopted: Committed, add: bool) -> None:
    adopted.write(OTHER, TEXT.replace("API", "Disk"))
    if add:
        git(adopted.root, "add", "--all")
    document = [one for one in found(adopted) if one[0] == OTHER]
    assert document
    assert found(adopted, "--since", "HEAD") == document


@pytest.mark.parametrize("commit", [False, True], ids=["uncommitted", "committed"])
def test_a_renamed_document_is_not_new(adopted: Committed, commit: bool) -> None:
    git(adopted.root, "tag", "before")
    renamed = "docs/post-mortems/2026-3-14-api-down.md"
    (adopted.root / PATH).rename(adopted.root / renamed)
    adopted.write(renamed, TEXT.replace("80 %", "90 %"))
    if commit:
        adopted.commit("2026-03-17")
    told = rules(adopted, "--since", "before", renamed)
    assert "filename-format" in told
    assert "action-item-due" in told
    assert "action-item-owner" not in told


def test_a_finding_about_a_document_that_is_gone_since_is_told(adopted: Committed) -> None:
    git(adopted.root, "tag", "before")
    (adopted.root / PATH).unlink()
    adopted.write("docs/post-mortems/README.md", "# Here")
    assert {rule for path, _, rule in found(adopted, "--since", "HEAD") if path == PATH}
    adopted.commit("2026-03-17")
    assert {rule for path, _, rule in found(adopted, "--since", "before") if path == PATH}
    assert not {rule for path, _, rule in found(adopted, "--since", "HEAD") if path == PATH}


def test_an_item_that_is_dropped_since_is_told_on_its_section(adopted: Committed) -> None:
    adopted.write(PATH, TEXT.replace("- [ ] AI 2: rotate the logs every night (due 2026-10-01)\n", ""))
    assert rules(adopted, "--since", "HEAD", "--select", "action-item-dropped") == ["action-item-dropped"]
    adopted.commit("2026-03-18")
    assert rules(adopted, "--since", "HEAD", "--select", "action-item-dropped") == []
    assert rules(adopted, "--since", "HEAD~1", "--select", "action-item-dropped") == ["action-item-dropped"]


def test_since_a_branch_means_since_this_one_left_it(adopted: Committed) -> None:
    git(adopted.root, "switch", "-qc", "work")
    adopted.write(OTHER, TEXT.replace("API", "Disk"))
    adopted.commit("2026-03-17")
    git(adopted.root, "switch", "-q", "main")
    adopted.write(PATH, TEXT.replace("80 %", "90 %"))
    adopted.commit("2026-03-18")
    git(adopted.root, "switch", "-q", "work")
    assert {path for path, _, _ in found(adopted, "--since", "main")} == {OTHER}


def test_an_unknown_revision_is_told_with_the_nearest(adopted: Committed) -> None:
    done = adopted.run("lint", "--since", "mian")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no commit is called mian\nhint: did you mean main?\n"
    assert adopted.run("lint", "--since=--output=x").returncode == 2


def test_before_the_first_commit_everything_is_new(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    assert found(committed, "--since", "HEAD") == found(committed)


def test_unrelated_histories_are_told(adopted: Committed) -> None:
    git(adopted.root, "switch", "-q", "--orphan", "other")
    adopted.write(PATH, TEXT)
    adopted.commit("2026-03-18")
    done = adopted.run("lint", "--since", "main")
    assert done.returncode == 2
    assert "main and HEAD have no commit in common" in done.stderr


def test_a_shallow_clone_that_lacks_the_beginning_is_exit_code_4(adopted: Committed, tmp_path: Path) -> None:
    first = git(adopted.root, "rev-parse", "HEAD")
    git(adopted.root, "switch", "-qc", "work")
    for day in ("2026-03-17", "2026-03-18"):
        adopted.write(OTHER, TEXT + f"- [ ] AI 3: by {day}\n")
        adopted.commit(day)
    shallow = tmp_path / "shallow"
    branches = ("--no-single-branch", "--branch", "work")
    git(tmp_path, "clone", "-q", "--depth", "1", *branches, adopted.root.as_uri(), str(shallow))
    for revision in ("origin/main", first, "origin/mian"):
        done = run_in(shallow, "lint", "--since", revision)
        assert done.returncode == 4, (revision, done.stderr)
        assert "git fetch --unshallow" in done.stderr
    git(shallow, "fetch", "-q", "--unshallow")
    assert run_in(shallow, "lint", "--since", "origin/main").returncode == 1


def test_outside_git_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    done = run_in(tmp_path, "lint", "--since", "main")
    assert done.returncode == 2
    assert "is in no git repository" in done.stderr


def test_what_git_is_set_up_to_run_is_not_run(adopted: Committed) -> None:
    (adopted.root / ".gitattributes").write_text("*.md diff=harm filter=harm\n")
    for name in ("diff.harm.command", "diff.harm.textconv", "diff.external", "core.fsmonitor", "core.pager"):
        git(adopted.root, "config", name, f"touch {adopted.root}/harmed; false")
    adopted.write(PATH, TEXT.replace("80 %", "90 %"))
    assert "action-item-due" in rules(adopted, "--since", "HEAD")
    assert not (adopted.root / "harmed").exists()
