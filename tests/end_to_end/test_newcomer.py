"""The README's path of a newcomer, command by command: to a failing job, and to a report on Monday."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from incidentdocs.authoring.workflow import LINTING, WEEKLY
from tests.commands.conftest import Committed
from tests.end_to_end.workflows import run_steps
from tests.servers import webhook

PROJECT = Path(__file__).parents[2]

MALFORMED = """\
---
severity: SEV1
status: published
---

# Post-mortem: Checkout down

## Timeline

- 14:30 service restored
- 14:00 alert

## Action items

- [ ] AI 1: alert on failed payments (owner @dev, due 2026-03-20)
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Mapping[str, str]:
    """The variables of somebody with an empty Python of their own, and who they are for git."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "python")], check=True)
    around = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "INCIDENTDOCS_"))
    }
    return around | {
        "PATH": f"{tmp_path / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A. Newcomer",
        "GIT_AUTHOR_EMAIL": "newcomer@example.org",
        "GIT_COMMITTER_NAME": "A. Newcomer",
        "GIT_COMMITTER_EMAIL": "newcomer@example.org",
        "PYTHONPATH": "",
    }


def shown() -> list[str]:
    """Return the commands that the README shows a newcomer."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## From your repository.*?^```console\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert block is not None
    return [line.removeprefix("$ ") for line in block[1].splitlines()]


def test_five_commands_lead_to_a_failing_job_and_a_report_on_monday(
    committed: Committed, elsewhere: Mapping[str, str], tmp_path: Path
) -> None:
    server = tmp_path / "server.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(server)], check=True)
    committed.write("docs/post-mortems/2026-03-14-checkout-down.md", MALFORMED)
    committed.commit("2026-03-16")
    for arguments in (
        ["remote", "add", "origin", str(server)],
        ["push", "--quiet", "--set-upstream", "origin", "main"],
    ):
        subprocess.run(["git", *arguments], cwd=committed.root, env=dict(elsewhere), check=True)

    commands = shown()
    assert len(commands) <= 5
    for command in commands:
        typed = command.replace("/path/to/your/clone/of/incidentdocs", str(PROJECT))
        ran = subprocess.run(
            ["bash", "-c", typed],
            cwd=committed.root,
            env=dict(elsewhere),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)

    job = tmp_path / "job"
    subprocess.run(["git", "clone", "--quiet", str(server), str(job)], env=dict(elsewhere), check=True)
    summary = tmp_path / "summary.md"
    linted = dict(run_steps(job / LINTING["forgejo"].path, job, secrets={}, summary=summary))
    assert linted["Check the documents"].returncode == 1
    place = "docs/post-mortems/2026-03-14-checkout-down.md,line=11"
    assert f"::error file={place}" in linted["Check the documents"].stdout

    with webhook() as hook:
        secrets = {"INCIDENTDOCS_NOTIFY": f"json://127.0.0.1:{hook.port}/monday"}
        weekly = dict(run_steps(job / WEEKLY["forgejo"].path, job, secrets=secrets, summary=summary))
    assert [step.returncode for step in weekly.values()] == [0, 0, 0]
    ((_, body),) = hook.requests
    assert "alert on failed payments (@dev, " in json.loads(body)["message"]
