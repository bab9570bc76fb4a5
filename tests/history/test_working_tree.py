"""What the working tree holds beyond HEAD, as a step of the chain."""

import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from incidentdocs.history.commits import FileChange
from incidentdocs.history.working_tree import blob_id, uncommitted, uncommitted_landing

SHA1 = "a" * 40
SHA256 = "a" * 64


def committed(*files: tuple[str, bytes]) -> dict[str, str]:
    return {path: blob_id(content, SHA1) for path, content in files}


def changes(before: dict[str, str], files: dict[str, bytes | None]) -> tuple[FileChange, ...]:
    return uncommitted(files, before, SHA1).step.changes


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_blob_has_git_s_own_id(form: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", f"--object-format={form}", tmp_path], check=True)
    (tmp_path / "a").write_bytes(b"caf\xe9\r\n")
    told = subprocess.run(
        ["git", "hash-object", "--no-filters", "a"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert blob_id(b"caf\xe9\r\n", SHA1 if form == "sha1" else SHA256) == told


def test_a_clean_working_tree_changes_nothing() -> None:
    step, blobs = uncommitted({"a.md": b"one"}, committed(("a.md", b"one")), SHA1)
    assert (step.changes, blobs) == ((), {})


def test_files_are_added_changed_and_deleted() -> None:
    before = committed(("a.md", b"one"), ("b.md", b"two"))
    step, blobs = uncommitted({"a.md": b"three", "c.md": b"four"}, before, SHA1)
    three, four = blob_id(b"three", SHA1), blob_id(b"four", SHA1)
    assert step.changes == (
        FileChange("changed", "a.md", three),
        FileChange("added", "c.md", four),
        FileChange("deleted", "b.md", None),
    )
    assert blobs == {three: b"three", four: b"four"}
    assert step.commit.parent == SHA1


def test_a_file_is_renamed_by_its_content_else_by_its_name() -> None:
    before = committed(("a.md", b"one"), ("old/b.md", b"two"), ("old/c.md", b"three"))
    found = changes(before, {"z.md": b"one", "new/b.md": b"other", "new/d.md": b"four"})
    assert [(change.status, change.path, change.before) for change in found] == [
        ("renamed", "new/b.md", "old/b.md"),
        ("added", "new/d.md", None),
        ("renamed", "z.md", "a.md"),
        ("deleted", "old/c.md", None),
    ]


def test_a_file_is_the_origin_of_one_other_at_most() -> None:
    found = changes(committed(("a.md", b"one")), {"b.md": b"one", "c.md": b"one"})
    assert [(change.status, change.path) for change in found] == [("renamed", "b.md"), ("added", "c.md")]


def test_what_cannot_be_read_is_taken_as_it_was() -> None:
    assert changes(committed(("a.md", b"one")), {"a.md": None, "new.md": None}) == ()


def test_the_working_tree_counts_from_today_on_and_after_what_has_landed() -> None:
    noon = datetime(2026, 3, 16, 12, tzinfo=UTC)
    assert uncommitted_landing(noon, date(2026, 3, 16), UTC).when == noon
    later = uncommitted_landing(noon, date(2026, 3, 17), UTC)
    assert later.when == noon + timedelta(hours=12)
    assert not later.committed
