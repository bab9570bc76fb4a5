import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from incidentdocs.authoring.adopted_profile import adopted_profile
from incidentdocs.cli.adopting import init
from incidentdocs.commands.init import run
from incidentdocs.config import read_config
from incidentdocs.errors import UsageError
from incidentdocs.profiles.loading import BUILT_IN, LANGUAGES, READY, built_in, read_profile
from incidentdocs.workspace import open_workspace

READMES = {f"docs/{kind}s/README.md" for kind in BUILT_IN}
OWN = ".incidentdocs/profiles/post-mortem/profile.toml"


def files(root: Path) -> set[str]:
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith(".git/")}


def test_a_repository_gets_a_configuration_and_its_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("incidentdocs.clock.machine_zone", lambda: "Europe/Paris")
    assert run(tmp_path, language="fr") == 0
    assert files(tmp_path) == {"incidentdocs.toml", *READMES}
    config = read_config((tmp_path / "incidentdocs.toml").read_text(), path="incidentdocs.toml")
    assert (config.language, config.timezone) == ("fr", "Europe/Paris")
    told = capsys.readouterr().out
    assert "created  incidentdocs.toml (language fr, time zone Europe/Paris)" in told
    assert 'incidentdocs new post-mortem "What broke"' in told
    assert "incidentdocs init --hook --ci forgejo --weekly" in told


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


@pytest.mark.parametrize("name", READY)
def test_a_ready_profile_is_adopted(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, language="en", profiles=[name])
    kind = READY[name]
    own = f".incidentdocs/profiles/{kind}/profile.toml"
    assert files(tmp_path) == {
        "incidentdocs.toml",
        *READMES,
        own,
    }
    assert f"created  {own} (extends {name})" in capsys.readouterr().out
    profiles = open_workspace(tmp_path).profiles
    assert profiles[kind].sections == built_in(name).sections
    assert set(profiles) == {*BUILT_IN}
    for language in LANGUAGES:
        assert (
            f"## {built_in(name).sections[0].title[language]}"
            in open_workspace(tmp_path).template(kind, language)[1]
        )


@pytest.mark.parametrize("name", READY)
def test_every_change_that_an_adopted_profile_shows_can_be_made(name: str) -> None:
    text = adopted_profile(name)
    assert [line for line in text.splitlines() if line and line[0] != "#"] == [f'extends = "{name}"']
    kind = READY[name]
    for made in (text, re.sub(r"(?m)^# (?=[a-z\[])", "", text)):
        profile = read_profile(made, kind=kind, path=OWN, bases={})
        own = profile.section("customers")
        kept = tuple(section for section in profile.sections if section is not own)
        assert (kept, profile.folders) == (built_in(name).sections, built_in(name).folders)
    assert own is not None


def test_an_adopted_runbook_s_folder_says_how_its_files_are_called(tmp_path: Path) -> None:
    run(tmp_path, language="fr", profiles=["prometheus-runbook", "google-sre"])
    assert "Un fichier par alerte" in (tmp_path / "docs/runbooks/README.md").read_text(encoding="utf-8")
    assert "Un fichier par incident" in (tmp_path / "docs/post-mortems/README.md").read_text(encoding="utf-8")
    assert not open_workspace(tmp_path).library().documents


def test_a_profile_of_the_repository_s_own_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / OWN).parent.mkdir(parents=True)
    (tmp_path / OWN).write_text('extends = "post-mortem"\n')
    run(tmp_path, language=None, profiles=["atlassian"])
    assert (tmp_path / OWN).read_text() == 'extends = "post-mortem"\n'
    told = capsys.readouterr().out
    assert f'kept     {OWN}: to use atlassian, write `extends = "atlassian"` into it' in told


def test_a_ready_profile_is_adopted_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, language=None, profiles=["atlassian", "atlassian"])
    before = (tmp_path / OWN).read_text()
    capsys.readouterr()
    run(tmp_path, language=None, profiles=["atlassian"])
    assert (tmp_path / OWN).read_text() == before
    assert f"kept     {OWN} (extends atlassian)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("names", "message", "hint"),
    [
        (["google-sra"], "no ready profile is called 'google-sra'", 'did you mean "google-sre"?'),
        (["xyzzy"], "no ready profile is called 'xyzzy'", '"etsy-style"'),
        (["atlassian", ""], "no ready profile is called ''", '"atlassian"'),
        (["atlassian", "pagerduty"], "are both profiles of the kind post-mortem", "choose one of them"),
    ],
)
def test_a_profile_that_cannot_be_adopted_is_refused_before_anything_is_written(
    names: list[str], message: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as raised:
        run(tmp_path, language=None, profiles=names)
    assert message in raised.value.message
    assert hint in raised.value.hint
    assert files(tmp_path) == set()


def test_the_help_names_every_ready_profile() -> None:
    told = next(
        option.get_help_record(click.Context(init)) for option in init.params if option.name == "profiles"
    )
    assert told is not None
    assert all(re.search(rf"\b{name}\b", told[1]) for name in READY)
