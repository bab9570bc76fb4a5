"""`incidentdocs report weekly` over a real repository: what a team hears, in every form."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from incidentdocs.output.schemas import MADE
from tests.commands.conftest import Committed

CONFIG = 'language = "en"\ntimezone = "Europe/Paris"\n'
DISK = "docs/post-mortems/2026-03-02-disk-full.md"
MAIL = "docs/post-mortems/2026-03-09-mail-stuck.md"
RUNBOOK = "docs/runbooks/runbook-disk-full.md"


def post_mortem(title: str, items: str, *, status: str = "published", severity: str = "SEV1") -> str:
    return (
        f"---\nseverity: {severity}\nstatus: {status}\n---\n\n# Post-mortem: {title}\n\n"
        f"## Timeline\n\n- 02:00 alert\n- 03:00 resolved\n\n## Action items\n\n{items}"
    )


ITEMS = (
    "- [ ] AI 1: alert at 80 % of the disk (owner @dev and @ops, due 2026-03-10)\n"
    "- [ ] AI 2: rotate the logs (owner @ops, due 2026-03-27)\n"
    "- [ ] AI 3: write the runbook (owner @dev, due 2026-03-20)\n"
    '- [ ] AI 4: keep x < 3 & "y" > 2 (owner @dev, due 2026-04-20)\n'
)


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", CONFIG)
    committed.write(RUNBOOK, "---\nreviewed: 2025-01-10\n---\n# Runbook: Disk full\n")
    committed.commit("2025-01-10")
    committed.write(DISK, post_mortem("Disk full", ITEMS))
    committed.commit("2026-03-04")
    committed.write(MAIL, post_mortem("Mail stuck", "- [ ] AI 1: drain it (owner @ops, due 2026-04-30)\n"))
    committed.commit("2026-03-12")
    done = ITEMS.replace("- [ ] AI 3", "- [x] AI 3").replace("2026-04-20", "2026-05-20")
    committed.write(DISK, post_mortem("Disk full", done))
    draft = "docs/post-mortems/2026-03-18-login-fails.md"
    committed.write(draft, post_mortem("Login fails", "", status="draft"))
    committed.commit("2026-03-19")
    return committed


def weekly(repository: Committed, *options: str) -> str:
    ran = repository.run("report", "weekly", "--as-of", "2026-03-23", *options)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_text_tells_each_part_with_places(repository: Committed) -> None:
    told = weekly(repository)
    assert told.startswith("Incident follow-up on 2026-03-23\n\n1 overdue, 1 due by 2026-03-30, ")
    parts = dict(part.split("\n", 1) for part in told.rstrip("\n").split("\n\n")[2:])
    assert list(parts) == [
        "Overdue action items",
        "Action items due by 2026-03-30",
        "Changed since 2026-03-16",
        "Post-mortems",
        "Escalations due",
        "Runbooks to go through",
    ]
    assert parts["Overdue action items"] == (
        f"  {DISK} · SEV1\n"
        "    AI 1 alert at 80 % of the disk (@dev and @ops, 13 days overdue, due 2026-03-10)"
        f" · {DISK}:15"
    )
    assert "AI 2 rotate the logs (@ops, open, due 2026-03-27)" in parts["Action items due by 2026-03-30"]
    changed = parts["Changed since 2026-03-16"]
    assert "done: AI 3 write the runbook (@dev, on 2026-03-19" in changed
    assert "rescheduled: AI 4" in changed
    assert "to 2026-05-20" in changed
    assert "2026-03-18-login-fails.md" in parts["Post-mortems"]
    assert "still a draft" in parts["Post-mortems"]
    assert parts["Runbooks to go through"] == (
        f"  Runbook: Disk full: not touched or reviewed since 2025-01-10, 14 months · {RUNBOOK}"
    )


def test_by_owner_each_owner_finds_what_is_theirs_in_the_order_of_the_alphabet(repository: Committed) -> None:
    told = weekly(repository, "--by", "owner")
    overdue = told.partition("Overdue action items\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  (\S+)$", overdue, re.MULTILINE) == ["@dev", "@ops"]
    assert overdue.count("AI 1 alert at 80 %") == 2
    assert told.startswith("Incident follow-up on 2026-03-23\n\n1 overdue")


def test_a_runbook_whose_rule_is_off_or_silenced_is_not_told(repository: Committed) -> None:
    repository.write("incidentdocs.toml", f"{CONFIG}[rules.runbook-stale]\nenabled = false\n")
    assert json.loads(weekly(repository, "--format", "json"))["stale_runbooks"] == []
    repository.write("incidentdocs.toml", f"{CONFIG}[rules.runbook-stale.options]\nmonths = 15\n")
    assert json.loads(weekly(repository, "--format", "json"))["stale_runbooks"] == []
    repository.write("incidentdocs.toml", CONFIG)
    assert len(json.loads(weekly(repository, "--format", "json"))["stale_runbooks"]) == 1


def test_json_is_as_its_schema_says(repository: Committed) -> None:
    printed = json.loads(weekly(repository, "--format", "json"))
    jsonschema.validate(printed, MADE["weekly"]())
    assert printed["as_of"] == "2026-03-23"
    assert [item["description"] for item in printed["overdue"]] == ["alert at 80 % of the disk"]
    assert printed["overdue"][0]["owners"] == ["@dev", "@ops"]


class Page(HTMLParser):
    """What a page holds: its tags, the addresses that it asks for, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_fetches_nothing_and_shows_markup_as_text(repository: Committed) -> None:
    page = Page(weekly(repository, "--format", "html"))
    assert page.addresses == []
    assert not page.tags & {"script", "link", "img", "style", "iframe", "b"}
    assert 'AI 4 keep x < 3 & "y" > 2' in page.text
    assert "13 days overdue" in page.text


