"""History rules as a user meets them: real repositories, the real command line."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PATH = "docs/post-mortems/2026-03-14-api-down.md"
FRONT = "---\nseverity: SEV3\nstatus: final\n---\n"
HEAD = f"{FRONT}\n# Post-mortem: API down\n\n## Action items\n"
ALERT = "- [ ] AI 1: alert at 80 % of the disk (owner @oncall, due 2026-10-01)\n"
ROTATE = "- [ ] AI 2: rotate the logs every night (owner @dev, due 2026-10-08)\n"


def clean(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | more


def git(folder: Path, *arguments: str, **more: str) -> str:
    called = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", *arguments]
    done = subprocess.run(
        called, cwd=folder, env=clean(**more), check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout.strip()


def commit(folder: Path, day: str, files: Mapping[str, str | None], message: str = "Work") -> str:
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    when = f"{day}T12:00:00+00:00"
    git(folder, "commit", "--allow-empty", "-qm", message, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    return git(folder, "rev-parse", "--short=7", "HEAD")


def incidentdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "incidentdocs", "lint", "--as-of", "2026-09-15", *arguments]
    return subprocess.run(
        command, cwd=folder, env=clean(), capture_output=True, text=True, encoding="utf-8", check=False
    )


def found(folder: Path, *arguments: str) -> list[tuple[str, str, int, str]]:
    """Return rule, severity, line and message of each finding of a history rule."""
    from incidentdocs.rules import HISTORY_RULES

    done = incidentdocs(folder, "--format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    findings = json.loads(done.stdout)["findings"]
    return [
        (told["rule"], told["severity"], told["line"], told["message"])
        for told in findings
        if told["rule"] in HISTORY_RULES
    ]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "2026-03-01", {"incidentdocs.toml": ""})
    commit(folder, "2026-03-16", {PATH: HEAD + ALERT + ROTATE})
    return folder


def test_a_dropped_item_is_an_error_before_it_lands_and_a_warning_after(repository: Path) -> None:
    assert found(repository) == []
    (repository / PATH).write_text(HEAD + ALERT, encoding="utf-8")
    ((rule, severity, line, message),) = found(repository)
    assert (rule, severity, line) == ("action-item-dropped", "error", 8)
    assert message.endswith("was dropped in the working tree")
    landed = commit(repository, "2026-04-02", {})
    ((rule, severity, line, message),) = found(repository)
    assert (rule, severity, line) == ("action-item-dropped", "warning", 8)
    assert message.endswith(f"was dropped on 2026-04-02 ({landed})")


def test_what_is_staged_is_found_inside_a_hook(repository: Path) -> None:
    (repository / PATH).write_text(HEAD + ALERT, encoding="utf-8")
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m incidentdocs lint --as-of 2026-09-15\n')
    hook.chmod(0o755)
    git(repository, "add", "--all")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(repository, "commit", "-qm", "Drop it")
    assert "error[action-item-dropped]" in refused.value.stderr + refused.value.stdout


def test_a_deleted_document_is_told_at_its_first_line(repository: Path) -> None:
    (repository / PATH).unlink()
    assert [told[:3] for told in found(repository)] == [("action-item-dropped", "error", 1)] * 2
    done = incidentdocs(repository)
    assert f"{PATH}:1:1: error[action-item-dropped]" in done.stdout
    assert done.returncode == 1


def test_a_document_that_is_moved_and_not_committed_goes_on(repository: Path) -> None:
    (repository / "sub/docs/post-mortems").mkdir(parents=True)
    (repository / PATH).rename(repository / "sub" / PATH)
    assert found(repository) == []


def test_a_file_that_cannot_be_read_drops_nothing(repository: Path) -> None:
    (repository / PATH).write_bytes(b"\xff\xfe")
    assert found(repository) == []


def test_a_path_asks_no_history_unless_the_repository_is_asked_for(repository: Path) -> None:
    (repository / PATH).write_text(HEAD + ALERT, encoding="utf-8")
    assert found(repository, PATH) == []
    assert [told[0] for told in found(repository, "--repository", PATH)] == ["action-item-dropped"]


def test_a_path_does_not_import_git(repository: Path) -> None:
    program = (
        "import sys; from incidentdocs.cli import incidentdocs as run; "
        "run(sys.argv[1:], standalone_mode=False); "
        "print('git' in sys.modules, 'incidentdocs.history' in sys.modules)"
    )
    called = [sys.executable, "-c", program, "lint", "--as-of", "2026-09-15"]
    for arguments, expected in (([PATH], "False False"), ([], "True True")):
        done = subprocess.run(
            [*called, *arguments], cwd=repository, env=clean(), capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == expected


def test_a_comment_silences_what_is_past(repository: Path) -> None:
    comment = "<!-- incidentdocs: ignore[action-item-dropped] the logs are gone -->\n"
    commit(repository, "2026-04-02", {PATH: HEAD.replace("## Action", f"{comment}## Action") + ALERT})
    assert found(repository) == []
    assert "ignore-unused" not in incidentdocs(repository).stdout
    assert "ignore-unused" not in incidentdocs(repository, PATH).stdout


def test_a_date_that_is_put_off_again_and_again_is_told(repository: Path) -> None:
    for month, due in ((4, "2026-10-02"), (5, "2026-10-03"), (6, "2026-10-04")):
        commit(repository, f"2026-0{month}-02", {PATH: HEAD + ALERT.replace("2026-10-01", due) + ROTATE})
    assert found(repository) == [
        (
            "action-item-rescheduled",
            "warning",
            9,
            "the due date was put off 3 times, at first it was 2026-10-01",
        )
    ]
    (repository / "incidentdocs.toml").write_text(
        "[rules.action-item-rescheduled.options]\ntimes = 3\n", encoding="utf-8"
    )
    assert found(repository) == []


def test_a_tick_is_proved_by_a_trailer_of_a_commit_in_a_merged_branch(repository: Path) -> None:
    ticked = HEAD + ALERT.replace("[ ]", "[x]") + ROTATE
    landed = commit(repository, "2026-04-02", {PATH: ticked})
    ((rule, severity, _, message),) = found(repository)
    assert (rule, severity) == ("action-item-evidence", "warning")
    assert message == f"the action item was ticked on 2026-04-02 ({landed}) without evidence"
    git(repository, "switch", "-qc", "alert")
    commit(repository, "2026-04-03", {"alert.py": ""}, f"Alert\n\nAction-Item: {PATH}#1")
    git(repository, "switch", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "Alert", "alert", GIT_COMMITTER_DATE="2026-04-03T13:00Z")
    assert found(repository) == []


def test_a_tick_is_proved_by_the_message_of_the_commit_in_the_merged_branch_that_made_it(
    repository: Path,
) -> None:
    git(repository, "switch", "-qc", "tick")
    commit(repository, "2026-04-03", {PATH: HEAD + ALERT.replace("[ ]", "[x]") + ROTATE}, "Alert, see #41")
    git(repository, "switch", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "Tick", "tick", GIT_COMMITTER_DATE="2026-04-03T13:00Z")
    assert found(repository) == []


def test_a_tick_that_is_not_committed_may_still_get_its_message(repository: Path) -> None:
    (repository / PATH).write_text(HEAD + ALERT.replace("[ ]", "[x]") + ROTATE, encoding="utf-8")
    assert found(repository) == []


def test_the_other_rules_find_what_they_ask_for(repository: Path) -> None:
    path = "docs/post-mortems/2026-04-01-mail-down.md"
    text = "---\nseverity: {}\n---\n\n# Post-mortem: mail down\n\n## Impact\nNo mail.\n\n## Action items\n{}"
    commit(
        repository, "2026-04-20", {path: text.format("SEV1", ALERT.replace("[ ]", "[x]") + ROTATE)}, "See #4"
    )
    swapped = ALERT.replace("AI 1", "AI 2") + ROTATE.replace("AI 2", "AI 1")
    changed = text.format("SEV2", swapped).replace("## Impact\nNo mail.\n\n", "")
    commit(repository, "2026-04-21", {path: changed})
    assert sorted((rule, line) for rule, _, line, _ in found(repository)) == [
        ("action-item-renumbered", 8),
        ("action-item-renumbered", 9),
        ("action-item-reopened", 8),
        ("published-late", 5),
        ("section-removed", 5),
        ("severity-changed", 2),
    ]


def test_what_arrives_all_at_once_accuses_nobody(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    done = (
        HEAD.replace("SEV3", "SEV1")
        + ALERT.replace("[ ]", "[x]")
        + ROTATE.replace("2026-10-08", "2026-04-08")
    )
    commit(tmp_path, "2026-08-01", {PATH: done})
    assert found(tmp_path) == []


@pytest.mark.parametrize("use", ["auto", "required", "off"])
def test_a_shallow_clone_skips_history_rules_as_the_configuration_says(
    use: str, repository: Path, tmp_path: Path
) -> None:
    commit(repository, "2026-04-01", {"incidentdocs.toml": f'[history]\nuse = "{use}"\n'})
    commit(repository, "2026-04-02", {PATH: HEAD + ALERT})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    done = incidentdocs(clone)
    assert "action-item-dropped" not in done.stdout
    if use == "off":
        assert done.stderr == ""
    else:
        assert "git fetch --unshallow" in done.stderr
        assert done.stderr.count("\n") == (1 if use == "auto" else 2)
    assert done.returncode == (4 if use == "required" else 1)


def test_outside_git_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(HEAD + ALERT, encoding="utf-8")
    assert found(tmp_path) == []
    assert incidentdocs(tmp_path).stderr == ""


def test_outside_git_a_required_history_is_missed(tmp_path: Path) -> None:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(HEAD + ALERT, encoding="utf-8")
    (tmp_path / "incidentdocs.toml").write_text('[history]\nuse = "required"\n', encoding="utf-8")
    done = incidentdocs(tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert "is in no git repository" in done.stderr


def test_without_git_documents_are_linted_all_the_same(repository: Path) -> None:
    command = [sys.executable, "-m", "incidentdocs", "lint", "--as-of", "2026-09-15"]
    environment = clean(PATH=str(repository), GIT_PYTHON_REFRESH="quiet")
    done = subprocess.run(
        command, cwd=repository, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("history rules were not run: git was not found; install git")


def test_a_repository_without_a_commit_has_no_past(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(HEAD + ALERT, encoding="utf-8")
    assert found(tmp_path) == []
    assert incidentdocs(tmp_path).stderr == ""


def test_many_documents_are_linted_in_several_processes_with_their_past(repository: Path) -> None:
    texts = {
        f"docs/post-mortems/2026-03-15-incident-{number}.md": HEAD + ALERT + ROTATE for number in range(220)
    }
    commit(repository, "2026-03-17", texts)
    gone, *others = texts
    changed: dict[str, str | None] = dict.fromkeys(others, HEAD + ALERT)
    commit(repository, "2026-03-20", changed | {gone: None})
    assert [told[:2] for told in found(repository)] == [("action-item-dropped", "warning")] * 221
