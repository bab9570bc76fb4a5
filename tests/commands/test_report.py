"""`incidentdocs report`, run over documents on disk: what needs no history."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from incidentdocs.commands.report import run_deadlines, run_items
from incidentdocs.errors import UsageError

ITEMS = (
    "- [ ] AI 1 : augmenter le disque (owner @dev, due 2026-02-01)\n"
    "- [ ] AI 2 : alerter a 80 % (owner @ops, due 2026-04-01)\n"
    "- [ ] AI 3 : ecrire un runbook (owner @ops)\n"
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "incidentdocs.toml").touch()
    folder = tmp_path / "docs/post-mortems"
    folder.mkdir(parents=True)
    text = f"---\nseverity: SEV1\n---\n\n# Post-mortem : Disque plein\n\n## Action items\n{ITEMS}"
    (folder / "2026-01-10-disque-plein.md").write_text(text, encoding="utf-8")
    return tmp_path


def report(repository: Path, **options: Any) -> int:
    defaults: dict[str, Any] = {
        "name": "overdue",
        "format": "text",
        "by": "document",
        "exit_code": False,
        "since": None,
        "at": None,
        "as_of": date(2026, 3, 20),
        "config": None,
        "cache": False,
        "colour": False,
    }
    given = defaults | options
    if given["name"] == "deadlines":
        return run_deadlines(
            repository, **{key: given[key] for key in given if key not in ("name", "by", "since")}
        )
    return run_items(repository, **given)


def test_text_ends_with_the_totals(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(repository) == 0
    shown = capsys.readouterr().out.rstrip("\n").split("\n")
    assert shown[0] == "docs/post-mortems/2026-01-10-disque-plein.md · SEV1"
    assert shown[-1] == (
        "1 overdue on 2026-03-20, of 3 open action items in 1 document, 1 without a due date"
    )


def test_that_the_disk_is_read_is_told_on_stderr(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(repository)
    told = capsys.readouterr().err
    assert (
        told
        == "this is no git repository: the documents are read from disk, and nothing is told of their past\n"
    )


@pytest.mark.parametrize("options", [{"at": "HEAD"}, {"since": "2026-03-01"}, {"name": "deadlines"}])
def test_what_needs_a_history_is_refused(repository: Path, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        report(repository, **options)


def test_json_is_one_value(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(repository, format="json", name="actions")
    printed = json.loads(capsys.readouterr().out)
    assert [item["number"] for item in printed["items"]] == [1, 2, 3]
    assert [item["line"] for item in printed["items"]] == [8, 9, 10]


def test_markdown_has_a_table(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(repository, format="markdown")
    assert "| AI 1 | augmenter le disque | @dev |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("overdue", date(2026, 3, 20), 1),
        ("overdue", date(2026, 2, 1), 0),
        ("actions", date(2026, 2, 1), 1),
    ],
)
def test_the_exit_code_says_whether_the_report_is_empty(
    repository: Path, name: str, day: date, code: int
) -> None:
    assert report(repository, name=name, as_of=day, exit_code=True) == code
    assert report(repository, name=name, as_of=day) == 0


def test_the_folder_one_stands_in_does_not_matter(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(repository)
    at_the_root = capsys.readouterr().out
    report(repository / "docs/post-mortems")
    assert capsys.readouterr().out == at_the_root


def test_a_run_that_found_no_document_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(tmp_path, exit_code=True) == 0
    assert "no document found" in capsys.readouterr().err
