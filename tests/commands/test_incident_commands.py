"""`incidentdocs incident`: an incident from its opening to its resolution, and what a mistake is told."""

import json
import subprocess

import pytest
from jsonschema import Draft202012Validator

from incidentdocs.output.schemas import incidents_schema, standing_schema
from tests.commands.conftest import Committed

NAME = "2026-03-14-disk-full-on-db-1"
PATH = f"docs/incidents/{NAME}.md"
ROSTER = """
[people.oncall]
role = "oncall"
[people.backup]
role = "backup"
[people.devops]
role = "devops"
[people.helper]
role = "agent"
kind = "agent"
"""


def configured(repository: Committed, language: str = "en", more: str = "") -> None:
    repository.write("incidentdocs.toml", f'timezone = "Europe/Paris"\nlanguage = "{language}"\n{more}')


def opened(repository: Committed, severity: str = "SEV1", title: str = "Disk full on db-1") -> None:
    ok(repository, "incident", "open", title, "--severity", severity, "--at", "2026-03-14T23:20")


def ok(repository: Committed, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = repository.run(*arguments)
    assert done.returncode == 0, done.stderr
    return done


def refused(repository: Committed, *arguments: str) -> list[str]:
    """Return the two lines, the error and its hint, by which the program refuses a call."""
    done = repository.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["error", "hint"]
    return lines


def passed(repository: Committed, number: int, at: str, *more: str) -> None:
    said = ("--output", f"result {number}", "--by", "@oncall", "--at", f"2026-03-{at}")
    ok(repository, "incident", "step", str(number), *said, *more)


def document(repository: Committed, path: str = PATH) -> str:
    return (repository.root / path).read_bytes().decode()


@pytest.fixture
def burning(committed: Committed) -> Committed:
    """A repository with a roster, in which one SEV1 has been open since 23:20."""
    configured(committed, more=ROSTER)
    opened(committed)
    return committed


def test_an_incident_is_opened_with_its_steps_its_people_and_its_timeline(committed: Committed) -> None:
    configured(committed, "fr", ROSTER)
    done = ok(
        committed,
        *("incident", "open", "Disk full on db-1", "--severity", "CRITICAL", "--service", "docmost"),
        *("--at", "2026-03-14T23:20", "--started", "23:05", "--detected-by", "user-report"),
        *("--field", "user-facing=yes"),
    )
    assert done.stdout == f"{PATH}\n"
    text = document(committed)
    assert text.startswith("---\nseverity: SEV1\nservices: [docmost]\n")
    assert 'started: "2026-03-14T23:05+01:00"\ndetected: "2026-03-14T23:20+01:00"\n' in text
    assert 'oncall: ["@oncall"]\nbackup: ["@backup"]\n' in text
    assert "user-facing: yes\n" in text
    titles = [line for line in text.splitlines() if line.startswith("### [")]
    assert titles == [
        "### [1] DETECT (auto ou manuel)",
        "### [2] TRIAGE (15 min, @oncall oncall)",
        "### [3] INVESTIGATE (@devops)",
        "### [4] MITIGATE (@devops + @dev si code)",
        "### [5] VERIFY (@oncall + @devops)",
        "### [6] COMMUNICATE (@oncall)",
        "### [7] POST-MORTEM (sous 7 jours, @oncall + @backup)",
    ]
    assert '`"[SEV1] docmost - investigating, ETA <unknown>"`' in text
    assert "- 23:20 detection : signalé par des utilisateurs\n" in text


def test_a_small_incident_has_fewer_steps(committed: Committed) -> None:
    configured(committed)
    done = ok(committed, "incident", "open", "Slow", "--severity", "SEV3", "--at", "2026-03-14T23:20")
    text = document(committed, done.stdout.strip())
    titles = [line.partition("] ")[2] for line in text.splitlines() if line.startswith("### [")]
    assert titles == ["TRIAGE (24 business hours, @oncall on call)", "ASSIGN (@dev)", "WORKAROUND", "CLOSE"]


def test_what_happened_stands_in_order_whatever_the_order_of_telling(burning: Committed) -> None:
    ok(burning, "incident", "log", "service is back", "--at", "2026-03-15T00:10", "--milestone", "restored")
    ok(burning, "incident", "log", "--milestone", "triage", "--at", "2026-03-14T23:31")
    done = ok(burning, "incident", "log", "the disk\nis full | `df`", "--at", "2026-03-14T23:25")
    assert done.stdout == f"{PATH}: 2026-03-14 23:25 the disk is full | `df`\n"
    timeline = document(burning).partition("## Timeline (local times)\n")[2].partition("\n\n")[0]
    assert timeline.splitlines() == [
        "- 23:20 detection",
        "- 23:25 the disk is full | `df`",
        "- 23:31 triage",
        "- 2026-03-15 00:10 service restored: service is back",
    ]


def test_carriage_returns_and_a_missing_last_line_break_are_kept(burning: Committed) -> None:
    file = burning.root / PATH
    file.write_bytes(file.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n"))
    file.chmod(0o640)
    before = file.read_bytes()
    ok(burning, "incident", "log", "the disk is full", "--at", "2026-03-14T23:25")
    after = file.read_bytes()
    assert after == before.replace(
        b"- 23:20 detection\r\n", b"- 23:20 detection\r\n- 23:25 the disk is full\r\n"
    )
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_step_is_passed_with_what_it_brought_and_the_next_one_is_told(burning: Committed) -> None:
    said = ("--output", "all writes fail — since 23:05", "--by", "oncall", "--at", "2026-03-14T23:25")
    done = ok(burning, "incident", "step", "1", *said)
    assert done.stdout == f"{PATH}: step 1 DETECT (automatic or manual) is passed\n"
    assert done.stderr.splitlines()[:2] == [
        "next: step 2 TRIAGE (15 min, @oncall on call), which must bring: team alerted",
        "  incidentdocs incident step 2 --output TEXT --by @who",
    ]
    text = document(burning)
    assert "- [x] Output: situation understood — all writes fail - since 23:05 (@oncall, 23:25)\n" in text
    assert "- [x] Alert by UptimeRobot/Slack/email\n" in text
    passed(burning, 2, "14T23:33")
    assert "- 23:33 triage: result 2\n" in document(burning)


def test_checks_are_ticked_one_by_one(burning: Committed) -> None:
    done = ok(burning, "incident", "step", "1", "--check", "2")
    assert "1 of 2 checks are ticked" in done.stdout
    assert "- [ ] Alert by" in document(burning)
    assert "- [x] Confirm the scope" in document(burning)
    passed(burning, 1, "14T23:33", "--no-check")
    assert "- [ ] Alert by" in document(burning)


def test_a_gate_whose_output_is_missing_is_named(burning: Committed) -> None:
    assert refused(burning, "incident", "step", "4", "--output", "restarted", "--by", "@devops") == [
        "error: step 1 DETECT (automatic or manual) comes first, and lacks its output: situation understood",
        "hint: incidentdocs incident step 1 --output TEXT --by @who",
    ]
    assert refused(burning, "incident", "step", "1", "--by", "@oncall") == [
        "error: step 1 must bring its output: situation understood",
        "hint: incidentdocs incident step 1 --output TEXT --by @who",
    ]
    assert refused(burning, "incident", "step", "1", "--output", "  ", "--by", "@oncall")[0] == (
        "error: step 1 must bring its output: situation understood"
    )


def test_an_agent_only_prepares_what_a_person_passes(burning: Committed) -> None:
    done = burning.run("incident", "step", "1", "--output", "writes fail", "--by", "@helper", "--at", "23:25")
    assert done.returncode == 1
    assert "is prepared by @helper, and not passed" in done.stdout
    assert "a person passes it: incidentdocs incident step 1 --by @who" in done.stderr
    assert "- [ ] Output: situation understood — writes fail (@helper" in document(burning)
    assert refused(burning, "incident", "step", "2", "--output", "told", "--by", "@oncall")[0].startswith(
        "error: step 1 DETECT (automatic or manual) comes first"
    )
    ok(burning, "incident", "step", "1", "--by", "@oncall", "--at", "2026-03-14T23:28")
    assert "- [x] Output: situation understood — writes fail (@oncall, 23:28)\n" in document(burning)


def test_nobody_passes_a_verification_of_which_nothing_was_seen(burning: Committed) -> None:
    for number, at in enumerate(("14T23:25", "14T23:33", "14T23:50", "15T00:10"), start=1):
        passed(burning, number, at)
    assert refused(burning, "incident", "step", "5", "--output", "all well", "--by", "@oncall") == [
        "error: step 5 verifies that all works, and nobody has seen: 1 Full health check: 4/4 OK,"
        " 2 Smoke test: `./scripts/smoke-test.sh`, 3 Try a real user's flow",
        "hint: incidentdocs incident step 5 --check 1 --check 2 --check 3 --output TEXT --by @who,"
        " with a result where one is counted: --check 1=4/4",
    ]
    part = ("--check", "1=3/4", "--check", "2", "--check", "3", "--output", "well", "--by", "@oncall")
    assert (
        "nobody has seen: 1 Full health check: 3/4 OK" in refused(burning, "incident", "step", "5", *part)[0]
    )
    passed(burning, 5, "15T00:20", "--check", "1=4/4", "--check", "2", "--check", "3=logged in")
    assert "- [x] Try a real user's flow — logged in\n" in document(burning)


def test_nothing_is_resolved_while_something_is_left_and_it_is_told(burning: Committed) -> None:
    for number, at in enumerate(("14T23:25", "14T23:33", "14T23:50"), start=1):
        passed(burning, number, at)
    before = document(burning)
    done = burning.run("incident", "resolve", "--at", "2026-03-15T00:30")
    assert (done.returncode, done.stderr) == (1, f"{PATH} is not resolved: 5 left\n")
    assert done.stdout.splitlines() == [
        "step 4 MITIGATE (@devops, with @dev for code): service restored:"
        " incidentdocs incident step 4 --output TEXT --by @who",
        "step 5 VERIFY (@oncall, @devops): Full health check: 4/4 OK: incidentdocs incident step 5 --check 1",
        "step 5 VERIFY (@oncall, @devops): Smoke test: `./scripts/smoke-test.sh`:"
        " incidentdocs incident step 5 --check 2",
        "step 5 VERIFY (@oncall, @devops): Try a real user's flow: incidentdocs incident step 5 --check 3",
        "step 5 VERIFY (@oncall, @devops): production confirmed restored:"
        " incidentdocs incident step 5 --output TEXT --by @who",
    ]
    assert document(burning) == before


@pytest.fixture
def verified(burning: Committed) -> Committed:
    """The same incident once service is restored and seen to work."""
    for number, at in enumerate(("14T23:25", "14T23:33", "14T23:50", "15T00:10"), start=1):
        passed(burning, number, at)
    passed(burning, 5, "15T00:20", "--check", "1=4/4", "--check", "2", "--check", "3")
    return burning


def test_an_incident_is_resolved_with_its_downtime_and_its_cause(verified: Committed) -> None:
    cause = ("--cause", "The import keeps its temporary files.")
    done = ok(verified, "incident", "resolve", "--at", "2026-03-15T00:30", *cause)
    assert done.stdout == f"{PATH} is resolved, down for 50m\n"
    assert done.stderr.splitlines() == [
        f"tell everybody: incidentdocs comm resolved {NAME}",
        f"write the post-mortem by 2026-03-22: incidentdocs new post-mortem --from {PATH}",
    ]
    text = document(verified)
    assert 'resolved: "2026-03-15T00:30+01:00"\n' in text
    assert "## Cause\nThe import keeps its temporary files.\n" in text
    assert "- 00:30 root cause confirmed\n" in text
    assert refused(verified, "incident", "resolve", NAME) == [
        f"error: {PATH} is resolved since 2026-03-15 00:30",
        "hint: incidentdocs incident list tells which are open",
    ]
    told = ok(verified, "incident", "status", "disk-full", "--at", "2026-03-15T01:00").stdout
    assert "resolved 00:30, down for 50m" in told
    assert f"incidentdocs incident step 6 --output TEXT --by @who --incident {NAME}" in told


def test_nothing_is_resolved_before_service_was_restored(verified: Committed) -> None:
    assert refused(verified, "incident", "resolve", "--at", "2026-03-14T00:30") == [
        "error: service was restored at 2026-03-15 00:10, after 2026-03-14 00:30",
        "hint: incidentdocs incident resolve --at 2026-03-15T00:10, or a later time",
    ]


def test_a_cause_that_is_told_is_not_told_over(verified: Committed) -> None:
    file = verified.root / PATH
    written = document(verified).replace("<what broke + why, or “unknown”>", "Known.")
    file.write_text(written, encoding="utf-8")
    assert refused(verified, "incident", "resolve", "--at", "2026-03-15T00:30", "--cause", "Other.") == [
        f"error: {PATH} tells a cause already, or has no section for it",
        "hint: leave --cause out, and write it into the document",
    ]
    assert document(verified) == written


def test_the_status_tells_what_is_due_for_people_and_for_programs(burning: Committed) -> None:
    passed(burning, 1, "14T23:25")
    told = ok(burning, "incident", "status", "--at", "2026-03-14T23:40").stdout
    assert told.splitlines() == [
        "SEV1 · Disk full on db-1",
        f"  {PATH}",
        "  open since 23:20, for 20m",
        "  on call @oncall, backup @backup",
        "  23:20 detection",
        "  ✓ 1 DETECT (automatic or manual) — result 1 (@oncall, 23:25)",
        "  → 2 TRIAGE (15 min, @oncall on call)",
        "      [ ] Severity confirmed as SEV1?",
        "      [ ] Notify @backup, and @lead if data is lost",
        "      [ ] Announce in #ops, and on the status banner if users see it:"
        ' `"[SEV1] <product> - investigating, ETA <unknown>"`',
        "  · 3 INVESTIGATE (@devops)",
        "  · 4 MITIGATE (@devops, with @dev for code)",
        "  · 5 VERIFY (@oncall, @devops)",
        "  · 6 COMMUNICATE (@oncall)",
        "  · 7 POST-MORTEM (within 7 days, @oncall, @backup)",
        "triage is due 15m after detection: 20m have passed",
        "the announcement is due by 23:50: incidentdocs comm announce",
        "next: step 2 TRIAGE (15 min, @oncall on call), which must bring: team alerted",
        "  incidentdocs incident step 2 --output TEXT --by @who",
    ]
    ok(burning, "incident", "log", "communication: update in #ops", "--at", "2026-03-14T23:45")
    done = ok(burning, "incident", "status", "--at", "2026-03-15T00:40", "--format", "json")
    report = json.loads(done.stdout)
    assert Draft202012Validator(standing_schema()).is_valid(report)
    assert report["update"] == {
        "last": "2026-03-14T23:45:00+01:00",
        "due": "2026-03-15T00:15:00+01:00",
        "late": True,
    }
    assert report["response"] == {"minutes": 15, "clock": "wall", "taken": 80, "status": "missed"}
    assert (report["next"], report["minutes"]) == (2, 80)


def test_incidents_are_listed_the_latest_first(verified: Committed) -> None:
    ok(verified, "incident", "open", "Slow search", "--severity", "SEV3", "--at", "2026-03-15T09:00")
    ok(verified, "incident", "resolve", NAME, "--at", "2026-03-15T00:30")
    done = ok(verified, "incident", "list", "--at", "2026-03-15T10:00")
    (line,) = done.stdout.splitlines()
    assert line.startswith(
        "SEV3  docs/incidents/2026-03-15-slow-search.md  open since 09:00, for 1h 0m, next: step 1 "
    )
    assert done.stderr == "1 incident open\n"
    before = ok(verified, "incident", "list", "--at", "2026-03-15T08:59")
    assert (before.stdout, before.stderr) == ("", "0 incidents open\n")
    done = ok(verified, "incident", "list", "--all", "--at", "2026-03-15T10:00")
    assert [line[:4] for line in done.stdout.splitlines()] == ["SEV3", "SEV1"]
    report = json.loads(ok(verified, "incident", "list", "--all", "--format", "json").stdout)
    assert Draft202012Validator(incidents_schema()).is_valid(report)
    assert [each["status"] for each in report["incidents"]] == ["open", "resolved"]


def test_with_two_open_all_that_is_to_be_typed_names_the_one_that_is_meant(burning: Committed) -> None:
    other = "2026-03-14-certificate-expired"
    done = ok(
        burning, "incident", "open", "Certificate expired", "--severity", "SEV2", "--at", "2026-03-14T23:30"
    )
    assert f"open as well: {PATH}" in done.stderr
    assert f"incidentdocs incident step 1 --output TEXT --by @who --incident {other}" in done.stderr
    for arguments in (("log", "x"), ("step", "1", "--check", "1"), ("status",), ("resolve",)):
        error, hint = refused(burning, "incident", *arguments)
        assert error == f"error: 2 incidents are open: {NAME}, {other}"
        assert hint.endswith(f" {NAME}")
    done = ok(burning, "incident", "log", "x", "--incident", "certificate", "--at", "2026-03-14T23:35")
    assert f"--by @who --incident {other}" in done.stderr
    assert "- 23:35 x\n" in document(burning, f"docs/incidents/{other}.md")


MISTAKES = {
    "a name that is nearly one": (
        ("log", "x", "--incident", "disk-ful-on-db-1"),
        "no incident is called 'disk-ful-on-db-1'",
        f"did you mean incidentdocs incident log TEXT --incident {NAME}?",
    ),
    "a name that is none": (
        ("status", "zebra"),
        "no incident is called 'zebra'",
        f"the latest are {NAME}",
    ),
    "a path outside": (
        ("status", "../../etc/passwd"),
        "no incident is called '../../etc/passwd'",
        f"the latest are {NAME}",
    ),
    "a time that is none": (
        ("log", "x", "--at", "25:61"),
        "--at '25:61' is no time",
        "write --at 02:20 for the last such time, or --at 2026-03-14T02:20",
    ),
    "nothing said": (
        ("log",),
        "the event says nothing",
        "incidentdocs incident log 'what happened', or --milestone triage",
    ),
    "nothing but blanks": (
        ("log", " \n\t "),
        "the event says nothing",
        "incidentdocs incident log 'what happened', or --milestone triage",
    ),
    "a step that is not there": (
        ("step", "9", "--by", "@oncall"),
        "there is no step 9",
        "the steps are 1 DETECT (automatic or manual), 2 TRIAGE (15 min, @oncall on call), 3 INVESTIGATE"
        " (@devops), 4 MITIGATE (@devops, with @dev for code), 5 VERIFY (@oncall, @devops), 6 COMMUNICATE"
        " (@oncall), 7 POST-MORTEM (within 7 days, @oncall, @backup)",
    ),
    "a check that is not there": (
        ("step", "1", "--check", "7"),
        "step 1 has no check '7'",
        "its checks are 1 Alert by UptimeRobot/Slack/email, 2 Confirm the scope: what is down, since when,"
        " what is lost",
    ),
    "nobody named": (
        ("step", "1", "--output", "x"),
        "nobody is named who passes step 1",
        "incidentdocs incident step 1 --output TEXT --by @who",
    ),
    "somebody unknown": (
        ("step", "1", "--output", "x", "--by", "@onkall"),
        "nobody is called '@onkall'",
        "did you mean @oncall?",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_in_a_line_with_what_to_type_and_writes_nothing(
    burning: Committed, case: str
) -> None:
    arguments, error, hint = MISTAKES[case]
    before = document(burning)
    assert refused(burning, "incident", *arguments) == [f"error: {error}", f"hint: {hint}"]
    assert document(burning) == before


def test_a_time_that_has_not_come_is_refused(burning: Committed) -> None:
    error, hint = refused(burning, "incident", "log", "x", "--at", "2126-01-01T10:00")
    assert error.startswith("error: --at 2126-01-01T10:00 lies in the future: it is 2")
    assert hint == "hint: leave --at out for now, or write when it was"


def test_without_an_open_incident_the_way_to_open_one_is_told(committed: Committed) -> None:
    configured(committed)
    for arguments in (("log", "x"), ("step", "1"), ("status",), ("resolve",)):
        error, hint = refused(committed, "incident", *arguments)
        assert error == "error: no incident is open"
        assert hint.startswith("hint: incidentdocs incident open 'What broke' --severity SEV1, or name one: ")
    done = ok(committed, "incident", "list")
    assert (done.stdout, done.stderr) == ("", "0 incidents open\n")


def test_the_same_incident_is_not_opened_twice(burning: Committed) -> None:
    error, hint = refused(
        burning,
        "incident",
        "open",
        "Disk full on db-1",
        "--severity",
        "SEV2",
        "--at",
        "2026-03-14T23:30",
    )
    assert error == f"error: {PATH} exists already: that incident is open, or was on the same day"
    assert hint == f"hint: incidentdocs incident status {NAME}, or choose another title"


def test_a_severity_that_is_none_is_refused(committed: Committed) -> None:
    configured(committed)
    assert refused(committed, "incident", "open", "Slow", "--severity", "SEV9") == [
        "error: 'SEV9' is no severity",
        "hint: write one of SEV1, SEV2, SEV3",
    ]


@pytest.mark.parametrize(
    "said",
    ["<!-- lost", "[x](y) **b**", "- [ ] AI 9: nothing", "2026-01-01 10:00 earlier", "# Title", "\x1b[2J"],
)
def test_whatever_is_said_is_one_event_and_hides_nothing(burning: Committed, said: str) -> None:
    ok(burning, "incident", "log", "--at", "2026-03-14T23:25", "--", said)
    ok(burning, "incident", "log", "afterwards", "--at", "2026-03-14T23:26")
    report = json.loads(ok(burning, "incident", "status", "--format", "json").stdout)
    assert [each["id"] for each in report["milestones"]] == ["detection"]
    assert len(report["steps"]) == 7
    text = document(burning)
    assert text.index("- 23:25 ") < text.index("- 23:26 afterwards\n") < text.index("## Resolution")
    assert "\x1b" not in text
    ok(burning, "incident", "step", "1", "--output", said, "--by", "@oncall", "--at", "2026-03-14T23:27")
    report = json.loads(ok(burning, "incident", "status", "--format", "json").stdout)
    assert report["steps"][0]["passed"]
    assert report["next"] == 2


def resolved(repository: Committed) -> None:
    for number, at in enumerate(("14T23:25", "14T23:33", "14T23:50", "15T00:10"), start=1):
        passed(repository, number, at)
    passed(repository, 5, "15T00:20", "--check", "1=4/4", "--check", "2", "--check", "3")
    ok(repository, "incident", "resolve", "--at", "2026-03-15T00:30")


def test_what_comes_after_the_resolution_needs_no_name_for_a_day(burning: Committed) -> None:
    resolved(burning)
    ok(burning, "incident", "step", "6", "--output", "told", "--by", "@oncall", "--at", "2026-03-15T09:00")
    done = ok(burning, "incident", "status", "--at", "2026-03-15T09:05")
    assert "  resolved 00:30, down for" in done.stdout
    assert refused(burning, "incident", "resolve", "--at", "2026-03-15T09:10") == [
        f"error: {PATH} is resolved since 2026-03-15 00:30",
        "hint: incidentdocs incident list tells which are open",
    ]
    error, _ = refused(burning, "incident", "step", "7", "--by", "@oncall", "--at", "2026-03-17T09:00")
    assert error == "error: no incident is open"


def test_what_is_known_by_now_is_set_in_the_front_matter(burning: Committed) -> None:
    done = ok(burning, "incident", "set", "data-loss=yes: 12 orders", "personal-data=no")
    assert done.stdout == f"{PATH}: data-loss=yes: 12 orders, personal-data=no\n"
    text = document(burning)
    assert "personal-data: no\n" in text
    done = ok(burning, "comm", "update", "--at", "2026-03-14T23:30", "--dry-run")
    assert "`user-facing`: nobody has said it yet" in done.stderr
    assert "`data-loss`" not in done.stderr
    resolved(burning)
    done = ok(burning, "comm", "resolved", "--at", "2026-03-15T00:40", "--dry-run")
    assert "data loss yes: 12 orders" in done.stdout


@pytest.mark.parametrize(
    ("field", "error", "hint"),
    [
        ("data-los=no", "an incident has no field 'data-los'", 'did you mean "data-loss"?'),
        ("data-loss", "'data-loss' sets no field", "write KEY=VALUE, as in user-facing=yes"),
        ("severity=SEV9", "severity: `SEV9` is no severity", "write one of"),
        (
            "resolved=2026-03-14T23:40",
            "'resolved' is written once all is seen",
            "incidentdocs incident resolve",
        ),
    ],
)
def test_what_cannot_be_set_is_refused(burning: Committed, field: str, error: str, hint: str) -> None:
    before = document(burning)
    told = refused(burning, "incident", "set", field)
    assert told[0].startswith(f"error: {error}")
    assert told[1].startswith(f"hint: {hint}")
    assert document(burning) == before


def test_no_step_comes_before_the_detection(burning: Committed) -> None:
    assert refused(
        burning, "incident", "step", "1", "--output", "x", "--by", "@oncall", "--at", "2026-03-14T21:20"
    ) == [
        "error: 2026-03-14 21:20 comes before the detection at 2026-03-14 23:20",
        "hint: write --at 2026-03-14T23:20 or later; an earlier detection: incidentdocs incident set"
        " detected=2026-03-14T02:20",
    ]


def test_what_a_step_brought_is_never_lost_where_its_line_is_gone(burning: Committed) -> None:
    whole = document(burning)
    line = next(each for each in whole.splitlines() if each.startswith("- [ ] Output: situation"))
    burning.write(PATH, whole.replace(f"{line}\n", ""))
    hint = f"hint: write `{line}` below its heading in {PATH}, then type it again"
    assert refused(
        burning, "incident", "step", "1", "--output", "an hour of findings", "--by", "@oncall"
    ) == [
        "error: step 1 DETECT (automatic or manual) has no line for its output",
        hint,
    ]
    burning.write(PATH, "\n".join(each for each in whole.splitlines() if not each.startswith("- [ ]")))
    assert refused(burning, "incident", "step", "2", "--output", "told", "--by", "@oncall") == [
        "error: step 1 DETECT (automatic or manual) comes first, and has no line for its output",
        hint,
    ]


def test_an_incident_that_cannot_be_read_is_named(burning: Committed) -> None:
    file = burning.root / PATH
    file.write_bytes(file.read_bytes().replace(b"Disk full on db-1", b"Disque \xe9puis\xe9"))
    done = ok(burning, "incident", "list")
    assert done.stdout == ""
    assert done.stderr.splitlines()[0].startswith(f"{PATH}:")
    assert "UTF-8" in done.stderr
    error, _ = refused(burning, "incident", "log", "x")
    assert error.startswith(f"error: {PATH}:")


def test_a_document_without_its_front_matter_says_what_to_type(burning: Committed) -> None:
    burning.write(PATH, document(burning).partition("\n---\n")[2])
    done = ok(burning, "incident", "log", "x", "--at", "2026-03-14T23:25")
    command = f"incidentdocs incident set severity=SEV2 --incident {NAME}"
    assert f"no severity is told: {command}" in done.stderr.splitlines()
    ok(burning, *command.split()[1:])
    assert document(burning).startswith("---\nseverity: SEV2\n---\n")


def test_the_title_names_an_incident_and_a_mistyped_call_keeps_what_was_typed(burning: Committed) -> None:
    ok(burning, "incident", "log", "x", "--incident", "Disk full", "--at", "2026-03-14T23:25")
    ok(burning, "incident", "open", "Mail down", "--severity", "SEV2", "--at", "2026-03-14T23:30")
    error, hint = refused(burning, "incident", "step", "1", "--output", "x", "--by", "@oncall")
    assert error.startswith("error: 2 incidents are open: ")
    assert (
        hint == "hint: incidentdocs incident step 1 --output TEXT --by @who --incident 2026-03-14-mail-down"
    )


def test_the_things_to_choose_from_are_shown_below_their_check(burning: Committed) -> None:
    for number, at in enumerate(("14T23:25", "14T23:33", "14T23:50"), start=1):
        passed(burning, number, at)
    rows = ok(burning, "incident", "status", "--at", "2026-03-14T23:55").stdout.splitlines()
    place = rows.index("  → 4 MITIGATE (@devops, with @dev for code)")
    assert rows[place + 1].startswith("      [ ] ")
    assert [row[:12] for row in rows[place + 2 : place + 7]] == ["          - "] * 5


def test_a_mistake_of_form_is_told_as_any_other(burning: Committed) -> None:
    for arguments, error, hint in (
        (("open", "S"), "missing option '--severity'", "incidentdocs incident open --help"),
        (
            ("open", "-rf", "--severity", "SEV1"),
            "no such option '-r'",
            "incidentdocs incident open --help, or",
        ),
        (("step", "one"), "invalid value for 'N': 'one' is not", "incidentdocs incident step --help"),
        (("open", "🔥🔥", "--severity", "SEV1"), "the title '🔥🔥' has no words", "say what broke"),
        (
            ("open", "f", "--severity", "SEV1", "--started", "2026-03-14T12:00", "--at", "2026-03-14T11:00"),
            "--started 2026-03-14T12:00 comes after the detection at 2026-03-14 11:00",
            "leave --started out, or write when it was",
        ),
    ):
        told = refused(burning, "incident", *arguments)
        assert told[0].startswith(f"error: {error}"), told
        assert told[1].startswith(f"hint: {hint}"), told


def test_after_service_is_back_no_message_says_that_it_is_down(burning: Committed) -> None:
    for number, at in enumerate(("14T23:25", "14T23:33", "14T23:50", "15T00:10"), start=1):
        passed(burning, number, at)
    banner = ok(burning, "comm", "banner", "--at", "2026-03-15T00:12", "--dry-run").stdout
    assert banner.endswith(" - service restored at 00:10, being verified\n")
    update = ok(burning, "comm", "update", "--at", "2026-03-15T00:12", "--dry-run").stdout
    assert "\nETA: service restored at 00:10, being verified\n" in update
    earlier = ok(burning, "comm", "banner", "--at", "2026-03-15T00:05", "--dry-run").stdout
    assert earlier.endswith(" - investigating, ETA <unknown>\n")
