"""The real program in a process of its own: exit codes, streams, and input that means harm."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD_RUNBOOK = """\
# Runbook: disk full

## Symptoms
Writes fail.

## Diagnosis (steps)
1. Look: `df -h`.

## Resolution (steps)
1. Remove old logs: `journalctl --vacuum-time=7d`.
2. Check that there is room again: `df -h`.

## Future prevention
An alert at 80 %.

## Rollback / escalation
Call @oncall.
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs" / "runbooks").mkdir(parents=True)
    (tmp_path / "docs" / "post-mortems").mkdir()
    return tmp_path


def incidentdocs(
    folder: Path, *arguments: str | bytes, **environment: str
) -> subprocess.CompletedProcess[str]:
    command: list[str | bytes] = [sys.executable, "-m", "incidentdocs", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        timeout=60,
    )


def write(repository: Path, text: str | bytes, name: str = "runbook-disk-full.md") -> Path:
    path = repository / "docs" / "runbooks" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_clean_repository_exits_with_0(repository: Path) -> None:
    write(repository, GOOD_RUNBOOK)
    done = incidentdocs(repository, "lint")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 document, nothing to report\n", "")


def test_an_error_exits_with_1_and_shows_its_line(repository: Path) -> None:
    write(repository, GOOD_RUNBOOK.replace("# Runbook: disk full", "# Disk full"))
    done = incidentdocs(repository, "lint", "docs")
    assert done.returncode == 1
    assert "docs/runbooks/runbook-disk-full.md:1:3: error[title-format]:" in done.stdout
    assert "1 │ # Disk full" in done.stdout


def test_a_warning_exits_with_1_only_when_strict(repository: Path) -> None:
    draft = "---\nstatus: draft\n---\n" + GOOD_RUNBOOK.replace("Writes fail.", "TODO")
    write(repository, draft)
    assert incidentdocs(repository, "lint").returncode == 0
    assert incidentdocs(repository, "lint", "--strict").returncode == 1


def test_a_path_that_does_not_exist_exits_with_2(repository: Path) -> None:
    done = incidentdocs(repository, "lint", "docs/nowhere.md")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: docs/nowhere.md: no such file or folder\nhint: ")


def test_a_file_that_no_profile_claims_is_told(repository: Path) -> None:
    (repository / "README.md").write_text("# Hello\n")
    done = incidentdocs(repository, "lint", "README.md")
    assert done.returncode == 0
    assert "1 file not checked, claimed by no profile: README.md\n" in done.stderr
    assert "no document found" in done.stderr


def test_an_excluded_file_is_left_out_even_when_it_is_named(repository: Path) -> None:
    path = write(repository, "# Nothing\n")
    (repository / "incidentdocs.toml").write_text('exclude = ["docs/runbooks/*"]\n')
    done = incidentdocs(repository, "lint", str(path))
    assert done.returncode == 0
    assert "not checked" in done.stderr


def test_a_mistake_in_the_configuration_is_named_with_its_line_and_the_nearest_word(repository: Path) -> None:
    (repository / "incidentdocs.toml").write_text('# ours\nlangage = "fr"\n')
    done = incidentdocs(repository, "lint")
    assert done.returncode == 2
    assert "incidentdocs.toml:2" in done.stderr
    assert "language" in done.stderr


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/nowhere")])
def test_a_configuration_that_is_no_file_is_told(repository: Path, make: Callable[[Path], None]) -> None:
    make(repository / "incidentdocs.toml")
    done = incidentdocs(repository, "lint")
    assert done.returncode == 2
    assert "incidentdocs.toml: this is no file" in done.stderr


def test_a_kind_does_not_silently_take_the_documents_of_the_one_it_extends(repository: Path) -> None:
    profile = repository / ".incidentdocs" / "profiles" / "review" / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text('# ours\nextends = "runbook"\n')
    done = incidentdocs(repository, "lint")
    assert done.returncode == 2
    assert "review/profile.toml:2: it would claim the folders of runbook" in done.stderr
    profile.write_text('extends = "runbook"\nfolders = ["docs/reviews"]\n')
    assert incidentdocs(repository, "lint").returncode == 0


@pytest.mark.parametrize("kind", ["review", "google-sre", "runbook"])
def test_a_ready_profile_does_not_silently_take_the_documents_of_its_kind(
    repository: Path, kind: str
) -> None:
    profile = repository / ".incidentdocs" / "profiles" / kind / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text('extends = "google-sre"\n')
    done = incidentdocs(repository, "lint")
    assert done.returncode == 2
    assert f"{kind}/profile.toml:1: it would claim the folders of google-sre" in done.stderr
    assert f'folders = ["docs/{kind}"]' in done.stderr
    assert "to change the kind post-mortem itself, name the profile post-mortem" in done.stderr
    profile.write_text('extends = "google-sre"\nfolders = ["docs/reviews"]\n')
    assert incidentdocs(repository, "new", kind, "API").stdout.startswith("docs/reviews/")
    assert incidentdocs(repository, "lint").returncode == 0


