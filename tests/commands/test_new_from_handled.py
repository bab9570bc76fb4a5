"""`incidentdocs new post-mortem --from`: an incident that was handled step by step writes its post-mortem."""

import json
from typing import Any

import pytest
import yaml

from tests.commands.conftest import Committed

PATH = "docs/incidents/2026-10-25-disque-plein.md"
HEAD = """\
---
severity: SEV1
services: [wiki]
failure-mode: disk-full
cause-tags: []
detected-by: alert
detection-source: UptimeRobot
started: 2026-10-25 01:40
detected: 2026-10-25 01:52
resolved: 2026-10-25 03:40
user-facing: yes
data-loss: no
personal-data: no
oncall: ["@oncall"]
backup: ["@backup"]
ticket:
runbooks: [runbook-disk-full]
post-mortem:
related: []
not-related: []
---

# Incident : Disque plein sur le wiki

## Symptôme
Le wiki répond 502 à toutes les pages.

- Users impactes : 40

"""
STEPS = """\
## Étapes
### [1] DETECT (auto ou manuel)
- [x] Alerte UptimeRobot/Slack/email
- [x] Confirmer le scope : qui est down, depuis quand, quoi est perdu
- [x] Output : situation comprise — le disque de db-1 est plein (@oncall, 01:55)

### [2] TRIAGE (15 min, @oncall oncall)
- [x] Severite confirmee SEV1 ?
- [x] Notifier @backup + @lead si data loss
- [x] Annoncer canal #ops + banner status si user-facing : `"[SEV1] wiki - investigating, ETA <unknown>"`
- [x] Output : equipe alertee — tous dans #ops (@oncall, 02:00)

### [3] INVESTIGATE (@devops)
- [x] Verifier logs : `docker compose logs --tail=200 <service>`
- [x] Output : root cause identifie ou hypothese forte — journaux jamais tournés (@oncall, 02:20)

### [4] MITIGATE (@devops + @dev si code)
- [x] Selon root cause :
  - Service down : restart container, verifier ressources
  - Disque plein : cleanup logs/backups, upsizing
- [x] Output : service restored — journaux effacés (@oncall, 02:50)

### [5] VERIFY (@oncall + @devops)
- [x] Healthcheck full : 4/4 OK
- [x] Smoke test : `./scripts/smoke-test.sh`
- [x] Tester un flow utilisateur reel
- [x] Output : confirmation prod restoree — une page enregistrée (@oncall, 03:30)

### [6] COMMUNICATE (@oncall)
- [x] Update banner status : retire
- [x] Output : equipe et users informes — annoncé dans #ops (@oncall, 03:45)

### [7] POST-MORTEM (sous 7 jours, @oncall + @backup)
- [ ] Creer doc : `docs/post-mortems/YYYY-MM-DD-<title>.md`
- [ ] Output : post-mortem publie + AI ouverts

"""
CAUSE = "## Cause\n{}\n\n"
EVENTS = """\
- 01:52 detection : UptimeRobot
- 01:58 communication : annonce dans #ops, à @backup
- 02:00+02:00 triage : SEV1 confirmée
- 02:03+02:00 communication : bannière posée
- 02:25+02:00 communication : mise à jour dans #ops
- 02:30+02:00 mitigation start : effacement des journaux
- 02:50+02:00 communication : mise à jour dans #ops
- 02:15+01:00 communication : mise à jour dans #ops
- 02:40+01:00 communication : mise à jour dans #ops
- 02:50+01:00 service restored
- 03:42 communication : résolution dans #ops
- 03:43 communication : bannière retirée
"""
REST = "\n## Résolution\nLes journaux ont été effacés.\n"
KNOWN = "Les journaux n'étaient jamais tournés : le disque s'est rempli en trois mois."


def incident(*, cause: str = KNOWN, events: str = EVENTS) -> str:
    return f"{HEAD}{STEPS}{CAUSE.format(cause)}## Timeline (heures locales)\n{events}{REST}"


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", 'timezone = "Europe/Paris"\nlanguage = "fr"\n')
    committed.write("docs/runbooks/runbook-disk-full.md", "# Runbook : Disk full\n")
    return committed


def begun(repository: Committed, text: str, path: str = PATH, *more: str) -> str:
    repository.write(path, text)
    ran = repository.run("new", "post-mortem", "--from", path, *more)
    assert ran.returncode == 0, ran.stderr
    return str(ran.stdout.strip())


def read(repository: Committed, path: str) -> str:
    text: str = (repository.root / path).read_text(encoding="utf-8")
    return text


def left(repository: Committed, path: str) -> list[tuple[str, str]]:
    """Return the rule of each finding in a document, with the title of the section that it stands in."""
    findings = json.loads(repository.run("lint", path, "--format", "json").stdout)["findings"]
    rows = read(repository, path).split("\n")
    above = [[row for row in rows[: found["line"]] if row.startswith("## ")][-1:] for found in findings]
    return [(found["rule"], "".join(title)) for found, title in zip(findings, above, strict=True)]


def test_an_incident_that_was_handled_is_clean(repository: Committed) -> None:
    repository.write(PATH, incident())
    assert left(repository, PATH) == []


