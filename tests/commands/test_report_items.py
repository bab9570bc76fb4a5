"""Action items grouped, in sheets, in calendars and for trackers, over a real repository."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from icalendar import Calendar

from tests.commands.conftest import Committed

DISK = "docs/post-mortems/2026-03-02-disk-full.md"


def post_mortem(items: str, severity: str = "SEV1") -> str:
    return f"---\nseverity: {severity}\n---\n\n# Post-mortem: Disk full\n\n## Action items\n\n{items}"


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", 'language = "en"\n')
    committed.write(
        DISK,
        post_mortem(
            "- [ ] AI 1: =cmd() in a cell (owner @zoe and @adam, due 2026-03-10, ref OPS-7)\n"
            '- [ ] AI 2: rotate, the "logs" (owner @adam, due 2026-03-12)\n'
            "- [ ] AI 3: nobody's (due 2026-04-12)\n"
            "- [x] AI 4: done already (owner @zoe, due 2026-03-09)\n"
        ),
    )
    committed.commit("2026-03-04")
    return committed


def report(repository: Committed, *options: str) -> str:
    ran = repository.run("report", *options, "--as-of", "2026-03-20")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_sheet_has_a_row_for_each_item_and_runs_none(repository: Committed) -> None:
    rows = list(csv.DictReader(StringIO(report(repository, "actions", "--format", "csv"))))
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["description"] == "'=cmd() in a cell"
    assert rows[0]["refs"] == "OPS-7"
    assert rows[1]["description"] == 'rotate, the "logs"'
    assert (rows[0]["days_overdue"], rows[2]["days_overdue"], rows[3]["state"]) == ("10", "", "done")


def test_a_calendar_has_the_day_of_each_open_item(repository: Committed) -> None:
    calendar = Calendar.from_ical(report(repository, "actions", "--format", "ics"))
    events = calendar.walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [
        date(2026, 3, 10),
        date(2026, 3, 12),
        date(2026, 4, 12),
    ]
    assert str(events[0]["SUMMARY"]) == "AI 1: =cmd() in a cell (@zoe and @adam)"
    assert len({str(event["UID"]) for event in events}) == 3
    overdue = Calendar.from_ical(report(repository, "overdue", "--format", "ics")).walk("VEVENT")
    assert [str(event["UID"]) for event in overdue] == [str(event["UID"]) for event in events[:2]]


def test_an_item_keeps_its_key_when_it_is_reworded_rescheduled_and_moved(repository: Committed) -> None:
    def key_of(part: str) -> str:
        lines = map(json.loads, report(repository, "actions", "--format", "jsonl").splitlines())
        (found,) = (line for line in lines if part in line["description"] and line["state"] == "open")
        assert isinstance(found["key"], str)
        return found["key"]

    before = key_of("rotate")
    text = (repository.root / DISK).read_text(encoding="utf-8")
    text = text.replace('rotate, the "logs"', 'rotate all the "logs" every night').replace("03-12", "04-02")
    repository.write(DISK, text)
    repository.commit("2026-03-06")
    assert key_of("every night") == before
    other = "docs/post-mortems/2026-03-05-again.md"
    line = next(line for line in text.splitlines(keepends=True) if "every night" in line)
    repository.write(DISK, text.replace(line, ""))
    repository.write(other, post_mortem(line))
    repository.commit("2026-03-08")
    assert key_of("every night") == before


def test_a_line_for_a_tracker_has_its_references_and_its_address(repository: Committed) -> None:
    repository.write("incidentdocs.toml", 'file-pages = "https://git.example.org/{path}?l={line}"\n')
    first, *_ = map(json.loads, report(repository, "overdue", "--format", "jsonl").splitlines())
    assert first["refs"] == ["OPS-7"]
    assert first["owners"] == ["@zoe", "@adam"]
    assert first["address"] == f"https://git.example.org/{DISK}?l=9"


def test_owners_stand_in_the_order_of_the_alphabet_and_nobody_last(repository: Committed) -> None:
    told = report(repository, "actions", "--by", "owner")
    headings = [line for line in told.splitlines() if line.startswith(("@", "no owner"))]
    assert headings == ["@adam", "@zoe", "no owner"]
    assert told.count("=cmd() in a cell") == 2
    table = report(repository, "actions", "--by", "severity", "--format", "markdown")
    assert "\n## SEV1\n" in table
    assert f"[{DISK.replace('_', chr(92) + '_')}:9](./{DISK}#L9)" in table


@pytest.mark.parametrize("pages", ["https://git.example.org/", "file:///{path}"])
def test_an_address_without_a_place_for_the_path_is_a_mistake(repository: Committed, pages: str) -> None:
    repository.write("incidentdocs.toml", f'file-pages = "{pages}"\n')
    ran = repository.run("report", "overdue")
    assert ran.returncode == 2
    assert "incidentdocs.toml:1" in ran.stderr
    assert "{path}" in ran.stderr
