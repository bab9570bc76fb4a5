"""`incidentdocs rules`: the catalogue, and one rule explained."""

import pytest

from incidentdocs.commands.rules import run
from incidentdocs.errors import UsageError
from incidentdocs.rules import RULES, load


def test_the_catalogue_names_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(None) == 0
    lines = capsys.readouterr().out.splitlines()
    assert tuple(line.split()[0] for line in lines) == RULES
    assert all(line.split()[1] in ("error", "warning") for line in lines)


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
