"""`incidentdocs demo`, the real program in a process of its own: what it builds and what it shows."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from incidentdocs.history.values import EventKind
from incidentdocs.workspace import open_workspace

AS_OF = "2026-09-15"
ROOT = Path(__file__).parents[2]

CERTIFICATE = "docs/post-mortems/2026-03-11-certificat-de-paiement-expire.md"
DATABASE = "docs/post-mortems/2026-04-21-order-database-down.md"
ROUTES = "docs/post-mortems/2026-05-12-delivery-routes-computed-twice.md"
FIRST_DISK = "docs/post-mortems/2026-06-04-disque-plein-sur-photos.md"
SECOND_DISK = "docs/post-mortems/2026-06-18-photo-uploads-fail-again.md"
THIRD_DISK = "docs/post-mortems/2026-06-30-photos-de-nouveau-sans-disque.md"
SLOTS = "docs/post-mortems/2026-08-19-creneaux-de-livraison-decales.md"
DATABASE_RUNBOOK = "docs/runbooks/runbook-database-down.md"

INCIDENT = "docs/incidents/2026-09-14-tournees-non-calculees.md"

PLANTED = [
    (INCIDENT, "placeholder-left"),
    (INCIDENT, "placeholder-left"),
    (INCIDENT, "placeholder-left"),
    (CERTIFICATE, "action-item-dropped"),
    (DATABASE, "action-item-reopened"),
    (DATABASE, "timeline-order"),
    (ROUTES, "action-item-evidence"),
    (ROUTES, "action-item-regression-test"),
    (ROUTES, "published-late"),
    (FIRST_DISK, "action-item-evidence"),
    (FIRST_DISK, "action-item-rescheduled"),
    (SECOND_DISK, "action-item-due"),
    (SECOND_DISK, "action-item-due-date"),
    (SECOND_DISK, "action-item-evidence"),
    (SECOND_DISK, "action-item-owner"),
    (THIRD_DISK, "action-item-evidence"),
    (THIRD_DISK, "data-loss-severity"),
    (THIRD_DISK, "duration-mismatch"),
    (THIRD_DISK, "escalation-due"),
    (THIRD_DISK, "impact-field"),
    (THIRD_DISK, "unknown-section"),
    (SLOTS, "missing-section"),
    (SLOTS, "placeholder-left"),
    (SLOTS, "post-mortem-shared"),
    (SLOTS, "timeline-time"),
    (DATABASE_RUNBOOK, "runbook-steps"),
]

OVERDUE = [
    (DATABASE, 1, 123),
    (CERTIFICATE, 2, 109),
    (SECOND_DISK, 4, 95),
    (SECOND_DISK, 2, 46),
    (FIRST_DISK, 2, 32),
    (SLOTS, 1, 4),
]


def incidentdocs(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "incidentdocs", *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1", "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ran = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stdout.strip()


def as_json(folder: Path, *arguments: str) -> Any:
    return json.loads(incidentdocs(folder, *arguments, "--as-of", AS_OF, "--format", "json").stdout)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's repository, which no test changes, and what was printed while it was made."""
    parent = tmp_path_factory.mktemp("demo")
    ran = incidentdocs(parent, "demo", "cabas")
    assert (ran.returncode, ran.stderr) == (0, "")
    return parent / "cabas", ran.stdout


def test_commits_carry_their_dates_and_authors(demo: tuple[Path, str]) -> None:
    log = git(demo[0], "log", "--reverse", "--format=%aI|%an|%cI|%cn|%s").split("\n")
    first, other = log[0], next(line for line in log if "troisième disque" in line)
    assert first == (
        "2026-03-02T09:15:00+01:00|Astreinte|2026-03-02T09:15:00+01:00|Astreinte"
        "|Pose la réponse aux incidents : configuration et premier runbook"
    )
    assert other == (
        "2026-07-03T18:30:00+02:00|Astreinte|2026-07-06T09:10:00+02:00|Renfort"
        "|Post-mortem du troisième disque plein"
    )
    landed = [line.split("|")[2] for line in log]
    assert landed == sorted(landed)


