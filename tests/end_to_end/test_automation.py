"""What `init --ci --hook --weekly` writes, judged by others' checkers and run as build servers run it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidentdocs.authoring.workflow import LINTING, TEMPLATES, WEEKLY, Forge
from tests.commands.conftest import Committed, run_in
from tests.end_to_end.workflows import run_steps, steps_of

PROJECT = Path(__file__).parents[2]
FORGES: list[Forge] = ["forgejo", "github", "gitlab"]
ACTIONS: list[Forge] = ["forgejo", "github"]
BROKEN = """\
---
severity: SEV1
services: [api]
status: published
---

# Post-mortem: API down

## Timeline

- 14:30 service restored
- 14:00 alert
"""


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("README.md", "# Ours\n")
    committed.commit("2026-03-01")
    return committed


def text_of(repository: Committed, path: str) -> str:
    return (repository.root / path).read_text(encoding="utf-8")


def checked(*command: str, cwd: Path) -> None:
    ran = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("forge", ACTIONS)
def test_workflows_are_what_their_schema_and_zizmor_ask_for(repository: Committed, forge: Forge) -> None:
    assert repository.run("init", "--ci", forge, "--weekly").returncode == 0
    files = [LINTING[forge].path, WEEKLY[forge].path]
    for schema in ("vendor.github-workflows", "custom.github-workflows-require-timeout"):
        checked("check-jsonschema", "--builtin-schema", schema, *files, cwd=repository.root)
    checked("zizmor", "--offline", "--no-progress", *files, cwd=repository.root)


def test_gitlab_s_jobs_are_what_their_schema_asks_for(repository: Committed) -> None:
    assert repository.run("init", "--ci", "gitlab", "--weekly").returncode == 0
    files = [LINTING["gitlab"].path, WEEKLY["gitlab"].path, ".gitlab-ci.yml"]
    schema = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    checked("check-jsonschema", *schema, *files, cwd=repository.root)
    included = yaml.safe_load(text_of(repository, ".gitlab-ci.yml"))["include"]
    assert [entry["local"] for entry in included] == files[:2]
    for file in files[:2]:
        (job,) = yaml.safe_load(text_of(repository, file)).values()
        assert job["variables"]["GIT_DEPTH"] == "0"


@pytest.mark.parametrize("forge", ACTIONS)
@pytest.mark.parametrize("kind", [LINTING, WEEKLY])
def test_actions_are_pinned_histories_whole_and_permissions_least(
    repository: Committed, forge: Forge, kind: Any
) -> None:
    repository.run("init", "--ci", forge, "--weekly")
    workflow = yaml.safe_load(text_of(repository, kind[forge].path))
    (job,) = workflow["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"\S+@[0-9a-f]{40}", uses) for uses in used)
    checkout = next(step for step in job["steps"] if "checkout" in step.get("uses", ""))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert workflow["permissions"] == {}
    code_scanning = {"security-events": "write"} if (forge, kind) == ("github", LINTING) else {}
    assert job["permissions"] == {"contents": "read", **code_scanning}


@pytest.mark.parametrize("forge", FORGES)
def test_a_job_fails_on_a_malformed_post_mortem_and_passes_on_a_mended_one(
    repository: Committed, forge: Forge, tmp_path: Path
) -> None:
    repository.run("init", "--ci", forge)
    summary = tmp_path / "summary.md"
    summary.touch()

    def outcome() -> dict[str, subprocess.CompletedProcess[str]]:
        file = repository.root / LINTING[forge].path
        return dict(run_steps(file, repository.root, secrets={}, summary=summary))

    repository.commit("2026-03-13")
    clean = outcome()
    assert [ran.returncode for ran in clean.values()] == [0, 0, 0], [ran.stderr for ran in clean.values()]

    repository.write("docs/post-mortems/2026-03-14-api-down.md", BROKEN)
    repository.commit("2026-03-16")
    _, linted, indexed = outcome().values()
    assert (linted.returncode, indexed.returncode) == (1, 1)
    place = {
        "forgejo": "::error file=docs/post-mortems/2026-03-14-api-down.md,line=12",
        "github": "::error file=docs/post-mortems/2026-03-14-api-down.md,line=12",
        "gitlab": "docs/post-mortems/2026-03-14-api-down.md:12:",
    }[forge]
    assert place in linted.stdout
    if forge == "gitlab":
        assert "2026-03-14-api-down.md" in text_of(repository, "gl-code-quality.json")
        assert "timeline-order" in text_of(repository, "incidentdocs.xml")
    else:
        clean_part, broken_part = summary.read_text(encoding="utf-8").split("### incidentdocs: ")[1:]
        assert clean_part.startswith("0 documents, nothing to report")
        assert re.match(r"\d+ errors, \d+ warnings in 1 document\n", broken_part)
    if forge == "github":
        assert '"ruleId": "timeline-order"' in text_of(repository, "incidentdocs.sarif")


@pytest.mark.parametrize("forge", FORGES)
def test_a_weekly_job_without_an_address_prints_and_says_that_it_sends_nothing(
    repository: Committed, forge: Forge, tmp_path: Path
) -> None:
    repository.run("init", "--ci", forge, "--weekly")
    repository.commit("2026-03-14")
    summary = tmp_path / "summary.md"
    file = repository.root / WEEKLY[forge].path
    ran = dict(run_steps(file, repository.root, secrets={}, summary=summary))
    assert [step.returncode for step in ran.values()] == [0, 0, 0], [step.stderr for step in ran.values()]
    _, printed, sent = ran.values()
    assert printed.stdout.startswith("Incident follow-up on ")
    assert "Not sent: " in sent.stdout
    page = repository.root / "weekly.html" if forge == "gitlab" else summary
    assert "Incident follow-up on" in page.read_text(encoding="utf-8")


def test_the_targets_of_the_configuration_get_their_variables(repository: Committed) -> None:
    repository.write("incidentdocs.toml", '[notify.targets]\nops = "$OPS_SLACK"\n')
    repository.run("init", "--ci", "github", "--weekly")
    send = steps_of(repository.root / WEEKLY["github"].path)[-1]
    assert dict(send.env) == {
        "INCIDENTDOCS_NOTIFY": "${{ secrets.INCIDENTDOCS_NOTIFY }}",
        "OPS_SLACK": "${{ secrets.OPS_SLACK }}",
    }
    assert send.script == "incidentdocs report weekly --send > /dev/null\n"


def test_a_weekly_report_needs_a_build_server(repository: Committed) -> None:
    refused = repository.run("init", "--weekly")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (2, "error: --weekly needs --ci")
    assert not (repository.root / "incidentdocs.toml").exists()


def test_templates_of_the_repository_are_used(repository: Committed) -> None:
    own = "on: [push]\njobs: {}\n# {{ version }} {{ branches | first }} {{ watched | length }}\n"
    repository.write(".incidentdocs/workflows/forgejo-lint.yml.j2", own)
    assert repository.run("init", "--ci", "forgejo").returncode == 0
    assert re.search(r"# \d+\.\d+\.\d+ main 6\n$", text_of(repository, LINTING["forgejo"].path))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("github-lint.yml.j2", "a: [\n", "what the template makes is no YAML"),
        ("github-lint.yml.j2", "{{ secret }}\n", 'there is no value "secret"'),
        ("github-lint.yml.j2", "{% if %}", "the template is broken"),
        ("github-lnt.yml.j2", "a: b\n", "nothing uses a template called 'github-lnt.yml.j2'"),
    ],
)
def test_a_broken_template_is_named_and_nothing_is_written(
    repository: Committed, name: str, text: str, told: str
) -> None:
    repository.write(f".incidentdocs/workflows/{name}", text)
    refused = repository.run("init", "--ci", "github")
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"error: .incidentdocs/workflows/{name}")
    assert told in refused.stderr
    assert not (repository.root / "incidentdocs.toml").exists()


def test_every_template_is_used_by_some_call() -> None:
    folder = PROJECT / "incidentdocs" / "authoring" / "workflows"
    assert {file.name for file in folder.iterdir()} == set(TEMPLATES)


def test_what_is_there_is_kept_and_told(repository: Committed) -> None:
    repository.write(LINTING["github"].path, "mine: true\n")
    repository.write(".gitlab-ci.yml", "test:\n  script: [make]\n")
    kept = repository.run("init", "--ci", "github")
    assert f"kept     {LINTING['github'].path}, which says something else" in kept.stdout
    told = repository.run("init", "--ci", "gitlab").stdout
    assert "kept     .gitlab-ci.yml: write into it" in told
    assert "  - local: .gitlab/incidentdocs.yml" in told
    assert text_of(repository, LINTING["github"].path) == "mine: true\n"
    assert text_of(repository, ".gitlab-ci.yml") == "test:\n  script: [make]\n"
    repository.write(".gitlab-ci.yml", "include:\n  - local: .gitlab/incidentdocs.yml\n")
    again = repository.run("init", "--ci", "gitlab").stdout
    assert "kept     .gitlab-ci.yml, which names .gitlab/incidentdocs.yml" in again
    assert "kept     .gitlab/incidentdocs.yml\n" in again


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with this program as it is installed elsewhere."""
    folder = tmp_path_factory.mktemp("wheels")
    built = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(PROJECT),
    ]
    subprocess.run(built, check=True, capture_output=True)
    return folder


