"""What a shell completes, asked as bash, zsh and fish ask it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from incidentdocs.output.lint_formats import FORMATS
from incidentdocs.rules import RULES


def completed(folder: Path, *words: str) -> list[str]:
    """Return what bash is offered for the last of `words`."""
    asked = {
        "_INCIDENTDOCS_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["incidentdocs", *words]),
        "COMP_CWORD": str(len(words)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "incidentdocs"],
        cwd=folder,
        env=os.environ | asked,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


def test_names_are_completed(tmp_path: Path) -> None:
    assert "lint" in completed(tmp_path, "li")
    assert completed(tmp_path, "rules", "timeline-") == sorted(
        name for name in RULES if name.startswith("timeline-")
    )
    assert completed(tmp_path, "new", "post") == ["post-mortem"]
    assert completed(tmp_path, "schema", "li") == ["lint"]
    assert completed(tmp_path, "migrate", "x.md", "--to", "google") == ["google-sre"]
    assert completed(tmp_path, "lint", "--format", "") == list(FORMATS)
    assert completed(tmp_path, "lint", "--output", "sa") == ["sarif:"]


def test_a_teams_own_kind_is_completed_and_a_mistake_in_its_settings_is_no_hindrance(tmp_path: Path) -> None:
    profile = tmp_path / ".incidentdocs/profiles/drill/profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text('extends = "runbook"\nfolders = ["docs/drills"]\n', encoding="utf-8")
    assert completed(tmp_path, "new", "dr") == ["drill"]
    assert completed(tmp_path, "schema", "dr") == ["drill"]
    profile.write_text("nonsense = [", encoding="utf-8")
    assert completed(tmp_path, "new", "run") == ["runbook"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell: str, tmp_path: Path) -> None:
    if shell == "bash" and not Path("/bin/bash").exists():
        pytest.skip("no bash here")
    done = subprocess.run(
        [sys.executable, "-m", "incidentdocs"],
        cwd=tmp_path,
        env=os.environ | {"_INCIDENTDOCS_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "_INCIDENTDOCS_COMPLETE" in done.stdout
