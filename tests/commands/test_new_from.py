"""`incidentdocs new` with what is known already: fields, an incident's document, similar incidents."""

import json
from typing import Any

import pytest
import yaml

from tests.commands.conftest import Committed

PATH = "docs/incidents/2026-03-14-api-down.md"
POST_MORTEM = "docs/post-mortems/2026-03-14-api-down.md"
HEAD = """\
---
severity: SEV2  # as decided at 14:20
services: [api, wiki]
failure-mode: service-down
cause-tags: [pool]
detected-by: alert
detection-source: UptimeRobot
started: 2026-03-14 14:02
detected: 2026-03-14 14:05
resolved: 2026-03-15 00:10
user-facing: yes
data-loss: no
personal-data: no
ticket:
runbooks: [runbook-api-down]
post-mortem:
related: []
not-related: []
team: "Équipe A"
---

# Incident : API muette

## Symptôme
L'API répond 502, *partout*.

## Cause
Le pool de connexions est épuisé.

Une boucle ne rend pas les siennes.
"""
TIMELINE = """
## Timeline (heures locales)
- 14:05 detection : UptimeRobot
- 14:20 triage : SEV2
  - vu par @oncall
- HH:MM mitigation start
- 23:50 premier redémarrage
"""
REST = """
## Résolution
Redémarrage, puis correctif.
"""


def incident(*, timeline: bool) -> str:
    return HEAD + (TIMELINE if timeline else "") + REST


def front_matter(text: str) -> Any:
    return yaml.safe_load(text.split("---\n")[1])


def body(text: str) -> str:
    return text.split("---\n", 2)[2]


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", 'timezone = "Europe/Paris"\nlanguage = "fr"\n')
    committed.write("docs/runbooks/runbook-api-down.md", "# Runbook : API\n")
    committed.write("docs/runbooks/runbook-disk-full.md", "# Runbook : disque\n")
    return committed


def read(repository: Committed, path: str) -> str:
    text: str = (repository.root / path).read_text(encoding="utf-8")
    return text


def test_a_post_mortem_has_what_its_incident_says(repository: Committed) -> None:
    repository.write(PATH, incident(timeline=False))
    ran = repository.run("new", "post-mortem", "--from", PATH)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "docs/post-mortems/2026-03-14-api-muette.md\n"
    text = read(repository, ran.stdout.strip())
    said = front_matter(text)
    assert said["incident"] == [PATH]
    assert {
        key: said[key] for key in ("severity", "services", "failure-mode", "detected-by", "runbooks", "team")
    } == {
        "severity": "SEV2",
        "services": ["api", "wiki"],
        "failure-mode": "service-down",
        "detected-by": "alert",
        "runbooks": ["runbook-api-down"],
        "team": "Équipe A",
    }
    assert (said["status"], said["cause-tags"], said["detection-source"]) == (
        "draft",
        ["pool"],
        "UptimeRobot",
    )
    assert (said["started"], said["resolved"]) == ("2026-03-14 14:02", "2026-03-15 00:10")
    assert (said["user-facing"], said["data-loss"]) == (True, False)
    assert "# Post-mortem : API muette\n" in text
    assert body(text).split("## ")[1] == (
        "Timeline (heures locales)\n"
        "- 14:05 detection\n- HH:MM triage\n- HH:MM mitigation start\n- 2026-03-15 00:10 service restored\n"
        "- HH:MM root cause confirmed\n\n"
    )
    assert "- Duree downtime : 10h 8m\n- Users impactes : Y\n- Data loss : non\n" in text
    assert "\nL'API répond 502, *partout*.\n" in text.split("## Impact")[1].split("## ")[0]
    assert text.split("## Root cause\n")[1].split("\n## ")[0] == (
        "Le pool de connexions est épuisé.\n\nUne boucle ne rend pas les siennes.\n\n"
        "Résolution : Redémarrage, puis correctif.\n"
    )


def test_the_incident_names_its_post_mortem_and_nothing_else_of_it_changes(repository: Committed) -> None:
    before = incident(timeline=False)
    repository.write(PATH, before)
    path = repository.run("new", "post-mortem", "--from", PATH).stdout.strip()
    assert read(repository, PATH) == before.replace("post-mortem:\n", f"post-mortem: {path}\n")
    ran = repository.run("new", "post-mortem", "--from", PATH)
    assert ran.returncode == 2
    assert f"names its post-mortem already: {path}" in ran.stderr


