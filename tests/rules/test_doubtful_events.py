"""An event whose date cannot be hides what rests on it, and nothing else of its timeline."""

from datetime import date

import pytest

from incidentdocs import clock
from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load
from incidentdocs.rules.rule import DocumentRule

RULES = (
    "timeline-future",
    "timeline-year",
    "timeline-order",
    "timeline-gap-to-document",
    "response-target",
    "duration-mismatch",
)
LATE = "- 10:15 detection\n- 11:40 triage\n"
LONG = "\n## Impact\n\n- Downtime: 9h 0m\n"
FUTURE, YEAR, ORDER = "timeline-future", "timeline-year", "timeline-order"


def told(timeline: str, below: str = "") -> list[tuple[str, int]]:
    """Return each finding's rule and the line of the timeline that it marks, sorted by line."""
    process = Process(zone=clock.zone("Europe/Paris"), today=date(2026, 3, 20))
    source = parse(f"---\nseverity: SEV1\n---\n# Post-mortem: API\n\n## Timeline\n\n{timeline}{below}")
    path = "docs/post-mortems/2026-03-14-api.md"
    document = read_document(path, source, built_in("post-mortem"), process)
    rules = [rule for name in RULES if isinstance(rule := load(name)(), DocumentRule)]
    found = [(finding.rule, finding.span.line - 7) for rule in rules for finding in rule.check(document)]
    return sorted(found, key=lambda each: each[1])


@pytest.mark.parametrize(
    ("future", "line"), [("2026-04-14 11:00", 2), ("2026-04-14", 2), ("14/05/2026 11:00", 2)]
)
def test_a_future_event_does_not_hide_a_wrong_year(future: str, line: int) -> None:
    timeline = (
        f"- 2026-03-14 10:15 detection\n- {future} mitigation start\n- 2025-03-14 11:30 service restored\n"
    )
    assert told(timeline) == [(FUTURE, line), (YEAR, 3)]


def test_a_future_event_that_stands_first_does_not_stand_for_the_right_year() -> None:
    timeline = "- 2026-04-14 10:15 deploy\n- 2025-03-14 10:30 detection\n- 2026-03-14 10:40 triage\n"
    assert told(timeline) == [(FUTURE, 1), (YEAR, 2)]


@pytest.mark.parametrize(
    "timeline",
    [
        f"{LATE}- 2026-04-14 12:00 service restored\n",
        f"{LATE}- 2026-04-20 scheduled: migration\n",
        "- 10:15 detection\n- unknown: restart\n- 11:40 triage\n",
        "- 2026-04-14 10:00 deploy\n- 2026-03-14 10:15 detection\n- 2026-03-14 11:40 triage\n",
    ],
)
def test_a_late_triage_is_told_beside_an_event_whose_time_is_none(timeline: str) -> None:
    assert "response-target" in {rule for rule, _ in told(timeline)}


@pytest.mark.parametrize(
    "timeline",
    [
        "- 2026-04-14 10:15 detection\n- 11:40 triage\n",
        "- 2026-04-14 10:15 detection\n- 2026-03-14 11:40 triage\n",
        "- 10:15 detection\n- 2026-04-14 11:40 triage\n",
        "- 20262-03-14 10:15 detection\n- 11:40 triage\n",
        "- 10:15 detection\n- 2025-03-14 10:20 call\n- 11:40 triage\n",
        "- unknown: detection\n- 11:40 triage\n",
    ],
)
def test_a_triage_whose_ends_rest_on_a_wrong_date_is_not_told(timeline: str) -> None:
    assert "response-target" not in {rule for rule, _ in told(timeline)}


@pytest.mark.parametrize(
    ("timeline", "mismatch"),
    [
        ("- 10:15 start\n- 10:20 call\n- 11:55 service restored\n- 2026-04-20 report\n", True),
        ("- 10:15 start\n- 2026-04-14 10:20 call\n- 2026-03-14 11:55 service restored\n", True),
        ("- 10:15 start\n- unknown: alert\n- 11:55 service restored\n", True),
        # The restoration takes its day from the event above it, or is that event, or one of two is.
        ("- 10:15 start\n- 2026-04-14 10:20 call\n- 11:55 service restored\n", False),
        ("- 10:15 start\n- 2026-04-14 11:55 service restored\n", False),
        ("- 10:15 start\n- 11:55 service restored\n- 2026-04-14 12:00 service restored\n", False),
        ("- unknown: start\n- 10:20 call\n- 11:55 service restored\n", False),
        # The whole timeline rests on all its events.
        ("- 10:15 detection\n- 11:55 service restored\n- 2026-04-20 report\n", False),
        ("- 10:15 detection\n- unknown: alert\n- 11:55 service restored\n", False),
        # Any other doubt hides everything, as before.
        ("- 10:15 start\n- 25:10 call\n- 11:55 service restored\n", False),
    ],
)
def test_a_downtime_is_held_against_what_is_sure(timeline: str, mismatch: bool) -> None:
    assert ("duration-mismatch" in {rule for rule, _ in told(timeline, LONG)}) is mismatch


def test_a_future_event_is_told_once_and_not_as_a_disorder_too() -> None:
    timeline = "- 10:15 detection\n- 2026-04-14 10:20 triage\n- 10:30 call\n- 2026-03-14 11:00 restart\n"
    assert told(timeline) == [(FUTURE, 2)]


def test_a_disorder_beside_it_is_told_all_the_same() -> None:
    timeline = "- 10:15 detection\n- 10:40 call\n- 10:20 triage\n- 2026-04-14 11:00 restart\n"
    assert told(timeline) == [(ORDER, 3), (FUTURE, 4)]


def test_a_milestone_in_the_wrong_month_is_told_beside_a_future_event() -> None:
    timeline = (
        "- 2026-03-14 10:15 detection\n- 2026-01-14 10:20 triage\n- 2026-03-14 10:40 mitigation start\n"
        "- 2026-12-14 11:00 report\n"
    )
    assert (FUTURE, 4) in told(timeline)
    without = told(timeline.replace("- 2026-12-14 11:00 report\n", ""))
    assert set(without) <= set(told(timeline))
