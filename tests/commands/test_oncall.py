"""`incidentdocs oncall`: now, at a moment, in a week, in the weeks to come, and what calls are counted."""

import csv
import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from icalendar import Calendar

from incidentdocs.output.oncall_ics import schedule_ics
from incidentdocs.output.schemas import MADE
from incidentdocs.process.people import Person, Roster
from incidentdocs.reports.oncall import ScheduleReport, Shift
from tests.commands.conftest import run_in

ROTA = """\
timezone = "Europe/Paris"
[process]
product = "Shop & Co"
[people.ana]
names = ["Ana Ruiz"]
emails = ["ana@shop.example"]
[people.luc]
[people.zoe]
[business-hours]
country = "FR"
[oncall]
order = ["ana", "luc", "zoe"]
start = 2026-01-05
[[oncall.overrides]]
who = "zoe"
from = 2026-01-06T18:00:00
until = 2026-01-07T09:00:00
[[oncall.absences]]
who = "luc"
from = 2026-01-14
until = 2026-01-15
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incidentdocs.toml").write_text(ROTA, encoding="utf-8")
    return tmp_path


def oncall(repository: Path, *arguments: str) -> str:
    done = run_in(repository, "oncall", *arguments)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def printed(repository: Path, schema: str, *arguments: str) -> Any:
    told = json.loads(oncall(repository, *arguments, "--format", "json"))
    jsonschema.validate(told, MADE[schema](), jsonschema.Draft202012Validator)
    return told


def test_a_moment_is_told_with_who_comes_next(repository: Path) -> None:
    assert oncall(repository, "--at", "2026-01-06 20:00") == (
        "principal  @zoe\n"
        "backup     @luc\n"
        "since      Tue 2026-01-06 18:00 +01:00\n"
        "until      Wed 2026-01-07 09:00 +01:00, then @ana, backup @luc\n"
        "at         Tue 2026-01-06 20:00 +01:00 (Europe/Paris)\n"
    )
    assert oncall(repository, "--at", "2026-01-06T15:00Z").startswith(
        "principal  @ana (Ana Ruiz, ana@shop.example)\nbackup     @luc\n"
    )


def test_a_moment_is_told_to_programs(repository: Path) -> None:
    told = printed(repository, "oncall", "--at", "2026-01-14T12:00")
    assert (told["principal"], told["backup"], told["absent"]) == ("zoe", "ana", ["luc"])
    assert (told["since"], told["until"]) == ("2026-01-14T00:00:00+01:00", "2026-01-16T00:00:00+01:00")
    assert (told["next_principal"], told["next_backup"]) == ("luc", "zoe")


def test_without_options_now_is_told(repository: Path) -> None:
    before = datetime.now(UTC)
    at = datetime.fromisoformat(printed(repository, "oncall")["at"])
    assert before <= at <= datetime.now(UTC)
    today = datetime.fromisoformat(printed(repository, "oncall", "--at", "09:30")["at"])
    assert (today.hour, today.minute) == (9, 30)
    assert abs(today - at) < timedelta(days=1)


def test_nobody_is_told_plainly_and_why(repository: Path) -> None:
    told = oncall(repository, "--at", "2025-12-31 12:00")
    assert told.startswith(
        "principal  nobody\nbackup     nobody\nbecause    the rotation begins on Mon 2026-01-05"
    )
    config = repository / "incidentdocs.toml"
    away = "".join(
        f'[[oncall.absences]]\nwho = "{who}"\nfrom = 2026-02-03\nuntil = 2026-02-03\n'
        for who in ("ana", "luc", "zoe")
    )
    config.write_text(ROTA + away, encoding="utf-8")
    told = oncall(repository, "--at", "2026-02-03 12:00")
    assert told.startswith("principal  nobody\nbackup     nobody\nbecause    not there: @luc, @zoe, @ana\n")
    assert "nobody, backup nobody" in oncall(repository, "--week", "2026-02-03")


@pytest.mark.parametrize(
    ("written", "week"),
    [
        ("2026-W53", "2026-W53"),
        ("2026w2", "2026-W02"),
        ("2027-01-04", "2027-W01"),
        ("2027-01-03", "2026-W53"),
    ],
)
def test_a_week_is_named_in_several_ways(repository: Path, written: str, week: str) -> None:
    told = printed(repository, "schedule", "--week", written)
    assert {shift["week"] for shift in told["shifts"]} == {week}
    assert told["shifts"][0]["since"] == told["since"]
    assert told["shifts"][-1]["until"] == told["until"]


def test_the_week_after_this_one_follows_it(repository: Path) -> None:
    now, following = (printed(repository, "oncall"), printed(repository, "schedule", "--week", "next"))
    begin = datetime.fromisoformat(following["since"])
    assert timedelta(0) < begin - datetime.fromisoformat(now["at"]) <= timedelta(days=7, hours=1)
    number = following["shifts"][0]["week"].partition("-W")
    this_year = f"{datetime.now(UTC).isocalendar().year}" == number[0]
    assert not this_year or printed(repository, "schedule", "--week", number[2]) == following


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("--at", "soon"), "'soon' is no date and time", "write --at"),
        (("--at", "2026-01-06"), "is no date and time", "--week 2026-01-06"),
        (("--at", "9999-12-31 12:00"), "no rota reaches", "write --at"),
        (("--week", "54"), "has no week 54", "from 1 to 5"),
        (("--week", "2027-W53"), "2027 has no week 53", "2027-W52"),
        (("--week", "last"), "'last' is no week", "next, or a day"),
        (("--week", "53", "--at", "12:00"), "two things", "leave one of them out"),
        (("schedule", "--from", "0001-01-01"), "no rota reaches", "2026-01-05"),
        (("compensation", "--month", "March"), "'March' is no month", "2026-03"),
        (("compensation",), "missing option '--month'", ""),
        (("--at", "12:00", "schedule"), "--at cannot stand before schedule", "leave it out"),
        (
            ("--format", "json", "schedule"),
            "--format cannot stand before schedule",
            "oncall schedule --format",
        ),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_to_type(
    repository: Path, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    done = run_in(repository, "oncall", *arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert message in done.stderr
    assert hint in done.stderr


@pytest.mark.parametrize("arguments", [(), ("schedule",), ("compensation", "--month", "2026-01")])
def test_without_a_rota_it_is_said_what_to_write(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / ".git").mkdir()
    done = run_in(tmp_path, "oncall", *arguments)
    assert done.returncode == 2
    assert "does not say who is on call" in done.stderr
    assert "`[oncall]`" in done.stderr


def test_the_schedule_lists_every_shift_of_its_weeks(repository: Path) -> None:
    told = oncall(repository, "schedule", "--weeks", "2", "--from", "2026-01-08")
    assert told == (
        "2026-W02\n"
        "  Mon 2026-01-05 09:00 +01:00 to Tue 2026-01-06 18:00 +01:00  @ana, backup @luc\n"
        "  Tue 2026-01-06 18:00 +01:00 to Wed 2026-01-07 09:00 +01:00  @zoe, backup @luc\n"
        "  Wed 2026-01-07 09:00 +01:00 to Mon 2026-01-12 09:00 +01:00  @ana, backup @luc\n"
        "2026-W03\n"
        "  Mon 2026-01-12 09:00 +01:00 to Wed 2026-01-14 00:00 +01:00  @luc, backup @zoe\n"
        "  Wed 2026-01-14 00:00 +01:00 to Fri 2026-01-16 00:00 +01:00  @zoe, backup @ana\n"
        "  Fri 2026-01-16 00:00 +01:00 to Mon 2026-01-19 09:00 +01:00  @luc, backup @zoe\n"
        "times are those of Europe/Paris\n"
    )
    year = printed(repository, "schedule", "schedule", "--weeks", "60", "--from", "2026-01-08")
    assert len({shift["week"] for shift in year["shifts"]}) == 60
    assert all(one["until"] == other["since"] for one, other in pairwise(year["shifts"]))


def events(text: str) -> dict[str, Any]:
    return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_the_calendar_reads_back_as_the_shifts_and_a_later_one_replaces_it(repository: Path) -> None:
    arguments = ("schedule", "--weeks", "52", "--from", "2026-01-05")
    shifts = printed(repository, "schedule", *arguments)["shifts"]
    calendar = events(oncall(repository, *arguments, "--format", "ics"))
    assert len(calendar) == len(shifts)
    for shift, event in zip(shifts, calendar.values(), strict=True):
        assert event["dtstart"].dt == datetime.fromisoformat(shift["since"])
        assert event["dtend"].dt == datetime.fromisoformat(shift["until"])
        assert event["dtstart"].dt.utcoffset() == timedelta(0)
        assert (
            event["summary"]
            == f"On call: {'Ana Ruiz' if shift['principal'] == 'ana' else shift['principal']}"
        )
    part = events(oncall(repository, "schedule", "--weeks", "3", "--from", "2026-02-11", "--format", "ics"))
    assert set(part) < set(calendar)
    assert all(part[uid]["dtstart"].dt == calendar[uid]["dtstart"].dt for uid in part)
    assert all(uid.endswith("@shop-co.incidentdocs") for uid in calendar)


def made(*names: str, product: str = "", when: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> dict[str, Any]:
    begin = datetime(2026, 1, 5, 9, tzinfo=UTC)
    shifts = tuple(
        Shift(
            week="2026-W02",
            since=begin + timedelta(hours=number),
            until=begin + timedelta(hours=number + 1),
            principal=name or None,
            backup=None,
        )
        for number, name in enumerate(names)
    )
    report = ScheduleReport(timezone="UTC", since=begin, until=shifts[-1].until, shifts=shifts)
    people = Roster((Person("eve", names=("Eve\r\nEND:VEVENT\x1b; a,b \\n",)),))
    return events(schedule_ics(report, people, product=product, made=when))


def test_an_event_made_later_has_the_same_name_and_a_higher_sequence() -> None:
    first, later = made("ana"), made("luc", when=datetime(2026, 1, 1, 0, 1, tzinfo=UTC))
    assert set(first) == set(later) == {"2026-W02-1@oncall.incidentdocs"}
    (one,), (other,) = first.values(), later.values()
    assert other["sequence"] == one["sequence"] + 1
    assert other["dtstamp"].dt > one["dtstamp"].dt


def test_no_name_breaks_out_of_its_event() -> None:
    found = made("eve", "", product="!!!\r\nX-EVIL:1")
    assert len(found) == 2
    assert {str(event["summary"]) for event in found.values()} == {
        "On call: Eve\\r\\nEND:VEVENT\\x1b; a,b \\n",
        "On call: nobody",
    }
    assert not any("x-evil" in event for event in found.values())


INCIDENT = "---\nseverity: SEV2\ndetected: {detected}\n{more}---\n\n# Incident : Disque plein\n"
POST_MORTEM = "---\nseverity: SEV2\n---\n\n# Post-mortem: Disk full\n\n## Timeline\n- {time} detection\n"


def write(repository: Path, kind: str, name: str, text: str) -> None:
    file = repository / f"docs/{kind}s/{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def incident(repository: Path, detected: str, more: str = "", slug: str = "panne") -> None:
    text = INCIDENT.format(detected=detected, more=more)
    write(repository, "incident", f"{(detected or '2026-01-20')[:10]}-{slug}", text)


def calls(repository: Path, month: str = "2026-01") -> dict[str, int]:
    told = printed(repository, "compensation", "compensation", "--month", month)
    return {row["person"]: row["calls"] for row in told["people"]}


def test_calls_are_counted_outside_business_hours_for_who_was_principal(repository: Path) -> None:
    incident(repository, "2026-01-08 03:00")  # ana, at night
    incident(repository, "2026-01-08 12:00", slug="midi")  # within hours
    incident(repository, "2026-01-10 12:00")  # ana, on a Saturday
    incident(repository, "2026-01-06 20:00")  # zoe, by the override
    incident(repository, "2026-01-13 18:00")  # luc, from when they close on
    incident(repository, "2026-01-14 09:00")  # in hours from the first minute on
    incident(repository, "2026-02-01 00:30")  # another month
    assert calls(repository) == {"ana": 2, "luc": 1, "zoe": 1}
    assert calls(repository, "2026-02") == {"ana": 1, "luc": 0, "zoe": 0}
    text = oncall(repository, "compensation", "--month", "2026-01")
    assert text.startswith(
        "calls outside business hours in 2026-01, times of Europe/Paris\n"
        "  @ana: 2 calls\n"
        "    2026-01-08 03:00  docs/incidents/2026-01-08-panne.md\n"
    )
    assert [word for word in text.split() if word.startswith("@")] == ["@ana:", "@luc:", "@zoe:"]


def test_a_public_holiday_is_outside_business_hours(repository: Path) -> None:
    incident(repository, "2026-05-01 11:00")
    assert sum(calls(repository, "2026-05").values()) == 1


def test_the_document_wins_over_the_rota(repository: Path) -> None:
    incident(repository, "2026-01-08 03:00", "oncall: Ana Ruiz\n")
    incident(repository, "2026-01-09 03:00", 'oncall: "@luc"\n')
    incident(repository, "2026-01-10 03:00", "oncall: kim\n")
    assert calls(repository) == {"ana": 1, "kim": 1, "luc": 1, "zoe": 0}


def test_a_handle_is_the_same_in_any_case(repository: Path) -> None:
    (repository / "incidentdocs.toml").write_text('[oncall]\nprincipal = "Ana"\n', encoding="utf-8")
    incident(repository, "2026-01-08 03:00", 'oncall: "@ana"\n')
    incident(repository, "2026-01-09 03:00", "oncall: kim\n")
    incident(repository, "2026-01-10 03:00", "oncall: Kim\n")
    assert calls(repository) == {"Ana": 1, "kim": 2}
    found = run_in(repository, "lint", "--select", "oncall-mismatch", "--format", "concise").stdout
    assert [name in found for name in ("01-08-panne", "01-09-panne", "01-10-panne")] == [False, True, True]


def test_an_incident_and_its_post_mortem_count_once_and_a_post_mortem_alone_counts(repository: Path) -> None:
    incident(repository, "2026-01-08 03:00", slug="disk-full")
    write(repository, "post-mortem", "2026-01-08-disk-full", POST_MORTEM.format(time="03:00"))
    write(repository, "post-mortem", "2026-01-09-disk-full", POST_MORTEM.format(time="04:00"))
    assert calls(repository) == {"ana": 2, "luc": 0, "zoe": 0}


def test_what_cannot_be_counted_is_told(repository: Path) -> None:
    incident(repository, "", slug="unknown")
    incident(repository, "2026-01-02 03:00")  # before the rotation begins
    told = printed(repository, "compensation", "compensation", "--month", "2026-01")
    assert told["undetected"] == ["docs/incidents/2026-01-20-unknown.md"]
    assert [call["document"] for call in told["nobody"]] == ["docs/incidents/2026-01-02-panne.md"]
    text = oncall(repository, "compensation", "--month", "2026-01")
    assert "  nobody was on call\n    2026-01-02 03:00" in text
    assert "for want of the time of detection\n    docs/incidents/2026-01-20-unknown.md" in text
    done = run_in(repository, "oncall", "compensation", "--month", "2026-01", "--format", "csv")
    assert "--format text tells which" in done.stderr


def test_the_rows_of_a_spreadsheet_run_nothing(repository: Path) -> None:
    incident(repository, "2026-01-10 03:00", "oncall: \"=cmd()|'x'\"\n")
    incident(repository, "2026-01-08 03:00")
    done = oncall(repository, "compensation", "--month", "2026-01", "--format", "csv")
    rows = list(csv.reader(StringIO(done)))
    assert rows[0] == ["month", "person", "calls", "incidents"]
    assert rows[1] == ["2026-01", "'=cmd()|'x'", "1", "docs/incidents/2026-01-10-panne.md"]
    assert rows[2] == ["2026-01", "ana", "1", "docs/incidents/2026-01-08-panne.md"]
    assert [row[1] for row in rows[3:]] == ["luc", "zoe"]


def test_a_mismatch_is_found_where_the_rule_is_on(repository: Path) -> None:
    config = repository / "incidentdocs.toml"
    incident(repository, "2026-01-08 03:00", "oncall: luc\n")
    incident(repository, "2026-01-09 03:00", "oncall: zoe\n")
    lint = ("lint", "--select", "oncall-mismatch", "--format", "concise")
    done = run_in(repository, *lint)
    assert done.stdout.count("oncall-mismatch") == 1
    assert "`zoe` was not on call at the detection: `ana` was" in done.stdout
    swap = '[[oncall.overrides]]\nwho = "zoe"\nfrom = 2026-01-08T18:00:00\nuntil = 2026-01-09T09:00:00\n'
    config.write_text(ROTA + swap, encoding="utf-8")
    assert "oncall-mismatch" not in run_in(repository, *lint).stdout
    assert "oncall-mismatch" not in run_in(repository, "lint").stdout


PAGE = Path(__file__).parents[2] / "docs/guide/on-call.md"


def test_the_guide_shows_configurations_that_are_right_and_what_is_really_printed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    text = PAGE.read_text(encoding="utf-8")
    fixed, rota, rule = re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "incidentdocs.toml").write_text(fixed, encoding="utf-8")
    assert oncall(tmp_path).startswith("principal  @ana\nbackup     @luc\n")
    (tmp_path / "incidentdocs.toml").write_text(rota + rule, encoding="utf-8")
    shown = re.findall(
        r"^```console\n\$ incidentdocs oncall (.*?)\n(.*?)^```", text, re.DOTALL | re.MULTILINE
    )
    assert len(shown) == 2
    for command, output in shown:
        assert oncall(tmp_path, *shlex.split(command)) == output
    assert "BEGIN:VCALENDAR" in oncall(tmp_path, "schedule", "--weeks", "26", "--format", "ics")
