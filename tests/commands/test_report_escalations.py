"""`incidentdocs report escalations` and `similar`: what comes back, why, and what is still open."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from incidentdocs.output.schemas import MADE
from tests.commands.conftest import Committed, run_in

INCIDENT = """\
---
severity: {severity}
services: [docmost]
failure-mode: {mode}
started: {day} 10:00
resolved: {day} 12:00
ticket: ops#1
{more}---

# Incident : Disque plein sur docmost

## Symptôme
Impossible d'enregistrer une page.

## Cause
Les journaux ont rempli le disque de docmost.

## Résolution
Anciens journaux supprimés.

## Action items
- [ ] AI 1 : alerter à 80 % du disque (owner @oncall, due 2026-06-01)
- [x] AI 2 : tourner les journaux (owner @dev, due 2026-06-01, done 2026-03-20)
"""
ESCALATION = """\
---
incidents: [{}]
decision: resources
owner: "@oncall"
due: 2026-06-01
---

# Escalade : disque plein sur docmost

## Incidents
Trois.

## Ce qu'ils ont en commun
Le disque.

## Décision
Un plus grand disque.

## Action items
- [ ] AI 1 : commander le disque (owner @oncall, due 2026-06-01)
"""
DAYS = ("2026-03-02", "2026-03-05", "2026-03-08")


def path(day: str) -> str:
    return f"docs/incidents/{day}-disque-plein.md"


def incident(day: str, mode: str = "disk-full", more: str = "", severity: str = "SEV3") -> str:
    return INCIDENT.format(day=day, mode=mode, more=more, severity=severity)


@pytest.fixture
def repository(committed: Committed) -> Committed:
    """A repository of only three incidents: disk full on one service within a week."""
    for day in DAYS:
        committed.write(path(day), incident(day))
    committed.commit("2026-03-09")
    return committed


def report(repository: Committed, *arguments: str) -> Any:
    ran = repository.run("report", "escalations", "--format", "json", *arguments)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    jsonschema.validate(told, MADE["escalations"]())
    return told


def members(told: Any) -> list[list[str]]:
    return [[incident["document"] for incident in each["incidents"]] for each in told["escalations"]]


def test_three_full_disks_within_a_week_escalate(repository: Committed) -> None:
    told = report(repository, "--as-of", "2026-03-20")
    assert members(told) == [[path(day) for day in DAYS]]
    found = told["escalations"][0]
    assert found["strength"] == "confirmed"
    assert (found["first"], found["last"]) == (DAYS[0], DAYS[2])
    assert found["acknowledged_by"] is None
    assert [reason["strength"] for reason in found["reasons"]] == ["confirmed"] * 3
    assert "both are disk-full on docmost" in found["reasons"][0]["because"]
    assert "their titles say the same" in found["reasons"][0]["because"]
    assert [(item["document"], item["number"]) for item in found["open_items"]] == [
        (path(day), 1) for day in DAYS[:2]
    ]
    assert told["summary"] == {"incidents": 3, "undated": 0, "confirmed": 1, "due": 1, "suggested": 0}
    assert (told["version"], told["window_days"], told["threshold"]) == (1, 31, 3)


def test_the_day_before_the_third_nothing_is_due(repository: Committed) -> None:
    assert members(report(repository, "--as-of", "2026-03-07")) == []
    assert members(report(repository, "--as-of", "2026-03-08")) == [[path(day) for day in DAYS]]


def test_an_escalation_acknowledges_until_one_more_incident_comes(repository: Committed) -> None:
    repository.write(
        "docs/escalations/2026-03-10-disque.md",
        ESCALATION.format(", ".join(f"{d}-disque-plein.md" for d in DAYS)),
    )
    repository.commit("2026-03-10")
    told = report(repository)
    assert told["escalations"][0]["acknowledged_by"] == "docs/escalations/2026-03-10-disque.md"
    assert told["summary"]["due"] == 0
    assert report(repository, "--as-of", "2026-03-09")["summary"]["due"] == 1
    repository.write(path("2026-03-30"), incident("2026-03-30"))
    repository.commit("2026-03-31")
    told = report(repository)
    assert members(told) == [[path(day) for day in (*DAYS, "2026-03-30")]]
    assert told["summary"]["due"] == 1


def test_the_exit_code_is_a_gate(repository: Committed) -> None:
    assert repository.run("report", "escalations", "--exit-code").returncode == 1
    assert repository.run("report", "escalations", "--exit-code", "--as-of", "2026-03-07").returncode == 0
    ran = repository.run("report", "escalations", "--since", "2026-03-01")
    assert ran.returncode == 2
    assert "no such option '--since'" in ran.stderr


def test_people_are_told_which_why_what_is_open_and_what_to_type(repository: Committed) -> None:
    told = repository.run("report", "escalations", "--as-of", "2026-07-01").stdout
    assert "3 incidents from 2026-03-02 to 2026-03-08 are the same matter: an escalation is due" in told
    assert f"  2026-03-05  {path('2026-03-05')} · SEV3" in told
    assert "    2026-03-02 and 2026-03-05: confirmed, " in told
    assert "      both are disk-full on docmost" in told
    assert "    AI 1  alerter à 80 % du disque · 30 days overdue, due 2026-06-01 · @oncall · " in told
    assert f"  to acknowledge it: incidentdocs new escalation --for {path('2026-03-08')}" in told
    assert told.rstrip().endswith("of 3 incidents up to 2026-07-01: escalations 1 due")
    markdown = repository.run("report", "escalations", "--format", "markdown").stdout
    assert markdown.startswith("# Escalations on ")
    assert "| 2026-03-05 | [docs/incidents/2026-03-05-disque-plein.md](./docs/incidents/" in markdown


def test_outside_git_the_documents_on_disk_are_read(tmp_path: Path) -> None:
    for day in DAYS:
        (tmp_path / path(day)).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path(day)).write_text(incident(day), encoding="utf-8")
    ran = run_in(tmp_path, "report", "escalations", "--format", "json")
    told = json.loads(ran.stdout)
    assert members(told) == [[path(day) for day in DAYS]]
    assert told["revision"] is None
    assert "read from disk" in ran.stderr


def test_window_threshold_and_bars_are_configuration(repository: Committed) -> None:
    repository.write("incidentdocs.toml", "[escalation]\nthreshold = 4\n")
    assert members(report(repository)) == []
    repository.write("incidentdocs.toml", "[escalation]\nthreshold = 2\nwindow-days = 4\n")
    found = report(repository)["escalations"]
    assert [window["incidents"] for each in found for window in each["windows"]] == [
        [path(DAYS[0]), path(DAYS[1])],
        [path(DAYS[1]), path(DAYS[2])],
    ]
    repository.write("incidentdocs.toml", "[similarity]\nconfirmed = 0.1\n")
    ran = repository.run("report", "escalations")
    assert ran.returncode == 2
    assert "0.1 is below the score" in ran.stderr


def test_an_incident_and_its_post_mortem_count_once(repository: Committed) -> None:
    post_mortem = (
        "---\nseverity: SEV2\nservices: [docmost]\nfailure-mode: disk-full\n{}---\n# Post-mortem : disque\n"
    )
    named = post_mortem.format(f"incident: [{path(DAYS[0])}]\n")
    repository.write("docs/post-mortems/2026-03-03-disque.md", named)
    repository.write("docs/post-mortems/2026-03-05-disque-plein.md", post_mortem.format(""))  # the same name
    repository.write(path(DAYS[2]), incident(DAYS[2], more="post-mortem: 2026-03-08-bilan\n"))
    repository.write("docs/post-mortems/2026-03-08-bilan.md", post_mortem.format(""))
    repository.commit("2026-03-10")
    told = report(repository)
    assert members(told) == [[path(day) for day in DAYS]]
    assert told["summary"]["incidents"] == 3
    assert [each["post_mortem"] for each in told["escalations"][0]["incidents"]] == [
        "docs/post-mortems/2026-03-03-disque.md",
        "docs/post-mortems/2026-03-05-disque-plein.md",
        "docs/post-mortems/2026-03-08-bilan.md",
    ]


def test_own_terms_and_failure_modes_are_the_repository_s(committed: Committed) -> None:
    committed.write(
        "incidentdocs.toml",
        '[failure-modes.zorglubbed]\n[similarity.terms]\nzorglub = ["zorglubbé", "radioactive bubble"]\n',
    )
    committed.write(path(DAYS[0]), incident(DAYS[0], mode="zorglubbed"))
    committed.write(path(DAYS[1]), incident(DAYS[1], mode="zorglubed"))
    committed.write(path(DAYS[2]), incident(DAYS[2], mode="other").replace("rempli", "zorglubbé"))
    ran = committed.run("lint", "--format", "json")
    wrong = [f["path"] for f in json.loads(ran.stdout)["findings"] if f["rule"] == "metadata-invalid"]
    assert wrong == [path(DAYS[1])]
    other = incident(DAYS[0], mode="other").replace("rempli le disque", "radioactive bubble")
    committed.write(path(DAYS[0]), other)
    told = json.loads(committed.run("similar", path(DAYS[2]), "--format", "json").stdout)
    first = next(each for each in told["incidents"] if each["document"] == path(DAYS[0]))
    assert "bubble" in " ".join(term["term"] for term in first["terms"])


def test_similar_tells_fields_terms_causes_and_open_items(repository: Committed) -> None:
    repository.write(
        "docs/incidents/2026-02-01-dns.md",
        incident("2026-02-01", mode="other")
        .replace("Disque plein sur docmost", "DNS muet")
        .replace("Les journaux ont rempli le disque de docmost", "Le résolveur ne répond plus")
        .replace("services: [docmost]", "services: [phare]"),
    )
    ran = repository.run("similar", path(DAYS[2]), "--top", "3", "--format", "json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    jsonschema.validate(told, MADE["similar"]())
    assert [each["document"] for each in told["incidents"]][:2] == [path(DAYS[0]), path(DAYS[1])]
    first = told["incidents"][0]
    assert first["strength"] == "confirmed"
    assert "both are disk-full on docmost" in first["because"]
    assert first["cause"] == told["cause"] == "Les journaux ont rempli le disque de docmost."
    assert {term["term"] for term in first["terms"]} >= {"disque", "journaux"}
    assert [item["number"] for item in first["open_items"]] == [1]
    text = repository.run("similar", path(DAYS[2])).stdout
    assert "  its cause:  Les journaux ont rempli le disque de docmost." in text
    assert "  still open: AI 1  alerter à 80 % du disque" in text
    assert f"{path(DAYS[2])} compared with 3 incidents: 2 confirmed" in text


def test_the_configuration_is_scored_by_what_documents_say(repository: Committed) -> None:
    ran = repository.run("similar", "--evaluate")
    assert ran.returncode == 2
    assert "no document says of another" in ran.stderr
    repository.write(path(DAYS[1]), incident(DAYS[1], more=f"related: [{DAYS[0]}-disque-plein]\n"))
    other = incident("2026-05-01", mode="other").replace("Disque plein sur docmost", "DNS muet")
    repository.write(
        "docs/incidents/2026-05-01-dns.md",
        other.replace("severity", f"not-related: [{path(DAYS[0])}]\nseverity"),
    )
    ran = repository.run("similar", "--evaluate", "--format", "json")
    told = json.loads(ran.stdout)
    jsonschema.validate(told, MADE["evaluation"]())
    assert (told["related"], told["unrelated"], told["average_precision"]) == (1, 1, 1.0)
    assert told["suggested"]["recall"] == 1.0
    assert "average precision 1.000" in repository.run("similar", "--evaluate").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name one document, or say --evaluate"),
        (("--evaluate", "x.md"), "--evaluate takes no document"),
        (("docs/incidents/none.md",), "docs/incidents/none.md tells of no incident"),
        (("../elsewhere.md",), "lies outside the repository"),
    ],
)
def test_a_mistake_in_the_call_is_told(repository: Committed, arguments: tuple[str, ...], told: str) -> None:
    ran = repository.run("similar", *arguments)
    assert ran.returncode == 2
    assert told in ran.stderr


def test_the_same_tree_gives_the_same_bytes_whatever_the_hash_seed(repository: Committed) -> None:
    def printed(seed: str) -> bytes:
        command = [sys.executable, "-m", "incidentdocs", "report", "escalations", "--format", "json"]
        command += ["--as-of", "2026-03-20"]
        return subprocess.run(
            command,
            cwd=repository.root,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            check=True,
            capture_output=True,
        ).stdout

    assert printed("0") == printed("1") == printed("4711")


def test_hostile_names_and_references_break_nothing(repository: Committed) -> None:
    more = 'related: ["../../../etc/passwd", "[x](y.md)", "\\u202e", "a#b", ""]\n'
    more += f"post-mortem: {'a' * 300}\nincident: /etc/passwd\n"
    more += 'runbooks: ["$(reboot)", "::error::x"]\n'
    repository.write(path("2026-03-06"), incident("2026-03-06", more=more))
    repository.write("docs/incidents/2026-03-07-\u202eevil.md", incident("2026-03-07"))
    repository.write("docs/incidents/broken.md", "---\nseverity: [\n---\n# Incident: x\n")
    repository.commit("2026-03-10")
    told = repository.run("report", "escalations")
    assert told.returncode == 0, told.stderr
    assert "\u202e" not in told.stdout
    lint = repository.run("lint", "--format", "json")
    assert lint.returncode == 1, lint.stderr
    rules = {finding["rule"] for finding in json.loads(lint.stdout)["findings"]}
    assert {"related-unknown", "runbook-unknown"} <= rules


@pytest.mark.parametrize("moment", ["0001-01-01 00:00+14:00", "9999-12-31 23:59-14:00"])
def test_a_moment_beyond_the_calendar_is_none(repository: Committed, moment: str) -> None:
    repository.write(path("2026-03-06"), incident("2026-03-06").replace("2026-03-06 12:00", moment))
    for command in (("lint",), ("report", "escalations"), ("similar", path("2026-03-06"))):
        assert repository.run(*command).returncode in (0, 1)


def test_what_is_named_elsewhere_or_as_none_is_not_told(repository: Committed) -> None:
    more = 'related: [none, n/a, aucun, "-", INC0012345, OPS-12, "#inc-2021", team/ops#12, "https://x.example.org/1"]\n'
    repository.write(path("2026-03-06"), incident("2026-03-06", more=more))
    repository.write(path("2026-03-07"), incident("2026-03-07", more='related: ["missing.md#1-step"]\n'))
    found = json.loads(repository.run("lint", "--format", "json").stdout)["findings"]
    assert [f["path"] for f in found if f["rule"] == "related-unknown"] == [path("2026-03-07")]


def test_two_names_in_one_list_are_told_at_their_own_places(repository: Committed) -> None:
    repository.write(path("2026-03-06"), incident("2026-03-06", more="related: [x-foo-bar, x-foo]\n"))
    found = json.loads(repository.run("lint", "--format", "json").stdout)["findings"]
    columns = [f["column"] for f in found if f["rule"] == "related-unknown"]
    assert columns == [len("related: [") + 1, len("related: [x-foo-bar, ") + 1]


def test_a_document_that_is_no_text_counts_nowhere(repository: Committed) -> None:
    for day in DAYS:
        (repository.root / path(day)).write_bytes(incident(day).encode("latin-1"))
    repository.commit("2026-03-12")
    assert members(report(repository)) == []


def test_the_advice_on_a_suggested_set_confirms_it(repository: Committed) -> None:
    repository.write("incidentdocs.toml", "[similarity]\nsuggested = 0.05\nconfirmed = 0.99\n")
    names = [f"{day}-disque-plein" for day in DAYS]
    for day, words in zip(DAYS, ("alpha", "beta", "gamma"), strict=True):
        text = incident(day, mode="other", more=f"related: [{names[2]}]\n" if day != DAYS[2] else "")
        repository.write(path(day), text.replace("Les journaux ont", f"{words} a"))
    told = repository.run("report", "escalations", "--format", "text").stdout
    repository.commit("2026-03-12")
    told = repository.run("report", "escalations").stdout
    assert "may be the same matter" in told
    assert f"write `related: [{names[0]}]` in {path(DAYS[1])}" in told
    text = (repository.root / path(DAYS[1])).read_text(encoding="utf-8")
    repository.write(path(DAYS[1]), text.replace(f"[{names[2]}]", f"[{names[2]}, {names[0]}]"))
    repository.commit("2026-03-13")
    assert "an escalation is due" in repository.run("report", "escalations").stdout


def test_a_keyed_pair_is_scored_as_it_is_linked(repository: Committed) -> None:
    repository.write(path(DAYS[1]), incident(DAYS[1], more=f"related: [{DAYS[0]}-disque-plein]\nruns: 1\n"))
    told = json.loads(repository.run("similar", "--evaluate", "--format", "json").stdout)
    assert told["confirmed"]["recall"] == 1.0
