"""`lint --baseline` and `--write-baseline`, on a repository whose old documents have many findings."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Committed, run_in

PATH = "docs/post-mortems/2026-03-14-api-down.md"
OTHER = "docs/post-mortems/2026-04-02-disk-full.md"
TEXT = """\
---
severity: SEV3
---

# Post-mortem: API down

## Timeline (local times)
- 10:15 API down
- 10:05 service restored

## Impact

## Action items
- [ ] AI 1: alert at 80 % of the disk (owner @oncall)
"""
ITEM = "- [ ] AI 2: rotate the logs (owner @dev)\n"
BASELINE = ".incidentdocs/baseline.json"
NEITHER = "`incidentdocs lint --write-baseline .incidentdocs/baseline.json` writes it anew\n"


@pytest.fixture
def adopted(committed: Committed) -> Committed:
    """A repository whose findings are all in its baseline."""
    committed.write(PATH, TEXT)
    done = committed.run("lint", "--write-baseline", BASELINE)
    assert (done.returncode, done.stdout) == (0, "")
    return committed


def entries(committed: Committed, file: str = BASELINE) -> list[tuple[str, str]]:
    data = json.loads((committed.root / file).read_text(encoding="utf-8"))
    return [(entry["path"], entry["rule"]) for entry in data["findings"]]


def rules(committed: Committed, *arguments: str) -> list[str]:
    done = committed.run("lint", "--format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return [each["rule"] for each in json.loads(done.stdout)["findings"]]


def test_all_findings_are_written_and_known_from_then_on(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    told = rules(committed)
    done = committed.run("lint", "--write-baseline", BASELINE)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{len(told)} findings written to {BASELINE}\n"
    assert sorted(rule for _, rule in entries(committed)) == sorted(told)
    done = committed.run("lint", "--baseline", BASELINE, "--strict")
    assert (done.returncode, done.stdout) == (
        0,
        f"1 document, nothing to report ({len(told)} suppressed)\n",
    )
    assert done.stderr == f"{len(told)} findings not told: in the baseline {BASELINE}\n"
    summary = json.loads(committed.run("lint", "--format", "json", "--baseline", BASELINE).stdout)["summary"]
    assert summary == {"documents": 1, "errors": 0, "warnings": 0, "suppressed": len(told), "skipped": 0}


def test_writing_it_again_changes_nothing(adopted: Committed) -> None:
    file = adopted.root / BASELINE
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert adopted.run("lint", "--write-baseline", BASELINE).returncode == 0
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_new_finding_is_told_and_an_old_one_that_moved_is_not(adopted: Committed) -> None:
    moved = TEXT.replace("- 10:15", "Told by the team.\n\n- 10:15")
    adopted.write(PATH, moved + ITEM)
    assert rules(adopted, "--baseline", BASELINE) == ["action-item-due"]
    assert adopted.run("lint", "--baseline", BASELINE).returncode == 1


def test_the_configured_baseline_holds_in_every_folder(adopted: Committed) -> None:
    adopted.write("incidentdocs.toml", f'baseline = "{BASELINE}"\n')
    assert rules(adopted) == []
    assert rules(adopted, PATH) == []
    below = run_in(adopted.root / "docs", "lint")
    assert "in the baseline ../.incidentdocs/baseline.json" in below.stderr
    assert below.returncode == 0
    adopted.write(OTHER, TEXT)
    assert {*rules(adopted)} > {"timeline-order"}
    assert adopted.run("lint", "--write-baseline", BASELINE).returncode == 0
    assert rules(adopted) == []


def test_a_baseline_that_is_configured_and_not_there_is_told_with_what_to_type(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    committed.write("incidentdocs.toml", 'baseline = "known.json"\n')
    done = committed.run("lint")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the baseline known.json is not there" in done.stderr
    assert "`incidentdocs lint --write-baseline known.json` writes it" in done.stderr


def test_what_is_no_longer_found_is_told_and_fails_only_when_strict(adopted: Committed) -> None:
    adopted.write(PATH, TEXT.replace("- 10:05", "- 10:25"))
    done = adopted.run("lint", "--baseline", BASELINE)
    assert done.returncode == 0
    stale = f"1 entry of the baseline {BASELINE} is no longer found: {PATH} (timeline-order); {NEITHER}"
    assert done.stderr.endswith(stale)
    assert adopted.run("lint", "--baseline", BASELINE, "--strict").returncode == 1
    adopted.run("lint", "--write-baseline", BASELINE)
    assert "timeline-order" not in {rule for _, rule in entries(adopted)}
    assert adopted.run("lint", "--baseline", BASELINE, "--strict").returncode == 0


def test_only_what_was_checked_can_be_no_longer_found(adopted: Committed) -> None:
    adopted.write(OTHER, TEXT)
    adopted.run("lint", "--write-baseline", BASELINE)
    adopted.write(PATH, TEXT.replace("- 10:05", "- 10:25"))
    for arguments in ((OTHER,), ("--select", "empty-section"), ("--ignore", "timeline-order")):
        told = adopted.run("lint", "--baseline", BASELINE, *arguments).stderr
        assert "no longer found" not in told, arguments
    assert "no longer found" in adopted.run("lint", "--baseline", BASELINE, PATH).stderr


def test_entries_of_a_document_that_is_gone_are_told_by_a_run_of_the_whole_repository(
    adopted: Committed,
) -> None:
    adopted.write(OTHER, TEXT)
    (adopted.root / PATH).unlink()
    assert "no longer found" not in adopted.run("lint", "--baseline", BASELINE, OTHER).stderr
    told = adopted.run("lint", "--baseline", BASELINE).stderr
    assert f"entries of the baseline {BASELINE} are no longer found: {PATH} (" in told
    assert ", …; " in told


def test_a_document_that_cannot_be_read_leaves_its_entries_as_they_are(adopted: Committed) -> None:
    before = entries(adopted)
    adopted.write(PATH, TEXT + "\0")
    done = adopted.run("lint", "--baseline", BASELINE)
    assert "no longer found" not in done.stderr
    assert "unreadable-document" in done.stdout
    adopted.run("lint", "--write-baseline", BASELINE)
    assert {*before} < {*entries(adopted)}


def test_a_run_of_some_documents_or_rules_keeps_what_it_did_not_look_for(adopted: Committed) -> None:
    before = entries(adopted)
    adopted.write(OTHER, TEXT)
    done = adopted.run("lint", "--write-baseline", BASELINE, OTHER)
    assert f"beside {len(before)} findings that this run did not look for" in done.stderr
    assert {*before} < {*entries(adopted)}
    assert {path for path, _ in entries(adopted)} == {PATH, OTHER}
    adopted.run("lint", "--write-baseline", BASELINE, "--select", "empty-section")
    assert {path for path, _ in entries(adopted)} == {PATH, OTHER}
    assert "timeline-order" in {rule for _, rule in entries(adopted)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is no JSON"),
        ("# Post-mortem: API\n", "it is no JSON"),
        ('{"version": 7, "findings": []}', "it is of version 7"),
    ],
)
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_what_is_no_baseline_is_neither_believed_nor_overwritten(
    adopted: Committed, option: str, content: str, reason: str
) -> None:
    adopted.write(BASELINE, content)
    done = adopted.run("lint", option, BASELINE)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{BASELINE} is no baseline: {reason}" in done.stderr
    assert (adopted.root / BASELINE).read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (PATH, "is a document, or would be one"),
        ("docs/runbooks/runbook-new.md", "is a document, or would be one"),
        ("incidentdocs.toml", "holds settings of the repository"),
        ("notes.md", "is no baseline: it is no JSON"),
    ],
)
def test_another_file_is_not_overwritten_and_nobody_is_told_to_remove_it(
    adopted: Committed, name: str, told: str
) -> None:
    adopted.write("notes.md", "# Notes\n")
    adopted.write("incidentdocs.toml", 'language = "en"\n')
    before = {file: file.read_bytes() for file in adopted.root.rglob("*.*") if file.is_file()}
    done = adopted.run("lint", "--write-baseline", name)
    assert done.returncode == 2
    assert told in done.stderr
    assert "hint: name another file" in done.stderr
    assert "such as incidentdocs-baseline.json" in done.stderr
    assert {file: file.read_bytes() for file in adopted.root.rglob("*.*") if file.is_file()} == before


def test_a_folder_and_a_folder_that_may_not_be_written_are_told(adopted: Committed) -> None:
    assert adopted.run("lint", "--baseline", "docs").returncode == 2
    assert adopted.run("lint", "--write-baseline", "docs").returncode == 2


def test_options_that_contradict_are_refused(adopted: Committed) -> None:
    for more in (("--since", "HEAD"), ("--baseline", BASELINE)):
        done = adopted.run("lint", "--write-baseline", BASELINE, *more)
        assert done.returncode == 2
        assert f"leave {more[0]} out" in done.stderr


def test_a_baseline_may_lie_elsewhere(adopted: Committed, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "new" / "known.json")
    assert adopted.run("lint", "--write-baseline", elsewhere).returncode == 0
    assert rules(adopted, "--baseline", elsewhere) == []


def test_findings_about_the_past_are_in_the_baseline_too(committed: Committed) -> None:
    committed.write(PATH, TEXT + ITEM)
    committed.commit("2026-03-16")
    committed.write(PATH, TEXT)
    assert "action-item-dropped" in rules(committed)
    committed.run("lint", "--write-baseline", BASELINE)
    assert rules(committed, "--baseline", BASELINE) == []
    assert "no longer found" not in committed.run("lint", "--baseline", BASELINE, PATH).stderr
