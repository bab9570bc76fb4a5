"""`incidentdocs new post-mortem --commits`, `--window`: what landed in git is proposed for a timeline."""

import json
import re
import subprocess
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands.conftest import run_in
from tests.history.repositories import Commit, build, git

PATH = "docs/incidents/2026-03-14-disk-full.md"
CONFIG = b'timezone = "Europe/Paris"\n'
INCIDENT = """\
---
severity: SEV2
services: [wiki]
started: 2026-03-14 02:00
detected: 2026-03-14 02:05
resolved: 2026-03-14 03:20
user-facing: yes
data-loss: no
---

# Incident: Disk full

## Symptom
Nothing can be saved.

## Cause
unknown

## Timeline (local times)
- 02:05 detection
- 03:10 service restored

## Resolution
Old logs are gone.
"""
BEFORE = (
    ("old", "2026-03-10T09:00:00+01:00", "Begin"),
    ("level", "2026-03-13T18:40:00+01:00", "Raise the log level"),
    ("late", "2026-03-14T02:20:00+01:00", 'Revert "Raise the log level"'),
    ("after", "2026-03-14T03:21:30+01:00", "Thank everybody"),
)


class Proposed(NamedTuple):
    """A new post-mortem: its text, and what stderr told."""

    path: str
    text: str
    told: str

    @property
    def rows(self) -> list[str]:
        """What is proposed, without the signs of a comment."""
        return re.findall(r"^<!-- (- .*) -->$", self.text, re.MULTILINE)


def chain(*commits: tuple[str, str, str], text: str = INCIDENT) -> list[Commit]:
    """Return commits, each with its name, date and message, each the child of the one before."""
    made: list[Commit] = []
    for name, when, message in commits:
        files = {"incidentdocs.toml": CONFIG, PATH: text.encode(), "code.txt": name.encode()}
        parents = (made[-1].name,) if made else ()
        made.append(
            Commit(name, parents, files, datetime.fromisoformat(when), message, author="Alice Martin")
        )
    return made


def repository(folder: Path, commits: Sequence[Commit]) -> tuple[Path, dict[str, str]]:
    ids = build(folder, commits)
    git(folder, "reset", "--hard", "--quiet", "main")
    return folder, ids


def new(root: Path, *options: str, source: bool = True) -> Proposed:
    named = ("--from", PATH) if source else ("Disk full", "--date", "2026-03-14", "--severity", "SEV2")
    ran = run_in(root, "new", "post-mortem", *named, *options)
    assert ran.returncode == 0, ran.stderr
    path = ran.stdout.strip()
    return Proposed(path, (root / path).read_text(encoding="utf-8"), ran.stderr)


def findings(root: Path, path: str) -> list[tuple[str, str, str]]:
    found = json.loads(run_in(root, "lint", path, "--format", "json").stdout)["findings"]
    return sorted((each["rule"], each["message"], each["hint"]) for each in found)


def test_what_landed_in_a_window_is_proposed_below_the_timeline(tmp_path: Path) -> None:
    root, ids = repository(tmp_path / "r", chain(*BEFORE))
    proposed = new(root, "--window", "24h")
    assert proposed.rows == [
        f"- 2026-03-13 18:40 commit: Raise the log level ({ids['level'][:7]})",
        f'- 2026-03-14 02:20 revert: Revert "Raise the log level" ({ids["late"][:7]})',
    ]
    timeline = proposed.text.split("## Timeline (local times)\n")[1].split("\n## ")[0]
    assert timeline.startswith("- 02:05 detection\n")
    assert "\n\n<!-- Proposed from git: " in timeline
    assert "Alice" not in proposed.text
    assert proposed.told == ""


def test_what_is_accepted_is_an_event_at_its_time(tmp_path: Path) -> None:
    root, _ = repository(tmp_path / "r", chain(*BEFORE))
    proposed = new(root, "--window", "24h")
    file = root / proposed.path
    file.write_text(re.sub(r"^<!-- (- .*) -->$", r"\1", proposed.text, flags=re.MULTILINE), encoding="utf-8")
    assert [rule for rule, _, _ in findings(root, proposed.path) if rule.startswith("timeline")] == [
        "timeline-order"
    ]
    rows = file.read_text(encoding="utf-8")
    first = proposed.rows[0]
    moved = (
        rows.replace(f"{first}\n", "")
        .replace(proposed.rows[1], "")
        .replace("- 02:05", f"{first}\n- 2026-03-14 02:05")
    )
    file.write_text(moved, encoding="utf-8")
    left = {rule for rule, _, _ in findings(root, proposed.path)}
    assert left == {"placeholder-left"}