def test_the_page_links_to_where_files_are_read(repository: Committed) -> None:
    pages = "https://git.example.org/ops/src/branch/main/{path}#L{line}"
    repository.write("incidentdocs.toml", f'file-pages = "{pages}"\n{CONFIG}')
    page = Page(weekly(repository, "--format", "html"))
    assert f"https://git.example.org/ops/src/branch/main/{DISK}#L15" in page.addresses
    assert f"https://git.example.org/ops/src/branch/main/{RUNBOOK}" in page.addresses


def test_each_output_gets_its_file(repository: Committed, tmp_path: Path) -> None:
    page, text = tmp_path / "weekly.html", tmp_path / "weekly.md"
    weekly(repository, "--output", f"html:{page}", "--output", f"markdown:{text}")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert text.read_text(encoding="utf-8").startswith("# Incident follow-up on 2026-03-23\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--output", "html"], "write FORMAT:PATH, as in html:weekly.html"),
        (["--output", "pdf:x"], "write one of text, markdown, html, json"),
        (["--output", f"text:{DISK}"], "name another file for the report"),
        (["--since", "2026-03-23"], "is not before the day of the report"),
        (["--send"], "set INCIDENTDOCS_NOTIFY to an address"),
        (["--by", "team"], "'--by'"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_type(
    repository: Committed, options: list[str], said: str
) -> None:
    before = (repository.root / DISK).read_bytes()
    ran = repository.run("report", "weekly", "--as-of", "2026-03-23", *options)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert ran.stdout == ""
    assert (repository.root / DISK).read_bytes() == before


def test_the_exit_code_is_a_gate(repository: Committed) -> None:
    assert repository.run("report", "weekly", "--as-of", "2026-03-23", "--exit-code").returncode == 1
    repository.write("incidentdocs.toml", f"{CONFIG}[rules.runbook-stale]\nenabled = false\n")
    early = ("report", "weekly", "--as-of", "2026-03-08", "--exit-code")
    ran = repository.run(*early)
    assert ran.returncode == 0
    assert "nothing is overdue" in ran.stdout


def test_outside_git_it_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "incidentdocs.toml").touch()
    from tests.commands.conftest import run_in

    ran = run_in(tmp_path, "report", "weekly")
    assert ran.returncode == 2
    assert "report weekly reads the history" in ran.stderr
