"""Incidents played from their opening to their published post-mortem, through the real command line."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.commands.conftest import Committed

CONFIG = """\
timezone = "Europe/Paris"
language = "{}"

[process]
product = "cabas"

[people.ana]
names = ["Ana Ruiz"]
role = "oncall"
[people.luc]
names = ["Luc Petit"]
role = "backup"
[people.mia]
role = "lead"
[people.max]
role = "dev"
[people.bridge-bot]
role = "devops"
kind = "agent"
"""

RUNBOOK = """\
---
failure-mode: disk-full
reviewed: 2026-10-01
---

# Runbook : disk-full

## Symptomes

Plus aucune ecriture ne passe : `no space left on device`.

## Diagnostic (etapes)

1. Regarder la place libre :

   ```bash
   df -h
   ```

## Resolution (etapes)

1. Lister les fichiers temporaires, puis liberer la place :

   ```bash
   du -sh /srv/import/tmp
   ```

2. Verifier que les ecritures passent : `df -h` montre moins de 90 %.

## Prevention future

Alerter a 80 % du disque.

## Rollback / escalade

Rien n'est a annuler. Sans effet apres 15 min, appeler @luc (backup) et l'annoncer dans #ops.
"""


VERIFIED = ("--check", "1=4/4", "--check", "2", "--check", "3")


class Played:
    """A repository in which an incident is handled, each command at its time."""

    def __init__(self, folder: Path, language: str) -> None:
        self.repository = repository = Committed(folder / "repository")
        repository.write("incidentdocs.toml", CONFIG.format(language))
        repository.write("docs/runbooks/runbook-disk-full.md", RUNBOOK)
        repository.commit("2026-02-01", "Say who is there")

    def ok(self, *arguments: str) -> str:
        """Run a command that must succeed, and return what it prints."""
        done = self.repository.run(*arguments)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout.strip()

    def refused(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command that must not succeed."""
        done = self.repository.run(*arguments)
        assert done.returncode in (1, 2), arguments
        return done

    def at(self, time: str, *arguments: str) -> str:
        """Run a command of the incident at a time."""
        return self.ok(*arguments, "--at", time)

    def step(self, time: str, number: int, output: str, by: str, *more: str) -> str:
        """Pass a step at a time with what it brought."""
        said = ("--output", output, "--by", by, *more)
        return self.at(time, "incident", "step", str(number), *said)

    def text(self, path: str) -> str:
        """Return what a document holds."""
        return (self.repository.root / path).read_text(encoding="utf-8")

    def write(self, path: str, *changes: tuple[str, str]) -> None:
        """Write into a document what a person writes: each pair what stands there once, and what instead."""
        text = self.text(path)
        for before, after in changes:
            assert text.count(before) == 1, (before, text)
            text = text.replace(before, after)
        self.repository.write(path, text)

    def findings(self, day: str, *options: str) -> list[dict[str, Any]]:
        """Return what lint finds in the whole repository on a day."""
        done = self.repository.run("lint", "--repository", "--as-of", day, "--format", "json", *options)
        found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
        return found

    def only_gaps_are_left(self, day: str) -> None:
        """Assert that lint asks for nothing but what a person must still write."""
        found = self.findings(day)
        assert [each for each in found if each["rule"] != "placeholder-left"] == []
        assert found

    def nothing_is_left(self, day: str) -> None:
        """Assert that lint, as strict as it can be, finds nothing more."""
        assert self.findings(day, "--strict") == []