def test_a_range_of_commits_needs_no_incident(tmp_path: Path) -> None:
    root, ids = repository(tmp_path / "r", chain(*BEFORE))
    git(root, "tag", "v1", ids["old"])
    proposed = new(root, "--commits", "v1..HEAD~1", source=False)
    assert [row.rsplit(" ", 1)[1] for row in proposed.rows] == [
        f"({ids[name][:7]})" for name in ("level", "late")
    ]
    git(root, "clean", "-fdq")
    assert len(new(root, "--commits", "v1..").rows) == 3, "until HEAD"


def test_a_tag_is_proposed_when_it_was_made(tmp_path: Path) -> None:
    root, ids = repository(tmp_path / "r", chain(*BEFORE))
    made = {
        "GIT_COMMITTER_DATE": "2026-03-14T01:50:00+01:00",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@x",
    }
    subprocess.run(["git", "tag", "-a", "-m", "x", "v2", ids["old"]], cwd=root, env=made, check=True)
    git(root, "tag", "light", ids["level"])
    git(root, "tag", "tree", f"{ids['level']}^{{tree}}")
    proposed = new(root, "--window", "24h")
    assert [row for row in proposed.rows if " tag: " in row] == [
        f"- 2026-03-13 18:40 tag: light ({ids['level'][:7]})",
        f"- 2026-03-14 01:50 tag: v2 ({ids['old'][:7]})",
    ]


def test_a_merge_is_one_change_that_says_what_it_lands_and_not_whose_it_is(tmp_path: Path) -> None:
    begin, *rest = chain(*BEFORE[:2])
    when = datetime.fromisoformat("2026-03-13T20:00:00+01:00")
    side = rest[0]._replace(name="side", parents=("old",), committed=when - timedelta(hours=1), message="wip")
    message = "Merge pull request #31 from alice/rotate\n\nRotate the logs\n"
    merge = side._replace(name="merge", parents=("level", "side"), committed=when, message=message)
    root, ids = repository(tmp_path / "r", [begin, *rest, side, merge])
    assert new(root, "--window", "1d").rows[-1] == (
        f"- 2026-03-13 20:00 commit: Merge pull request #31: Rotate the logs ({ids['merge'][:7]})"
    )


def test_in_an_hour_that_comes_twice_the_offset_is_written(tmp_path: Path) -> None:
    text = INCIDENT.replace("2026-03-14", "2026-10-25").replace("02:05 detection", "03:00 detection")
    commits = (("a", "2026-10-25T02:30:00+02:00", "First"), ("b", "2026-10-25T02:30:00+01:00", "Second"))
    root, _ = repository(tmp_path / "r", chain(*commits, text=text))
    assert [row[2:24] for row in new(root, "--window", "3h").rows] == [
        "2026-10-25 02:30+02:00",
        "2026-10-25 02:30+01:00",
    ]


HOSTILE = (
    "--> <script>alert(1)</script>",
    "--!> done -->-->",
    "a \x1b[31mred\x07 \u202e and \x00 nothing".replace("\x00", ""),
    "[x](docs/none.md) ![y](z.png) `code --> b` **bold** | cell | &lt; \\-->",
    "<!-- incidentdocs: ignore[x] -->",
    "detection: service restored",
    "-02:10 01:00 until 03:00",
    "root cause unknown service restored",
    "incidentdocs: ignore[placeholder-left] no reason",
    "le la les une des du et est dans pour pas nous avec sur au aux",
    "AKIAIOSFODNN7EXAMPLB ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "x" * 5_000,
    "TODO HH:MM <description> @everyone <!channel> =cmd()",
)