def test_the_events_of_the_incident_are_carried_over_in_order(repository: Committed) -> None:
    repository.write(PATH, incident(timeline=True))
    path = repository.run("new", "post-mortem", "--from", PATH).stdout.strip()
    assert body(read(repository, path)).split("## ")[1] == (
        "Timeline (heures locales)\n"
        "- 14:05 detection : UptimeRobot\n- 14:20 triage : SEV2\n  - vu par @oncall\n"
        "- 23:50 premier redémarrage\n"
        "- 2026-03-15 00:10 service restored\n- HH:MM mitigation start\n- HH:MM root cause confirmed\n\n"
    )


@pytest.mark.parametrize("timeline", [False, True])
def test_what_is_left_are_placeholders_and_nothing_else(repository: Committed, timeline: bool) -> None:
    repository.write(PATH, incident(timeline=timeline))
    path = repository.run("new", "post-mortem", "--from", PATH).stdout.strip()
    findings = json.loads(repository.run("lint", path, "--format", "json").stdout)["findings"]
    assert {finding["rule"] for finding in findings} == {"placeholder-left"}
    assert json.loads(repository.run("lint", "--format", "json").stdout)["summary"]["errors"] <= 12


def test_an_english_incident_makes_an_english_post_mortem(repository: Committed) -> None:
    english = incident(timeline=False).replace("Symptôme", "Symptom").replace("Résolution", "Resolution")
    repository.write(PATH, english.replace("# Incident :", "# Incident:"))
    text = read(repository, repository.run("new", "post-mortem", "API down", "--from", PATH).stdout.strip())
    assert "# Post-mortem: API down\n" in text
    assert "- Data loss: no\n" in text
    assert "Resolution: Redémarrage" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("post-mortem", "--from", "docs/incidents/none.md"), "no incident is called"),
        (("post-mortem", "--from", "docs/runbooks/runbook-api-down.md"), "is no document of an incident"),
        (("post-mortem", "--from", "docs/incidents"), "is no document of an incident"),
        (("runbook", "x", "--from", PATH), "--from is for a post-mortem, not for a runbook"),
        (("post-mortem", "--for", PATH), "--for is for an escalation, not for a post-mortem"),
        (("escalation", "--for", PATH), "belongs to no set of similar incidents"),
        (("incident",), "missing argument 'TITLE'"),
        (("incident", "x", "--field", "mode=y"), "an incident has no field 'mode'"),
        (("incident", "x", "--field", "failure-mode=y"), "failure-mode: `y` is none of the values"),
        (("incident", "x", "--field", "started=noon"), "started: `noon` is no date and time"),
        (("incident", "x", "--field", "ticket"), "'ticket' sets no field"),
    ],
)
def test_a_mistake_in_the_call_writes_nothing(
    repository: Committed, arguments: tuple[str, ...], told: str
) -> None:
    repository.write(PATH, incident(timeline=False))
    before = sorted(repository.root.rglob("*.md"))
    ran = repository.run("new", *arguments)
    assert ran.returncode == 2, ran.stdout
    assert told in ran.stderr
    assert sorted(repository.root.rglob("*.md")) == before


def test_an_incident_whose_front_matter_cannot_be_read_stays_as_it_is(repository: Committed) -> None:
    broken = incident(timeline=False).replace("ticket:", "ticket: [")
    repository.write(PATH, broken)
    ran = repository.run("new", "post-mortem", "--from", PATH)
    assert ran.returncode == 2
    assert "then add post-mortem to the front matter" in ran.stderr
    assert read(repository, PATH) == broken
    assert not (repository.root / "docs/post-mortems").exists()


def test_fields_are_written_into_a_new_incident(repository: Committed) -> None:
    fields = ("failure-mode=disk-full", "detected-by=alert", "user-facing=non", "started=2026-03-14 14:02")
    given = [word for field in fields for word in ("--field", field)]
    options = ("--severity", "SEV3", "--date", "2026-03-14", "--service", "wiki")
    path = repository.run("new", "incident", "Disque plein", *options, *given).stdout.strip()
    text = read(repository, path)
    assert "started: 2026-03-14 14:02\n" in text
    assert "user-facing: no\n" in text
    assert "ticket: TODO\n" in text
    assert front_matter(text)["runbooks"] == ["runbook-disk-full"]
    rules = [
        f["rule"] for f in json.loads(repository.run("lint", path, "--format", "json").stdout)["findings"]
    ]
    assert set(rules) == {"placeholder-left"}


def test_a_runbook_of_the_failure_mode_is_the_service_s_own_or_none(repository: Committed) -> None:
    options = ("--severity", "SEV2", "--field", "failure-mode=service-down")
    first = repository.run("new", "incident", "API", *options, "--service", "api").stdout.strip()
    other = repository.run("new", "incident", "Wiki", *options, "--service", "wiki").stdout.strip()
    assert front_matter(read(repository, first))["runbooks"] == ["runbook-api-down"]
    assert front_matter(read(repository, other))["runbooks"] == []


