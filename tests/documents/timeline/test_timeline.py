"""The lines of a timeline become events, in every notation, and none that has a time is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.timeline.timeline import Event, Timeline
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in


def document(text: str) -> Document:
    whole = f"# Post-mortem: API\n\n{text if text.startswith('## ') else f'## Timeline{chr(10) * 2}{text}'}"
    process = Process(zone=clock.zone("Europe/Paris"))
    return read_document(
        "docs/post-mortems/2026-03-14-api.md", parse(whole), built_in("post-mortem"), process
    )


def timeline(text: str) -> Timeline:
    read = document(text).timeline
    assert read is not None
    return read


def written(text: str) -> list[str]:
    return [event.written for event in timeline(text).events]


def starts(text: str) -> list[str]:
    return [event.start.strftime("%m-%d %H:%M") for event in timeline(text).events if event.start]


def texts(text: str) -> list[str]:
    return [event.text.source for event in timeline(text).events]


@pytest.mark.parametrize(
    "text",
    [
        "- 10:15 detection\n- 10:20 triage\n",
        "* **10:15** - detection\n* **10:20** - triage\n",
        "1. 10:15 detection\n2. 10:20 triage\n",
        "- 10:15\n  - detection\n- 10:20\n\n  triage\n",
        "10:15 detection\n10:20 triage\n",
        "10:15 detection  \n10:20 triage\n",
        "10:15 detection\n\n10:20 triage\n",
        "### 10:15 detection\n\nSomebody called.\n\n### 10:20 triage\n",
        "### 10:15\n\ndetection\n\n### 10:20\n\ntriage\n",
        "| Time | Event |\n|---|---|\n| 10:15 | detection |\n| 10:20 | triage |\n",
        "| Heure (CET) | Qui | Fait |\n|---|---|---|\n| 10h15 | @a | detection |\n| 10h20 | @b | triage |\n",
        "| | |\n|---|---|\n| 10:15 | detection |\n| 10:20 | triage |\n",
        "| Fait | Quand |\n|---|---|\n| detection | 10:15 |\n| triage | 10:20 |\n",
        "| Date | Heure | Fait |\n|---|---|---|\n| 14/03 | 10:15 | detection |\n| | 10:20 | triage |\n",
        "| Start | End | Event |\n|---|---|---|\n| 10:15 | 10:18 | detection |\n| 10:20 | 10:30 | triage |\n",
        "| Time | Zone | Event |\n|---|---|---|\n| 09:15 | UTC | detection |\n| 10:20 | CET | triage |\n",
    ],
)
def test_every_notation_tells_the_same_events(text: str) -> None:
    events = timeline(text).events
    assert [event.milestone for event in events] == ["detection", "triage"]
    assert [event.text.source for event in events] == ["detection", "triage"]
    instants = [event.start.astimezone(clock.zone("Europe/Paris")) for event in events if event.start]
    assert [f"{instant:%m-%d %H:%M}" for instant in instants] == ["03-14 10:15", "03-14 10:20"]
    assert timeline(text).disorders == ()


def test_what_has_no_time_is_no_event() -> None:
    text = (
        "All times in CET.\n\n- 10:15 detection\n- **Note:** 10:20 was quiet\n- Detected: 10:14\n"
        "- 10 min later\n- 2h plus tard\n\n![graph](10:16.png)\n\n> 10:17 quoted\n\n"
        "```\n10:18:00 log\n```\n\n"
        "The night before, at\n10:19, nothing happened.\n"
    )
    assert written(text) == ["10:15"]


def test_a_table_of_something_else_is_no_timeline() -> None:
    assert written("| Measure | Value |\n|---|---|\n| Time to detect | 10 min |\n| Errors | 3 |\n") == []


def test_an_item_below_an_event_is_one_only_with_a_time() -> None:
    text = "- 10:15 detection\n  - 10:17 call\n  - a note\n    - 10:18 answer\n- 10:20 triage\n"
    assert written(text) == ["10:15", "10:17", "10:18", "10:20"]


def test_a_wrapped_line_is_one_event() -> None:
    assert written("- 10:40 restarted what had failed since\n  10:15 that morning\n") == ["10:40"]


def test_an_empty_cell_repeats_the_time_above() -> None:
    text = "| Time | Event |\n|---|---|\n| 10:15 | detection |\n| | pages sent |\n"
    assert starts(text) == ["03-14 10:15", "03-14 10:15"]
    assert texts(text) == ["detection", "pages sent"]


def test_a_cell_that_is_no_time_is_an_event_with_a_problem() -> None:
    events = timeline("| Time | Event |\n|---|---|\n| 10:15 | x |\n| later | service restored |\n").events
    assert [bool(event.problem) for event in events] == [False, True]
    assert events[1].milestone == "restored"


def test_a_row_that_only_divides_is_no_event() -> None:
    assert written("| Time | Event |\n|---|---|\n| **Day one** | |\n| 10:15 | x |\n") == ["10:15"]


@pytest.mark.parametrize(
    ("text", "milestone"),
    [
        ("detection", "detection"),
        ("**Détection**", "detection"),
        ("detection : UptimeRobot", "detection"),
        ("**detection**: alert", "detection"),
        ("detection — alert", "detection"),
        ("detection (alert)", "detection"),
        ("✅ Service restored, all green", "restored"),
        ("service rétabli.", "restored"),
        ("root-cause confirmed – a full disk", "root-cause"),
        ("detection of the leak was hard", None),
        ("detection-based alert", None),
        ("first detection", None),
        ("the service restored itself", None),
    ],
)
def test_a_milestone_is_the_label_alone_or_before_punctuation(text: str, milestone: str | None) -> None:
    (event,) = timeline(f"- 10:15 {text}\n").events
    assert event.milestone == milestone


@pytest.mark.parametrize("time", ["25:10", "10:75", "2026-02-30 10:15", "14:__"])
def test_a_milestone_with_an_unreadable_time_is_still_present(time: str) -> None:
    (event,) = timeline(f"- {time} detection\n").events
    assert event.problem
    assert event.start is None
    assert event.milestone == "detection"
    assert event.problem.span == event.span


def test_a_placeholder_stands_for_its_event() -> None:
    events = timeline("- HH:MM detection\n- 10:20 triage\n- **HH:MM** service restored\n").events
    assert [event.placeholder for event in events] == [True, False, True]
    assert [event.milestone for event in events] == ["detection", "triage", "restored"]
    assert not any(event.problem for event in events)


def test_the_span_is_the_time_as_written() -> None:
    (event,) = timeline("- **2026-03-14 10:15 UTC** - detection\n").events
    assert event.written == "2026-03-14 10:15 UTC"
    assert event.span == (5, 5, 5, 25)
    assert event.date_written


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("## Timeline\n\nAll times in UTC.\n\n- 10:15 x\n", 0),
        ("## Timeline\n\n> Toutes les heures sont en UTC\n\n- 10:15 x\n", 0),
        ("## Timeline (UTC)\n\n- 10:15 x\n", 0),
        ("## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| 10:15 | x |\n", 0),
        ("## Timeline\n\nTimes are in CEST (UTC+2)\n\n- 10:15 x\n", 7200),
        ("## Timeline\n\nAll times in Narnia Time.\n\n- 10:15 x\n", 3600),
        ("## Timeline (heures locales)\n\n- 10:15 x\n", 3600),
    ],
)
def test_a_section_may_state_its_zone(text: str, offset: int) -> None:
    (event,) = timeline(text).events
    assert event.start is not None
    shift = event.start.utcoffset()
    assert shift is not None
    assert shift.total_seconds() == offset


def test_a_zone_given_once_holds_for_what_follows() -> None:
    text = "- 2026-03-14 16:22 PST detection\n- 16:59 PST triage\n- 17:07 restart\n- 17:21 PST end\n"
    assert starts(text) == ["03-14 16:22", "03-14 16:59", "03-14 17:07", "03-14 17:21"]
    assert timeline(text).disorders == ()


def test_a_day_without_a_clock_dates_what_stands_below_it() -> None:
    nested = "- 2026-03-14\n  - 10:00 a\n- 2026-03-15:\n  - 09:00 b\n"
    headed = "### 14 mars 2026\n\n- 10:00 a\n\n### Dimanche 15 mars\n\n- 09:00 b\n"
    bold = "**March 14**\n\n- 10:00 a\n\n**March 15**\n\n- 09:00 b\n"
    for text in (nested, headed, bold):
        assert starts(text) == ["03-14 10:00", "03-15 09:00"]
        assert timeline(text).disorders == ()


def test_a_heading_with_a_date_and_a_title_above_events_of_its_own_is_none() -> None:
    below = (
        "**Timeline:**\n\n- **22:30 UTC (Mar 14)** - a\n- **00:03 UTC (Mar 15)** - b\n- **05:39 UTC** - c\n"
    )
    for heading in ("### March 14-15, 2026 - slow reads", "### 2026-03-14", "### 14 March: slow reads"):
        text = f"{heading}\n\nReads were slow.\n\n{below}"
        assert written(text) == ["22:30 UTC (Mar 14)", "00:03 UTC (Mar 15)", "05:39 UTC"]
        assert timeline(text).disorders == ()


def test_a_heading_with_a_date_and_a_title_and_nothing_timed_of_its_own_is_an_event() -> None:
    text = "### 2026-03-12 Deployment\n\nVersion 4.\n\n### 2026-03-13 10:15 alert\n\n### 2026-03-14 closed\n"
    assert written(text) == ["2026-03-12", "2026-03-13 10:15", "2026-03-14"]


def test_a_day_alone_is_an_event_as_wide_as_the_day() -> None:
    (event, later) = timeline("### 2026-03-13\n\nDeployed.\n\n### 2026-03-14 10:00\n\ndetection\n").events
    assert event.start is not None
    assert event.end is not None
    assert (event.end - event.start).days == 1
    assert (event.text.source, later.milestone) == ("Deployed.", "detection")


def test_several_sections_are_timelines_of_their_own() -> None:
    text = "## Timeline\n\n- 10:00 a\n- 11:00 b\n\n## Chronologie\n\n- 09:00 c\n- 10:30 d\n"
    assert written(text) == ["10:00", "11:00", "09:00", "10:30"]
    assert timeline(text).disorders == ()


_TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
_MARKERS = st.sampled_from(["- ", "* ", "1. ", "- **", "- `", "- [", "- ~", "+ "])
_LINES = st.tuples(_MARKERS, _TIMES, st.sampled_from([" detection", "** x", "` y", "] z", ": w", " – v"]))


@given(st.lists(_LINES, min_size=1, max_size=8))
def test_no_line_that_starts_with_a_time_is_dropped(lines: list[tuple[str, str, str]]) -> None:
    text = "\n\n".join("".join(line) for line in lines)
    found = [event.written.lstrip("~") for event in timeline(text).events]
    assert found == [time for _, time, _ in lines]


_SCRAPS = st.sampled_from(
    [
        *("10:15", "25:99", "HH:MM", "2026-03-14", "14 mars", "31/12/9999", "0001-01-01", "J+99", "lundi"),
        *("- ", "1. ", "### ", "| ", "|---|---|\n", "> ", "\n", "\n\n", "  ", "\t"),
        *("~", " UTC", "–", "**", "`", "détection"),
    ]
)


@given(st.lists(_SCRAPS, max_size=40).map("".join))
def test_any_text_is_read_without_failing_and_within_itself(text: str) -> None:
    read = document(f"## Timeline\n{text}")
    for event in read.timeline.events if read.timeline else ():
        _stands_in(read, event)


def _stands_in(read: Document, event: Event) -> None:
    lines = read.source.lines
    assert event.start or event.problem or event.placeholder or event.written.strip() == ""
    assert 1 <= event.span.line == event.span.end_line <= len(lines)
    assert 1 <= event.span.column <= event.span.end_column <= len(lines[event.span.line - 1]) + 1
    if event.start and event.end:
        assert event.start.astimezone(clock.zone("UTC")) < event.end.astimezone(clock.zone("UTC"))
        assert event.day is not None
        assert date.min <= event.day <= date.max


def test_a_line_s_end_parts_a_milestone_from_what_follows() -> None:
    (event,) = timeline("- 10:15 detection\n  by a customer who called\n").events
    assert event.milestone == "detection"
