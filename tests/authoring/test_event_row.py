"""The row that one more event gets is read back at its moment, and every other event stays at its own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.authoring.event_row import with_event
from incidentdocs.config import Config
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.errors import UsageError
from incidentdocs.markdown.source import parse
from incidentdocs.own_settings import profiles_of
from incidentdocs.process.process import Process

PROFILE = profiles_of({}, Config())["incident"]
PATH = "docs/incidents/{day}-disk-full.md"

LIST = """\
---
severity: SEV1
---

# Incident: disk full

## Timeline (local times)
- HH:MM detection
- HH:MM service restored

Times are those of the pager.

## Resolution
The disk was cleaned up.
"""

TABLE = """\
# Incident: disk full

## Timeline (local times)

| Who | Time | Event |
| --- | ---- | ----- |
| @oncall | 00:05 | first alert |

## Resolution
The disk was cleaned up.
"""

HEADINGS = """\
# Incident: disk full

## Timeline (local times)

### 00:05 first alert

The pager rang.

## Resolution
The disk was cleaned up.
"""

EMPTY = "# Incident: disk full\n\n## Timeline (local times)\n\n## Resolution\nCleaned up.\n"
NOTE = EMPTY.replace("\n\n## Resolution", "\nWritten from the logs.\n\n## Resolution")
NONE = "# Incident: disk full\n\n## Resolution\nThe disk was cleaned up."


def read(text: str, zone: str = "Europe/Paris", day: str = "2026-03-14") -> Document:
    process = Process(zone=ZoneInfo(zone), today=date(2027, 1, 1))
    return read_document(PATH.format(day=day), parse(text), PROFILE, process)


def logged(text: str, when: str, words: str, milestone: str | None = None, **known: str) -> str:
    return with_event(text, read(text, **known), datetime.fromisoformat(when), words, milestone=milestone)


def rows(text: str) -> list[str]:
    """Return the rows of the timeline."""
    return [row for row in text.partition("## Timeline")[2].splitlines()[1:] if row[:1] in "-|#"][:-1]


def test_an_event_goes_where_its_time_belongs() -> None:
    text = logged(LIST, "2026-03-14T10:15+01:00", "", "detection")
    text = logged(text, "2026-03-14T10:40+01:00", "disk cleaned")
    text = logged(text, "2026-03-14T10:20+01:00", "SEV1", "triage")
    assert text == LIST.replace(
        "- HH:MM detection\n", "- 10:15 detection\n- 10:20 triage: SEV1\n- 10:40 disk cleaned\n"
    )


def test_the_date_is_written_where_it_changes() -> None:
    text = logged(LIST, "2026-03-14T23:50+01:00", "first alert", "detection")
    text = logged(text, "2026-03-15T00:20+01:00", "disk cleaned")
    text = logged(text, "2026-03-15T00:10+01:00", "called @backup")
    assert "- 23:50 detection: first alert\n- 2026-03-15 00:10 called @backup\n" in text
    assert "- 2026-03-15 00:20 disk cleaned\n- HH:MM service restored\n" in text


def test_an_event_of_the_day_before_dates_the_one_below_it() -> None:
    text = logged(LIST, "2026-03-14T00:10+01:00", "", "detection")
    text = logged(text, "2026-03-13T23:50+01:00", "the backup began")
    assert "- 2026-03-13 23:50 the backup began\n- 2026-03-14 00:10 detection\n" in text


def test_the_offset_is_written_in_an_hour_that_the_zone_repeats() -> None:
    day = {"day": "2026-10-25"}
    text = logged(LIST, "2026-10-25T02:30+02:00", "", "detection", **day)
    text = logged(text, "2026-10-25T02:30+01:00", "disk cleaned", **day)
    text = logged(text, "2026-10-25T02:50+02:00", "called @backup", **day)
    assert "- 02:30+02:00 detection\n- 02:50+02:00 called @backup\n- 02:30+01:00 disk cleaned\n" in text


def test_a_table_gets_a_row_of_its_columns() -> None:
    text = logged(TABLE, "2026-03-14T00:01+01:00", "df | grep data")
    text = logged(text, "2026-03-15T00:01+01:00", "", "restored")
    assert (
        "| --- | ---- | ----- |\n|  | 00:01 | df \\| grep data |\n| @oncall | 00:05 | first alert |\n" in text
    )
    assert text.index("first alert |\n|  | 2026-03-15 00:01 | service restored |\n") > 0


def test_headings_that_are_events_get_another() -> None:
    text = logged(HEADINGS, "2026-03-14T00:09+01:00", "disk cleaned")
    assert "The pager rang.\n### 00:09 disk cleaned\n\n## Resolution" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (EMPTY, "## Timeline (local times)\n- 00:09 disk cleaned\n\n## Resolution"),
        (NOTE, "Written from the logs.\n\n- 00:09 disk cleaned\n\n## Resolution"),
        (NONE, "The disk was cleaned up.\n\n## Timeline (local times)\n- 00:09 disk cleaned"),
    ],
)
def test_a_timeline_is_begun_where_there_is_none(text: str, written: str) -> None:
    assert written in logged(text, "2026-03-14T00:09+01:00", "disk cleaned")


def test_a_timeline_in_another_zone_is_gone_on_with_there() -> None:
    text = LIST.replace("(local times)", "(UTC)").replace("HH:MM detection", "10:15 detection")
    assert "- 10:15 detection\n- 10:20 called @backup\n" in logged(
        text, "2026-03-14T11:20+01:00", "called @backup"
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("until 11:00 nobody slept", "- 10:15 : until 11:00 nobody slept\n"),
        ("UTC is the zone of the logs", "- 10:15 : UTC is the zone of the logs\n"),
        ("two\nlines\x1b[31m and <b>bold</b>", "- 10:15 two lines[31m and \\<b>bold\\</b>\n"),
        (
            "<!-- incidentdocs: ignore[timeline-order] me -->",
            "\\<!-- incidentdocs: ignore[timeline-order] me -->\n",
        ),
        ("see <https://example.org>", "- 10:15 see <https://example.org>\n"),
        ("- 11:00 not this", "- 10:15 \\- 11:00 not this\n"),
    ],
)
def test_words_that_could_be_read_as_something_else_are_only_words(words: str, written: str) -> None:
    assert written in logged(LIST, "2026-03-14T10:15+01:00", words)


def test_an_unknown_milestone_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        logged(LIST, "2026-03-14T10:15+01:00", "", "restord")
    assert refused.value.hint == (
        "did you mean restored? it has detection, triage, mitigation, restored, root-cause"
    )


CHANGES = {
    "Europe/Paris": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-11-01T06:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),
    "Asia/Kolkata": ("2026-03-14T18:30", "2026-12-31T18:30"),
    "UTC": ("2026-03-14T00:00", "2026-12-31T23:00"),
}
"""Zones, with the instants, in UTC, about which clocks change there, or a day ends."""

WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["service restored", "until 10:15", "UTC", "(CET) call", "~", "- 10:15 x", "10:15", "| a |"]
    ),
).filter(lambda words: any(each.isalnum() for each in words))


@given(
    zone=st.sampled_from(sorted(CHANGES)),
    change=st.integers(0, 1),
    text=st.sampled_from([LIST, TABLE, HEADINGS, EMPTY, NOTE, NONE]),
    ending=st.sampled_from(["\n", "\r\n"]),
    events=st.lists(st.tuples(st.integers(-1500, 1500), WORDS), min_size=1, max_size=6),
)
def test_every_event_is_read_back_at_its_moment(
    zone: str, change: int, text: str, ending: str, events: list[tuple[int, str]]
) -> None:
    middle = datetime.fromisoformat(CHANGES[zone][change]).replace(tzinfo=UTC)
    moments = [middle + timedelta(minutes=minutes) for minutes, _ in events]
    day = moments[0].astimezone(ZoneInfo(zone)).date().isoformat()
    written = text.replace("\n", ending)
    before = [event.first for event in timeline(read(written, zone, day)) if event.first]
    for moment, (_, words) in zip(moments, events, strict=True):
        written = with_event(written, read(written, zone, day), moment, words)
    after = [event.first for event in timeline(read(written, zone, day)) if event.first]
    assert [each.astimezone(UTC) for each in after] == sorted(
        each.astimezone(UTC) for each in (*before, *moments)
    )
    assert ("\r\n" in written) == (ending == "\r\n")
    assert written.replace("\r\n", "").count("\r") == 0


def timeline(document: Document) -> list[Event]:
    return list(document.timeline.events) if document.timeline else []
