"""`incidentdocs handoff`: what a week leaves whoever is on call next."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from incidentdocs.output.schemas import handoff_schema
from tests.commands.conftest import Committed

GOLDEN = Path(__file__).parent / "handoff.md"

CONFIG = """\
timezone = "Europe/Paris"
language = "en"

[people.ana]
[people.luc]
[people.zoe]

[oncall]
order = ["ana", "luc", "zoe"]
start = 2026-03-02
handover = "09:00"
"""

RUNBOOK = """\
---
reviewed: {}
---

# Runbook: Disk full
"""


def incident(day: str, title: str, severity: str, resolved: str, *more: str) -> str:
    fields = (f"severity: {severity}", "services: [db]", f"resolved: {resolved}", *more)
    symptom = "Every write fails with no space left on device." if "Disk" in title else "Answers take long."
    cause = "The import keeps its temporary files.\n" if "Disk" in title else "Unknown.\n"
    return (
        "---\n" + "\n".join(fields) + f"\n---\n\n# Incident: {title}\n\n## Symptom\n{symptom}\n\n"
        f"## Cause\n{cause}\n## Timeline (local times)\n- {day} 02:20 detection\n\n"
        "## Resolution\nFiles removed.\n\n"
        "## Action items\n"
    )


@pytest.fixture
def week(committed: Committed) -> Committed:
    """A repository with a rota, of which the week from 2026-03-09 to 2026-03-16 is handed over."""
    committed.write("incidentdocs.toml", CONFIG)
    committed.commit("2026-03-01")
    committed.write("docs/runbooks/disk-full.md", RUNBOOK.format("2026-01-10"))
    committed.write("docs/runbooks/old.md", "# Runbook: Fax down\n\n## Symptoms\nNo paper comes out of it.\n")
    committed.write("docs/runbooks/certificate.md", RUNBOOK.format("2026-01-10"))
    committed.write(
        "docs/incidents/2026-03-03-disk-full.md",
        incident("2026-03-03", "Disk full", "SEV2", "2026-03-03 04:00", "failure-mode: disk-full")
        + "- [ ] AI 1: Alert at 80 % of the disk (owner @ana, due 2026-03-12)\n"
        "- [ ] AI 2: Move the imports to another volume (owner @luc, due 2026-03-20)\n"
        "- [ ] AI 3: Delete temporary files every night (owner @luc, due 2026-04-20)\n"
        "- [x] AI 4: Document the command (owner @luc, due 2026-03-05)\n",
    )
    committed.commit("2026-03-04")
    committed.write(
        "docs/incidents/2026-03-11-disk-full-again.md",
        incident("2026-03-11", "Disk full again", "SEV2", "2026-03-11 05:00", "failure-mode: disk-full"),
    )
    committed.write("docs/runbooks/disk-full.md", RUNBOOK.format("2026-01-10") + "\nLook at df.\n")
    committed.write("docs/runbooks/certificate.md", RUNBOOK.format("2026-03-12"))
    committed.write("docs/runbooks/new.md", RUNBOOK.format("2026-03-12"))
    (committed.root / "docs/runbooks/old.md").unlink()
    committed.commit("2026-03-12")
    committed.write(
        "docs/incidents/2026-03-15-api-slow.md",
        incident("2026-03-15", "API slow", "SEV3", "", "ticket: ops#4").replace("[db]", "[api]"),
    )
    committed.commit("2026-03-15")
    return committed


def ok(repository: Committed, *arguments: str) -> str:
    done = repository.run("handoff", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def report(repository: Committed, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ok(repository, "--format", "json", *arguments))
    assert Draft202012Validator(handoff_schema()).is_valid(found)
    return found


def test_a_week_is_told_as_it_stood_when_it_was_handed_over(week: Committed) -> None:
    told = ok(week, "--week", "2026-W11", "--format", "markdown")
    assert re.sub(r"\b[0-9a-f]{7}\b", "a1b2c3d", told) == GOLDEN.read_text(encoding="utf-8")


def test_it_is_told_for_programs(week: Committed) -> None:
    found = report(week, "--week", "11", "--as-of", "2026-03-16")
    assert (found["week"], found["first"], found["last"]) == ("2026-W11", "2026-03-09", "2026-03-16")
    assert found["handover"] == {
        "when": "2026-03-16T09:00:00+01:00",
        "principal": "luc",
        "backup": "zoe",
        "next_principal": "zoe",
        "next_backup": "ana",
    }
    assert found["open"] == 3
    assert {(each["document"][14:], each["change"]) for each in found["runbooks"]} == {
        ("certificate.md", "reviewed"),
        ("disk-full.md", "changed"),
        ("new.md", "added"),
        ("old.md", "removed"),
    }
    assert [each["change"] for each in report(week, "--week", "2026-W12")["runbooks"]] == []


def test_what_has_come_back_often_enough_is_told_as_due(week: Committed) -> None:
    week.write(
        "docs/incidents/2026-03-14-disk-full-once-more.md",
        incident("2026-03-14", "Disk full", "SEV2", "2026-03-14 05:00", "failure-mode: disk-full"),
    )
    week.commit("2026-03-15")
    (found,) = report(week, "--week", "2026-W11")["coming_back"]
    assert (found["state"], found["day"], len(found["incidents"])) == ("due", "2026-03-14", 3)
    assert "an escalation is due since 2026-03-14; alike: " in ok(week, "--week", "2026-W11")


def test_without_a_week_it_is_the_one_that_yesterday_was_in(week: Committed) -> None:
    assert report(week, "--as-of", "2026-03-16")["week"] == "2026-W11"
    assert report(week, "--as-of", "2026-03-17")["week"] == "2026-W12"
    assert report(week, "--week", "2026-03-10")["week"] == "2026-W11"


def test_what_happened_later_has_not_happened(week: Committed) -> None:
    file = "docs/incidents/2026-03-15-api-slow.md"
    text = (week.root / file).read_text(encoding="utf-8")
    week.write(file, text.replace("resolved: ", "resolved: 2026-03-18 10:00"))
    week.commit("2026-03-18")
    states = {each["title"]: each["state"] for each in report(week, "--week", "2026-W11")["incidents"]}
    assert states == {"Disk full again": "resolved", "API slow": "open"}
    states = {each["title"]: each["state"] for each in report(week, "--week", "2026-W12")["incidents"]}
    assert states == {}


def test_an_older_incident_that_is_still_open_is_told_again(week: Committed) -> None:
    found = report(week, "--week", "2026-W13")["incidents"]
    assert [(each["title"], each["state"]) for each in found] == [("API slow", "open")]


def test_it_is_kept_as_a_document_whose_links_lead_back(week: Committed) -> None:
    assert ok(week, "--week", "2026-W11", "--write") == "docs/handoffs/2026-W11.md\n"
    text = (week.root / "docs/handoffs/2026-W11.md").read_text(encoding="utf-8")
    assert text.startswith("# On-call handoff 2026-W11 (2026-03-09 to 2026-03-16)\n")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "](./../incidents/2026-03-15-api-slow.md)" in text
    done = week.run("handoff", "--week", "2026-W11", "--write")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-2:] == [
        "error: docs/handoffs/2026-W11.md exists already",
        "hint: what people wrote into it would be lost: move it away to write it anew",
    ]
    assert (week.root / "docs/handoffs/2026-W11.md").read_text(encoding="utf-8") == text
    assert week.run("lint", "--ignore", "post-mortem-missing").returncode in (0, 1)


def test_without_a_rota_weeks_begin_on_monday_and_nobody_hands_over(committed: Committed) -> None:
    committed.write("incidentdocs.toml", 'timezone = "Europe/Paris"\n')
    committed.commit("2026-03-04")
    found = report(committed, "--week", "2026-W11")
    assert (found["first"], found["last"], found["handover"]) == ("2026-03-09", "2026-03-15", None)
    assert ok(committed, "--week", "2026-W53", "--as-of", "2027-01-04").splitlines()[0] == (
        "On-call handoff 2026-W53 (2026-12-28 to 2027-01-03)"
    )


def test_outside_git_the_documents_on_disk_are_told(week: Committed) -> None:
    shutil.rmtree(week.root / ".git")
    done = week.run("handoff", "--week", "2026-W11", "--format", "json")
    found = json.loads(done.stdout)
    assert "this is no git repository: the documents are read from disk" in done.stderr
    assert [each["title"] for each in found["incidents"]] == ["Disk full again", "API slow"]
    assert (len(found["overdue"]), found["runbooks"], found["revision"]) == (1, [], None)


@pytest.mark.parametrize("week_", ["2026-W60", "soon", "-1", "2026-13-40"])
def test_what_is_no_week_is_refused(week: Committed, week_: str) -> None:
    done = week.run("handoff", "--week", week_)
    assert done.returncode == 2
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["error", "hint"]
