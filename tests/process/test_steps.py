import pytest

from incidentdocs.authoring.checklist import checklist
from incidentdocs.documents.checklist import read_checklist
from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.process.steps import (
    FIELDS,
    LANGUAGES,
    Step,
    filled,
    process_steps,
    steps_for,
    unknown_fields,
)
from incidentdocs.profiles.loading import built_in

PROCESS = """\
[1] DETECT (auto ou manuel)
Alerte UptimeRobot/Slack/email
Confirmer le scope : qui est down, depuis quand, quoi est perdu
Output : situation comprise
[2] TRIAGE (15 min, @oncall oncall)
Severite confirmee SEV1 ?
Notifier @backup + @lead si data loss
Annoncer canal #ops + banner status si user-facing : "[SEV1] hub - investigating, ETA <unknown>"
Output : equipe alertee
[3] INVESTIGATE (@devops)
Verifier containers : docker compose ps
Verifier healthcheck : ./scripts/healthcheck.sh
Verifier logs : docker compose logs --tail=200 <service>
Verifier metrics : CPU, memoire, disque
Verifier deps : Postgres, Redis joignables ?
Output : root cause identifie ou hypothese forte
[4] MITIGATE (@devops + @dev si code)
Selon root cause :
Service down : restart container, verifier ressources
DB corruption : restore backup recent
Bug code : rollback version precedente (cf release.md)
Compromission : rotate secrets, isoler env
Disque plein : cleanup logs/backups, upsizing
Output : service restored
[5] VERIFY (@oncall + @devops)
Healthcheck full : 4/4 OK
Smoke test : ./scripts/smoke-test.sh
Tester un flow utilisateur reel
Output : confirmation prod restoree
[6] COMMUNICATE (@oncall)
Slack/Teams : "[SEV1 RESOLVED] hub - back online. Cause: ..."
Email all si data loss : compliance RGPD
Update banner status : retire
Output : equipe et users informes
[7] POST-MORTEM (sous 7 jours, @oncall + @backup)
Creer doc : docs/post-mortems/YYYY-MM-DD-<title>.md
Format blameless (focus systeme, pas la personne)
Sections : Timeline / Impact / Root cause / AI / Lessons learned
Action items (AI) : owner + due date
Partager avec equipe
Update runbooks si pattern recurrent
Output : post-mortem publie + AI ouverts
"""
"""The seven steps of the process, with roles in the place of names."""

KNOWN = {
    "response": "15 min",
    **{role: f"@{role}" for role in ("oncall", "backup", "devops", "dev", "tester")},
    "severity": "SEV1",
    "product": "hub",
    "channel": "#ops",
    "days": "7",
    "notified": "@backup",
    "notified-data-loss": "@lead",
    "email": "data loss",
}


def test_the_french_steps_are_the_process_s_own_to_the_letter() -> None:
    text = checklist([filled(step, KNOWN) for step in steps_for("SEV1", "fr")], "fr")
    rows = [row.removeprefix("### ").strip() for row in text.splitlines() if row]
    bare = [row.removeprefix("- ").removeprefix("[ ] ").replace("`", "") for row in rows]
    assert "\n".join(bare) + "\n" == PROCESS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("severity", ["SEV1", "SEV2", "SEV3"])
def test_what_is_written_is_read_back(language: str, severity: str) -> None:
    steps = [filled(step, KNOWN) for step in steps_for(severity, language)]
    title = {"fr": "Étapes", "en": "Steps"}[language]
    source = parse(f"# Incident: x\n\n## {title}\n\n{checklist(steps, language)}\n")
    document = read_document("a.md", source, built_in("incident"), Process())
    read = read_checklist(document)
    assert [step.number for step in read] == list(range(1, len(steps) + 1))
    assert [len(step.checks) for step in read] == [len(step.checks) for step in steps]
    assert [step.output.expected for step in read if step.output] == [step.output for step in steps]
    assert not any(step.done for step in read)


def test_both_languages_have_the_same_steps() -> None:
    shapes = [
        [
            (step.id, step.severities, len(step.checks), step.gate, step.verifies)
            for step in process_steps(each)
        ]
        for each in LANGUAGES
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_process_s_texts_name_only_known_fields(language: str) -> None:
    for step in process_steps(language):
        assert unknown_fields("\n".join((step.title, *step.checks, step.output))) == ()


def test_a_team_s_own_steps_replace_those_of_the_process() -> None:
    own = (Step("look", ("SEV1",), "LOOK ({oncall})", ("Is {product} {up}?",), "seen"),)
    assert steps_for("SEV1", "fr", own) == own
    assert steps_for("SEV2", "fr", own) == ()
    known = {"oncall": "@ana", "product": "{oncall}"}
    assert filled(own[0], known) == Step("look", ("SEV1",), "LOOK (@ana)", ("Is {oncall} {up}?",), "seen")
    assert unknown_fields("{oncall} {up}") == ("up",)
    assert "oncall" in FIELDS
