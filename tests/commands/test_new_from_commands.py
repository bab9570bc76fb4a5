"""An incident that only the commands wrote is accused of nothing, and its post-mortem has what they wrote."""

import json
from typing import Any

import pytest

from tests.commands.conftest import Committed

PATH = "docs/incidents/2026-03-14-disk-full.md"
OPEN = (
    "--severity",
    "SEV2",
    "--service",
    "wiki",
    "--at",
    "2026-03-14T02:05",
    "--started",
    "2026-03-14T02:00",
)
FIELDS = ("oncall=@oncall", "backup=@backup", "user-facing=yes", "data-loss=no", "runbooks=disk.md")
SAID = {
    "fr": (
        "communication : annonce dans #ops, à @backup",
        "communication : bannière posée",
        "communication : mise à jour dans #ops",
        "communication : bannière retirée",
        "communication : e-mail à tous",
    ),
    "en": (
        "communication: announcement in #ops, to @backup",
        "communication: banner up",
        "communication: update in #ops",
        "communication: banner removed",
        "communication: e-mail to all",
    ),
}


def run(repository: Committed, *arguments: str) -> str:
    done = repository.run(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def findings(repository: Committed, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(repository.run("lint", path, "--format", "json").stdout)[
        "findings"
    ]
    return found


def handled(repository: Committed, language: str) -> None:
    """Handle an incident by the book, each message sent in its time."""
    repository.write("incidentdocs.toml", f'timezone = "Europe/Paris"\nlanguage = "{language}"\n')
    fields = [word for field in FIELDS for word in ("--field", field)]
    run(repository, "incident", "open", "Disk full", *OPEN, *fields)
    announced, up, update, down, mail = SAID[language]
    for text, at in ((announced, "02:10"), (up, "02:12"), (update, "02:38")):
        run(repository, "incident", "log", text, "--at", f"2026-03-14T{at}")
    for number, at in enumerate(("02:11", "02:15", "02:30", "02:55"), start=1):
        who = ("--by", "@oncall", "--at", f"2026-03-14T{at}")
        run(repository, "incident", "step", str(number), "--output", f"result {number}", *who)
    checks = ("--check", "1=4/4", "--check", "2", "--check", "3", "--output", "a page was saved")
    run(repository, "incident", "step", "5", *checks, "--by", "@oncall", "--at", "2026-03-14T03:05")
    run(
        repository,
        "incident",
        "resolve",
        "--cause",
        "The logs were never rotated.",
        "--at",
        "2026-03-14T03:10",
    )
    for text, at in ((down, "03:12"), (mail, "03:20")):
        run(repository, "incident", "log", text, "--at", f"2026-03-14T{at}", "--incident", "disk-full")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_incident_handled_by_the_commands_is_accused_of_nothing(
    committed: Committed, language: str
) -> None:
    committed.write("docs/runbooks/disk.md", "# Runbook: Disk full\n")
    handled(committed, language)
    assert {each["rule"] for each in findings(committed, PATH)} == {"placeholder-left"}
    path = run(committed, "new", "post-mortem", "--from", PATH)
    text = (committed.root / path).read_text(encoding="utf-8")
    assert [text.count(said) for said in SAID[language]] == [1] * 5
    assert 'authors: ["@oncall", "@backup"]' in text
    assert ": 55m\n" in text
    assert "The logs were never rotated." in text
    told = findings(committed, path)
    assert {(each["rule"], each["severity"]) for each in told} == {("placeholder-left", "warning")}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_left_out_is_told_each_once(committed: Committed, language: str) -> None:
    handled(committed, language)
    text = (committed.root / PATH).read_text(encoding="utf-8")
    announced, _, update, down, mail = SAID[language]
    rows = [row for row in text.split("\n") if not row.endswith((update, down, mail))]
    left = "\n".join(rows).replace(announced, announced.rpartition(",")[0]).replace("4/4", "3/4")
    committed.write(PATH, left)
    rules = sorted(each["rule"] for each in findings(committed, PATH) if each["rule"] != "placeholder-left")
    assert [rule for rule in rules if rule != "broken-link"] == [
        "banner-left",
        "notification-missing",
        "notification-missing",
        "update-cadence",
        "verification-incomplete",
    ]