def test_what_was_recorded_needs_not_be_written_again(repository: Committed) -> None:
    path = begun(repository, incident(events=f"{EVENTS}- 11:00 root cause confirmed : rotation absente\n"))
    text = read(repository, path)
    said: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    assert said["authors"] == ["@oncall", "@backup"]
    assert (said["oncall"], said["backup"], said["runbooks"]) == (
        ["@oncall"],
        ["@backup"],
        ["runbook-disk-full"],
    )
    assert (
        f"## Timeline (heures locales)\n{EVENTS}- 11:00 root cause confirmed : rotation absente\n\n" in text
    )
    assert "- Duree downtime : 2h 10m\n- Users impactes : 40\n- Data loss : non\n" in text
    assert text.count("Users impactes") == 1
    assert f"## Root cause\n{KNOWN}\n\nRésolution : Les journaux ont été effacés.\n" in text
    assert "[1] DETECT" not in text
    assert "Étapes" not in text
    assert left(repository, path) == [
        ("placeholder-left", "## Impact"),
        ("placeholder-left", "## Pourquoi notre monitoring n'a pas alerte plus tot ?"),
        ("placeholder-left", "## Action items"),
        ("placeholder-left", "## Action items"),
        ("placeholder-left", "## Lessons learned"),
    ]
    assert left(repository, PATH) == []


@pytest.mark.parametrize("cause", ["inconnue", "Inconnue.", "?", "unknown"])
def test_a_cause_that_nobody_knows_is_still_to_be_written(repository: Committed, cause: str) -> None:
    path = begun(repository, incident(cause=cause))
    assert ("placeholder-left", "## Root cause") in left(repository, path)
    assert cause not in read(repository, path).split("## Root cause")[1].split("## ")[0]


def test_authors_who_are_named_are_left_alone(repository: Committed) -> None:
    named = incident().replace("related: []", 'authors: ["@lead"]\nrelated: []', 1)
    assert yaml.safe_load(read(repository, begun(repository, named)).split("---\n")[1])["authors"] == [
        "@lead"
    ]


def test_authors_who_are_given_are_those_of_the_command_line(repository: Committed) -> None:
    path = begun(repository, incident(), PATH, "--field", "authors=@dev")
    assert yaml.safe_load(read(repository, path).split("---\n")[1])["authors"] == ["@dev"]


def test_what_nobody_saw_touched_nobody(repository: Committed) -> None:
    text = incident().replace("user-facing: yes", "user-facing: no").replace("- Users impactes : 40\n", "")
    assert "- Users impactes : 0\n" in read(repository, begun(repository, text))


def test_how_much_was_lost_is_carried_where_it_is_told(repository: Committed) -> None:
    lost = incident().replace("data-loss: no", "data-loss: yes")
    told = lost.replace("- Users impactes : 40", "- Users impactes : 40\n- Data loss : oui, douze pages")
    assert "- Data loss : oui, douze pages\n" in read(repository, begun(repository, told))
    other = begun(repository, lost, "docs/incidents/2026-10-24-x.md")
    assert "- Data loss : oui/non, si oui : combien et quoi\n" in read(repository, other)


@pytest.mark.parametrize(
    ("events", "rows"),
    [
        (
            "| Heure | Quoi |\n| --- | --- |\n| 01:52 | detection : UptimeRobot |\n| 03:10 | redémarrage |\n",
            "- 01:52 detection : UptimeRobot\n- 03:10 redémarrage\n",
        ),
        (
            "### 25 octobre 2026\n- 23:50 detection\n\n### 26 octobre 2026\n- 00:10 service restored\n",
            "- 23:50 detection\n- 2026-10-26 00:10 service restored\n",
        ),
        (
            "- 23:50 detection\n  - sonde 3\n- 00:10 service restored\n",
            "- 23:50 detection\n  - sonde 3\n- 2026-10-26 00:10 service restored\n",
        ),
    ],
)
def test_events_are_carried_at_their_time_however_they_are_written(
    repository: Committed, events: str, rows: str
) -> None:
    text = incident(events=events).replace("resolved: 2026-10-25 03:40", "resolved: 2026-10-26 03:40")
    timeline = read(repository, begun(repository, text)).split("## Timeline (heures locales)\n")[1]
    assert timeline.startswith(rows)


def test_events_move_to_another_day_with_their_dates(repository: Committed) -> None:
    path = begun(
        repository,
        incident(events="- 10:00 detection\n- 11:00 service restored\n"),
        PATH,
        "--date",
        "2026-10-24",
    )
    assert "- 2026-10-25 10:00 detection\n- 11:00 service restored\n" in read(repository, path)


def test_an_english_incident_is_carried_over_in_english(repository: Committed) -> None:
    text = (
        "---\nseverity: SEV2\nservices: [api]\nstarted: 2026-03-28 23:50\nresolved: 2026-03-29 03:20\n"
        'user-facing: no\ndata-loss: no\noncall: ["@oncall"]\n---\n\n# Incident: API slow\n\n'
        "## Symptom\nEvery answer takes ten seconds.\n\n"
        "## Steps\n### [1] DETECT\n- [x] Output: situation understood — yes (@oncall)\n\n"
        "## Cause\nunknown\n\n## Timeline (local times)\n- 23:55 detection\n"
        "- 00:30 communication: update in #ops\n- 2026-03-29 03:10 service restored\n\n"
        "## Resolution\nA restart.\n"
    )
    written = read(repository, begun(repository, text, "docs/incidents/2026-03-28-api-slow.md"))
    assert "- Downtime: 2h 20m\n- Users affected: 0\n- Data loss: no\n" in written, "one hour was skipped"
    assert "- 23:55 detection\n- 2026-03-29 00:30 communication: update in #ops\n" in written
    assert 'authors: ["@oncall"]\n' in written