def test_a_misspelt_ready_profile_is_told_with_the_nearest(repository: Path) -> None:
    profile = repository / ".incidentdocs" / "profiles" / "post-mortem" / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text('extends = "pager-duty"\n')
    done = incidentdocs(repository, "lint")
    assert done.returncode == 2
    assert 'post-mortem/profile.toml:1: no profile is called "pager-duty"' in done.stderr
    assert 'did you mean "pagerduty"?' in done.stderr


def test_a_ready_profile_that_is_not_adopted_is_no_kind_yet(repository: Path) -> None:
    done = incidentdocs(repository, "new", "atlassian", "API down")
    assert done.returncode == 2
    assert "adopt it with `incidentdocs init --profile atlassian`, then write a post-mortem" in done.stderr
    assert incidentdocs(repository, "init", "--profile", "atlassian").returncode == 0
    made = incidentdocs(repository, "new", "post-mortem", "API down")
    assert "## Backlog check" in (repository / made.stdout.strip()).read_text(encoding="utf-8")


def test_an_alert_s_runbook_is_called_as_the_alert_is(repository: Path) -> None:
    incidentdocs(repository, "init", "--profile", "prometheus-runbook")
    made = incidentdocs(repository, "new", "runbook", "KubePodStuck")
    assert made.stdout.strip() == "docs/runbooks/KubePodStuck.md"
    for name in ("README.md", "index.md", "_draft.md"):
        write(repository, "# no runbook\n", name)
    found = json.loads(incidentdocs(repository, "lint", "--format", "json").stdout)
    assert found["summary"]["documents"] == 1
    assert "would not be read as a runbook" in incidentdocs(repository, "new", "runbook", "README").stderr


def test_a_rule_can_be_turned_off_and_weakened(repository: Path) -> None:
    write(repository, "# Disk full\n" + GOOD_RUNBOOK.split("\n", 1)[1].replace("An alert at 80 %.", ""))
    (repository / "incidentdocs.toml").write_text(
        '[rules.title-format]\nenabled = false\n[rules.empty-section]\nseverity = "warning"\n'
    )
    done = incidentdocs(repository, "lint", "--format", "json")
    assert done.returncode == 0
    findings = json.loads(done.stdout)["findings"]
    assert [(finding["rule"], finding["severity"]) for finding in findings] == [("empty-section", "warning")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GOOD_RUNBOOK.encode("utf-16"), "the text is not UTF-8"),
        (GOOD_RUNBOOK.encode() + b"\xff\n", "the text is not UTF-8"),
        (GOOD_RUNBOOK.encode() + b"\0\n", "the text holds a NUL character"),
        (GOOD_RUNBOOK.encode() + b"x\n" * 25_000_000, "too many to be a document"),
    ],
    ids=["UTF-16", "a stray byte", "NUL", "50 MB"],
)
def test_what_is_no_text_is_one_finding(repository: Path, content: bytes, message: str) -> None:
    write(repository, content)
    done = incidentdocs(repository, "lint")
    assert done.returncode == 1
    assert message in done.stdout
    assert "1 error in 1 document" in done.stdout


@pytest.mark.parametrize(
    "content",
    [
        ">" * 10_000 + " deep\n",
        "".join("  " * depth + "- deep\n" for depth in range(2_000)),
        "- " * 10_000 + "deep\n",
        "[" * 100_000 + "\n",
        "`" * 100_001 + " <" * 50_000 + "\n",
        "*" * 100_000 + "a" + "_" * 100_000 + "\n",
        "| " * 50_000 + "\n" + "|-" * 50_000 + "\n",
        "---\na: &a [x]\n" + "".join(f"{n}: [*a, *a, *a, *a]\n" for n in range(1000)) + "---\n# T\n",
        "---\na: " + "[" * 20_000 + "\n---\n# T\n",
        "---\n? [a, b]\n: {c: !!python/object/apply:os.system ['touch owned']}\n---\n# T\n",
        "## Timeline\n" + "- 10:15 again\n" * 20_000,
        "- [ ] AI 1 : " + "(owner " * 20_000 + "\n",
        "<!-- incidentdocs: ignore[" * 20_000 + "\n",
        "# " + "\u202e\x1b[31m" * 1000 + "\n",
    ],
    ids=range(14),
)
@pytest.mark.parametrize(
    "section", ["", "# Post-mortem: x\n\n## Timeline\n", "# Post-mortem: x\n\n## Action items\n"]
)
def test_hostile_markdown_neither_crashes_nor_hangs(repository: Path, section: str, content: str) -> None:
    text = content if content.startswith("---") else section + content
    (repository / "docs" / "post-mortems" / "2026-03-14-hostile.md").write_text(text, encoding="utf-8")
    done = incidentdocs(repository, "lint")
    assert done.returncode == 1, done.stderr
    assert not (repository / "owned").exists()
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "## a\n",
        "## Root caus\n",
        "- 10:15 up\n- 09:00 down\n",
        "- [ ] x <!-- incidentdocs: ignore[action-item-number] ours -->\n",
        "<!-- incidentdocs: ignore[timeline-order] ours -->\n\n",
    ],
)
def test_half_a_megabyte_of_one_line_takes_seconds(repository: Path, line: str) -> None:
    head = "# Post-mortem: x\n\n## Action items\n- [ ] x\n\n## Timeline\n"
    text = head + line * (500_000 // len(line))
    (repository / "docs" / "post-mortems" / "2026-03-14-hostile.md").write_text(text, encoding="utf-8")
    assert incidentdocs(repository, "lint", "--format", "json").returncode == 1


def test_control_characters_reach_no_terminal(repository: Path) -> None:
    write(repository, GOOD_RUNBOOK.replace("# Runbook: disk full", "# \x1b]0;owned\x07 ::error::\u202egnp"))
    done = incidentdocs(repository, "lint")
    assert done.returncode == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)
    assert "\\x1b]0;owned" in done.stdout


