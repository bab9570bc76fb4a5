"""What the program answers to arguments and set-ups that cannot be meant, with what to type instead."""

import os
import shutil
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
        (("new", "post-mortem"), "missing argument 'TITLE'"),
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


UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@pytest.mark.skipif(bool(UNPRIVILEGED) and not shutil.which("setpriv"), reason="root may read everything")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lint", "docs/runbooks/a.md"), "a.md:1:1: error[unreadable-document]: the file cannot be read"),
        (("lint", "--baseline", "docs/runbooks/a.md"), "the baseline docs/runbooks/a.md cannot be read"),
        (("lint", "--config", "docs/runbooks/a.md"), "hint: check the path and its permissions"),
        (("history", "docs/runbooks/a.md"), ""),
    ],
)
def test_a_file_that_may_not_be_read_is_told_with_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "docs/runbooks/a.md"
    file.parent.mkdir(parents=True)
    file.write_text("# Runbook: a\n")
    file.chmod(0)
    command = (*UNPRIVILEGED, sys.executable, "-m", "incidentdocs", *arguments)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told in done.stdout + done.stderr
    assert "Usage:" not in done.stderr


def test_what_is_no_text_is_told_and_not_shown(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "incidentdocs", "lint", "-", "--stdin-filename", "docs/runbooks/a.md")
    binary = b"\x89PNG\r\n\x1a\n\x00\x00abc\xff\xfe\x1b[31mred"
    done = subprocess.run(command, cwd=tmp_path, input=binary, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[:2] == [
        "docs/runbooks/a.md:1:1: error[unreadable-document]: the text is not UTF-8, or no text at all",
        "      ╰─ name a file that holds text, or save this one as UTF-8",
    ]


def test_findings_about_no_document_are_not_counted_in_documents(tmp_path: Path) -> None:
    (tmp_path / "incidentdocs.toml").write_text('[rules.runbook-required.options]\nrunbooks = ["a"]\n')
    done = incidentdocs(tmp_path, "lint")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "1 error, no document checked"


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
