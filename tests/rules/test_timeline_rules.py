"""What the timeline's rules say, beyond where they say it: messages, hints, severities, abstentions."""

import pytest

from incidentdocs import clock
from incidentdocs.documents.document import read_document
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load
from incidentdocs.rules.rule import DocumentRule

RULES = (
    "timeline-empty",
    "timeline-time",
    "timeline-year",
    "timeline-dst",
    "timeline-order",
    "timeline-milestone",
    "duration-mismatch",
)
ENDS = "- 10:15 start\n- 10:40 detection\n- 11:55 service restored\n"
SEEN = "- 10:40 detection\n- 11:55 service restored\n"
WHOLE = "- 10:15 detection\n- 10:20 triage\n- 10:40 mitigation start\n- 11:00 service restored\n"


def findings(text: str, *, day: str = "2026-03-13", head: str = "") -> list[Finding]:
    path = f"docs/post-mortems/{day}-api.md"
    process = Process(zone=clock.zone("Europe/Paris"))
    source = parse(f"{head}# Post-mortem: API\n\n## Timeline\n\n{text}")
    document = read_document(path, source, built_in("post-mortem"), process)
    rules = [load(name)() for name in RULES]
    return [finding for rule in rules if isinstance(rule, DocumentRule) for finding in rule.check(document)]


def downtime(timeline: str, declared: str, *, day: str = "2026-03-13") -> list[Finding]:
    return findings(f"{timeline}\n## Impact\n\n- Downtime: {declared}\n", day=day)


def head(severity: str, status: str = "published") -> str:
    return f"---\nseverity: {severity}\nstatus: {status}\n---\n"


@pytest.mark.parametrize(
    ("declared", "quoted"),
    [("20h", "`20h` (20h 0m)"), ("20h 0m", "`20h 0m`"), ("1200 minutes", "`1200 minutes` (20h 0m)")],
)
def test_two_durations_are_told_in_one_way(declared: str, quoted: str) -> None:
    finding = only(downtime("- 10:15 a\n- 21:20 b\n", declared))
    assert finding.message == f"{quoted} is longer than the whole timeline, which spans 11h 5m"


def only(found: list[Finding]) -> Finding:
    (finding,) = found
    return finding


@pytest.mark.parametrize(("day", "part"), [("2026-03-14", "date"), ("2026-03-13", "time")])
def test_an_event_too_far_up_has_the_wrong_date_where_no_other_has_it(day: str, part: str) -> None:
    finding = only(findings(f"- 10:15 a\n- {day} 18:40 b\n- 2026-03-13 10:20 c\n- 2026-03-13 11:00 d\n"))
    assert finding.hint == f"move the line below `2026-03-13 11:00`, or correct its {part}"


@pytest.mark.parametrize(
    ("timeline", "hint"),
    [
        ("- 10:15 a\n- 10:40 b\n- 10:20 c\n", "correct its time"),
        ("- 10:15 a\n- 10:40 b\n- 2026-03-13 10:20 c\n", "correct its time"),
        ("- 10:15 a\n- 10:40 b\n- 2026-03-12 10:20 c\n", "correct its date"),
        ("- 10:15 a\n- 18:40 b\n- 10:20 c\n- 19:00 d\n", "write its date: `2026-03-14 10:20`"),
        ("- 10:15 a\n- 18:40 b\n- 10:20 c\n- 19:00 d\n- 2026-03-13 20:00 e\n", "correct its time"),
    ],
)
def test_the_hint_for_an_event_out_of_order_carries_a_date_that_it_may_have(timeline: str, hint: str) -> None:
    finding = only(findings(timeline))
    above = "18:40" if "18:40" in timeline else "10:40"
    assert finding.severity == "error"
    assert finding.message.endswith(f"10:20` comes before `{above}` above")
    assert finding.hint == f"move the line above `{above}`, or {hint}"


def test_an_ambiguous_event_is_one_warning_with_the_date_it_was_read_on() -> None:
    finding = only(findings("- 18:00 a\n- 09:00 b\n- 09:30 c\n"))
    assert (finding.severity, finding.rule) == ("warning", "timeline-order")
    assert finding.hint == "write its date: `2026-03-14 09:00`"


def test_a_skipped_hour_is_a_warning_with_the_time_that_clocks_showed() -> None:
    finding = only(findings("- 01:50 a\n- 02:30 b\n- 03:10 c\n", day="2026-03-29"))
    assert (finding.severity, finding.rule) == ("warning", "timeline-dst")
    assert finding.hint == "write `03:30`, or add the zone that is meant: `02:30 UTC`"


def test_a_template_left_as_it_is_is_not_judged() -> None:
    assert findings("- HH:MM detection\n- HH:MM service restored\n") == []


@pytest.mark.parametrize(("severity", "expected"), [("SEV1", 2), ("WARNING", 2), ("SEV3", 0)])
def test_milestones_are_asked_of_grave_incidents(severity: str, expected: int) -> None:
    found = findings("- 10:15 detection\n- 10:20 triage\n- 11:00 service restored\n", head=head(severity))
    assert len(found) == expected


def test_a_draft_is_only_warned() -> None:
    found = findings("- 10:15 detection\n", head=head("SEV1", "draft"))
    assert {finding.severity for finding in found} == {"warning"}


def test_a_missing_milestone_says_what_to_add() -> None:
    found = findings("- 10:15 detection\n- 10:20 triage\n- 10:40 mitigation start\n", head=head("SEV1"))
    assert [(finding.severity, finding.hint) for finding in found] == [
        ("error", "add `- HH:MM service restored`"),
        ("warning", "add `- HH:MM root cause confirmed`, or write `root cause unknown`"),
    ]


