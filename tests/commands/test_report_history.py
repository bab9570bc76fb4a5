"""`incidentdocs report` in a real repository: what git tells, at which commit, as of which day."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

DISK = "docs/post-mortems/2026-01-10-disk-full.md"
TEXT = """\
---
severity: SEV1
---

# Post-mortem: disk full

## Action items
{}"""
OPEN = "- [ ] AI 1: raise the quota (owner @dev, due {})\n"
OTHER = "- [{}] AI 2: add an alert (owner @ops, due 2026-04-01)\n"


class Committed(Protocol):
    root: Any

    def write(self, name: str, text: str) -> None: ...
    def commit(self, day: str, message: str = ..., author: str = ...) -> str: ...
    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]: ...


def write(committed: Committed, items: str) -> None:
    committed.write(DISK, TEXT.format(items))


@pytest.fixture
def slipped(committed: Committed) -> Committed:
    """Opened on 2026-01-12, rescheduled on 2026-01-28 in time and on 2026-02-05 too late; another is done."""
    committed.write("readme.md", "A repository.\n")
    committed.commit("2026-01-01")
    for day, due, tick in (
        ("2026-01-12", "2026-01-31", " "),
        ("2026-01-28", "2026-02-03", " "),
        ("2026-02-05", "2026-03-01", " "),
        ("2026-03-16", "2026-03-01", "x"),
    ):
        write(committed, OPEN.format(due) + OTHER.format(tick))
        committed.commit(day, f"On {day}")
    return committed


def as_json(committed: Committed, *arguments: str) -> Any:
    ran = committed.run("report", *arguments, "--format", "json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def git(committed: Committed, *arguments: str) -> str:
    run = ["git", "-C", str(committed.root), *arguments]
    return subprocess.run(run, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def test_an_overdue_item_tells_its_past(slipped: Committed) -> None:
    told = as_json(slipped, "overdue", "--as-of", "2026-03-20")
    (item,) = told["items"]
    commits = git(slipped, "log", "--reverse", "--format=%H").split()
    assert (told["revision"], item["opened"], item["opened_commit"]) == (
        commits[-1],
        "2026-01-12",
        commits[1],
    )
    assert item["reschedules"] == [
        {
            "from": "2026-01-31",
            "to": "2026-02-03",
            "when": "2026-01-28",
            "commit": commits[2],
            "after_due": False,
        },
        {
            "from": "2026-02-03",
            "to": "2026-03-01",
            "when": "2026-02-05",
            "commit": commits[3],
            "after_due": True,
        },
    ]
    assert told["since"] == "2026-03-13"
    assert [(change["change"], change["number"]) for change in told["changes"]] == [("done", 2)]


def test_text_says_it_in_a_line(slipped: Committed) -> None:
    ran = slipped.run("report", "overdue", "--as-of", "2026-03-20")
    opened = git(slipped, "log", "--reverse", "--format=%h", "--abbrev=7").split()[1]
    assert ran.stderr == ""
    assert (
        f"\n        opened 2026-01-12 ({opened}), rescheduled twice"
        " (2026-01-31 → 2026-02-03 → 2026-03-01, once after it had passed)\n"
    ) in ran.stdout
    assert "\n\nSince 2026-03-13: 1 done\n" in ran.stdout


def test_actions_tells_every_event(slipped: Committed) -> None:
    told = as_json(slipped, "actions", "--as-of", "2026-03-20")
    events = [[event["event"] for event in item["events"]] for item in told["items"]]
    assert events == [["opened", "rescheduled", "rescheduled"], ["opened", "done"]]
    assert told["summary"]["done"] == 1


def test_at_and_as_of_say_what_was_known_then(slipped: Committed) -> None:
    told = as_json(slipped, "actions", "--as-of", "2026-02-04")
    assert [(item["due"], item["state"], item["days_overdue"]) for item in told["items"]] == [
        ("2026-02-03", "open", 1),
        ("2026-04-01", "open", None),
    ]
    told = as_json(slipped, "actions", "--at", "HEAD~3", "--as-of", "2026-03-20")
    assert [item["due"] for item in told["items"]] == ["2026-01-31", "2026-04-01"]
    assert told["revision"] == git(slipped, "rev-parse", "HEAD~3")


@pytest.mark.parametrize(
    ("since", "changes"),
    [("2026-03-16", []), ("2026-03-15", ["done"]), ("HEAD", []), ("HEAD~1", ["done"])],
)
def test_since_is_a_day_or_a_revision(slipped: Committed, since: str, changes: list[str]) -> None:
    told = as_json(slipped, "overdue", "--as-of", "2026-03-20", "--since", since)
    assert [change["change"] for change in told["changes"] if change["number"] == 2] == changes


def test_since_an_older_revision_tells_what_became_overdue(slipped: Committed) -> None:
    told = as_json(slipped, "overdue", "--as-of", "2026-03-20", "--since", "HEAD~3")
    assert told["since"] == "2026-01-12"
    assert [(change["change"], change["when"]) for change in told["changes"]] == [
        ("newly-overdue", "2026-03-02"),
        ("done", "2026-03-16"),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("overdue", "--since", "2026-03-20"), "--since 2026-03-20 is not before the day of the report"),
        (("overdue", "--since", "mian"), "no commit is called mian\nhint: did you mean main?"),
        (("actions", "--at", "mian"), "no commit is called mian"),
        (("deadlines", "--since", "2026-03-01"), "no such option '--since'"),
    ],
)
def test_a_mistake_says_what_to_type(slipped: Committed, arguments: tuple[str, ...], message: str) -> None:
    ran = slipped.run("report", *arguments, "--as-of", "2026-03-20")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"error: {message}")


def test_an_item_that_is_deleted_is_dropped_and_named_as_a_change(slipped: Committed) -> None:
    write(slipped, OTHER.format("x"))
    slipped.commit("2026-03-18")
    told = as_json(slipped, "overdue", "--as-of", "2026-03-20")
    assert (told["items"], told["summary"]["dropped"]) == ([], 1)
    assert [change["change"] for change in told["changes"]] == ["done", "dropped"]


def test_uncommitted_changes_are_said_on_stderr_and_not_counted(slipped: Committed) -> None:
    write(slipped, "")
    slipped.write("docs/post-mortems/2026-03-19-b.md", TEXT.format(OPEN.format("2026-03-01")))
    slipped.write("readme.md", "Changed.\n")
    ran = slipped.run("report", "overdue", "--as-of", "2026-03-20")
    assert ran.stderr == (
        f"uncommitted changes to 2 documents are not counted: {DISK}, docs/post-mortems/2026-03-19-b.md\n"
    )
    assert "1 overdue on 2026-03-20, of 1 open action item" in ran.stdout
    assert slipped.run("report", "overdue", "--at", "HEAD~1", "--as-of", "2026-03-20").stderr == ""


def test_before_the_first_commit_the_history_is_empty(committed: Committed) -> None:
    write(committed, OPEN.format("2026-01-31"))
    ran = committed.run("report", "overdue", "--as-of", "2026-03-20", "--exit-code")
    assert ran.returncode == 0
    assert ran.stderr == (
        "nothing is committed yet: the history is empty\n"
        f"uncommitted changes to 1 document are not counted: {DISK}\n"
        "no document found, nothing was counted\n"
    )
    assert as_json(committed, "overdue", "--as-of", "2026-03-20")["revision"] is None


@pytest.mark.parametrize("arguments", [("report", "overdue"), ("report", "deadlines"), ("history",)])
def test_a_shallow_clone_is_exit_code_4_and_says_how_to_fetch_the_rest(
    slipped: Committed, arguments: tuple[str, ...]
) -> None:
    clone = slipped.root.parent / "clone"
    git(slipped, "clone", "--quiet", "--depth=1", f"file://{slipped.root}", str(clone))
    shallow = slipped.run(*arguments)
    assert shallow.returncode == 0
    slipped.root = clone
    shallow = slipped.run(*arguments)
    assert (shallow.returncode, shallow.stdout) == (4, "")
    assert "git fetch --unshallow" in shallow.stderr


def test_history_that_is_turned_off_leaves_the_disk(slipped: Committed) -> None:
    slipped.write("incidentdocs.toml", '[history]\nuse = "off"\n')
    ran = slipped.run("report", "overdue", "--as-of", "2026-03-20")
    assert ran.stderr.startswith("history is off in the configuration: the documents are read from disk")
    assert "opened" not in ran.stdout
    refused = slipped.run("report", "deadlines")
    assert refused.returncode == 2
    assert 'write `use = "auto"` below `[history]`' in refused.stderr


def test_a_history_that_is_required_is_required(committed: Committed) -> None:
    committed.write("incidentdocs.toml", '[history]\nuse = "required"\n')
    (committed.root / ".git").rename(committed.root / "elsewhere")
    ran = committed.run("report", "overdue")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert "is in no git repository" in ran.stderr


def test_profiles_are_those_of_the_revision(slipped: Committed) -> None:
    slipped.write(
        ".incidentdocs/profiles/post-mortem/profile.toml",
        'extends = "post-mortem"\nfolders = ["incidents"]\n',
    )
    slipped.commit("2026-03-17")
    assert as_json(slipped, "overdue", "--as-of", "2026-03-20")["items"] == []
    told = as_json(slipped, "overdue", "--as-of", "2026-03-20", "--at", "HEAD~1")
    assert [item["document"] for item in told["items"]] == [DISK]


DRAFT = "---\nseverity: SEV1\nstatus: {}\n---\n\n# Post-mortem: disk full\n"


@pytest.fixture
def published(committed: Committed) -> Committed:
    """A configuration on 2026-01-01; a draft on 2026-01-11, published on 2026-01-20, three days late."""
    committed.write("incidentdocs.toml", "")
    committed.commit("2026-01-01")
    for day, status in (("2026-01-11", "draft"), ("2026-01-20", "final")):
        committed.write(DISK, DRAFT.format(status))
        committed.commit(day)
    return committed


def test_deadlines_tell_what_was_published_late(published: Committed) -> None:
    ran = published.run("report", "deadlines", "--as-of", "2026-03-20", "--exit-code")
    commit = git(published, "rev-parse", "--short=7", "HEAD")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout == (
        f"{DISK} · SEV1\n"
        f"  published 2026-01-20 ({commit}), 3 days late, due 2026-01-17\n"
        "\n"
        "1 post-mortem of SEV1 and SEV2, each within 7 days: 1 published late\n"
    )


@pytest.mark.parametrize(
    ("config", "status", "code"),
    [
        ("", "late", 1),
        ("[deadlines]\ndays = 10\n", "on-time", 0),
        ('[deadlines]\nseverities = ["SEV2"]\n', None, 0),
        ("[history]\nsince = 2026-01-11\n", "unknown", 0),
    ],
)
def test_the_configuration_says_what_is_asked(
    published: Committed, config: str, status: str | None, code: int
) -> None:
    published.write("incidentdocs.toml", config)
    told = as_json(published, "deadlines", "--as-of", "2026-03-20")
    assert [document["status"] for document in told["documents"]] == ([status] if status else [])
    assert published.run("report", "deadlines", "--exit-code").returncode == code


def test_what_is_older_than_the_configuration_is_unknown(committed: Committed) -> None:
    committed.write("readme.md", "A repository.\n")
    committed.commit("2026-01-01")
    committed.write(DISK, DRAFT.format("final"))
    committed.commit("2026-01-20")
    assert as_json(committed, "deadlines")["documents"][0]["status"] == "late"
    committed.write("pyproject.toml", '[project]\nname = "x"\n')
    committed.commit("2026-01-21")
    assert as_json(committed, "deadlines")["documents"][0]["status"] == "late"
    committed.write("pyproject.toml", '[tool.incidentdocs]\nlanguage = "en"\n')
    committed.commit("2026-01-22")
    assert as_json(committed, "deadlines")["documents"][0]["status"] == "unknown"


def test_what_is_kept_changes_no_report(slipped: Committed) -> None:
    cold = slipped.run("report", "actions", "--format", "json", "--no-cache")
    assert not (slipped.root / ".incidentdocs_cache").exists()
    runs = [slipped.run("report", "actions", "--format", "json") for _ in range(2)]
    assert (slipped.root / ".incidentdocs_cache" / "history.sqlite").is_file()
    assert {ran.stdout for ran in runs} == {cold.stdout}
    assert {ran.stderr for ran in runs} == {""}
    assert git(slipped, "status", "--porcelain") == ""


def test_reports_that_ask_for_more_or_less_may_share_what_is_kept(slipped: Committed) -> None:
    timeline = "\n## Timeline\n\n- 10:00 detection: the alert\n- 10:40 service restored\n"
    slipped.write(DISK, TEXT.format(OPEN.format("2026-03-01")) + timeline)
    (slipped.root / "docs/post-mortems/2026-02-02-not-text.md").write_bytes(b"# Post-mortem: \xff\xfe\n")
    slipped.commit("2026-03-17")
    asked = [["report", name] for name in ("weekly", "deadlines", "metrics")] + [["handoff"]]
    calls = [[*each, "--as-of", "2026-03-20", "--format", "json"] for each in asked]
    cold = [slipped.run(*call, "--no-cache") for call in calls]
    assert {ran.returncode for ran in cold} == {0}
    assert slipped.run("report", "overdue").returncode == 0  # it keeps what items say, and no timeline
    for _ in range(2):
        assert [slipped.run(*call).stdout for call in calls] == [ran.stdout for ran in cold]


def test_lint_keeps_what_it_reads_too(slipped: Committed) -> None:
    cold = slipped.run("lint", "--no-cache")
    assert not (slipped.root / ".incidentdocs_cache").exists()
    assert [slipped.run("lint").stdout for _ in range(2)] == [cold.stdout] * 2
    assert "action-item-rescheduled" in cold.stdout
    assert (slipped.root / ".incidentdocs_cache").is_dir()


def test_a_cache_that_somebody_committed_is_not_used(slipped: Committed) -> None:
    slipped.run("report", "overdue")
    git(slipped, "add", "--force", ".incidentdocs_cache")
    slipped.commit("2026-03-17", "Add the cache")
    before = (slipped.root / ".incidentdocs_cache" / "history.sqlite").read_bytes()
    ran = slipped.run("report", "overdue")
    assert ran.returncode == 0
    assert "git rm -r --cached .incidentdocs_cache" in ran.stderr
    assert (slipped.root / ".incidentdocs_cache" / "history.sqlite").read_bytes() == before


def test_a_bare_repository_is_read_without_a_cache(slipped: Committed, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    git(slipped, "clone", "--quiet", "--bare", str(slipped.root), str(bare))
    there = set(bare.iterdir())
    ran = subprocess.run(
        [sys.executable, "-m", "incidentdocs", "report", "actions", "--as-of", "2026-04-15"],
        cwd=bare,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "raise the quota" in ran.stdout
    assert set(bare.iterdir()) == there
