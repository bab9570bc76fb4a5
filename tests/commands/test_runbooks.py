"""Lint on a repository with code: what runbooks use of it, and those that should be there."""

import pytest

from tests.commands.conftest import Committed

RUNBOOK = """# Runbook: API

## Diagnosis (steps)
1. `docker compose logs apii`: no error is expected.
2. `docker compose logs api`, then `./scripts/health.sh`.
3. `./scripts/healthcheck.sh`
"""
CONFIG = """
[repository]
code = "app"

[rules.runbook-required.options]
runbooks = ["runbook-api", "runbook-disk-full"]
"""


PATH = "docs/runbooks/runbook-api.md"


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", CONFIG)
    committed.write(PATH, RUNBOOK)
    committed.write("app/scripts/healthcheck.sh", "#!/bin/sh\n")
    committed.write("app/compose.yaml", "services:\n  api:\n    image: a\n")
    return committed


def told(repository: Committed, rule: str) -> list[str]:
    lines = repository.run("lint", "--format", "concise", "--select", rule).stdout.splitlines()
    return [line.partition(" ")[0] for line in lines]


def test_scripts_and_services_that_the_code_does_not_have_are_told(repository: Committed) -> None:
    assert told(repository, "runbook-script-missing") == [f"{PATH}:4:4:", f"{PATH}:5:36:"]


def test_a_compose_file_that_cannot_be_read_tells_of_no_service(repository: Committed) -> None:
    repository.write("app/docker-compose.override.yml", "services: [")
    assert told(repository, "runbook-script-missing") == [f"{PATH}:5:36:"]


def test_a_runbook_that_is_not_there_is_told_where_it_would_be(repository: Committed) -> None:
    missing = "docs/runbooks/runbook-disk-full.md"
    assert told(repository, "runbook-required") == [f"{missing}:1:1:"]
    repository.write(missing, "# Runbook: Disk full\n")
    assert told(repository, "runbook-required") == []


def test_reviews_that_change_nothing_are_told_once_there_are_three(repository: Committed) -> None:
    text = "---\nservices: [api]\nreviewed: {}\n---\n# Runbook: API\n"
    for month in ("01", "02", "03", "04"):
        repository.write(PATH, text.format(f"2026-{month}-01"))
        repository.commit(f"2026-{month}-01")
        expected = [f"{PATH}:5:3:"] if month == "04" else []
        assert told(repository, "runbook-review-only") == expected
    repository.write(PATH, text.format("2026-04-01") + "\n## Symptoms\nSaving fails.\n")
    assert told(repository, "runbook-review-only") == []