def test_only_the_incident_that_is_played_is_left_to_commit(demo: tuple[Path, str]) -> None:
    assert git(demo[0], "status", "--porcelain") == "?? docs/incidents/"
    ignored = git(demo[0], "status", "--porcelain", "--ignored").splitlines()
    assert ignored == ["?? docs/incidents/", "!! .incidentdocs_cache/"]
    assert git(demo[0], "branch", "--show-current") == "main"


def test_lint_finds_what_the_story_plants_and_nothing_else(demo: tuple[Path, str]) -> None:
    told = as_json(demo[0], "lint")
    found = sorted((finding["path"], finding["rule"]) for finding in told["findings"])
    assert found == PLANTED
    assert told["summary"]["documents"] == 10
    assert told["summary"]["suppressed"] == 1


def test_the_overdue_report_names_what_the_story_plants(demo: tuple[Path, str]) -> None:
    told = as_json(demo[0], "report", "overdue")
    assert [(item["document"], item["number"], item["days_overdue"]) for item in told["items"]] == OVERDUE
    assert told["summary"]["undated"] == 1


def test_each_command_is_shown_before_its_output(demo: tuple[Path, str], tmp_path: Path) -> None:
    folder, shown = demo
    committed = tmp_path / "cabas"
    git(tmp_path, "clone", "--quiet", str(folder), str(committed))
    shown, _, played = shown.partition("\nWhile an incident lasts, ")
    before, *parts = re.split(r"(?m)^\$ incidentdocs ", shown)
    assert "cabas is now a git repository: 22 commits from 2026-03-02 to 2026-09-08." in before
    commands = (("lint",), ("report", "overdue"), ("report", "escalations"), ("report", "deadlines"))
    assert len(parts) == len(commands)
    for command, part in zip(commands, parts, strict=True):
        output = incidentdocs(committed, *command, "--as-of", AS_OF).stdout
        assert output
        assert part.startswith(f"{' '.join(command)} --as-of {AS_OF}\n{output}")
    assert played.index("  cd cabas\n") > 0


def test_an_incident_is_played_from_its_opening_to_its_resolution(demo: tuple[Path, str]) -> None:
    folder, shown = demo
    played = shown.partition("\nWhile an incident lasts, ")[2]
    assert f"{INCIDENT} is resolved, down for 59m\n" in played
    told = json.loads(incidentdocs(folder, "incident", "status", INCIDENT, "--format", "json").stdout)
    assert (told["status"], told["next"]) == ("resolved", 6)
    assert [each["id"] for each in told["milestones"]] == [
        "detection",
        "triage",
        "mitigation",
        "restored",
        "root-cause",
    ]
    text = (folder / INCIDENT).read_text(encoding="utf-8")
    assert text.index("- 23:31 la carte") < text.index("- 23:35 communication : mise à jour")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(r"\[ \] AI 1 : Renouveler", r"\[x\] AI 1 : Renouveler", id="done"),
        pytest.param(r"\[x\] AI 1: Alert when", r"\[ \] AI 1: Alert when", id="reopened"),
        pytest.param("expirés \\(owner", "expirés ou révoqués \\(owner", id="reworded"),
        pytest.param("@oncall, due 2026-09-30", "@backup, due 2026-09-30", id="reassigned"),
        pytest.param("@oncall, due 2026-04-30", "@oncall, due 2026-05-29", id="rescheduled in time"),
        pytest.param("@bridge-ops, due 2026-07-03", "@bridge-ops, due 2026-08-14", id="rescheduled late"),
        pytest.param(r"second replica .*31\)", "second replica .*31, won't do: the hosting", id="abandoned"),
        pytest.param("AI 3 : Déplacer les photos", "AI 3 : Déplacer les photos", id="moved"),
    ],
)
def test_an_action_item_was(demo: tuple[Path, str], before: str, after: str) -> None:
    changes = git(demo[0], "log", "-p", "-U0", "--format=%x00").split("\0")
    assert any(
        re.search(f"(?m)^-- .*{before}", it) and re.search(rf"(?m)^\+- .*{after}", it) for it in changes
    )


