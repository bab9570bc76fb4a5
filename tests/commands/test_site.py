"""`incidentdocs site` in real repositories: what it writes, what it leaves alone, and what it refuses."""

import base64
import json
import re
from pathlib import Path

import pytest

from incidentdocs.site.addresses import page_of
from tests.commands.conftest import Committed, run_in

AS_OF = ("--as-of", "2026-04-01")
FIRST = "docs/post-mortems/2026-03-02-disk-full.md"
AGAIN = "docs/post-mortems/2026-03-20-disk-full-again.md"
RUNBOOK = "docs/runbooks/disk-full.md"

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:1234\nsize 12345\n"


def post_mortem(title: str, more: str = "") -> str:
    return (
        "---\nseverity: SEV1\nservices: [photos]\nfailure-mode: disk-full\nstatus: published\n---\n\n"
        f"# Post-mortem: {title}\n\nSee [the runbook](../runbooks/disk-full.md).\n\n{more}\n\n"
        "## Timeline\n\n- 10:00 detection: the alert fires\n- 10:05 triage\n- 10:20 mitigation start\n"
        "- 10:40 service restored\n\n"
        "## Action items\n\n- [ ] AI 1: alert at 80 % of the disk (owner @dev, due 2026-03-25)\n"
    )


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", 'language = "en"\ntimezone = "UTC"\n')
    committed.write(RUNBOOK, "# Runbook: disk full\n\n## Steps\n\n1. Delete the thumbnails.\n")
    committed.write(FIRST, post_mortem("disk full"))
    committed.commit("2026-03-03")
    committed.write(AGAIN, post_mortem("disk full again"))
    committed.commit("2026-03-21")
    return committed


def site_of(repository: Committed, *arguments: str) -> Path:
    made = repository.run("site", *AS_OF, *arguments)
    assert made.returncode == 0, made.stderr
    return repository.root / "incidentdocs-site"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_same_commit_makes_the_same_site_with_and_without_what_was_kept(repository: Committed) -> None:
    first = contents(site_of(repository, "--no-cache"))
    assert contents(site_of(repository)) == first
    assert contents(site_of(repository)) == first


def test_what_the_reports_say_is_what_the_pages_say(repository: Committed) -> None:
    site = site_of(repository)
    report = json.loads(repository.run("report", "overdue", *AS_OF, "--format", "json").stdout)
    board = (site / "board.html").read_text(encoding="utf-8")
    assert [item["days_overdue"] for item in report["items"]] == [7, 7]
    assert board.count("7 days overdue, due 2026-03-25") == 2
    page = (site / page_of(AGAIN)).read_text(encoding="utf-8")
    assert "7 days overdue" in page
    assert "both are disk-full on photos" in page
    assert "until restored <strong>20m</strong>" in page


def test_similar_incidents_and_links_lead_both_ways(repository: Committed) -> None:
    site = site_of(repository)

    def leads(document: str) -> set[Path]:
        page = site / page_of(document)
        found = re.findall(r'href="(\./[^"#]*)', page.read_text(encoding="utf-8"))
        return {(page.parent / each).resolve().relative_to(site.resolve()) for each in found}

    assert Path(page_of(FIRST)) in leads(AGAIN)
    assert Path(page_of(AGAIN)) in leads(FIRST)
    assert Path(page_of(RUNBOOK)) in leads(FIRST)
    assert {Path(page_of(FIRST)), Path(page_of(AGAIN))} <= leads(RUNBOOK)


def test_pictures_of_the_repository_are_taken_along_and_nothing_else_is(repository: Committed) -> None:
    shown = "![graph](graph.png) ![large](large.png) ![pointer](lfs.png) ![far](https://example.org/x.png)"
    folder = repository.root / "docs/post-mortems"
    (folder / "graph.png").write_bytes(PIXEL)
    (folder / "large.png").write_bytes(PIXEL + bytes(2_000_000))
    (folder / "lfs.png").write_bytes(POINTER)
    (folder / "unused.png").write_bytes(PIXEL + b"unused")
    repository.write(FIRST, post_mortem("disk full", shown))
    repository.commit("2026-03-22")
    site = site_of(repository)
    copied = {path.name: path.read_bytes() for path in (site / "pictures").rglob("*") if path.is_file()}
    assert copied == {"graph.png": PIXEL, "large.png": PIXEL + bytes(2_000_000)}
    page = (site / page_of(FIRST)).read_text(encoding="utf-8")
    assert re.findall(r'<img [^>]*alt="(\w+)"', page) == ["graph", "large"]
    assert '<a href="https://example.org/x.png">[far]</a>' in page
    (folder / "large.png").write_bytes(PIXEL + bytes(10_000_000))
    repository.commit("2026-03-23")
    site_of(repository)
    assert sorted(path.name for path in (site / "pictures").rglob("*.png")) == ["graph.png"]


def test_a_document_that_is_gone_takes_its_page_with_it(repository: Committed) -> None:
    site = site_of(repository)
    (repository.root / AGAIN).unlink()
    repository.commit("2026-03-22")
    site_of(repository)
    assert not (site / page_of(AGAIN)).exists()
    assert (site / page_of(FIRST)).exists()


def test_a_document_that_is_no_text_is_named_and_told(repository: Committed) -> None:
    (repository.root / AGAIN).write_bytes(b"# Post-mortem: caf\xe9\n\n## Timeline\n\n- 10:00 detection\n")
    repository.commit("2026-03-22")
    page = (site_of(repository) / page_of(AGAIN)).read_text(encoding="utf-8")
    assert "cannot be read as text: the text is not UTF-8" in page


def test_a_repository_without_a_document_has_a_site_all_the_same(committed: Committed) -> None:
    committed.write("README.md", "# Nothing yet\n")
    committed.commit("2026-03-03")
    assert "no document found, nothing is shown" in committed.run("site").stderr
    site = site_of(committed)
    assert "What needs attention" in (site / "index.html").read_text(encoding="utf-8")
    data = (site / "assets/search-data.js").read_text(encoding="utf-8")
    assert data == "window.incidentdocsPages = [];\n"


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("docs/post-mortems", "is a folder of documents"),
        (".", "holds files that incidentdocs has not written"),
        ("mine", "holds files that incidentdocs has not written"),
        ("incidentdocs.toml", "is no folder of its own"),
    ],
)
def test_what_others_have_written_is_never_written_over(
    repository: Committed, output: str, told: str
) -> None:
    repository.write("mine/index.html", "mine")
    before = contents(repository.root)
    refused = repository.run("site", "--output", output)
    assert refused.returncode == 2
    assert told in refused.stderr
    assert "hint:" in refused.stderr
    after = contents(repository.root)
    assert {path: after[path] for path in before} == before


def test_outside_git_there_is_nothing_to_tell(tmp_path: Path) -> None:
    (tmp_path / "docs/post-mortems").mkdir(parents=True)
    (tmp_path / FIRST).write_text(post_mortem("disk full"), encoding="utf-8")
    refused = run_in(tmp_path, "site")
    assert refused.returncode == 2
    assert "this is no git repository" in refused.stderr
    assert not (tmp_path / "incidentdocs-site").exists()