def test_a_sev1_at_night_across_midnight_and_the_end_of_summer_time(tmp_path: Path) -> None:
    played = Played(tmp_path, "fr")
    played.repository.write("docker-compose.yml", "services: {}\n")
    played.repository.commit("2026-10-24", "Import every night")
    path = played.ok(
        *("incident", "open", "Disque plein sur db-1", "--severity", "SEV1", "--service", "docmost"),
        *("--at", "2026-10-24T23:50", "--started", "2026-10-24T23:41", "--detected-by", "alert"),
        *("--field", "detection-source=DiskFull", "--field", "failure-mode=disk-full"),
        *("--field", "user-facing=yes", "--field", "data-loss=yes", "--field", "personal-data=no"),
        *("--field", "runbooks=runbook-disk-full.md"),
    )
    assert path == "docs/incidents/2026-10-24-disque-plein-sur-db-1.md"
    played.step("2026-10-24T23:55", 1, "plus aucune ecriture ne passe depuis 23:41", "@ana")
    said = played.at("2026-10-24T23:58", "comm", "announce")
    assert said == "[SEV1] cabas - investigating, ETA <unknown>"
    played.at("2026-10-24T23:59", "comm", "banner")
    played.step("2026-10-25T00:03", 2, "l'equipe est alertee", "@ana")
    agent = played.refused(
        *("incident", "step", "3", "--output", "l'import garde ses fichiers temporaires"),
        *("--by", "@bridge-bot", "--at", "2026-10-25T00:20"),
    )
    assert agent.returncode == 1
    skipped = played.refused("incident", "step", "4", "--output", "libere", "--by", "@ana")
    assert "step 3 INVESTIGATE" in skipped.stderr
    said = played.at("2026-10-25T00:25", "comm", "update", "--investigating", "la place du disque")
    assert said.splitlines() == [
        "[SEV1] cabas - Service degraded",
        "Symptom: <quoi exactement>",
        "Started: 2026-10-24 23:41",
        "Investigating: la place du disque",
        "ETA: investigating",
        "Channel: #ops",
    ]
    played.at("2026-10-25T00:40", "incident", "step", "3", "--by", "@ana")
    for time in ("00:50", "01:15", "01:40", "02:05+02:00", "02:30+02:00", "02:55+02:00", "02:20+01:00"):
        played.at(f"2026-10-25T{time}", "comm", "update")
    played.at("2026-10-25T02:40+02:00", "incident", "log", "la copie vers le nouveau volume est finie")
    played.step("2026-10-25T02:45+01:00", 4, "fichiers temporaires supprimes", "@ana")
    left = played.refused("incident", "resolve", "--at", "2026-10-25T02:50+01:00")
    assert len(left.stdout.splitlines()) == 4
    early = played.refused("comm", "resolved", "--at", "2026-10-25T02:50+01:00")
    assert early.stderr.startswith("error: ")
    played.step("2026-10-25T02:58+01:00", 5, "une page a ete enregistree", "@ana", *VERIFIED)
    cause = "L'import garde ses fichiers temporaires quand il echoue, parce que rien ne les supprime."
    said = played.at("2026-10-25T03:05", "incident", "resolve", "--cause", cause)
    assert said == f"{path} is resolved, down for 4h 4m"
    said = played.at("2026-10-25T03:08", "comm", "resolved", "--users", "40")
    assert said.splitlines() == [
        "[SEV1 RESOLVED] cabas - back online",
        "Duration down: 4h4m",
        f"Root cause: {cause}",
        "Impact: 40 users affectes, data loss oui",
        "Post-mortem: docs/post-mortems/2026-10-24-disque-plein-sur-db-1.md (publie sous 7j)",
    ]
    assert played.at("2026-10-25T03:09", "comm", "banner") == "Update banner status : retire"
    played.at("2026-10-25T03:15", "comm", "email", "--users", "40")
    named = ("--incident", "disque-plein")
    played.step("2026-10-25T03:20", 6, "equipe et utilisateurs informes", "@ana", *named)
    timeline = played.text(path).partition("## Timeline (heures locales)\n")[2].partition("\n\n")[0]
    assert timeline.splitlines()[8:17] == [
        "- 01:40 communication : mise à jour dans #ops",
        "- 02:05+02:00 communication : mise à jour dans #ops",
        "- 02:30+02:00 communication : mise à jour dans #ops",
        "- 02:40+02:00 la copie vers le nouveau volume est finie",
        "- 02:55+02:00 communication : mise à jour dans #ops",
        "- 02:20+01:00 communication : mise à jour dans #ops",
        "- 02:45+01:00 service restored : fichiers temporaires supprimes",
        "- 03:05 root cause confirmed",
        "- 03:08 communication : résolution dans #ops",
    ]
    played.repository.commit("2026-10-25", "Record the incident")
    played.only_gaps_are_left("2026-10-26")

    post_mortem = played.ok("new", "post-mortem", "--from", path, "--window", "24h")
    assert "<!-- - 2026-10-24 14:00 commit : Import every night (" in played.text(post_mortem)
    played.only_gaps_are_left("2026-10-26")
    comments = [line for line in played.text(post_mortem).splitlines() if line.startswith("<!-- ")]
    played.write(
        post_mortem,
        ("\n" + "\n".join(comments) + "\n", ""),
        ("status: draft", "status: published"),
        ("shared:\n", "shared: '#ops'\n"),
        ("Users impactes : Y", "Users impactes : 40"),
        ("oui/non, si oui : combien et quoi", "oui, les pages ecrites de 23:41 a 02:45"),
        ("- Cout estime : XX€ (si quantifiable)\n", ""),
        ("<analyse honnete - blind spot detection ?>", "L'alerte ne regarde le disque qu'a 95 %."),
        (
            "<description> (owner @who, due YYYY-MM-DD)",
            "Alerter a 80 % du disque (owner @ana, due 2026-11-05)",
        ),
        (
            "- [ ] AI 2 : ...\n",
            "- [ ] AI 2 : Supprimer les fichiers temporaires (owner @luc, due 2026-11-06)\n",
        ),
        ("<que retenir pour eviter recurrence>", "Un import qui echoue doit rendre la place qu'il a prise."),
    )
    played.write(
        path,
        ("<ce qu'on voit + où + qui est touché>", "Plus aucune page de docmost ne s'enregistre."),
        ("<ce qui a rétabli le service, ou le contournement>", "Les fichiers temporaires sont supprimes."),
        ("- [ ] AI 1 : <description> (owner @who, due YYYY-MM-DD)\n", "Voir le post-mortem.\n"),
    )
    played.step("2026-10-27T10:00", 7, "publie, 2 AI ouverts", "@luc", *named)
    played.repository.commit("2026-10-27", "Publish the post-mortem")
    played.nothing_is_left("2026-10-28")


