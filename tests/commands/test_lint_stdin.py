"""`lint -`: a text on the standard input, read as a document of the repository."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Committed

PATH = "docs/post-mortems/2026-03-14-api-down.md"
TEXT = "---\nseverity: SEV3\n---\n\n# Post-mortem: API down\n\n## Timeline\n- 10:15 b\n- 10:05 a\n"


def lint(folder: Path, given: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "incidentdocs", "lint", *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"},
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )


def rules(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return [each["rule"] for each in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize("there", [False, True])
def test_the_text_is_read_as_if_it_stood_there(committed: Committed, there: bool) -> None:
    if there:
        committed.write(PATH, "# Something else\n")
    done = lint(committed.root, TEXT.encode(), "-", "--stdin-filename", PATH, "--format", "json")
    assert done.returncode == 1
    assert "timeline-order" in rules(done)
    assert {each["path"] for each in json.loads(done.stdout)["findings"]} == {PATH}
    committed.write(PATH, TEXT)
    assert rules(done) == rules(lint(committed.root, b"", PATH, "--format", "json"))


def test_its_lines_are_shown(committed: Committed) -> None:
    done = lint(committed.root, TEXT.encode(), "-", "--stdin-filename", PATH, "--select", "timeline-order")
    assert "│ - 10:05 a" in done.stdout.decode()
    assert not (committed.root / PATH).exists()


def test_the_name_is_relative_to_the_folder_of_the_call(committed: Committed) -> None:
    folder = committed.root / "docs" / "post-mortems"
    folder.mkdir(parents=True)
    done = lint(folder, TEXT.encode(), "-", "--stdin-filename", Path(PATH).name, "--format", "json")
    assert "timeline-order" in rules(done)


def test_a_name_that_no_profile_claims_is_told(committed: Committed) -> None:
    done = lint(committed.root, TEXT.encode(), "-", "--stdin-filename", "notes.md")
    assert done.returncode == 0
    assert b"1 file not checked, claimed by no profile: notes.md" in done.stderr
    assert lint(committed.root, b"", "-", "--stdin-filename", "../notes.md").returncode == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "the text is not UTF-8"),
        (b"# A\0\n", "the text holds a NUL character"),
        (b"x\n" * 1_000_000, "too many to be a document"),
    ],
)
def test_what_is_no_text_is_one_finding(committed: Committed, content: bytes, message: str) -> None:
    done = lint(committed.root, content, "-", "--stdin-filename", PATH)
    assert done.returncode == 1
    assert message in done.stdout.decode()
    assert b"1 error in 1 document" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-",), "write `incidentdocs lint - --stdin-filename docs/post-mortems/"),
        (("-", "docs", "--stdin-filename", PATH), "leave out the other paths"),
        (("-", "--repository", "--stdin-filename", PATH), "leave out --repository"),
        (("-", "--watch", "--stdin-filename", PATH), "leave --watch out"),
        (("--stdin-filename", PATH), f"write `incidentdocs lint - --stdin-filename {PATH}`"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_to_type(
    committed: Committed, arguments: tuple[str, ...], told: str
) -> None:
    done = lint(committed.root, TEXT.encode(), *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()


def test_only_what_changed_since_a_revision_is_told_of_it_too(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    committed.commit("2026-03-16")
    given = ("-", "--stdin-filename", PATH, "--since", "HEAD", "--format", "json")
    assert rules(lint(committed.root, TEXT.encode(), *given)) == []
    assert "timeline-order" in rules(lint(committed.root, TEXT.replace("10:05", "10:01").encode(), *given))
