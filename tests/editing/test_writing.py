import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from incidentdocs.editing.writing import create, replace
from incidentdocs.errors import UsageError


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir()}


def test_a_new_file_is_written_with_its_folders_and_nothing_else(tmp_path: Path) -> None:
    create(tmp_path, "docs/post-mortems/a.md", "é\n")
    assert (tmp_path / "docs/post-mortems/a.md").read_bytes() == "é\n".encode()
    assert files(tmp_path) == {"docs/post-mortems/a.md"}


def test_a_new_file_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    create(tmp_path, "a.md", "")
    (tmp_path / "b.md").touch()
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "b.md").stat().st_mode
    )


def test_an_existing_file_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine")
    with pytest.raises(UsageError, match=r"a\.md exists already") as caught:
        create(tmp_path, "a.md", "yours")
    assert caught.value.hint
    assert (tmp_path / "a.md").read_text() == "mine"
    assert files(tmp_path) == {"a.md"}


def test_a_link_that_leads_nowhere_is_an_existing_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(UsageError, match="exists already"):
        create(tmp_path, "a.md", "x")
    assert not (tmp_path / "elsewhere.md").exists()


@pytest.mark.parametrize("relative", ["../a.md", "/tmp/a.md", "docs/../../a.md", "", ".", "a\0b"])
def test_a_path_that_leaves_the_root_is_refused(tmp_path: Path, relative: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(UsageError):
        create(root, relative, "x")
    assert files(tmp_path) == set()


@pytest.mark.parametrize("exists", [True, False])
def test_a_linked_folder_that_leaves_the_root_is_refused(tmp_path: Path, exists: bool) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    if exists:
        outside.mkdir()
    (root / "docs").symlink_to(outside)
    with pytest.raises(UsageError, match="outside the repository"):
        create(root, "docs/post-mortems/a.md", "x")
    assert files(tmp_path) <= {"root/docs"}
    assert not (outside / "post-mortems").exists()


def test_a_linked_folder_inside_the_root_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "docs").symlink_to(tmp_path / "real")
    create(tmp_path, "docs/a.md", "x")
    assert (tmp_path / "real/a.md").read_text() == "x"


def test_a_root_behind_a_link_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to(tmp_path / "real")
    create(tmp_path / "root", "docs/a.md", "x")
    assert files(tmp_path / "real") == {"docs/a.md"}


def test_links_that_go_round_are_told(tmp_path: Path) -> None:
    (tmp_path / "docs").symlink_to(tmp_path / "docs")
    with pytest.raises(UsageError, match="is no folder"):
        create(tmp_path, "docs/a.md", "x")


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file")
    with pytest.raises(UsageError, match="is no folder") as caught:
        create(tmp_path, "docs/a.md", "x")
    assert caught.value.hint


def test_a_name_that_the_system_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        create(tmp_path, "x" * 300 + ".md", "x")
    assert files(tmp_path) == set()


def test_where_links_are_impossible_the_file_is_still_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    create(tmp_path, "a.md", "x")
    assert (tmp_path / "a.md").read_text() == "x"
    assert files(tmp_path) == {"a.md"}
    with pytest.raises(UsageError, match="exists already"):
        create(tmp_path, "a.md", "y")


def test_a_run_that_fails_half_way_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match="No space left"):
        create(tmp_path, "a.md", "x")
    assert files(tmp_path) == set()


LARGE = 30_000_000
WRITE_A_LARGE_FILE = f"""
import sys
from pathlib import Path
from incidentdocs.editing.writing import create
create(Path(sys.argv[1]), "docs/a.md", "x" * {LARGE})
"""


def killed_while_it_writes(root: Path) -> None:
    """Start a run that writes a large file, and kill it as soon as the first byte may be on disk."""
    with subprocess.Popen([sys.executable, "-c", WRITE_A_LARGE_FILE, str(root)]) as run:
        while run.poll() is None and not (root / "docs").is_dir():
            time.sleep(0.001)
        while run.poll() is None and not any((root / "docs").iterdir()):
            pass
        run.kill()


def test_a_killed_run_leaves_the_whole_file_or_none(tmp_path: Path) -> None:
    left = []
    for number in range(5):
        root = tmp_path / str(number)
        root.mkdir()
        killed_while_it_writes(root)
        target = root / "docs/a.md"
        left.append(target.stat().st_size if target.exists() else None)
    assert set(left) <= {None, LARGE}
    assert None in left, "no run was killed half-way"
    halted = tmp_path / str(left.index(None))
    create(halted, "docs/a.md", "again")
    assert (halted / "docs/a.md").read_text() == "again"


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "a.md").chmod(0o640)
    replace(tmp_path, "a.md", "new\r\n", expected=b"old")
    assert (tmp_path / "a.md").read_bytes() == b"new\r\n"
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640
    assert files(tmp_path) == {"a.md"}


def test_a_file_that_has_changed_since_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"newer")
    with pytest.raises(UsageError, match="changed in the meantime") as caught:
        replace(tmp_path, "a.md", "new", expected=b"old")
    assert caught.value.hint
    assert (tmp_path / "a.md").read_bytes() == b"newer"
    assert files(tmp_path) == {"a.md"}


@pytest.mark.parametrize("relative", ["a.md", "folder", "../a.md", "/tmp/a.md", ""])
def test_only_what_is_there_is_replaced(tmp_path: Path, relative: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError):
        replace(tmp_path, relative, "new", expected=b"")
    assert files(tmp_path) == set()


@pytest.mark.parametrize("relative", ["a.md", "docs/a.md"])
def test_no_link_leads_a_replacement_out_of_the_root(tmp_path: Path, relative: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "a.md").write_bytes(b"old")
    (root / "docs").symlink_to(outside)
    (root / "a.md").symlink_to(outside / "a.md")
    with pytest.raises(UsageError, match="outside the repository"):
        replace(root, relative, "new", expected=b"old")
    assert (outside / "a.md").read_bytes() == b"old"
    assert files(outside) == {"a.md"}


def test_a_link_inside_the_root_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "a.md").symlink_to("real.md")
    replace(tmp_path, "a.md", "new", expected=b"old")
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_a_replacement_that_fails_half_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match="No space left"):
        replace(tmp_path, "a.md", "new", expected=b"old")
    assert (tmp_path / "a.md").read_bytes() == b"old"
    assert files(tmp_path) == {"a.md"}
