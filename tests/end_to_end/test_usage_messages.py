"""What the program answers to arguments and set-ups that cannot be meant, with what to type instead."""

import subprocess
import sys
from pathlib import Path

import pytest


def incidentdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "incidentdocs", *arguments)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("new", "post-mortem", "API", "est", "tombée"), "stands in quotes: 'API est tombée'"),
        (("new", "post-mortem"), "Missing argument 'TITLE'"),
        (("new", "post-mortem", "x", "--date", "14/03/2026"), "write 2026-03-14"),
        (("new", "post-mortem", "x", "--date", "03/04/2026"), "write it as YYYY-MM-DD"),
        (("new", "post-mortem", "x", "--date", "2026-02-30"), "'2026-02-30' is no date"),
        (("new", "post-mortem", "x", "--date", "2999-01-01"), "2999-01-01 has not come yet"),
        (("new", "incident", "x", "--date", "2999-01-01"), "or leave --date out for today"),
        (("lint", "--as-of", "yesterday"), "write it as YYYY-MM-DD"),
    ],
)
def test_a_wrong_argument_is_answered_with_what_to_type(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = incidentdocs(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert not list(tmp_path.rglob("*.md"))


def test_a_configuration_that_names_what_is_not_there_is_told_with_its_lines(tmp_path: Path) -> None:
    text = '[history]\nsince = 2999-01-01\n[repository]\ncode = "nowhere"\n'
    (tmp_path / "incidentdocs.toml").write_text(text)
    done = incidentdocs(tmp_path, "lint")
    assert done.returncode == 2
    assert "error: incidentdocs.toml:2: 2999-01-01 has not come yet" in done.stderr
    assert 'error: incidentdocs.toml:4: there is no folder "nowhere" in the repository' in done.stderr


def test_every_command_is_listed_with_a_whole_sentence(tmp_path: Path) -> None:
    listed = incidentdocs(tmp_path, "--help").stdout.partition("Commands:")[2]
    assert "init" in listed
    assert "..." not in listed


def test_where_documents_were_looked_for_names_the_repository_s_own_kinds(tmp_path: Path) -> None:
    profile = tmp_path / ".incidentdocs/profiles/drill/profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text('extends = "post-mortem"\nfolders = ["drills"]\n')
    told = incidentdocs(tmp_path, "lint").stderr
    assert "looked for: drill in drills, escalation in docs/escalations, incident in docs/incidents, " in told


def test_a_template_without_its_profile_is_told_and_not_passed_over(tmp_path: Path) -> None:
    template = tmp_path / ".incidentdocs/profiles/post-mortem/template.en.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text("# Post-mortem: {{ title }}\n")
    done = incidentdocs(tmp_path, "new", "post-mortem", "API down")
    assert done.returncode == 2
    assert '`extends = "post-mortem"` into .incidentdocs/profiles/post-mortem/profile.toml' in done.stderr
    (template.parent / "profile.toml").write_text('extends = "post-mortem"\n')
    assert incidentdocs(tmp_path, "new", "post-mortem", "API down").returncode == 0
