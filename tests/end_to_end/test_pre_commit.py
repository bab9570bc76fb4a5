"""This repository as a hook in another one, through the real pre-commit."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]

GOOD = """\
# Runbook: disk full

## Symptoms
Writes fail.

## Diagnosis (steps)
1. Look: `df -h`.

## Resolution (steps)
1. Remove old logs.

## Future prevention
An alert at 80 %.

## Rollback / escalation
Call @oncall.
"""

pytestmark = pytest.mark.skipif(
    not (PROJECT / ".git").exists(), reason="pre-commit installs a hook from a git checkout, and this is none"
)


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A. Writer",
        "GIT_AUTHOR_EMAIL": "writer@example.org",
        "GIT_COMMITTER_NAME": "A. Writer",
        "GIT_COMMITTER_EMAIL": "writer@example.org",
        "NO_COLOR": "1",
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def try_hooks(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run every hook that the shipped manifest declares on all files of `folder`."""
    return run([sys.executable, "-m", "pre_commit", "try-repo", str(PROJECT), "--all-files"], folder)


def test_a_malformed_document_is_refused_and_a_mended_one_accepted(tmp_path: Path) -> None:
    manifest = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    run(["git", "init", "--quiet"], tmp_path)
    runbook = tmp_path / "docs" / "runbooks" / "runbook-disk-full.md"
    runbook.parent.mkdir(parents=True)
    runbook.write_text(GOOD.replace("## Resolution (steps)\n1. Remove", "## Resolution (steps)\nRemove"))
    run(["git", "add", "."], tmp_path)

    refused = try_hooks(tmp_path)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    linting = [hook for hook in manifest if hook["entry"] == "incidentdocs lint"]
    assert refused.stdout.count("runbook-disk-full.md:9:4: error[runbook-steps]") == len(linting) == 2

    runbook.write_text(GOOD)
    run(["git", "add", "."], tmp_path)
    accepted = try_hooks(tmp_path)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert accepted.stdout.count("Passed") == len(manifest)
