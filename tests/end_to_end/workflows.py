"""A build server's workflow, read, and its steps run as the build server would run them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml


class Step(NamedTuple):
    """A step of a job that runs a script, with the variables that it is given."""

    name: str
    script: str
    env: Mapping[str, str]


def steps_of(file: Path) -> list[Step]:
    """Return the scripts of the one job of a workflow of GitHub, Forgejo or GitLab, in their order."""
    text = yaml.safe_load(file.read_text(encoding="utf-8"))
    if "jobs" not in text:
        (job,) = text.values()
        return [Step(line.splitlines()[0], line, {}) for line in job["script"]]
    (job,) = text["jobs"].values()
    return [Step(step["name"], step["run"], step.get("env", {})) for step in job["steps"] if "run" in step]


def run_steps(
    file: Path, folder: Path, *, secrets: Mapping[str, str], summary: Path
) -> Iterator[tuple[str, subprocess.CompletedProcess[str]]]:
    """Run every step of the workflow `file` in `folder`, whatever became of those before, and yield each.

    A secret that is not in `secrets` is empty, as it is on a build server.
    """
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    around = {name: value for name, value in os.environ.items() if not name.startswith("INCIDENTDOCS_")}
    for step in steps_of(file):
        given = {name: _filled(value, secrets) for name, value in step.env.items()}
        # GitLab gives its variables to every step of a job.
        given = given if step.env or ".gitlab" not in file.parts else dict(secrets)
        environment = around | {"PATH": programs, "CI": "true", "GITHUB_STEP_SUMMARY": str(summary)} | given
        ran = subprocess.run(
            ["bash", "-e", "-c", step.script],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        yield step.name, ran


def _filled(value: Any, secrets: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ secrets\.(\w+) \}\}", lambda found: secrets.get(found[1], ""), str(value))