def test_a_sev2_in_the_night_without_two_o_clock(tmp_path: Path) -> None:
    played = Played(tmp_path, "en")
    path = played.ok(
        *("incident", "open", "Search is slow", "--severity", "SEV2", "--service", "search"),
        *("--at", "2026-03-29T01:20", "--detected-by", "logs", "--field", "detection-source=slow queries"),
        *("--field", "user-facing=no", "--field", "data-loss=no", "--field", "personal-data=no"),
    )
    played.step("2026-03-29T01:25", 1, "every search takes a minute", "@ana")
    played.at("2026-03-29T01:27", "comm", "announce")
    played.step("2026-03-29T01:30", 2, "the team is told", "@ana")
    played.at("2026-03-29T01:55", "comm", "update", "--eta", "03:30")
    skipped = played.refused("comm", "update", "--at", "2026-03-29T02:10")
    assert "clocks never showed that time" in skipped.stderr
    played.at("2026-03-29T03:15", "comm", "update")
    played.step("2026-03-29T03:20", 3, "the index is read from disk since the restart", "@ana")
    played.step("2026-03-29T03:30", 4, "the index is back in memory", "@ana")
    played.step("2026-03-29T03:35", 5, "a search takes a second", "@ana", *VERIFIED)
    said = played.at("2026-03-29T03:40", "incident", "resolve")
    assert said == f"{path} is resolved, down for 1h 10m"
    early = played.refused("comm", "email", "--at", "2026-03-29T03:41")
    assert early.stderr.startswith("error: no e-mail to all is asked for")
    said = played.at("2026-03-29T03:42", "comm", "resolved", "--short", "--cause", "the index was not loaded")
    assert said == "[SEV2 RESOLVED] cabas - back online. Cause: the index was not loaded"
    named = ("--incident", "search-is-slow")
    played.step("2026-03-29T03:45", 6, "the team is told", "@ana", *named)
    played.at("2026-03-29T09:00", "incident", "log", "--milestone", "root-cause", *named)
    played.repository.commit("2026-03-29", "Record the incident")
    played.only_gaps_are_left("2026-03-30")

    post_mortem = played.ok("new", "post-mortem", "--from", path)
    played.write(
        post_mortem,
        ("status: draft", "status: published"),
        ("shared:\n", "shared: '#ops'\n"),
        ("- Estimated cost: XX€ (if quantifiable)\n", ""),
        (
            "<one paragraph: what broke + why>",
            "The index was read from disk, because a restart does not load it.",
        ),
        ("<honest analysis - detection blind spot?>", "Nothing measures how long a search takes."),
        (
            "<description> (owner @who, due YYYY-MM-DD)",
            "Load the index at every start (owner @max, due 2026-04-10)",
        ),
        ("- [ ] AI 2: ...\n", "- [ ] AI 2: Alert when a search takes 5 s (owner @ana, due 2026-04-12)\n"),
        ("<what to remember to avoid a recurrence>", "A restart is tried with a cold cache."),
    )
    played.write(
        path,
        ("<what one sees + where + who is affected>", "A search takes a minute, for everybody."),
        (
            "<what broke + why, or “unknown”>",
            "The index was read from disk, because a restart does not load it.",
        ),
        ("<what restored the service, or the workaround>", "The index was loaded into memory."),
        ("- [ ] AI 1: <description> (owner @who, due YYYY-MM-DD)\n", "See the post-mortem.\n"),
    )
    played.step("2026-04-01T10:00", 7, "published, 2 items open", "@luc", *named)
    played.repository.commit("2026-04-01", "Publish the post-mortem")
    played.nothing_is_left("2026-04-02")


