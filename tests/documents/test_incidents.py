"""Several incidents in one file: where each begins, its day, and its own timeline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.document import Document, read_document
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.profiles.profile import IncidentsProfile
from incidentdocs.rules import RULES, load

REVIEW = """# Post-mortem: three outages

## Timeline

All times in UTC.

### {first} - Cache overload

Reads failed.

**Root causes:**

- a cold cache

**Timeline:**

- **21:45** - detection
- **23:50** - fix
- **00:10** - service restored

### {second} - A wrong limit

**Timeline:**

- **18:00** - detection
- **18:40** - service restored

### {third}

- 09:00 detection

## Impact

- Downtime: 20m
"""


def document(
    text: str, *, level: int = 3, title: str = "{date} {title}", name: str = "2025-10-21-a"
) -> Document:
    profile = replace(built_in("post-mortem"), incidents=IncidentsProfile(level=level, title=title))
    return read_document(f"docs/post-mortems/{name}.md", parse(text), profile, Process(language="en"))


def starts(read: Document) -> list[str | None]:
    events = read.timeline.events if read.timeline else ()
    return [f"{event.start:%Y-%m-%d %H:%M}" if event.start and event.dated else None for event in events]


def findings(read: Document) -> list[tuple[str, int]]:
    found = lint([read], [load(rule)() for rule in RULES]).findings
    return [(finding.rule, finding.span.line) for finding in found]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("October 21, 2025", "October 24, 2025", "October 29-30, 2025"),
        ("2025-10-21", "2025-10-24", "2025-10-29"),
        ("21 October 2025", "24th of October 2025", "29-30 octobre 2025"),
        ("21/10/2025", "24/10/2025", "29/10/2025"),
        ("21.10.2025", "24.10.2025", "29.10.2025"),
        ("10/21/2025", "10/24/2025", "10/29/2025"),
        ("Oct 21", "Oct 24", "Oct 29"),
        ("21.10.", "24.10.", "29.10."),
        ("**October 21, 2025**", "[October 24](https://x.example)", "Wednesday, October 29, 2025"),
        ("21–22 October 2025", "October 24 – 25, 2025", "October 29 – November 2, 2025"),
    ],
)
@pytest.mark.parametrize("name", ["2025-10-21-a", "three-outages"])
def test_each_incident_is_on_the_day_of_its_heading(first: str, second: str, third: str, name: str) -> None:
    read = document(REVIEW.format(first=first, second=second, third=third), name=name)
    events = starts(read)
    if name == "three-outages" and "2025" not in first:
        assert set(events) == {None}
        return
    assert events == [
        *("2025-10-21 21:45", "2025-10-21 23:50", "2025-10-22 00:10"),
        *("2025-10-24 18:00", "2025-10-24 18:40", "2025-10-29 09:00"),
    ]
    assert read.timeline is not None
    assert (read.timeline.disorders, read.timeline.incidents) == ((), 3)


def test_an_ambiguous_date_is_european_unless_another_can_only_be_american() -> None:
    text = "# Post-mortem: a\n\n## Timeline\n\n### {} - a\n- 10:00 a\n\n### {} - b\n- 11:00 b\n"
    assert starts(document(text.format("03/04/2026", "05/04/2026"))) == [
        "2026-04-03 10:00",
        "2026-04-05 11:00",
    ]
    assert starts(document(text.format("03/04/2026", "03/25/2026"))) == [
        "2026-03-04 10:00",
        "2026-03-25 11:00",
    ]


def test_incidents_are_independent_of_one_another_in_order_and_in_date() -> None:
    text = (
        "# Post-mortem: a\n\n## Timeline\n\n### 2025-10-24 - b\n- 10:00 b\n- 09:30 earlier\n\n"
        "### 2025-10-21 - a\n- 22:00 a\n- 2025-10-22 01:00 a\n\n### 2025-10-20 - c\n- 00:30 c\n"
    )
    read = document(text)
    assert starts(read)[2:] == ["2025-10-21 22:00", "2025-10-22 01:00", "2025-10-20 00:30"]
    assert [finding for finding in findings(read) if finding[0] == "timeline-order"] == [
        ("timeline-order", 7)
    ]


def test_the_declared_downtime_is_of_no_single_incident_and_contradicts_none() -> None:
    text = REVIEW.format(first="2025-10-21", second="2025-10-24", third="2025-10-29").replace("20m", "9h")
    assert "duration-mismatch" not in dict(findings(document(text)))


def test_the_zone_stated_above_all_incidents_holds_for_each_and_one_may_state_its_own() -> None:
    text = (
        "# Post-mortem: a\n\n## Timeline\n\nAll times in UTC.\n\n### 2025-10-21 - a\n- 10:00 a\n\n"
        "### 2025-10-24 - b\n\nTimes in CEST.\n\n- 10:00 b\n"
    )
    read = document(text)
    assert read.timeline is not None
    assert [str(event.start and event.start.utcoffset()) for event in read.timeline.events] == [
        "0:00:00",
        "2:00:00",
    ]


def test_an_incident_without_any_time_is_told_by_its_heading() -> None:
    text = (
        "# Post-mortem: a\n\n## Timeline\n\n### 2025-10-21 - a\n- 10:00 a\n\n### 2025-10-24 - b\n\n"
        "Nobody looked.\n"
    )
    read = document(text)
    assert starts(read) == ["2025-10-21 10:00", "2025-10-24 00:00"]
    assert read.timeline is not None
    assert read.timeline.events[1].text.source == "b"


def test_headings_without_a_date_or_of_another_level_begin_no_incident() -> None:
    text = (
        "# Post-mortem: a\n\n## Timeline\n\n### 3/4 of the nodes\n- 10:00 a\n\n### Notes\n- 10:10 b\n\n"
        "#### 2025-10-22\n- 09:00 c\n\n### 22:10\nlater\n"
    )
    read = document(text)
    assert read.sections[0].incidents == ()
    assert read.timeline is not None
    assert read.timeline.incidents == 1
    assert starts(read) == ["2025-10-21 10:00", "2025-10-21 10:10", "2025-10-22 09:00", "2025-10-22 22:10"]


def test_a_heading_that_is_a_time_goes_on_with_its_incident() -> None:
    text = (
        "# Post-mortem: a\n\n## Timeline\n\n### 2025-10-24 - a\n\n### 22:10 - alert\n\n"
        "### 22:30 - fix\n\n### Notes\n\n- 08:00 b\n"
    )
    assert starts(document(text)) == ["2025-10-24 22:10", "2025-10-24 22:30", "2025-10-21 08:00"]


def test_the_profile_says_how_the_heading_is_written() -> None:
    title = "Incident {number}: {title} ({date})"
    text = (
        "# Post-mortem: a\n\n## Timeline\n\n### Incident 7: 5 nodes down (24 Oct 2025)\n- 10:00 a\n"
        "\n### 2025-10-30\n- 11:00 b\n"
    )
    read = document(text, title=title)
    assert [incident.heading.first for incident in read.sections[0].incidents] == [5]
    assert starts(read) == ["2025-10-24 10:00", "2025-10-30 11:00"]


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("style", ["deeper", "bold"])
def test_incidents_that_stand_above_their_sections_have_each_their_own(level: int, style: str) -> None:
    mark = "#" * level
    below = {"deeper": f"{mark}# {{}}", "bold": "**{}**"}[style]
    part = (
        f"{mark} {{day}} - an outage\n\n{below.format('Timeline')}\n\n- 23:50 start\n"
        "- 00:20 service restored\n\n"
        f"{below.format('Action items')}\n\n- [ ] AI {{number}}: a (owner @dana, due 2025-12-01)\n\n"
    )
    text = part.format(day="21 October 2025", number=1) + part.format(day="19 October", number=2)
    read = document(text, level=level)
    assert [section.id for section in read.sections if section.id] == ["timeline", "action-items"] * 2
    assert starts(read) == ["2025-10-21 23:50", "2025-10-22 00:20", "2025-10-19 23:50", "2025-10-20 00:20"]
    assert read.action_items is not None
    assert [item.number for item in read.action_items.items] == [1, 2]
    told = {rule for rule, _ in findings(read)}
    assert (
        told & {"duplicate-section", "section-level", "section-order", "timeline-order", "duration-mismatch"}
        == set()
    )


def test_an_incident_may_have_promises_inside_the_timeline_of_all() -> None:
    text = (
        "# Post-mortem: a\n\n## Timeline\n\n### 2025-10-21 - a\n\n**Timeline:**\n\n- 10:00 a\n\n"
        "**Action items:**\n\n"
        "- [ ] AI 1: b (owner @dana, due 2025-12-01)\n\n### 2025-10-24 - b\n\n- 11:00 c\n"
    )
    read = document(text)
    assert [section.id for section in read.sections] == ["timeline", "action-items"]
    assert starts(read) == ["2025-10-21 10:00", "2025-10-24 11:00"]


PIECES = st.sampled_from(
    [
        *(
            "### October 21, 2025 - a",
            "### 2025-13-45 b",
            "### 31/02/2025",
            "### 10/31/2025 c",
            "### 9999-12-31",
            "###",
        ),
        *(
            "## Timeline",
            "## Ours",
            "### 10:20",
            "**Timeline:**",
            "- 10:15 a",
            "- 2025-10-22 09:00 b",
            "text",
            "",
        ),
        *("#### Timeline", "### Feb 29", "## 2025-10-24", "| Time | Event |", "|---|---|", "| 10:00 | a |"),
    ]
)


@given(
    st.lists(PIECES, max_size=25),
    st.integers(1, 4),
    st.sampled_from(["{date} {title}", "{title} {date}", "{date}"]),
)
def test_no_event_is_lost_by_parting_a_document(pieces: list[str], level: int, title: str) -> None:
    text = "\n".join(["# Post-mortem: a", "", "## Timeline", *pieces, ""])
    read = document(text, level=level, title=title)
    findings(read)
    whole = read_document(read.path, read.source, built_in("post-mortem"), read.process)
    clocked = {event.span for event in (whole.timeline.events if whole.timeline else ()) if event.clocked}
    told = {event.span for event in (read.timeline.events if read.timeline else ())}
    sections = {section.heading.first for section in read.sections if section.id == "timeline"}
    if sections >= {section.heading.first for section in whole.sections if section.id == "timeline"}:
        assert {span for span in clocked - told if level > 2} == set()
