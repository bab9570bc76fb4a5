"""Real documents under the example profiles: what is wrong is found, and nothing that is right."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "profiles"
GUIDE = ROOT / "docs" / "guide" / "house-styles.md"

DFDS = {
    ("PM2021-011", "timeline-order", 23),
    ("PM2023-001", "timeline-order", 27),
    ("PM2020-003", "timeline-year", 14),
    ("PM2020-003", "timeline-year", 15),
    ("PM2020-003", "timeline-year", 16),
    ("PM2020-003", "timeline-year", 17),
    ("PM2020-003", "timeline-year", 18),
    ("PM2023-002", "duration-mismatch", 58),
    ("PM2025-001", "duration-mismatch", 67),
}
MYBINDER = {
    ("2018-04-18", "timeline-order", 46),
    ("2022-06-02", "filename-date", 1),
    ("2018-01-18", "filename-date", 1),
    ("2018-07-08", "placeholder-left", 72),
    ("2018-07-30", "placeholder-left", 111),
    ("2019-03-24", "placeholder-left", 85),
    ("2019-04-03", "placeholder-left", 29),
}
RUNBOOKS = {
    ("PrometheusOperatorNodeLookupErrors", ("Mitigation",)),
    ("NodeRAIDDiskFailure", ("Diagnosis", "Impact", "Meaning", "Mitigation")),
    ("PrometheusOutOfOrderTimestamps", ("Diagnosis", "Impact", "Meaning", "Mitigation")),
    ("PrometheusDuplicateTimestamps", ("Diagnosis", "Impact", "Meaning", "Mitigation")),
    ("KubeAPIErrorBudgetBurn", ("Diagnosis", "Meaning", "Mitigation")),
}


def result_of(folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "incidentdocs", "lint", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["summary"]["documents"] > 0
    return result


def lint(folder: Path) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = result_of(folder)["findings"]
    return findings


def laid_over(corpora: Path, name: str, folder: Path) -> Path:
    """Copy a corpus and lay its example profile over it, as a user would."""
    shutil.copytree(corpora / name, folder, dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / name, folder, dirs_exist_ok=True)
    return folder


def under_profile(corpora: Path, name: str, folder: Path) -> list[dict[str, Any]]:
    return lint(laid_over(corpora, name, folder))


def places(findings: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    return {(Path(found["path"]).name[:10], found["rule"], found["line"]) for found in findings}


def test_the_table_timelines_defects_are_found(corpora: Path, tmp_path: Path) -> None:
    found = under_profile(corpora, "dfds", tmp_path / "dfds")
    assert places(found) >= DFDS
    # These hold no defect that a reader of the documents could name.
    assert not any(
        rule in ("section-order", "missing-section", "title-format") for _, rule, _ in places(found)
    )
    order = {place for place in places(found) if place[1] in ("timeline-order", "duration-mismatch")}
    assert order == {place for place in DFDS if place[1] in ("timeline-order", "duration-mismatch")}


def test_the_heading_timelines_defects_are_found(corpora: Path, tmp_path: Path) -> None:
    found = under_profile(corpora, "mybinder", tmp_path / "mybinder")
    assert places(found) >= MYBINDER
    order = {place for place in places(found) if place[1] in ("timeline-order", "filename-date")}
    assert order == {place for place in MYBINDER if place[1] in ("timeline-order", "filename-date")}


def test_the_runbooks_with_missing_sections_are_found(corpora: Path, tmp_path: Path) -> None:
    found = under_profile(corpora, "prometheus-runbooks", tmp_path / "runbooks")
    missing: dict[str, list[str]] = {}
    for finding in found:
        if finding["rule"] == "missing-section":
            # A page of one sentence that leads elsewhere has one finding, which names all its sections.
            titles = finding["message"].split("`")[1::2]
            missing.setdefault(Path(finding["path"]).stem, []).extend(titles)
    assert {(name, tuple(sorted(titles))) for name, titles in missing.items()} == RUNBOOKS
    (swallowed,) = (finding for finding in found if "code fence" in finding["message"])
    assert swallowed["line"] == 20


@pytest.mark.parametrize(
    ("ask", "rule", "count"),
    [
        ("checkbox", "action-item-format", 127),
        ("owner", "action-item-owner", 127),
        ("due", "action-item-due", 126),  # one is done
    ],
)
def test_action_items_that_promise_nothing_are_found_when_they_are_asked_to(
    corpora: Path, tmp_path: Path, ask: str, rule: str, count: int
) -> None:
    laid_over(corpora, "dfds", tmp_path)
    profile = tmp_path / ".incidentdocs/profiles/incident-review/profile.toml"
    text = profile.read_text(encoding="utf-8")
    assert "asks = []" in text
    profile.write_text(text.replace("asks = []", f'asks = ["{ask}"]'), encoding="utf-8")
    rules = Counter(found["rule"] for found in lint(tmp_path))
    assert rules[rule] == count


@pytest.mark.parametrize(
    "name", ["dfds", "mybinder", "posthog", "alt-sample", "prometheus-runbooks", "openshift-sample"]
)
def test_the_guide_tells_what_is_found_today(corpora: Path, tmp_path: Path, name: str) -> None:
    documents, counts = told_in_the_guide(name)
    result = result_of(laid_over(corpora, name, tmp_path))
    found = Counter(finding["rule"] for finding in result["findings"])
    assert {rule: number for rule, (number, _, _) in counts.items()} == found
    assert all(number == right + wrong for number, right, wrong in counts.values())
    assert documents == result["summary"]["documents"]


def told_in_the_guide(name: str) -> tuple[int, dict[str, tuple[int, int, int]]]:
    """Return how many documents the guide says that a corpus has, and its three counts for each rule."""
    text = GUIDE.read_text(encoding="utf-8")
    heading = re.search(rf"^### `{name}`: (\d+) .*?(?=^##|\Z)", text, re.DOTALL | re.MULTILINE)
    assert heading
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (\d+) \| (\d+) \|", heading[0], re.MULTILINE)
    return int(heading[1]), {rule: (int(all_), int(right), int(wrong)) for rule, all_, right, wrong in rows}


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("dfds", "post-mortem"),
        ("mybinder", "post-mortem"),
        ("posthog", "post-mortem"),
        ("alt-sample", "post-mortem"),
        ("prometheus-runbooks", "runbook"),
        ("openshift-sample", "runbook"),
    ],
)
def test_every_corpus_is_linted_in_one_run(corpora: Path, tmp_path: Path, name: str, base: str) -> None:
    folder = tmp_path / name
    shutil.copytree(corpora / name, folder)
    profile = folder / ".incidentdocs" / "profiles" / base / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(f'extends = "{base}"\nfolders = ["."]\nextensions = ["md", ""]\n', encoding="utf-8")
    rules = Counter(found["rule"] for found in lint(folder))
    assert rules["missing-section"] > 0
    assert "unreadable-document" not in rules


def test_what_is_right_in_the_real_documents_is_not_reported(corpora: Path, tmp_path: Path) -> None:
    folder = tmp_path / "posthog"
    shutil.copytree(corpora / "posthog", folder)
    profile = folder / ".incidentdocs" / "profiles" / "review" / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        'name = { en = "Review" }\nfolders = ["."]\n[[sections]]\nid = "timeline"\n'
        'title = { en = "Timeline" }\naccept = ["Incident Timeline"]\nrequired = false\n'
        'contains = "timeline"\n',
        encoding="utf-8",
    )
    assert not [place for place in places(lint(folder)) if place[1].startswith("timeline")]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "Asia/Tokyo"])
def test_the_configured_zone_makes_no_disorder(corpora: Path, tmp_path: Path, zone: str) -> None:
    folder = tmp_path / "alt-sample"
    shutil.copytree(corpora / "alt-sample", folder)
    (folder / "incidentdocs.toml").write_text(f'timezone = "{zone}"\n', encoding="utf-8")
    profile = folder / ".incidentdocs" / "profiles" / "review" / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        'name = { en = "Review" }\nfolders = ["."]\n[[sections]]\nid = "timeline"\n'
        'title = { en = "タイムライン" }\ncontains = "timeline"\n',
        encoding="utf-8",
    )
    # Five timelines begin at an unknown time, and say so in a word of their language, which is honest.
    assert lint(folder) == []