def test_a_sev3_from_its_ticket_to_its_fix(tmp_path: Path) -> None:
    played = Played(tmp_path, "fr")
    path = played.ok(
        *("incident", "open", "Export tronqué", "--severity", "SEV3", "--service", "export"),
        *("--at", "2026-03-10T10:00", "--detected-by", "user-report", "--field", "data-loss=no"),
        *("--field", "user-facing=yes", "--field", "personal-data=no"),
    )
    way = "Exporter mois par mois."
    said = played.at("2026-03-10T10:20", "comm", "ticket", "--release", "4.2", "--workaround", way)
    assert "Export tronqué" in said
    assert "bug, low" in said
    assert "@max" in said
    assert "4.2" in said
    assert way in said
    played.write(path, ("ticket: TODO\n", "ticket: ops#31\n"))
    played.step("2026-03-10T10:25", 1, "ops#31", "@ana")
    played.step("2026-03-10T10:30", 2, "@max, pour la 4.2", "@ana")
    played.step("2026-03-10T10:35", 3, "dans ops#31", "@ana")
    played.at("2026-03-16T09:00", "incident", "log", "--milestone", "restored", "la 4.2 est en service")
    played.at("2026-03-16T09:05", "incident", "resolve", "--cause", "La page lit au plus 1000 lignes.")
    played.step("2026-03-16T09:10", 4, "corrige en 4.2", "@max", "--incident", "export")
    played.repository.commit("2026-03-16", "Record the incident")
    played.only_gaps_are_left("2026-03-17")
    played.write(
        path,
        ("<ce qu'on voit + où + qui est touché>", "Un export de plus de 1000 lignes est coupe."),
        ("<ce qui a rétabli le service, ou le contournement>", f"Corrige en 4.2. Contournement : {way}"),
        ("- [ ] AI 1 : <description> (owner @who, due YYYY-MM-DD)\n", "Aucune action : le ticket suffit.\n"),
    )
    played.repository.commit("2026-03-17", "Tell what was done")
    played.nothing_is_left("2026-06-01")