@pytest.mark.parametrize(
    "answer", ["- 15:00 root cause unknown\n", "\n## Root cause\n\nRoot cause: unknown.\n"]
)
def test_an_unknown_root_cause_is_an_answer(answer: str) -> None:
    assert findings(WHOLE + answer, head=head("SEV1")) == []


def test_a_timeline_without_events_is_one_finding() -> None:
    assert only(findings("It was bad.\n", head=head("SEV1"))).rule == "timeline-empty"


@pytest.mark.parametrize(
    "declared", ["1h 40m", "1h 41m", "100 min", "2h", "~3h", "2h 30m (estimated, about)", "none"]
)
def test_a_downtime_that_may_be_right_is_right(declared: str) -> None:
    assert downtime(ENDS, declared) == []


@pytest.mark.parametrize("declared", ["1h 35m", "1h 45m", "3h", "1 day", "17m"])
def test_a_downtime_that_differs_from_both_named_ends_is_an_error(declared: str) -> None:
    finding = only(downtime(ENDS, declared))
    assert (finding.severity, finding.rule) == ("error", "duration-mismatch")
    assert finding.hint == "write `1h 40m`, or correct the times"


@pytest.mark.parametrize("declared", ["20m", "1h 15m", "1h"])
def test_without_a_named_start_a_shorter_downtime_is_fine(declared: str) -> None:
    assert downtime(SEEN, declared) == []


def test_without_a_named_start_a_longer_downtime_is_fine_within_the_timeline() -> None:
    assert downtime(f"- 08:00 deployment\n{SEEN}", "3h 30m") == []


def test_a_downtime_beyond_the_whole_timeline_is_a_warning() -> None:
    finding = only(downtime(SEEN, "3h 30m"))
    assert finding.severity == "warning"
    assert finding.message == "`3h 30m` is longer than the whole timeline, which spans 1h 15m"


def test_a_downtime_on_the_business_clock_is_right() -> None:
    weekend = "- 17:00 start\n- 2026-03-16 10:00 service restored\n"
    assert downtime(weekend, "2h 0m") == []
    assert downtime(weekend, "65h 0m") == []
    assert len(downtime(weekend, "30h 0m")) == 1


@pytest.mark.parametrize("declared", ["45m", "1h 15m", "2h 0m"])
def test_a_relapse_allows_any_of_its_durations(declared: str) -> None:
    relapse = "- 10:15 start\n- 11:00 service restored\n- 11:45 start\n- 12:15 service restored\n"
    assert downtime(relapse, declared) == []


@pytest.mark.parametrize("declared", ["1h 0m", "2h 0m"])
def test_a_repeated_hour_leaves_an_hour_open(declared: str) -> None:
    assert downtime("- 02:15 start\n- 03:15 service restored\n", declared, day="2026-10-25") == []


@pytest.mark.parametrize("line", ["- 25:10 triage\n", "- HH:MM triage\n", "- 11:50 detection\n"])
def test_a_doubtful_timeline_contradicts_nothing(line: str) -> None:
    found = downtime(f"- 10:15 start\n- 11:55 service restored\n{line}", "9h 0m")
    assert "duration-mismatch" not in {finding.rule for finding in found}


@pytest.mark.parametrize(
    "time", ["9999-12-31 23:59", "0001-01-01 00:00", "~0001-01-01 00:05 PST", "31/12/9999"]
)
def test_the_ends_of_the_calendar_are_told_and_crash_nothing(time: str) -> None:
    found = findings(f"- {time} a\n- 00:01 b\n- 23:00 c\n- 22:00 d\n- lundi 10:00 e\n")
    assert {finding.rule for finding in found} & {"timeline-time", "timeline-year"}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_file_from_the_end_of_the_calendar_crashes_nothing(day: str) -> None:
    assert findings("- 23:50 a\n- 00:10 b\n- lundi 08:00 c\n- 07:00 d\n", day=day)


LATE = "- 10:20 triage\n- 10:40 mitigation start\n- 11:00 service restored\n- 12:00 root cause confirmed\n"


@pytest.mark.parametrize(
    ("line", "mark", "hint"),
    [
        (
            "10:15 detection by a customer",
            (8, 9),
            "write `detection: by a customer` here, or add `- HH:MM detection`",
        ),
        ("10.15 detection", (8, 1), "begin it with a time: `- 10:15 detection`"),
        ("1015 detection", (8, 1), "begin it with a time: `- 10:15 detection`"),
        ("at ten, detection", (8, 1), "begin it with a time: `- HH:MM detection`"),
        ("99.99 detection", (8, 1), "begin it with a time: `- HH:MM detection`"),
    ],
)
def test_a_missing_milestone_is_told_where_it_was_probably_meant(
    line: str, mark: tuple[int, int], hint: str
) -> None:
    finding = only(findings(f"- {line}\n{LATE}", head="---\nseverity: SEV1\n---\n"))
    assert finding.span[:2] == mark
    assert finding.hint == hint


def test_a_very_long_event_is_not_repeated_whole_in_a_hint() -> None:
    finding = only(findings(f"- 10:15 detection {'very ' * 500}late\n{LATE}", head=head("SEV1")))
    assert len(finding.hint) < 300


def test_words_far_from_the_line_s_end_are_no_milestone_in_disguise() -> None:
    finding = only(findings(f"Before the detection all was calm.\n\n{LATE}", head=head("SEV1")))
    assert finding.hint == "add `- HH:MM detection`"
