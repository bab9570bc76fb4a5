"""A time that its author says openly nobody knows is an event without a time, and no mistake."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.timeline.unknown_times import unknown_time
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load
from incidentdocs.rules.rule import DocumentRule

HEAD = "---\nseverity: SEV1\n---\n# Post-mortem: API\n\n## Timeline\n\n"
REST = "- 10:20 triage\n- 10:40 mitigation start\n- 11:00 service restored\n- 12:00 root cause confirmed\n"


def read(timeline: str, head: str = HEAD) -> Document:
    process = Process(zone=clock.zone("Europe/Paris"), today=date(2026, 3, 20))
    path = "docs/post-mortems/2026-03-13-api.md"
    return read_document(path, parse(f"{head}{timeline}"), built_in("post-mortem"), process)


def told(document: Document) -> list[str]:
    rules = ("timeline-time", "timeline-milestone", "timeline-order", "timeline-empty", "duration-mismatch")
    return [finding.rule for name in rules for finding in found(name, document)]


def found(name: str, document: Document) -> list[Finding]:
    rule = load(name)()
    assert isinstance(rule, DocumentRule)
    return list(rule.check(document))


EVERYWHERE = """unknown; Unknown; time unknown; exact time unknown; unknown time; not known; n/a
inconnu; inconnue; heure inconnue; Heure exacte inconnue; l'heure est inconnue; indéterminée
unbekannt; Uhrzeit unbekannt; hora desconocida; 不明; 発生時刻不明; 时间未知; неизвестно
?; ??; ???; ??:??; ??h??; 2026-03-??; 2026-03-?? ??:??
--:--; --:--:--; 2X:XX; 1x:xx; 1?:??; ??:30; 1?h30"""


@pytest.mark.parametrize("words", [word.strip() for word in EVERYWHERE.replace("\n", ";").split(";")])
def test_an_unknown_time_is_an_event_whose_time_is_open(words: str) -> None:
    for line in (f"- {words}: detection", f"- **{words}** - detection", f"- ({words}) detection"):
        document = read(f"{line}\n{REST}")
        assert document.timeline
        event = document.timeline.events[0]
        assert (event.unknown, event.start, event.milestone) == (True, None, "detection"), line
        assert event.written == words
        assert told(document) == []
    table = f"| When | What |\n|---|---|\n| {words} | detection |\n| 10:20 | triage |\n"
    document = read(table, head="# Post-mortem: API\n\n## Timeline\n\n")
    assert document.timeline
    assert [event.unknown for event in document.timeline.events] == [True, False]
    assert told(document) == []


@pytest.mark.parametrize("words", ["??:??", "?", "unknown", "heure inconnue", "--:--", "1X:XX"])
def test_a_day_whose_clock_is_unknown_is_that_day(words: str) -> None:
    document = read(f"- 2026-03-13 {words}: detection\n{REST}")
    assert document.timeline
    event = document.timeline.events[0]
    assert (event.day, event.clocked, event.milestone) == (date(2026, 3, 13), False, "detection")
    assert told(document) == []


@pytest.mark.parametrize(
    "cell",
    [
        "later", "TBD soon", "unknown cause", "10:1O", "1:0", "25:10", "soon (unknown)", "不明瞭", "?later",
        "HH:XX", "XX:XX", "14:MM", "14:__", "25:??", "3X:XX", "--:-", "---:--", "14:?",
    ],
)  # fmt: skip
def test_what_only_resembles_it_is_still_no_time(cell: str) -> None:
    table = "# Post-mortem: API\n\n## Timeline\n\n| Time | What |\n|---|---|\n| 10:15 | detection |\n"
    table += f"| {cell} | triage |\n"
    assert told(read(table, head="")) == ["timeline-time"]


@pytest.mark.parametrize(
    "line", ["- unknown cause of the outage", "- unknown-user in the logs", "- ?detection"]
)
def test_other_words_begin_no_event(line: str) -> None:
    document = read(f"{line}\n{REST}")
    assert document.timeline
    assert not any(event.unknown for event in document.timeline.events)


ENDS = ["-??:??", "-10:??", " - ?", "–??:??", " - 12:xx", " to 1X:XX", " - --:--", " - 2026-03-13 10:??"]


@pytest.mark.parametrize("end", ENDS)
def test_an_open_end_leaves_the_beginning(end: str) -> None:
    for line in (
        f"- 10:15{end} detection",
        f"- 2026-03-13 10:15{end} detection",
        f"- **10:15{end}**: detection",
    ):
        document = read(f"{line}\n{REST}")
        assert document.timeline
        event = document.timeline.events[0]
        assert event.first == event.last
        assert (str(event.first)[11:16], event.written[-4:], event.milestone) == (
            "10:15",
            end[-4:],
            "detection",
        )
        assert told(document) == []


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("10:??", "10:00", "11:00"),
        ("10h??", "10:00", "11:00"),
        ("10:xx", "10:00", "11:00"),
        ("10:--", "10:00", "11:00"),
        ("10:??:??", "10:00", "11:00"),
        ("~10:??", "09:45", "11:15"),
        ("10:1?", "10:10", "10:20"),
        ("10:?? AM", "10:00", "11:00"),
    ],
)
def test_an_open_minute_leaves_the_hour(written: str, start: str, end: str) -> None:
    for line in (f"- {written} detection", f"- 2026-03-13 {written}: detection", f"{written} - detection\n"):
        document = read(f"{line}\n{REST}")
        assert document.timeline
        event = document.timeline.events[0]
        assert (str(event.start)[11:16], str(event.end)[11:16], event.milestone) == (start, end, "detection")
        assert told(document) == []


def test_an_open_minute_is_in_its_order() -> None:
    document = read("- 10:15 detection\n- 10:?? restart\n" + REST)
    assert told(document) == []
    document = read("- 10:15 detection\n- 09:?? restart\n" + REST)
    assert told(document) == ["timeline-order"]


def test_a_paragraph_tells_an_event_at_an_open_clock_and_at_no_word() -> None:
    document = read("--:-- detection  \n??:?? first calls\n\n? and unknown: words\n\n" + REST)
    assert document.timeline
    assert [event.written for event in document.timeline.events[:3]] == ["--:--", "??:??", "10:20"]
    assert told(document) == []


def test_what_the_profile_has_for_a_placeholder_stays_one() -> None:
    document = read(f"- HH:MM detection\n{REST}")
    assert document.timeline
    assert document.timeline.events[0].placeholder


def test_an_unknown_beginning_contradicts_no_downtime() -> None:
    assert told(read(f"- unknown: start\n- 10:15 detection\n{REST}\n## Impact\n\n- Downtime: 30h\n")) == []


def test_what_the_hint_says_to_write_mends() -> None:
    table = "| Time | What |\n|---|---|\n| 10:15 | detection |\n| {} | triage |\n"
    (finding,) = found("timeline-time", read(table.format("later")))
    assert "`?`" in finding.hint
    assert not found("timeline-time", read(table.format("?")))


@given(st.text(st.sampled_from("?:unkow hedi-/20不明\n"), max_size=40), st.integers(0, 5))
def test_the_end_lies_behind_the_beginning(text: str, at: int) -> None:
    end = unknown_time(text, at)
    assert end is None or at < end <= len(text)
