"""A story is played commit by commit; one that does not fit its texts is a fault, told."""

import subprocess
from pathlib import Path

import pytest

from incidentdocs.errors import ConfigError, Fault
from incidentdocs.history.story import play, read_story

HEAD = (
    'as-of = 2026-03-31\nabout = "A story."\n[people]\nops = { name = "Ops", email = "ops@cabas.example" }\n'
)


def commit(does: str, day: int = 1) -> str:
    date = f"2026-03-{day:02}T10:00:00+01:00"
    return f'[[commits]]\ndate = {date}\nauthor = "ops"\nmessage = "day-{day}"\n{does}\n'


def played(tmp_path: Path, *commits: str) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/list.md").write_bytes("- café\r\n- thé\n".encode())
    (tmp_path / "story.toml").write_text(HEAD + "".join(commits), encoding="utf-8")
    play(read_story(tmp_path / "story.toml"), tmp_path / "texts", tmp_path / "repository")
    return tmp_path / "repository"


WRITE = commit('write = { "docs/list.md" = "list.md", "kept.md" = "list.md" }')
RENAME = commit('rename = { "docs/list.md" = "drinks/list.md" }', 2)


def test_files_are_renamed_edited_and_removed_in_order(tmp_path: Path) -> None:
    edit = commit('edit = [{ file = "drinks/list.md", old = "thé", new = "eau" }]\nremove = ["kept.md"]', 3)
    root = played(tmp_path, WRITE, RENAME, edit)
    files = {file.relative_to(root).as_posix() for file in root.rglob("*.md")}
    assert files == {"drinks/list.md"}
    assert (root / "drinks/list.md").read_bytes() == "- café\n- eau\n".encode()
    log = ["git", "-C", str(root), "log", "--reverse", "--name-status", "--format=%s"]
    told = subprocess.run(log, capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert told[:5] == ["day-1", "A", "docs/list.md", "A", "kept.md"]
    assert told[5:9] == ["day-2", "R100", "docs/list.md", "drinks/list.md"]
    assert told[9:] == ["day-3", "M", "drinks/list.md", "D", "kept.md"]


@pytest.mark.parametrize("old", ["coffee", "- "])
def test_an_edit_that_does_not_fit_once_is_a_fault(tmp_path: Path, old: str) -> None:
    edit = commit(f'edit = [{{ file = "kept.md", old = "{old}", new = "x" }}]', 2)
    with pytest.raises(Fault, match="exactly once"):
        played(tmp_path, WRITE, edit)


def test_a_misspelt_key_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"story\.toml:\d+.*writes"):
        played(tmp_path, commit('writes = { "a.md" = "list.md" }'))