def test_an_action_item_was_dropped_without_a_word(demo: tuple[Path, str]) -> None:
    last_change = git(demo[0], "log", "-1", "--format=%s", "-S", "AI 4 : Vérifier chaque mois")
    assert last_change == "Relit le post-mortem du certificat"
    assert "AI 4" not in (demo[0] / CERTIFICATE).read_text(encoding="utf-8")


def test_a_document_was_removed_and_restored_the_next_day(demo: tuple[Path, str]) -> None:
    log = git(demo[0], "log", "--reverse", "--diff-filter=AD", "--name-status", "--format=%as", CERTIFICATE)
    assert log.split()[::3] == ["2026-03-13", "2026-03-24", "2026-03-25"]
    assert log.split()[1::3] == ["A", "D", "A"]


def test_a_document_was_renamed(demo: tuple[Path, str]) -> None:
    renames = git(demo[0], "log", "--diff-filter=R", "-M100%", "--name-status", "--format=")
    assert renames.split("\t") == ["R100", DATABASE.replace("04-21", "04-20"), DATABASE]


def test_one_service_failed_in_the_same_way_three_times_within_a_month(demo: tuple[Path, str]) -> None:
    library = open_workspace(demo[0], as_of=date.fromisoformat(AS_OF)).library()
    days = []
    for document in library.documents:
        said = {value.field.key: value.field.value for value in document.metadata}
        if document.date and said["failure-mode"] == "disk-full" and said["services"] == ["photos"]:
            days.append(document.date)
    assert len(days) == 3
    assert max(days) - min(days) <= timedelta(days=31)


def test_two_runs_make_the_same_commits(demo: tuple[Path, str], tmp_path: Path) -> None:
    environment = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "1", "HOME": ""}
    ran = incidentdocs(tmp_path, "demo", "again", **environment)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert git(tmp_path / "again", "log", "--format=%H") == git(demo[0], "log", "--format=%H")


def test_it_runs_inside_a_hook_of_another_repository(demo: tuple[Path, str], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "other")
    other = tmp_path / "other/.git"
    environment = {
        "GIT_DIR": str(other),
        "GIT_WORK_TREE": str(tmp_path / "other"),
        "GIT_INDEX_FILE": str(other / "index"),
    }
    ran = incidentdocs(tmp_path, "demo", "here", **environment)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert git(tmp_path / "here", "rev-parse", "HEAD") == git(demo[0], "rev-parse", "HEAD")
    assert not (other / "index").exists()


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert incidentdocs(tmp_path, "demo", "empty").returncode == 0


def test_a_folder_in_use_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ran = incidentdocs(tmp_path, "demo", ".")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith("error: the folder . is not empty\nhint: name another folder")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ran = incidentdocs(tmp_path, "demo", "mine.txt")
    assert ran.returncode == 2
    assert "mine.txt is no folder" in ran.stderr


def test_without_git_it_says_what_to_install(tmp_path: Path) -> None:
    ran = incidentdocs(tmp_path, "demo", "here", PATH=str(tmp_path))
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: git was not found\nhint: install git")
    assert not (tmp_path / "here").exists()


def test_colour_is_as_the_environment_asks(tmp_path: Path) -> None:
    ran = incidentdocs(tmp_path, "demo", "here", NO_COLOR="", FORCE_COLOR="1")
    assert "\x1b[" in ran.stdout


def test_its_history_shows_every_kind_of_event(demo: tuple[Path, str]) -> None:
    told = as_json(demo[0], "history")
    assert {event["event"] for event in told["events"]} == set(get_args(EventKind))
