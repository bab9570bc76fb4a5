"""Sections whose titles are no headings of the usual level: bold lines, bold labels, deeper headings."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.document import Document, read_document
from incidentdocs.linter import lint
from incidentdocs.markdown.blocks import Heading, List, Paragraph, walk
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import RULES, load

HEAD = "# Post-mortem: a\n\n"
EVENTS = "- 10:15 detection\n- 10:40 service restored\n"
ITEM = "- [ ] AI 1: alert at 80 % (owner @dana, due 2026-04-01)\n"


def document(text: str, kind: str = "post-mortem") -> Document:
    return read_document(
        "docs/post-mortems/2026-03-14-a.md", parse(text), built_in(kind), Process(language="en")
    )


def ids(text: str) -> list[tuple[str | None, int, int]]:
    return [(section.id, section.heading.first, section.last) for section in document(text).sections]


def events(text: str) -> list[str]:
    timeline = document(text).timeline
    return [event.written for event in timeline.events] if timeline else []


def findings(text: str, *rules: str) -> list[tuple[str, int, str]]:
    found = lint([document(text)], [load(rule)() for rule in rules or RULES]).findings
    return [(finding.rule, finding.span.line, finding.hint) for finding in found]


@pytest.mark.parametrize(
    "title",
    [
        "**Timeline**",
        "**Timeline:**",
        "**Timeline**:",
        "__Timeline__ :",
        "***Timeline***",
        "**TIMELINE**",
        "**1. Timeline**",
        "**Timeline (UTC)**",
        "**Timeline** (UTC):",
        "**Timeline\u00a0:**",
        "  **Timeline**  ",
        "**Chronologie :**",
        "**Timeline** <!-- from the chat -->",
    ],
)
def test_a_bold_line_that_is_a_known_title_begins_a_section(title: str) -> None:
    read = document(f"{HEAD}{title}\n\n{EVENTS}\n## Notes\nnone\n")
    (timeline, _) = read.sections
    assert (timeline.id, timeline.heading.first, timeline.heading.level, timeline.last) == (
        "timeline",
        3,
        2,
        7,
    )
    assert events(f"{HEAD}{title}\n\n{EVENTS}") == ["10:15", "10:40"]


def test_the_heading_that_stands_for_a_bold_title_spans_its_words() -> None:
    (section,) = document(f"{HEAD}**Timeline:**\n{EVENTS}").sections
    assert (section.visible, section.heading.text.span()) == ("Timeline", (3, 3, 3, 11))
    assert section.body == (4, 1, 6, 1)


@pytest.mark.parametrize(
    "title",
    [
        "**Timeline** of the day",
        "The **Timeline**",
        "**Timeline",
        "*Timeline*",
        "**Timeline** and **Impact**",
        "> **Timeline**",
        "`**Timeline**`",
        "    **Timeline**",
        "**Timetable**",
        "text\n**Timeline**",
    ],
)
def test_bold_words_in_a_line_of_others_begin_none(title: str) -> None:
    assert document(f"{HEAD}{title}\n\n{EVENTS}").sections == ()


def test_lines_directly_below_a_bold_title_are_its_content() -> None:
    text = f"{HEAD}**Timeline**\n10:15 detection\n10:40 service restored\n"
    assert events(text) == ["10:15", "10:40"]


def test_bold_sections_end_at_the_next_bold_line_or_heading() -> None:
    text = (
        f"{HEAD}**Summary**\n\nThe API was down.\n\n**Timeline:**\n\n{EVENTS}\n**Root cause:**\n\n"
        "A full disk.\n\n"
        f"**Action items**\n\n{ITEM}\n**Who was there**\n\n- Dana\n\n## Lessons learned\nNone.\n"
    )
    assert ids(text) == [
        ("timeline", 7, 11),
        ("root-cause", 12, 15),
        ("action-items", 16, 19),
        ("lessons", 24, 25),
    ]
    items = document(text).action_items
    assert items is not None
    assert [item.description for item in items.items] == ["alert at 80 %"]


def test_bold_days_and_phases_go_on_with_a_bold_timeline() -> None:
    text = (
        f"{HEAD}**Timeline**\n\n**March 14**\n\n- 23:50 detection\n\n**Repair on March 15**\n\n"
        "- 00:40 fix\n\n"
        "**Impact**\n\nNone.\n"
    )
    assert [id for id, *_ in ids(text)] == ["timeline", "impact"]
    assert events(text) == ["23:50", "00:40"]


def test_a_bold_title_counts_only_where_no_heading_has_the_section() -> None:
    text = (
        f"{HEAD}**Timeline**\n\n- 09:00 the day before\n\n## Timeline\n{EVENTS}\n**Timeline:**\n\n"
        "- 11:00 closed\n"
    )
    assert ids(text) == [("timeline", 7, 13)]
    assert events(text) == ["10:15", "10:40", "11:00"]


@pytest.mark.parametrize("marker", ["-", "*", "+", "1."])
@pytest.mark.parametrize("label", ["**Timeline**", "**Timeline:**", "__Timeline__:"])
def test_a_bold_label_of_a_list_item_begins_a_section_of_what_is_nested_in_it(
    marker: str, label: str
) -> None:
    text = (
        f"{HEAD}{marker} **Notes**: none\n{marker} {label}\n   - 10:15 detection\n"
        f"   - 10:40 closed\n{marker} more\n"
    )
    assert ids(text) == [("timeline", 4, 6)]
    assert events(text) == ["10:15", "10:40"]


def test_what_a_label_begins_is_taken_out_of_the_section_around_it() -> None:
    text = f"{HEAD}## Overview\n\n- owner: Dana\n- **Action items**\n  {ITEM}- TODO\n"
    overview, items = document(text).sections
    assert [isinstance(block, List) and len(block.items) for block in overview.blocks] == [2]
    assert (items.id, items.heading.text.span(), items.last) == ("action-items", (6, 5, 6, 17), 7)
    assert findings(text, "placeholder-left") == [("placeholder-left", 8, "write what belongs here")]


def test_a_label_with_nothing_below_it_or_with_a_value_begins_none() -> None:
    assert ids(f"{HEAD}- **Timeline**\n- **Impact**\n") == []
    assert ids(f"{HEAD}- **Impact:** 40 users\n  - most of them in Lyon\n") == []


def test_a_label_among_labels_of_the_team_s_own_is_one_of_them() -> None:
    others = "- **Planning**\n  - a\n- **Monitoring**\n  - b\n- **Testing**\n  - c\n- **Training**\n  - d\n"
    assert ids(f"{HEAD}## Next\n\n{others}") == [(None, 3, 12)]
    assert [id for id, *_ in ids(f"{HEAD}## Next\n\n{others}- **Timeline**\n  - 10:15 a\n")] == [
        None,
        "timeline",
    ]


def test_setext_headings_begin_sections() -> None:
    text = f"Post-mortem: a\n===\n\nTimeline\n--------\n{EVENTS}\nImpact\n===\nNone.\n"
    assert ids(text) == [("timeline", 4, 8), ("impact", 9, 11)]
    assert document(text).title is not None


def test_a_deeper_heading_is_read_as_the_section_and_told() -> None:
    text = (
        f"{HEAD}## Impact\n- Data loss: no\n\n### Timeline\n{EVENTS}\n#### Action items ####\n"
        f"{ITEM}\n## Root cause\nA disk.\n"
    )
    assert ids(text) == [
        ("impact", 3, 5),
        ("timeline", 6, 9),
        ("action-items", 10, 12),
        ("root-cause", 13, 14),
    ]
    assert events(text) == ["10:15", "10:40"]
    assert findings(text, "section-level", "missing-section")[:2] == [
        ("missing-section", 1, "add a section `## Why did our monitoring not alert earlier?`"),
        ("missing-section", 1, "add a section `## Lessons learned`"),
    ]
    assert findings(text, "section-level") == [
        ("section-level", 6, "write `## Timeline`"),
        ("section-level", 10, "write `## Action items`"),
    ]


def test_a_note_stays_in_the_replacement() -> None:
    text = f"{HEAD}## Impact\n- Data loss: no\n\n### Timeline (UTC)\n{EVENTS}"
    assert findings(text, "section-level") == [("section-level", 6, "write `## Timeline (UTC)`")]


@pytest.mark.parametrize("head", ["# Post-mortem: a\n\n", "## Post-mortem: a\n\n"])
def test_a_document_whose_sections_all_are_deeper_is_read_and_not_accused(head: str) -> None:
    text = (
        f"{head}### Timeline\n{EVENTS}\n### Notes\nnone\n\n### Impact\n- Downtime: 25m\n"
        "- Users affected: 4\n- Data loss: no\n\n"
        "### Root cause\nA full disk: nothing rotated the logs.\n\n"
        "### Why did our monitoring not alert earlier?\nIt did.\n\n"
        f"### Action items\n{ITEM}\n### Lessons learned\nAlert earlier.\n\n"
        "### Blameless statement\n"
        "This incident is not the fault of one person. It is a lack of safeguards in the system. "
        "The AIs above aim to add those safeguards.\n"
    )
    assert [id for id, *_ in ids(text)] == [
        "timeline", None, "impact", "root-cause", "monitoring", "action-items", "lessons", "blameless",
    ]  # fmt: skip
    assert findings(text) == []


def test_hints_have_the_level_of_the_document() -> None:
    hints = [
        hint
        for _, _, hint in findings(f"{HEAD}### Timeline\n{EVENTS}\n### Impcat\nNone.\n", "unknown-section")
    ]
    assert hints == ["write `### Impact`"]


def test_a_part_that_bears_a_known_title_stays_content_where_the_section_is_there() -> None:
    text = f"{HEAD}## Summary\nDown.\n\n### Impact\nWrites failed.\n\n## Impact\n- Data loss: no\n"
    assert ids(text) == [(None, 3, 8), ("impact", 9, 10)]
    assert findings(text, "section-level", "duplicate-section") == []


def test_the_phases_of_a_timeline_and_the_groups_of_action_items_are_theirs() -> None:
    timeline = f"{HEAD}## Timeline\n\n### Detection\n- 10:15 alert\n\n### Repair\n- 10:40 restart\n"
    assert ids(timeline) == [("timeline", 3, 9)]
    assert events(timeline) == ["10:15", "10:40"]
    for title in ("### Monitoring", "**Monitoring**", "**Monitoring:**"):
        text = f"{HEAD}## Action items\n- [ ] AI 2: test (owner @kim)\n\n{title}\n\n{ITEM}"
        assert ids(text) == [("action-items", 3, 8)]
    labels = f"{HEAD}## Action items\n- **Monitoring**\n  {ITEM}- **Lessons**\n  - [ ] AI 2: more\n"
    assert ids(labels) == [("action-items", 3, 7)]


def test_a_part_among_parts_or_that_is_all_there_is_stays_content() -> None:
    among = f"{HEAD}## Root cause\nA full disk.\n\n### Trigger\nA backup.\n\n### Detection\nNone.\n"
    assert ids(among) == [("root-cause", 3, 10)]
    assert ids(f"{HEAD}## Root cause\n\n### Detection\nNone.\n") == [("root-cause", 3, 6)]


def test_what_stands_below_a_nested_section_goes_back_to_the_one_around_it() -> None:
    text = (
        f"{HEAD}## Timeline\n- 10:15 a\n\n### Impact\n- Downtime: 1h\n\n### Next morning\n"
        "- 2026-03-15 09:00 b\n"
    )
    assert [(id, first) for id, first, _ in ids(text)] == [("timeline", 3), ("impact", 6)]
    assert events(text) == ["10:15", "2026-03-15 09:00"]


def test_sections_of_several_parts_are_no_duplicates_and_all_are_read() -> None:
    text = (
        f"{HEAD}## Impact\nNone.\n\n## First outage\n\n**Timeline:**\n{EVENTS}\n## Second outage\n"
        "\n**Timeline:**\n- 09:00 b\n"
    )
    assert events(text) == ["10:15", "10:40", "09:00"]
    assert findings(text, "duplicate-section", "section-level", "timeline-order") == []
    deeper = text.replace("**Timeline:**", "### Timeline")
    assert events(deeper) == ["10:15", "10:40", "09:00"]
    assert findings(deeper, "duplicate-section", "section-level", "timeline-order") == []


def test_a_comment_before_a_bold_title_silences_its_whole_section() -> None:
    text = (
        f"{HEAD}<!-- incidentdocs: ignore[timeline-order] as told -->\n\n**Timeline**\n\n"
        "- 10:40 a\n- 10:15 b\n\n**Impact**\n\nNone.\n"
    )
    assert findings(text, "timeline-order", "ignore-unused") == []
    assert len(findings(text.replace("10:15 b", "10:39 b").replace("ignore[", "x["), "timeline-order")) == 1


def test_a_comment_before_a_list_silences_all_of_it_also_where_an_item_is_a_section() -> None:
    items = "- **Timeline**\n  - 10:40 a\n  - 10:15 b\n- **Impact**\n  - Downtime: soon\n"
    comment = "<!-- incidentdocs: ignore[timeline-order, impact-field] as told -->\n\n"
    rules = ("timeline-order", "impact-field", "ignore-unused")
    assert {rule for rule, *_ in findings(f"{HEAD}{items}", *rules)} == {"timeline-order", "impact-field"}
    assert [line for _, line, _ in findings(f"{HEAD}{comment}{items}", *rules) if line > 5] == []


def test_an_empty_bold_section_is_told_where_it_stands() -> None:
    assert findings(f"{HEAD}**Root cause**\n\n**Impact**\n\nNone.\n", "empty-section") == [
        ("empty-section", 3, "write it, or say why there is nothing to write")
    ]


PIECES = (
    *(
        "# Post-mortem: a",
        "## Timeline",
        "## Impact",
        "## Ours",
        "## Action items",
        "### Timeline",
        "### Impact",
    ),
    *(
        "#### Action items",
        "### Ours",
        "### 10:20",
        "**Timeline**",
        "**Impact:**",
        "**Monitoring**",
        "**Ours**",
    ),
    *(
        "- **Action items**",
        "  - [ ] AI 1: a (owner @dana)",
        "- **Ours**",
        "  - nested",
        "- 10:15 a",
        "text",
        "",
    ),
    *("__Lessons learned__ :", "1. step", "Root cause", "---", "> **Impact**", "| a | b |", "|---|---|"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_every_block_is_in_one_section_at_most_and_none_is_lost(pieces: list[str]) -> None:
    text = "\n".join(["# Post-mortem: b", "", "## Notes", *pieces, ""])
    read = document(text)
    blocks = [block for section in read.sections for block in walk(section.blocks)]
    headings = [section.heading.first for section in read.sections]
    top = [block.first for block in read.source.blocks[2:] if not isinstance(block, List)]
    assert {*top} <= {*(block.first for block in blocks), *headings}
    paragraphs = [block.text.starts[0] for block in blocks if isinstance(block, Paragraph)]
    assert len(paragraphs) == len({*paragraphs})
    assert len(headings) == len({*headings})
    for section in read.sections:
        assert isinstance(section.heading, Heading)
        assert section.heading.first <= section.heading.last <= max(section.last, section.heading.last)
    findings(text)


@pytest.mark.parametrize(
    "line", ["**Impact**", "### Impact", "- **Impact**\n  - a", "**Timeline**\n- 10:15 a", "**Ours**"]
)
def test_many_titles_take_no_more_than_their_number(line: str) -> None:
    for head in ("", "## Timeline\n- 10:15 a\n", "## Ours\n\n"):
        source = parse(head + f"{line}\n\n" * 5_000)
        begin = time.perf_counter()
        read_document("a.md", source, built_in("post-mortem"), Process())
        assert time.perf_counter() - begin < 5