SIMILAR = """\
---
severity: SEV3
services: [wiki]
failure-mode: disk-full
runbooks: [runbook-disk-full]
resolved: {day} 12:00
ticket: ops#1
---

# Incident : Disque [plein] sur wiki

## Symptôme
Erreur à l'enregistrement.

## Cause
Journaux trop gros.

## Résolution
Purge.

## Action items
- [ ] AI 1 : alerter à 80 % (owner @oncall, due 2027-01-01)
"""


def similar(repository: Committed, *days: str) -> list[str]:
    paths = [f"docs/incidents/{day}-disque.md" for day in days]
    for day, path in zip(days, paths, strict=True):
        repository.write(path, SIMILAR.format(day=day))
    return paths


def test_an_escalation_names_the_set_and_what_it_shares(repository: Committed) -> None:
    paths = similar(repository, "2026-03-02", "2026-03-05", "2026-03-08")
    ran = repository.run("new", "escalation", "--for", paths[1], "--date", "2026-03-09")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "docs/escalations/2026-03-09-disque-plein-sur-wiki.md\n"
    text = read(repository, ran.stdout.strip())
    assert front_matter(text)["incidents"] == paths
    assert "# Escalade : Disque [plein] sur wiki\n" in text
    assert (
        "- 2026-03-05 (SEV3): [Disque [plein] sur wiki](../incidents/2026-03-05-disque.md)\n"
        "  - encore ouvert: AI 1, alerter à 80 %\n"
    ) in text
    assert "- le même mode de panne : disk-full sur wiki\n- le même runbook : runbook-disk-full\n" in text
    findings = json.loads(repository.run("lint", "docs/escalations", "--format", "json").stdout)["findings"]
    assert {(finding["rule"], finding["severity"]) for finding in findings} == {
        ("placeholder-left", "warning")
    }
    report = json.loads(repository.run("lint", "--format", "json").stdout)["findings"]
    assert not [finding for finding in report if finding["rule"] == "escalation-due"]
    again = repository.run("new", "escalation", "--for", paths[0])
    assert again.returncode == 2
    assert "are escalated already" in again.stderr


def test_a_member_of_two_sets_is_asked_which_one_is_meant(repository: Committed) -> None:
    paths = similar(repository, "2026-03-02", "2026-03-20", "2026-03-25", "2026-04-15", "2026-04-20")
    strange = SIMILAR.format(day="2026-03-25").replace(
        "ticket", "not-related: [2026-04-15-disque, 2026-04-20-disque]\nticket"
    )
    repository.write(paths[2], strange)
    ran = repository.run("new", "escalation", "--for", paths[1])
    assert ran.returncode == 2
    assert "belongs to 2 sets of similar incidents" in ran.stderr
    assert f"name the newest of one of them: {paths[2]}, {paths[4]}" in ran.stderr
    path = repository.run("new", "escalation", "--for", paths[2]).stdout.strip()
    assert front_matter(read(repository, path))["incidents"] == paths[:3]


def test_what_cannot_be_written_again_is_left_behind(repository: Committed) -> None:
    more = "links: {a: b}\ncost: 12.5\ncalls: 4711\n"
    repository.write(PATH, incident(timeline=False).replace("team:", f"{more}team:"))
    said = front_matter(read(repository, repository.run("new", "post-mortem", "--from", PATH).stdout.strip()))
    assert (said["cost"], said["calls"]) == (12.5, 4711)
    assert "links" not in said


def test_a_fence_without_end_swallows_no_section(repository: Committed) -> None:
    text = incident(timeline=False)
    cause, rest = text.split("## Résolution")
    repository.write(PATH, f"{cause}## Résolution{rest}".replace("Une boucle", "```\nUne boucle"))
    path = repository.run("new", "post-mortem", "--from", PATH).stdout.strip()
    findings = json.loads(repository.run("lint", path, "--format", "json").stdout)["findings"]
    assert "missing-section" not in {finding["rule"] for finding in findings}


def test_an_incident_that_a_post_mortem_names_has_one(repository: Committed) -> None:
    repository.write(PATH, incident(timeline=False))
    repository.write(
        "docs/post-mortems/2026-03-14-x.md",
        f"---\nseverity: SEV2\nincident: {PATH}\n---\n# Post-mortem : x\n",
    )
    ran = repository.run("new", "post-mortem", "--from", PATH)
    assert ran.returncode == 2
    assert "has its post-mortem already: docs/post-mortems/2026-03-14-x.md" in ran.stderr
