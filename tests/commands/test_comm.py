"""`incidentdocs comm` as it is typed: the message on stdout, its record in the document, all else told."""

from pathlib import Path

import pytest

from tests.commands.conftest import Committed

NAME = "2026-03-14-api-muette"
PATH = f"docs/incidents/{NAME}.md"
CONFIG = 'timezone = "Europe/Paris"\nlanguage = "fr"\n\n[process]\nproduct = "formation-hub"\n'
GOLDEN = Path(__file__).parents[1] / "authoring" / "messages"
HEAD = """\
---
severity: {severity}
services: [api]
started: 2026-03-14 01:52
detected: 2026-03-14 02:05
resolved: {resolved}
user-facing: {users}
data-loss: {loss}
personal-data:
oncall: []
backup: []
ticket:
---
"""
FRENCH = """
# Incident : API muette

## Symptôme
L'API répond 502.

## Cause
Le disque était plein.

## Timeline (heures locales)
- 02:05 detection

## Résolution
Place faite sur le disque.
"""
ENGLISH = """
# Incident: API muette

## Symptom
The API answers 502.

## Cause
The disk was full.

## Timeline (local times)
- 02:05 detection

## Resolution
Room was made on the disk.
"""


def incident(
    text: str = FRENCH, *, severity: str = "SEV1", resolved: str = "", users: str = "", loss: str = ""
) -> str:
    return HEAD.format(severity=severity, resolved=resolved, users=users, loss=loss) + text


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", CONFIG)
    return committed


def events(repository: Committed, path: str = PATH) -> list[str]:
    """Return the words of the communications that the document records."""
    lines = (repository.root / path).read_text(encoding="utf-8").splitlines()
    return [line.partition("communication")[2].lstrip(" :") for line in lines if "communication" in line]