def test_a_link_that_leaves_the_repository_is_a_finding_and_is_not_read(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.md"
    secret.write_text("# the secret\n")
    (repository / "docs" / "runbooks" / "runbook-secret.md").symlink_to(secret)
    for arguments in (["lint"], ["lint", "docs/runbooks/runbook-secret.md"]):
        done = incidentdocs(repository, *arguments)
        assert done.returncode == 1
        assert "the link leads outside the repository" in done.stdout
        assert "secret\n" not in done.stdout


def test_links_in_a_circle_and_pipes_are_findings(repository: Path) -> None:
    circle = repository / "docs" / "runbooks" / "runbook-circle.md"
    circle.symlink_to(circle)
    os.mkfifo(repository / "docs" / "runbooks" / "runbook-pipe.md")
    done = incidentdocs(repository, "lint")
    assert done.returncode == 1
    assert done.stdout.count("error[unreadable-document]") == 2


def test_a_path_in_no_encoding_is_told_escaped(repository: Path) -> None:
    name = os.fsencode(repository) + b"/docs/runbooks/runbook-\xe9t\xe9\x1b.md"
    with open(name, "wb") as file:
        file.write(GOOD_RUNBOOK.encode())
    for format in ("text", "json"):
        done = incidentdocs(repository, "lint", "--format", format)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout
        assert "filename-format" in done.stdout


def test_a_path_outside_the_repository_is_refused(repository: Path) -> None:
    done = incidentdocs(repository / "docs", "lint", "../..")
    assert done.returncode == 2
    assert "lies outside the repository" in done.stderr


def test_a_closed_pipe_is_no_error(repository: Path) -> None:
    for number in range(2000):
        write(repository, "# Disk\n", f"runbook-{number}.md")
    command = f"{sys.executable} -m incidentdocs lint | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=repository, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""


@pytest.mark.parametrize(("closed", "code"), [(">&-", 1), ("2>&-", 1), (">/dev/full", 2), (">&- 2>&-", 1)])
def test_an_output_that_takes_nothing_changes_no_code_and_shows_no_trace(
    repository: Path, closed: str, code: int
) -> None:
    write(repository, GOOD_RUNBOOK.replace("# Runbook", "# Sheet"))
    command = f'"{sys.executable}" -m incidentdocs lint docs/runbooks/runbook-disk-full.md {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=repository, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    if "full" in closed:
        assert done.stderr.splitlines() == [
            "error: the output cannot be written: No space left on device",
            "hint: make room, then try again",
        ]


def test_a_terminal_that_knows_only_ascii_still_shows_the_report(repository: Path) -> None:
    write(repository, GOOD_RUNBOOK.replace("# Runbook: disk full", "# Été à Nîmes"))
    done = incidentdocs(repository, "lint", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 1
    assert "title-format" in done.stdout


def test_lint_of_a_path_imports_neither_git_nor_jinja2_nor_pydantic_nor_anything_of_on_call(
    repository: Path,
) -> None:
    write(repository, GOOD_RUNBOOK)
    (repository / "incidentdocs.toml").write_text('language = "fr"\ntimezone = "Europe/Paris"\n')
    program = (
        "import sys\nfrom incidentdocs.cli import main\n"
        "try:\n    main(['lint', 'docs/runbooks/runbook-disk-full.md'])\n"
        "except SystemExit as done:\n    assert done.code == 0\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'git', 'icalendar', 'jinja2', 'pydantic'}), "
        "[name for name in sys.modules if 'oncall' in name or 'on_duty' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "[] []", done.stderr
