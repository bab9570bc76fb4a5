"""`incidentdocs schema`: by name, and by kind of document."""

import json
from pathlib import Path

import pytest

from incidentdocs.commands.schema import run
from incidentdocs.errors import UsageError


@pytest.mark.parametrize(
    "name", ["config", "profile", "lint", "report", "post-mortem", "runbook", "google-sre"]
)
def test_a_schema_is_printed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, name=name) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == f"urn:incidentdocs:schema:{name}"


def test_a_repositorys_own_kind_has_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / ".incidentdocs/profiles/near-miss"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    own = 'extends = "post-mortem"\nfolders = ["near-misses"]\n'
    own += '[[metadata]]\nid = "reporter"\nrequired = true\n'
    (folder / "profile.toml").write_text(own, encoding="utf-8")
    run(tmp_path, name="near-miss")
    printed = json.loads(capsys.readouterr().out)
    assert {"severity", "reporter"} <= printed["properties"].keys()
    assert {"anyOf": [{"required": ["reporter"]}]} in printed["allOf"]


def test_a_kind_that_adopted_a_ready_profile_has_its_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / ".incidentdocs/profiles/post-mortem"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text('extends = "pagerduty"\n', encoding="utf-8")
    (tmp_path / ".git").mkdir()
    run(tmp_path, name="post-mortem")
    printed = json.loads(capsys.readouterr().out)
    assert printed["$id"] == "urn:incidentdocs:schema:post-mortem"
    assert {"owner", "recording", "severity"} <= printed["properties"].keys()
    assert "allOf" not in printed


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        run(tmp_path, name="post-mortems")
    assert raised.value.hint == "did you mean post-mortem?"
    with pytest.raises(UsageError) as raised:
        run(tmp_path, name="xyzzy")
    known = "config, profile, lint, statistics, rules, report, deadlines, weekly, metrics, history"
    known += (
        ", escalations, similar, evaluation, standing, incidents, handoff, oncall, schedule, compensation"
    )
    known += ", post-mortem, runbook, incident, escalation"
    assert raised.value.hint == f"write one of {known}"
