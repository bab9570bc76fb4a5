"""`incidentdocs rules`: the catalogue, and one rule explained."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from incidentdocs.commands.rules import run
from incidentdocs.errors import UsageError
from incidentdocs.output.schemas import MADE
from incidentdocs.rules import RULES, load


def test_the_catalogue_names_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(None) == 0
    lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split()[0] for line in lines) == RULES
    assert all(line.split()[1] in ("error", "warning") for line in lines)
    off = [line.split()[0] for line in lines if line.endswith(" (off by default)")]
    assert off == [name for name in RULES if not load(name).by_default] != []


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"# `{name}`\n")
    assert ("## Reported" in page) == bool(load(name).invalid)
    assert "## Accepted" in page


def test_an_unknown_rule_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError) as raised:
        run("timeline-ordre")
    assert raised.value.hint == "did you mean timeline-order?"
    with pytest.raises(UsageError, match="no rule is called xyzzy"):
        run("xyzzy")


def test_json_tells_all_of_every_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(None, format="json", start=tmp_path) == 0
    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator(MADE["rules"]()).validate(printed)
    assert [rule["name"] for rule in printed["rules"]] == list(RULES)
    assert run("action-item-rescheduled", format="json", start=tmp_path) == 0
    [rule] = json.loads(capsys.readouterr().out)["rules"]
    assert (rule["scope"], rule["severity"], rule["by_default"]) == ("history", "warning", True)
    assert rule["url"] == "docs/rules/action-item-rescheduled.md"
    assert [option["type"] for option in rule["options"]] == ["integer"]
    assert rule["page"].startswith("# `action-item-rescheduled`")
