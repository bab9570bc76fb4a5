"""Real post-mortems: the one set that came back is confirmed, on its day, and nothing that readers deny."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from incidentdocs.similarity.links import Bars
from incidentdocs.workspace import open_workspace
from tests.similarity.labelled import Labelled, agreement, label, plain_tfidf, real_set

EXAMPLE = Path(__file__).parents[2] / "examples" / "profiles" / "dfds"
TITLE = "All services returning 503 in Kubernetes"
THREE = [f"PM2021-00{number} - {TITLE}.md" for number in (5, 6, 7)]


@pytest.fixture(scope="module")
def repository(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus with its history, and its example profile committed on top."""
    folder = tmp_path_factory.mktemp("real") / "dfds"
    shutil.copytree(corpora / "dfds", folder)
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    git = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
    for command in (["add", "."], ["commit", "-qm", "A profile"]):
        subprocess.run([*git, *command], cwd=folder, check=True, env=environment)
    return folder


@pytest.fixture(scope="module")
def labelled(repository: Path) -> Labelled:
    workspace = open_workspace(repository)
    return real_set([workspace.read(file) for file in workspace.select(()).files])


def escalations(repository: Path, *arguments: str) -> Any:
    command = [
        sys.executable,
        "-m",
        "incidentdocs",
        "report",
        "escalations",
        "--format",
        "json",
        "--no-cache",
    ]
    ran = subprocess.run([*command, *arguments], cwd=repository, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def confirmed(told: Any) -> list[list[str]]:
    return [
        [incident["document"] for incident in each["incidents"]]
        for each in told["escalations"]
        if each["strength"] == "confirmed"
    ]


def test_exactly_one_set_is_confirmed(repository: Path) -> None:
    told = escalations(repository)
    assert confirmed(told) == [THREE]
    found = told["escalations"][0]
    assert [incident["date"] for incident in found["incidents"]] == ["2021-06-22", "2021-06-30", "2021-07-02"]
    assert len(found["open_items"]) == 6
    assert told["undated"] == ["PM2020-003 - Postmortem for ADSync migration.md"]


def test_it_is_first_raised_on_the_day_of_the_third(repository: Path) -> None:
    assert confirmed(escalations(repository, "--as-of", "2021-07-02")) == [THREE]
    assert escalations(repository, "--as-of", "2021-07-01")["escalations"] == []


def test_readers_agree_on_what_is_alike(labelled: Labelled) -> None:
    assert agreement(labelled.pairs) > 0.9
    assert len(labelled.related) > 40


def test_texts_tell_more_than_plain_tfidf_and_confirm_nothing_that_readers_deny(labelled: Labelled) -> None:
    measured = labelled.average_precision(labelled.by_text())
    assert measured >= 1.15 * labelled.average_precision(plain_tfidf(labelled))
    assert measured >= 0.55
    at = labelled.positions()
    evidence = {(one, other): labelled.likeness.evidence(at[one], at[other]) for one, other in labelled.pairs}
    sure = {pair for pair, found in evidence.items() if found.strength(Bars()) == "confirmed"}
    assert sure <= label(1).keys() & label(2).keys()
    assert sure >= {(THREE[0], THREE[1]), (THREE[0], THREE[2]), (THREE[1], THREE[2])}
