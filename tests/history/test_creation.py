"""A repository is made and committed to with real git, whatever the user's git and environment say."""

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from incidentdocs.history.creation import Repository, Signature
from incidentdocs.history.repository import GitFailed

PARIS = timezone(timedelta(hours=2))
AUTHOR = Signature("Élodie", "elodie@cabas.example", datetime(2026, 7, 3, 18, 30, tzinfo=PARIS))
COMMITTER = Signature("Renfort", "backup@cabas.example", datetime(2026, 7, 6, 9, 10, tzinfo=PARIS))


def git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ran = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stdout.strip()


def commit(root: Path, message: str = "Été : « œuvre »\n\nSee #41") -> str:
    repository = Repository.create(root)
    (root / "a.md").write_bytes(b"one\r\ntwo\n")
    return repository.commit_all(message, author=AUTHOR, committer=COMMITTER)


def make_git_hostile(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the user a git that signs, hooks, converts, ignores and names as it can."""
    for folder in ("hooks", "template/hooks", ".config/git"):
        (home / folder).mkdir(parents=True)
    for hook in (home / "hooks/pre-commit", home / "template/hooks/commit-msg"):
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
    (home / ".config/git/ignore").write_text("*.md\n")
    (home / ".config/git/attributes").write_text("*.md text eol=lf ident\n")
    (home / ".gitconfig").write_text(
        f"[core]\n\thooksPath = {home}/hooks\n\tautocrlf = true\n\tsafecrlf = true\n"
        f"[init]\n\tdefaultBranch = trunk\n\ttemplateDir = {home}/template\n"
        "[commit]\n\tgpgSign = true\n\tcleanup = strip\n[gpg]\n\tprogram = false\n"
        "[user]\n\tname = Somebody Else\n\temail = else@cabas.example\n"
        "[i18n]\n\tcommitEncoding = ISO-8859-1\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def test_a_commit_carries_its_author_committer_dates_and_message(tmp_path: Path) -> None:
    commit(tmp_path / "new" / "folder")
    told = git(tmp_path / "new" / "folder", "log", "--format=%an|%ae|%aI|%cn|%ce|%cI|%B")
    assert told == (
        "Élodie|elodie@cabas.example|2026-07-03T18:30:00+02:00"
        "|Renfort|backup@cabas.example|2026-07-06T09:10:00+02:00|Été : « œuvre »\n\nSee #41"
    )


def test_the_branch_is_main_and_the_working_tree_clean(tmp_path: Path) -> None:
    commit(tmp_path)
    assert git(tmp_path, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(tmp_path, "status", "--porcelain") == ""
    assert not list((tmp_path / ".git").glob("hooks/*"))


def test_the_users_git_settings_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = commit(tmp_path / "plain")
    make_git_hostile(tmp_path / "home", monkeypatch)
    assert commit(tmp_path / "hostile") == plain
    assert git(tmp_path / "hostile", "symbolic-ref", "HEAD") == "refs/heads/main"


def test_inside_a_hook_of_another_repository_that_one_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = commit(tmp_path / "plain")
    Repository.create(tmp_path / "other")
    before = sorted(file for file in (tmp_path / "other").rglob("*"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "other/.git/objects"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "The hook's author")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'user.name=The hook'")
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    assert commit(tmp_path / "here") == plain
    assert sorted(file for file in (tmp_path / "other").rglob("*")) == before
    assert os.environ["GIT_DIR"] == str(tmp_path / "other/.git"), "the environment is given back"


def test_neither_a_home_nor_an_identity_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = commit(tmp_path / "plain")
    for home in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(home, "")
    assert commit(tmp_path / "homeless") == plain


@pytest.mark.parametrize("name", ["$HOME", "~", "-c", "a b'\"", "été\nnuit"])
def test_any_folder_name_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    commit(Path(name))
    assert (tmp_path / name / ".git").is_dir()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_commit_of_nothing_is_refused_in_gits_words(tmp_path: Path) -> None:
    commit(tmp_path)
    with pytest.raises(GitFailed, match="nothing to commit"):
        Repository(tmp_path).commit_all("Nothing", author=AUTHOR, committer=COMMITTER)


def test_a_date_without_an_offset_is_refused(tmp_path: Path) -> None:
    naive = AUTHOR._replace(when=datetime(2026, 7, 3))
    with pytest.raises(ValueError, match="no offset"):
        Repository.create(tmp_path).commit_all("When?", author=naive, committer=COMMITTER)


def test_a_missing_git_is_told_with_what_to_do_and_leaves_no_folder(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from incidentdocs.history.creation import Repository\n"
        "from incidentdocs.history.repository import GitFailed\n"
        "try: Repository.create(Path(sys.argv[1]))\n"
        "except GitFailed as error: print(error.message, '|', error.hint)\n"
    )
    for mode in ("raise", "quiet"):
        ran = subprocess.run(
            [sys.executable, "-c", program, tmp_path / "new"],
            env={**os.environ, "PATH": str(tmp_path), "GIT_PYTHON_REFRESH": mode},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert ran.stdout.startswith("git was not found | install git")
        assert ran.stderr == ""
        assert not (tmp_path / "new").exists()
