"""Titles above several action items, and the plain bullets that belong to a number above them."""

import pytest

from incidentdocs.documents.action_items.reading import ActionItem, read_action_items
from incidentdocs.documents.sections import read_sections
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import built_in


def read(text: str) -> tuple[ActionItem, ...]:
    _, sections = read_sections(parse(f"## Action items\n{text}"), built_in("post-mortem"))
    return read_action_items(sections).items


@pytest.mark.parametrize(
    "title",
    [
        "### Done",
        "### Immediate actions (completed)",
        "### Actions immédiates (terminées)",
        "**Completed action items**",
        "**Short term [done]:**",
        "### Completed",
        "### Follow-ups (done 2026-04-02)",
    ],
)
def test_a_title_that_says_done_settles_what_stands_below(title: str) -> None:
    items = read(f"{title}\n\n- raise the quota\n- [ ] add an alert\n\n### Later\n\n- test the pool\n")
    assert [(item.description, item.state) for item in items] == [
        ("raise the quota", "done"),
        ("add an alert", "open"),  # its own box says more than the title
        ("test the pool", "open"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "### Fixed rate limits",
        "### Planned actions (planned or in progress)",
        "### Immediate actions (next 2 weeks)",
        "### Closed beta",
    ],
)
def test_a_title_that_says_something_else_settles_nothing(title: str) -> None:
    assert [item.state for item in read(f"{title}\n\n- raise the quota\n")] == ["open"]


def test_bullets_between_numbers_that_count_on_are_details_of_the_number_above() -> None:
    text = "1. **Find the cause**\nWe look at:\n\n- plans\n- locks\n\n2. **Move the table**\n\n- copy\n"
    assert [(item.line, item.number) for item in read(text)] == [(2, 1), (8, 2)]


def test_bullets_with_a_box_a_number_or_fields_are_items_wherever_they_stand() -> None:
    text = "1. find the cause\n\n- [ ] copy (owner @dev)\n- switch (owner @ops, due 2026-04-01)\n\n2. move\n"
    assert [item.description for item in read(text)] == ["find the cause", "copy", "switch", "move"]


def test_bullets_below_numbers_that_end_are_items_of_their_own() -> None:
    text = "1. find the cause\n2. move the table\n\n- raise the quota\n- add an alert\n"
    assert [item.line for item in read(text)] == [2, 3, 5, 6]
