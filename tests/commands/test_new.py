from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from incidentdocs.commands.new import run
from incidentdocs.errors import ConfigError, UsageError
from incidentdocs.workspace import open_workspace

DAY = date(2026, 3, 14)


def new(
    root: Path,
    title: str = "API down",
    *,
    kind: str = "post-mortem",
    day: date | None = DAY,
    severity: str | None = None,
    services: Sequence[str] = (),
    language: str | None = None,
) -> int:
    return run(
        root,
        kind=kind,
        title=title,
        day=day,
        severity=severity,
        services=services,
        language=language,
        config=None,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "incidentdocs.toml").write_text('timezone = "Europe/Paris"\n')
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_a_new_post_mortem_is_written_and_its_path_printed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, severity="CRITICAL", services=["api", "db"]) == 0
    path = capsys.readouterr().out.strip()
    assert path == "docs/post-mortems/2026-03-14-api-down.md"
    text = (root / path).read_text(encoding="utf-8")
    assert text.startswith("---\nseverity: SEV1\nservices: [api, db]\n")
    assert "\n# Post-mortem: API down\n" in text


def test_a_new_runbook_is_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new(root, "Disk full", kind="runbook")
    assert capsys.readouterr().out == "docs/runbooks/runbook-disk-full.md\n"


def test_a_new_document_is_claimed_by_its_profile(root: Path) -> None:
    new(root)
    new(root, "README", kind="runbook")
    documents = open_workspace(root).library().documents
    assert [document.profile.kind for document in documents] == ["post-mortem", "runbook"]
    assert all(document.is_draft for document in documents)


def test_the_path_is_told_from_where_the_user_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs").mkdir()
    new(root / "docs")
    assert capsys.readouterr().out == "post-mortems/2026-03-14-api-down.md\n"


def test_the_date_is_today_in_the_configured_zone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "incidentdocs.toml").write_text('timezone = "Pacific/Kiritimati"\n')
    new(root, day=None)
    today = open_workspace(root).process.today
    assert f"/{today.isoformat()}-api-down.md" in capsys.readouterr().out


def test_the_language_is_the_configured_one_unless_asked(root: Path) -> None:
    (root / "incidentdocs.toml").write_text('language = "fr"\n')
    new(root, "un")
    new(root, "two", language="en")
    folder = root / "docs/post-mortems"
    assert "# Post-mortem : un\n" in (folder / "2026-03-14-un.md").read_text(encoding="utf-8")
    assert "# Post-mortem: two\n" in (folder / "2026-03-14-two.md").read_text(encoding="utf-8")


def test_an_existing_document_is_refused_and_left_as_it_was(root: Path) -> None:
    write(root, "docs/post-mortems/2026-03-14-api-down.md", "mine")
    with pytest.raises(UsageError, match="exists already"):
        new(root)
    assert (root / "docs/post-mortems/2026-03-14-api-down.md").read_text() == "mine"


def test_an_unknown_kind_is_named_with_the_nearest(root: Path) -> None:
    with pytest.raises(UsageError, match="'postmortem'") as caught:
        new(root, kind="postmortem")
    assert caught.value.hint == 'did you mean "post-mortem"?'


@pytest.mark.parametrize("title", ["../../x", "/etc/x", "..\\x", "x\0y", "x" * 10_000, "{{ 7*7 }}", "数据库"])
def test_no_title_writes_outside_the_documents_folder(tmp_path: Path, title: str) -> None:
    root = tmp_path / "a" / "b" / "c"
    root.mkdir(parents=True)
    new(root, title)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 1
    assert written[0].parent == root / "docs/post-mortems"


def test_a_documents_folder_that_leads_out_of_the_repository_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "docs").mkdir(parents=True)
    outside.mkdir()
    (root / "incidentdocs.toml").touch()
    (root / "docs/post-mortems").symlink_to(outside)
    with pytest.raises(UsageError, match="outside the repository"):
        new(root)
    assert not list(outside.iterdir())


PROFILE = """
extends = "post-mortem"
folders = ["incidents"]
filename = "INC-{number}-{slug}.md"
"""


def test_a_kind_of_the_repository_begins_from_the_template_of_its_base(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, ".incidentdocs/profiles/incident/profile.toml", PROFILE)
    new(root, kind="incident")
    new(root, "Again", kind="incident")
    assert capsys.readouterr().out == "incidents/INC-1-api-down.md\nincidents/INC-2-again.md\n"
    assert "# Post-mortem: API down\n" in (root / "incidents/INC-1-api-down.md").read_text(encoding="utf-8")


def test_a_template_of_the_repository_is_used(root: Path) -> None:
    write(root, ".incidentdocs/profiles/incident/profile.toml", PROFILE)
    write(root, ".incidentdocs/profiles/incident/template.en.md.j2", "# {{ title }} on {{ date }}\n")
    new(root, kind="incident")
    assert (root / "incidents/INC-1-api-down.md").read_text() == "# API down on 2026-03-14\n"


def test_a_broken_template_is_named_with_its_line_and_nothing_is_written(root: Path) -> None:
    write(root, ".incidentdocs/profiles/incident/profile.toml", PROFILE)
    write(root, ".incidentdocs/profiles/incident/template.en.md.j2", "# {{ title }}\n{{ titel }}\n")
    with pytest.raises(ConfigError) as caught:
        new(root, kind="incident")
    assert caught.value.path == ".incidentdocs/profiles/incident/template.en.md.j2"
    assert caught.value.line == 2
    assert not (root / "incidents").exists()


@pytest.mark.parametrize("content", [b"langage = 'fr'\n", b"\xff\xfe", b"[" * 100_000, b"a = 1\n" * 100_000])
def test_a_configuration_that_cannot_be_used_is_told_and_nothing_is_written(
    root: Path, content: bytes
) -> None:
    (root / "incidentdocs.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        new(root)
    assert caught.value.hint
    assert not (root / "docs").exists()


def test_a_team_may_call_a_severity_by_words_of_its_own(root: Path) -> None:
    (root / "incidentdocs.toml").write_text('[severity.SEV2]\naliases = ["P2", "major"]\n')
    assert new(root, severity="p2") == 0
    (document,) = (root / "docs/post-mortems").glob("*.md")
    assert document.read_text().startswith("---\nseverity: SEV2\n")
    document.write_text(document.read_text().replace("SEV2", "Major"))
    (read,) = open_workspace(root).library().documents
    assert read.severity == "SEV2"
    assert not [value for value in read.metadata if value.problem]