def test_the_hooks_refuse_a_malformed_commit_and_write_the_tables(
    repository: Committed, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)

    def hooks() -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "--all"], cwd=repository.root, check=True)
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files"],
            cwd=repository.root,
            env=os.environ | {"NO_COLOR": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    repository.run("init", "--hook")
    accepted = hooks()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert accepted.stdout.count("Passed") == 3
    repository.write("docs/post-mortems/2026-03-14-api-down.md", BROKEN)
    refused = hooks()
    assert refused.returncode == 1
    assert refused.stdout.count("error[timeline-order]") == 2
    assert "wrote docs/post-mortems/README.md" in refused.stdout
    assert "API down" in text_of(repository, "docs/post-mortems/README.md")


def test_hooks_are_put_below_those_that_are_there(repository: Committed) -> None:
    there = (
        "# ours\nrepos:\n- repo: local  # keep\n  hooks:\n  - {id: a, name: a, entry: a, language: system}\n"
    )
    repository.write(".pre-commit-config.yaml", there)
    told = run_in(repository.root, "init", "--hook").stdout
    assert "extended .pre-commit-config.yaml with the hooks of incidentdocs" in told
    extended = text_of(repository, ".pre-commit-config.yaml")
    assert extended.startswith(there)
    assert len(yaml.safe_load(extended)["repos"]) == 2
    checked("pre-commit", "validate-config", cwd=repository.root)
    again = run_in(repository.root, "init", "--hook").stdout
    assert "kept     .pre-commit-config.yaml with its hooks" in again
    assert text_of(repository, ".pre-commit-config.yaml") == extended
