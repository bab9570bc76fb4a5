"""Where the findings of `lint` go: stdout in a format, files beside it, a job's summary, or only how many."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from junitparser import JUnitXml

from tests.commands.conftest import run_in

BAD = "# Post-mortem: API down\n\n## Timeline\n\n- 14:45 mitigation\n- 14:30 service restored\n"
NAME = "docs/post-mortems/2026-03-14-api-down.md"
OTHER = "docs/post-mortems/2026-03-15-api-down-again.md"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "docs/post-mortems").mkdir(parents=True)
    (root / "incidentdocs.toml").write_text("", encoding="utf-8")
    (root / NAME).write_text(BAD, encoding="utf-8")
    (root / OTHER).write_text(BAD, encoding="utf-8")
    return root


def test_several_formats_at_once(repository: Path, tmp_path: Path) -> None:
    (repository / "old.xml").write_text("what was there", encoding="utf-8")
    outputs = ("sarif:findings.sarif", "junit:old.xml", f"jsonl:{tmp_path / 'outside.jsonl'}", "text:a:b.txt")
    options = [word for output in outputs for word in ("--output", output)]
    done = run_in(repository, "lint", "--format", "concise", *options)
    assert done.returncode == 1, done.stderr
    count = len(done.stdout.splitlines())
    assert count > 2
    assert len(json.loads((repository / "findings.sarif").read_text())["runs"][0]["results"]) == count
    assert sum(suite.tests for suite in JUnitXml.fromfile(str(repository / "old.xml"))) == count
    assert len((tmp_path / "outside.jsonl").read_text().splitlines()) == count
    assert "errors" in (repository / "a:b.txt").read_text().splitlines()[-1]
    assert not list(repository.glob(".incidentdocs-*"))


@pytest.mark.parametrize(
    ("output", "said", "hint"),
    [
        ("sarif", "--output sarif names no file", "sarif:findings.sarif"),
        ("sarif:", "--output sarif: names no file", "FORMAT:PATH"),
        ("serif:x", "no format is called serif", "did you mean sarif?"),
        ("C:\\x", "no format is called C", "write one of text, concise"),
        ("json:nowhere/x.json", "nowhere: no such folder", "make it first"),
        ("json:docs", "docs is a folder", "name a file in it"),
        (f"json:{NAME}", f"{NAME} is a document", "name another file"),
        ("json:incidentdocs.toml", "holds settings of the repository", "name another file for the findings"),
        ("text:-", "`-` is the standard output", "write --format text"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_checked(
    repository: Path, output: str, said: str, hint: str
) -> None:
    done = run_in(repository, "lint", "--output", output)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert hint in done.stderr
    assert (repository / NAME).read_text() == BAD
    assert not (repository / "-").exists()


def test_two_outputs_to_one_file_are_a_mistake(repository: Path) -> None:
    done = run_in(repository, "lint", "--output", "json:x", "--output", "sarif:docs/../x")
    assert done.returncode == 2
    assert "two outputs would be written to docs/../x" in done.stderr
    assert not (repository / "x").exists()


def test_an_output_may_be_a_link_or_no_regular_file_and_keeps_its_mode(repository: Path) -> None:
    target = repository / "real.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    (repository / "link.json").symlink_to(target)
    done = run_in(repository, "lint", "--output", "json:link.json", "--output", f"text:{os.devnull}")
    assert done.returncode == 1, done.stderr
    assert (repository / "link.json").is_symlink()
    assert json.loads(target.read_text())["version"] == 1
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="the system has no /dev/stdout")
def test_an_output_may_be_a_pipe(repository: Path) -> None:
    done = run_in(repository, "lint", "--format", "json", "--output", "concise:/dev/stdout")
    assert done.returncode == 1, done.stderr
    assert f"{NAME}:" in done.stdout


def test_statistics_count_rules_in_place_of_findings(repository: Path) -> None:
    done = run_in(repository, "lint", "--statistics")
    assert done.returncode == 1
    *rows, empty, last = done.stdout.splitlines()
    assert empty == ""
    assert any(row.split()[:3] == ["2", "error", "timeline-order"] for row in rows)
    assert any(row.endswith("in 2 documents") for row in rows)
    assert "in 2 documents" in last
    value = json.loads(run_in(repository, "lint", "--statistics", "--format", "json").stdout)
    assert sum(rule["findings"] for rule in value["rules"]) == (
        value["summary"]["errors"] + value["summary"]["warnings"]
    )
    assert [rule["findings"] for rule in value["rules"]] == sorted(
        (rule["findings"] for rule in value["rules"]), reverse=True
    )
    refused = run_in(repository, "lint", "--statistics", "--format", "sarif")
    assert refused.returncode == 2
    assert "write --format text or json" in refused.stderr


def test_show_files_names_what_would_be_checked(repository: Path) -> None:
    done = run_in(repository, "lint", "--show-files", "docs")
    assert (done.returncode, done.stdout) == (0, f"{NAME}\tpost-mortem\n{OTHER}\tpost-mortem\n")
    assert "rules about all documents and their history are not asked for single paths" in done.stderr
    assert "not asked" not in run_in(repository, "lint", "--show-files").stderr
    none = run_in(repository, "lint", "--show-files", "incidentdocs.toml")
    assert (none.returncode, none.stdout) == (0, "")
    assert "no document found" in none.stderr


def test_what_is_passed_over_is_counted_and_named(repository: Path) -> None:
    (repository / "docs/post-mortems/post-mortem-template.md").write_text(BAD)
    for arguments in (("lint",), ("lint", "docs"), ("lint", "--statistics")):
        last = run_in(repository, *arguments).stdout.splitlines()[-1]
        assert last.endswith("in 2 documents (1 Markdown file not read, which --show-files names)")
    told = run_in(repository, "lint", "--show-files").stderr
    assert told == "not read, as its name is no document's: docs/post-mortems/post-mortem-template.md\n"


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (("--statistics", "--show-files"), "--statistics"),
        (("--show-files", "--format", "json"), "--format json"),
        (("--show-files", "--output", "json:x.json", "--since", "HEAD"), "--output and --since"),
        (("--watch", "--show-files"), "--watch"),
        (("--show-files", "--fix", "--unsafe"), "--fix and --unsafe"),
        (("--show-files", "--select", "timeline-order"), "--select"),
        (("--diff", "--statistics"), "--statistics"),
        (("--diff", "--format", "json"), "--format json"),
        (("--diff", "--fix"), "--fix"),
        (("--diff", "-", "--stdin-filename", NAME), "-"),
        (("--fix", "--since", "HEAD"), "--since"),
        (("--write-baseline", "x.json", "--format", "sarif"), "--format sarif"),
        (("--write-baseline", "x.json", "--statistics", "--since", "HEAD"), "--statistics and --since"),
        (("--write-baseline", "x.json", "--watch"), "--watch"),
        (("--watch", "-", "--stdin-filename", NAME), "--watch"),
    ],
)
def test_no_option_is_passed_over_in_silence(
    repository: Path, arguments: tuple[str, ...], left_out: str
) -> None:
    done = run_in(repository, "lint", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.endswith(f": not with {left_out}")
    assert hint == f"hint: leave {left_out} out, or run lint twice"
    assert not list(repository.glob("x.*"))


@pytest.mark.parametrize("format", ["github", "forgejo"])
def test_a_job_has_a_summary_behind_what_is_there(
    repository: Path, tmp_path: Path, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "summary.md"
    file.write_text("what another step says\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    done = run_in(repository, "lint", "--format", format)
    assert done.returncode == 1, done.stderr
    assert file.read_text().startswith("what another step says\n### incidentdocs: ")
    assert "`timeline-order`" in file.read_text()
    before = file.read_text()
    assert run_in(repository, "lint").returncode == 1
    assert file.read_text() == before


def test_a_summary_that_cannot_be_written_fails_no_run(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "docs"))
    done = run_in(repository, "lint", "--format", "github")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=")
    assert "the job's summary is not written" in done.stderr


def test_pages_with_an_address_are_linked_everywhere(repository: Path) -> None:
    (repository / "incidentdocs.toml").write_text('rule-pages = "https://docs.example.org/{rule}.html"\n')
    page = "https://docs.example.org/timeline-order.html"
    for format in ("json", "jsonl", "sarif", "rdjson"):
        assert f'"{page}"' in run_in(repository, "lint", "--format", format).stdout
    assert f"\x1b]8;;{page}\x1b\\" in run_in(repository, "lint", "--color", "always").stdout
    assert f'"{page}"' in run_in(repository, "rules", "timeline-order", "--format", "json").stdout


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ("https://docs.example.org/rules/", "the address does not say where a rule's name stands"),
        ("javascript:alert({rule})", "is no address of a page"),
        ("https://docs.example.org/ {rule}", "is no address of a page"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_mistake(repository: Path, pages: str, said: str) -> None:
    (repository / "incidentdocs.toml").write_text(f'rule-pages = "{pages}"\n')
    done = run_in(repository, "lint")
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("format", ["text", "concise", "sarif"])
def test_only_the_format_that_is_asked_for_is_imported(repository: Path, format: str) -> None:
    code = (
        "import sys\nfrom incidentdocs.cli import main\n"
        f"try:\n    main(['lint', '--format', '{format}', '{NAME}'])\nexcept SystemExit:\n    pass\n"
        "told = sorted(name for name in sys.modules if name.startswith('incidentdocs.output.lint_'))\n"
        "heavy = [name for name in ('pydantic', 'git', 'jinja2', 'xml') if name in sys.modules]\n"
        "print(told, heavy, sep='\\n', file=sys.stderr)\n"
    )
    done = run_python(repository, code)
    formats, heavy = done.splitlines()[-2:]
    assert formats == str(sorted(f"incidentdocs.output.lint_{name}" for name in ("formats", format)))
    assert heavy == "[]"


def run_python(folder: Path, code: str) -> str:
    """Run a piece of Python in a process of its own, and return what it says on stderr."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stderr