def test_hostile_messages_are_harmless(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-03-13T18:00:00+01:00")
    commits = [(f"c{n}", (moment + timedelta(minutes=n)).isoformat(), text) for n, text in enumerate(HOSTILE)]
    root, _ = repository(tmp_path / "r", chain(*commits))
    proposed = new(root, "--window", "24h")
    assert len(proposed.rows) == len(HOSTILE)
    without = re.sub(r"^<!-- .* -->\n", "", proposed.text, flags=re.MULTILINE)
    assert "<!--" not in without
    before = findings(root, proposed.path)
    (root / proposed.path).write_text(without, encoding="utf-8")
    assert findings(root, proposed.path) == before
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", proposed.text)
    assert "AKIA" not in proposed.text
    assert max(map(len, proposed.text.split("\n"))) < 400


def test_of_very_many_changes_the_nearest_are_proposed(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-03-14T00:00:00+01:00")
    commits = [(f"c{n}", (moment + timedelta(minutes=n)).isoformat(), f"Change {n}") for n in range(180)]
    root, _ = repository(tmp_path / "r", chain(*commits))
    proposed = new(root, "--window", "6h")
    assert [int(row.split()[-2]) for row in proposed.rows] == list(range(95, 145)), "around 02:00"
    assert proposed.told == (
        "50 changes proposed, 130 more left out: a shorter --window, or --commits REV..REV, shows others\n"
    )
    assert "(130 more are not shown.)" in proposed.text


def test_a_shallow_clone_is_told_once_and_nothing_is_fetched(tmp_path: Path) -> None:
    root, _ = repository(tmp_path / "r", chain(*BEFORE))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "2", root.as_uri(), str(clone))
    proposed = new(clone, "--window", "24h")
    assert proposed.told.count("shallow clone") == 1
    assert len(proposed.rows) == 1
    assert (clone / ".git/shallow").exists()


def test_nothing_landed_is_told(tmp_path: Path) -> None:
    root, _ = repository(tmp_path / "r", chain(*BEFORE[:1]))
    proposed = new(root, "--window", "2h")
    assert (proposed.rows, proposed.told) == ([], "nothing landed in git in that time\n")
    assert "<!--" not in proposed.text


def test_nothing_is_committed_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "docs/incidents").mkdir(parents=True)
    (tmp_path / PATH).write_text(INCIDENT, encoding="utf-8")
    assert new(tmp_path, "--window", "2h").told == "nothing landed in git in that time\n"


def test_an_incident_that_is_still_open_is_asked_until_today(tmp_path: Path) -> None:
    text = INCIDENT.replace("resolved: 2026-03-14 03:20", "resolved:")
    root, _ = repository(tmp_path / "r", chain(*BEFORE, text=text))
    assert len(new(root, "--window", "24h").rows) == 3


def test_a_french_post_mortem_proposes_in_french(tmp_path: Path) -> None:
    root, ids = repository(tmp_path / "r", chain(*BEFORE))
    proposed = new(root, "--window", "24h", "--language", "fr")
    assert proposed.rows[0] == f"- 2026-03-13 18:40 commit : Raise the log level ({ids['level'][:7]})"
    assert "<!-- Proposé d'après git : " in proposed.text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("post-mortem", "x", "--window", "24h"), "name it with --from docs/incidents/FILE.md"),
        (("post-mortem", "--from", PATH, "--window", "soon"), "write hours or days, as in --window 24h"),
        (("post-mortem", "--from", PATH, "--window", "0h"), "write hours or days, as in --window 24h"),
        (("post-mortem", "--from", PATH, "--window", "9999d"), "write hours or days, as in --window 24h"),
        (("post-mortem", "--from", PATH, "--commits", "HEAD"), "as in --commits v1.4.1..v1.4.2"),
        (("post-mortem", "--from", PATH, "--commits", "a...b"), "as in --commits v1.4.1..v1.4.2"),
        (("post-mortem", "--from", PATH, "--commits", "nope..HEAD"), "no commit is called nope"),
        (("post-mortem", "--from", PATH, "--commits", "--all..HEAD"), "no commit is called --all"),
        (("post-mortem", "--from", PATH, "--window", "1h", "--commits", "a..b"), "leave one of them out"),
        (("runbook", "x", "--commits", "a..b"), "--commits is for a post-mortem, not for a runbook"),
    ],
)
def test_a_mistake_in_the_call_writes_nothing(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    root, _ = repository(tmp_path / "r", chain(*BEFORE))
    before = git(root, "status", "--porcelain")
    ran = run_in(root, "new", *arguments)
    assert ran.returncode == 2, ran.stdout
    assert told in ran.stderr
    assert git(root, "status", "--porcelain") == before


def test_an_incident_without_any_time_is_refused(tmp_path: Path) -> None:
    text = re.sub(r"^(started|detected): .*\n|^- 0.*\n", "", INCIDENT, flags=re.MULTILINE)
    root, _ = repository(tmp_path / "r", chain(*BEFORE, text=text))
    ran = run_in(root, "new", "post-mortem", "--from", PATH, "--window", "24h")
    assert ran.returncode == 2
    assert "does not say when it began" in ran.stderr


def test_outside_git_there_is_nothing_to_propose(tmp_path: Path) -> None:
    (tmp_path / "docs/incidents").mkdir(parents=True)
    (tmp_path / "incidentdocs.toml").write_bytes(CONFIG)
    (tmp_path / PATH).write_text(INCIDENT, encoding="utf-8")
    ran = run_in(tmp_path, "new", "post-mortem", "--from", PATH, "--window", "24h")
    assert ran.returncode == 2
    assert "run incidentdocs in a git repository" in ran.stderr
    assert not (tmp_path / "docs/post-mortems").exists()