def said(repository: Committed, *arguments: str) -> str:
    done = repository.run("comm", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(repository: Committed, *arguments: str) -> list[str]:
    done = repository.run("comm", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    return done.stderr.splitlines()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["announce"], "announce"),
        (["banner"], "announce"),
        (["update"], "update"),
    ],
)
def test_with_nothing_known_it_prints_the_process_s_text(
    repository: Committed, arguments: list[str], name: str
) -> None:
    repository.write(
        "docs/incidents/x.md", "---\nseverity: SEV1\nresolved:\n---\n\n## Timeline\n- HH:MM detection\n"
    )
    printed = said(repository, *arguments, "--dry-run")
    assert printed == (GOLDEN / f"{name}.fr.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("short", [False, True])
def test_with_nothing_known_resolved_is_the_process_s_text_too(repository: Committed, short: bool) -> None:
    text = "---\nseverity: SEV1\nresolved: 2026-03-14 03:35\n---\n\n## Timeline\n- HH:MM detection\n"
    repository.write("docs/incidents/x.md", text)
    name = "resolved-short" if short else "resolved"
    option = ["--short"] if short else []
    printed = said(repository, "resolved", *option, "--dry-run", "--at", "2026-03-14 03:40")
    assert printed == (GOLDEN / f"{name}.fr.txt").read_text(encoding="utf-8")


def test_an_announcement_is_printed_recorded_and_says_what_is_next(repository: Committed) -> None:
    repository.write(PATH, incident(users="yes", loss="yes"))
    done = repository.run("comm", "announce", "--at", "2026-03-14 02:20")
    assert done.stdout == "[SEV1] formation-hub - investigating, ETA <unknown>\n"
    assert events(repository) == ["annonce dans #ops, à @backup, @lead"]
    assert done.stderr.splitlines() == [
        f"{PATH}: 2026-03-14 02:20 communication : annonce dans #ops, à @backup, @lead",
        "to tell: @backup, @lead",
        f"a banner is asked for: incidentdocs comm banner {NAME}",
        f"an e-mail to all is asked for: incidentdocs comm email {NAME}",
        "`personal-data`: nobody has said it yet, and it decides who is told:"
        f" incidentdocs incident set personal-data=no --incident {NAME} (or =yes)",
        "the next update is due by 2026-03-14 02:50, which has passed: incidentdocs comm update",
    ]


def test_who_was_told_is_not_told_again_and_who_becomes_concerned_is(repository: Committed) -> None:
    repository.write(PATH, incident())
    said(repository, "announce", "--at", "2026-03-14 02:20", "--to", "@backup")
    repository.write(PATH, (repository.root / PATH).read_text(encoding="utf-8").replace("loss:", "loss: yes"))
    done = repository.run("comm", "update", "--at", "2026-03-14 02:45", "--eta", "03:00")
    assert events(repository) == ["annonce dans #ops, à @backup", "mise à jour dans #ops, à @lead"]
    assert "to tell: @lead\n" in done.stderr
    assert "ETA: 03:00\n" in done.stdout
    assert "the next update is due by 2026-03-14 03:15, " in done.stderr


def test_a_dry_run_records_nothing(repository: Committed) -> None:
    repository.write(PATH, incident())
    done = repository.run("comm", "update", "--at", "2026-03-14 02:45", "--dry-run")
    assert (done.returncode, (repository.root / PATH).read_text(encoding="utf-8")) == (0, incident())
    assert f"{PATH}:" not in done.stderr


def test_resolved_is_refused_until_it_is(repository: Committed) -> None:
    repository.write(PATH, incident())
    assert refused(repository, "resolved") == [
        f"error: {PATH} is not resolved yet",
        f"hint: incidentdocs incident resolve {NAME}",
    ]
    repository.write(PATH, incident(resolved="2026-03-14 03:35", users="yes", loss="no"))
    printed = said(repository, "resolved", "--at", "2026-03-14 03:40")
    assert printed.splitlines() == [
        "[SEV1 RESOLVED] formation-hub - back online",
        "Duration down: 1h43m",
        "Root cause: Le disque était plein.",
        "Impact: users affectes, data loss non",
        "Post-mortem: docs/post-mortems/2026-03-14-api-muette.md (publie sous 7j)",
    ]
    short = said(repository, "resolved", "--short", "--at", "2026-03-14 03:41")
    assert short == "[SEV1 RESOLVED] formation-hub - back online. Cause: Le disque était plein.\n"
    assert events(repository) == ["résolution dans #ops, à @backup", "résolution dans #ops"]


def test_the_post_mortem_s_real_path_is_told_and_is_the_one_that_new_writes(repository: Committed) -> None:
    repository.write(PATH, incident(resolved="2026-03-14 03:35"))
    before = said(repository, "resolved", "--dry-run", "--at", "2026-03-14 03:40")
    made = repository.run("new", "post-mortem", "--from", PATH).stdout.strip()
    after = said(repository, "resolved", PATH, "--dry-run", "--at", "2026-03-14 03:40")
    assert f"Post-mortem: {made} (publie" in before
    assert before == after


def test_a_banner_goes_up_and_comes_down(repository: Committed) -> None:
    repository.write(PATH, incident(users="yes"))
    up = said(repository, "banner", "--at", "2026-03-14 02:25")
    assert up == "[SEV1] formation-hub - investigating, ETA <unknown>\n"
    text = (repository.root / PATH).read_text(encoding="utf-8")
    repository.write(PATH, text.replace("resolved:", "resolved: 2026-03-14 03:35"))
    assert said(repository, "banner", "--at", "2026-03-14 03:40") == "Update banner status : retire\n"
    assert events(repository) == ["bannière posée", "bannière retirée"]
    assert refused(repository, "banner", "--at", "2026-03-14 03:45")[0].endswith("no banner is up")


def test_an_e_mail_that_nobody_asks_for_is_refused_unless_forced(repository: Committed) -> None:
    repository.write(PATH, incident(ENGLISH, severity="SEV2", users="no", loss="no"))
    assert refused(repository, "email") == [
        "error: no e-mail to all is asked for: for SEV2 one goes out only where users see it, or"
        " where data was lost, or where personal data is affected",
        f"hint: write `user-facing: yes` into {PATH} if it is so, or add --force",
    ]
    printed = said(repository, "email", "--force", "--at", "2026-03-14 02:30")
    assert printed.startswith(
        "Subject: [SEV2] formation-hub - Service degraded\n\nSymptom: The API answers 502.\n"
    )
    assert events(repository) == ["e-mail to all"]


def test_an_e_mail_about_lost_data_leaves_the_gap_for_personal_data(repository: Committed) -> None:
    repository.write(PATH, incident(loss="yes"))
    printed = said(repository, "email", "--at", "2026-03-14 02:30")
    assert "Objet : [SEV1] formation-hub - Service degraded\n" in printed
    assert "Données personnelles (RGPD) : <oui/non>\nQuestions : @oncall\n" in printed
    assert events(repository) == ["e-mail à tous"]


def test_questions_about_data_go_to_who_has_that_role(repository: Committed) -> None:
    repository.write("incidentdocs.toml", f'{CONFIG}\n[people.privacy]\nrole = "dpo"\n')
    repository.write(PATH, incident(loss="yes").replace("personal-data:", "personal-data: yes"))
    printed = said(repository, "email", "--at", "2026-03-14 02:30", "--data", "40 adresses")
    assert printed.endswith(
        "Données concernées : 40 adresses\n"
        "Connu de l'équipe depuis : 2026-03-14 02:05\n"
        "Autorité de protection des données : 72 heures pour la notifier, soit jusqu'au 2026-03-17 02:05\n"
        "Autorité notifiée : <quand, ou pourquoi pas>\n"
        "Questions : @privacy\n"
    )


def test_a_sev3_gets_a_ticket(repository: Committed) -> None:
    repository.write("incidentdocs.toml", f'{CONFIG}\n[people.bea]\nrole = "dev"\n')
    repository.write(PATH, incident(severity="SEV3").replace("ticket:", "ticket: '#42'"))
    printed = said(repository, "ticket", "--at", "2026-03-14 02:30", "--release", "2.4")
    assert printed.splitlines() == [
        "Titre : API muette",
        "Labels : bug, low",
        "Sévérité : SEV3",
        "Assigné à : @bea",
        "Release : 2.4",
        "Symptôme : L'API répond 502.",
        "Détecté : 2026-03-14 02:05",
        "Workaround : Place faite sur le disque.",
        f"Document : {PATH}",
    ]
    assert events(repository) == ["ticket #42, à @bea, avec le workaround"]


def test_another_severity_gets_one_only_if_it_is_asked_for(repository: Committed) -> None:
    repository.write(PATH, incident())
    assert refused(repository, "ticket") == [
        "error: a SEV1 gets a post-mortem, not a ticket",
        f"hint: incidentdocs comm ticket {NAME} --force",
    ]
    assert "Labels : bug\n" in said(repository, "ticket", "--force", "--at", "2026-03-14 02:30")


def test_an_option_that_a_message_has_no_use_for_is_refused(repository: Committed) -> None:
    repository.write(PATH, incident())
    assert refused(repository, "update", "--short") == [
        "error: comm update takes no --short",
        "hint: leave it out: it is for comm resolved",
    ]
    assert refused(repository, "banner", "--cause", "x")[1].endswith("comm resolved or comm email")


def test_somebody_unknown_is_named_with_the_nearest(repository: Committed) -> None:
    repository.write("incidentdocs.toml", f'{CONFIG}\n[people.beatrice]\nrole = "dev"\n')
    repository.write(PATH, incident())
    assert refused(repository, "announce", "--to", "@beatrcie") == [
        "error: nobody is called '@beatrcie'",
        "hint: did you mean @beatrice?",
    ]
    assert events(repository) == []


def test_of_several_just_resolved_the_one_that_was_not_told_is_meant(repository: Committed) -> None:
    other = "docs/incidents/2026-03-14-wiki.md"
    repository.write(PATH, incident(resolved="2026-03-14 03:35"))
    repository.write(other, incident(resolved="2026-03-14 03:20"))
    assert refused(repository, "resolved", "--at", "2026-03-14 03:40") == [
        f"error: 2 incidents were resolved within a day: 2026-03-14-wiki, {NAME}",
        "hint: incidentdocs comm resolved 2026-03-14-wiki",
    ]
    said(repository, "resolved", other, "--at", "2026-03-14 03:40")
    said(repository, "resolved", "--at", "2026-03-14 03:42")
    assert events(repository) == ["résolution dans #ops, à @backup"]


def test_what_was_resolved_long_ago_has_to_be_named(repository: Committed) -> None:
    repository.write(PATH, incident(resolved="2026-03-14 03:35"))
    assert repository.run("comm", "resolved", "--at", "2026-03-16 03:40").returncode == 2
    assert said(repository, "resolved", PATH, "--dry-run", "--at", "2026-03-16 03:40")


def test_the_repository_s_own_text_is_used(repository: Committed) -> None:
    repository.write(PATH, incident())
    own = "{{ product }} : on regarde dans {{ channel }} depuis {{ started }}\n"
    repository.write(".incidentdocs/messages/announce.fr.txt.j2", own)
    printed = said(repository, "announce", "--dry-run", "--at", "2026-03-14 02:20")
    assert printed == "formation-hub : on regarde dans #ops depuis 01:52\n"


def test_texts_of_the_repository_that_say_nothing_or_are_read_for_nothing_are_told_of(
    repository: Committed,
) -> None:
    repository.write(PATH, incident())
    for name in (
        "anounce.fr.txt.j2",
        "update.txt.j2",
        "Update.fr.txt.j2",
        "wording.j2",
        "announce.de.txt.j2",
    ):
        repository.write(f".incidentdocs/messages/{name}", "{{ product }}\n")
    for name in ("README.md", ".gitkeep", "announce.fr.txt.j2"):
        repository.write(f".incidentdocs/messages/{name}", " \n")
    ran = repository.run("comm", "announce", "--at", "2026-03-14 02:20")
    assert ran.returncode == 0
    assert "formation-hub" in ran.stdout  # the program's own text
    assert [line for line in ran.stderr.splitlines() if line.startswith(".incidentdocs")] == [
        ".incidentdocs/messages/announce.fr.txt.j2 is empty: the program's own text is taken",
        ".incidentdocs/messages/Update.fr.txt.j2 is read for no message: did you mean update.fr.txt.j2?",
        ".incidentdocs/messages/anounce.fr.txt.j2 is read for no message: did you mean announce.fr.txt.j2?",
        ".incidentdocs/messages/update.txt.j2 is read for no message: did you mean update.fr.txt.j2?",
        ".incidentdocs/messages/wording.j2 is read for no message: they are called like announce.fr.txt.j2",
    ]
    assert len(events(repository)) == 1


def test_a_broken_text_of_the_repository_is_told_with_its_line_and_records_nothing(
    repository: Committed,
) -> None:
    repository.write(PATH, incident())
    repository.write(".incidentdocs/messages/announce.fr.txt.j2", "a\n{{ nobody }}\n")
    told = refused(repository, "announce", "--at", "2026-03-14 02:20")
    assert told[0] == 'error: .incidentdocs/messages/announce.fr.txt.j2:2: there is no value "nobody"'
    assert events(repository) == []


@pytest.mark.parametrize("format", ["text", "markdown", "slack", "teams"])
def test_a_hostile_document_calls_nobody_and_breaks_no_line(repository: Committed, format: str) -> None:
    hostile = "<!channel> @channel **x** [a](javascript:b) \x1b[31m `c` <b>d</b> ::error::e"
    repository.write(PATH, incident(FRENCH.replace("L'API répond 502.", hostile)))
    printed = said(repository, "update", "--format", format, "--dry-run", "--at", "2026-03-14 02:20")
    assert "@channel" not in printed
    assert "\x1b" not in printed
    assert len([line for line in printed.split("\n") if line]) == 6
    if format != "text":
        assert "<" not in printed


def test_what_is_recorded_is_harmless_too(repository: Committed) -> None:
    config = CONFIG + '\n[communication]\nchannel = "<!-- x"\n'
    repository.write("incidentdocs.toml", config)
    repository.write(PATH, incident())
    before = repository.run("lint", PATH).stdout
    said(repository, "announce", "--at", "2026-03-14 02:20")
    assert repository.run("lint", PATH).stdout == before
    assert (repository.root / PATH).read_text(encoding="utf-8").count("\n## Résolution\n") == 1


GERMAN = """\
extends = "incident"

[[sections]]
id = "symptom"
title = { de = "Erscheinung", en = "Symptom" }

[[sections]]
id = "cause"
title = { de = "Ursache", en = "Cause" }

[[sections]]
id = "resolution"
title = { de = "Lösung", en = "Resolution" }
"""


def test_a_document_in_another_language_gets_english_messages_or_the_team_s_own(
    repository: Committed,
) -> None:
    repository.write(".incidentdocs/profiles/incident/profile.toml", GERMAN)
    sections = "## Erscheinung\nAlles steht.\n\n## Ursache\n\n## Lösung\n\n## Timeline\n- 02:05 detection\n"
    repository.write(PATH, f"---\nseverity: SEV1\n---\n\n# Incident: x\n\n{sections}")
    assert "Started: 02:05\n" in said(repository, "update", "--at", "2026-03-14 02:20")
    repository.write(".incidentdocs/messages/announce.de.txt.j2", "{{ product }} steht seit {{ started }}\n")
    printed = said(repository, "announce", "--at", "2026-03-14 02:50")
    assert printed == "formation-hub steht seit 02:05\n"
    assert events(repository) == ["update in #ops, to @backup", "announcement in #ops"]
    assert "KeyError" not in repository.run("lint", "--select", "update-cadence").stderr
