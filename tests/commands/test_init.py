import subprocess
import tomllib
from pathlib import Path

import pytest

from incidentdocs.commands.init import run
from incidentdocs.config import read_config
from incidentdocs.errors import UsageError
from incidentdocs.workspace import open_workspace


def files(root: Path) -> set[str]:
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith(".git/")}


def test_a_repository_gets_a_configuration_and_its_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("incidentdocs.clock.machine_zone", lambda: "Europe/Paris")
    assert run(tmp_path, language="fr") == 0
    assert files(tmp_path) == {"incidentdocs.toml", "docs/post-mortems/README.md", "docs/runbooks/README.md"}
    config = read_config((tmp_path / "incidentdocs.toml").read_text(), path="incidentdocs.toml")
    assert (config.language, config.timezone) == ("fr", "Europe/Paris")
    told = capsys.readouterr().out
    assert "created  incidentdocs.toml (language fr, time zone Europe/Paris)" in told
    assert 'incidentdocs new post-mortem "What broke"' in told
    assert "entry: incidentdocs lint" in told


def test_the_configuration_is_in_english_unless_asked(tmp_path: Path) -> None:
    run(tmp_path, language=None)
    assert tomllib.loads((tmp_path / "incidentdocs.toml").read_text())["language"] == "en"
    assert "One file an incident" in (tmp_path / "docs/post-mortems/README.md").read_text()


def test_a_second_run_changes_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, language="fr")
    (tmp_path / "incidentdocs.toml").write_text("# mine\n")
    before = {path: (tmp_path / path).read_text() for path in files(tmp_path)}
    capsys.readouterr()
    run(tmp_path, language="en")
    assert {path: (tmp_path / path).read_text() for path in files(tmp_path)} == before
    told = capsys.readouterr().out
    assert "kept     incidentdocs.toml" in told
    assert "created" not in told


def test_a_folder_with_documents_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "docs/runbooks").mkdir(parents=True)
    (tmp_path / "docs/runbooks/runbook-a.md").write_text("# a\n")
    run(tmp_path, language=None)
    assert "docs/runbooks/README.md" not in files(tmp_path)


def test_a_configuration_in_pyproject_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.incidentdocs]\nlanguage = "fr"\n')
    run(tmp_path, language=None)
    assert "incidentdocs.toml" not in files(tmp_path)
    assert "kept     [tool.incidentdocs] in pyproject.toml" in capsys.readouterr().out


def test_a_pyproject_of_something_else_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    run(tmp_path, language=None)
    assert "incidentdocs.toml" in files(tmp_path)


def test_a_folder_of_a_git_checkout_sets_the_whole_checkout_up(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "src").mkdir()
    run(tmp_path / "src", language=None)
    assert "incidentdocs.toml" in files(tmp_path)
    assert open_workspace(tmp_path).root == tmp_path.resolve()


def test_a_folder_that_leads_out_of_the_repository_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "docs").symlink_to(outside)
    with pytest.raises(UsageError, match="outside the repository"):
        run(root, language=None)
    assert files(outside) == set()


def test_without_a_language_the_configuration_s_own_is_taken(tmp_path: Path) -> None:
    (tmp_path / "incidentdocs.toml").write_text('language = "fr"\n')
    run(tmp_path, language=None)
    assert "Un fichier par incident" in (tmp_path / "docs/post-mortems/README.md").read_text()
