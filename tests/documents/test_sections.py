"""A document's headings matched to its profile's sections."""

from incidentdocs.documents.document import Document, read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.profiles.profile import Profile, SectionProfile


def document(text: str, language: str = "en") -> Document:
    return read_document(
        "docs/post-mortems/2026-03-14-a.md", parse(text), built_in("post-mortem"), Process(language=language)
    )


def ids(text: str) -> list[tuple[str | None, int, int]]:
    return [(section.id, section.heading.first, section.last) for section in document(text).sections]


def test_sections_reach_to_the_next_heading_of_their_level() -> None:
    text = "# Post-mortem: a\n\n## Timeline\n\n### Day one\n\ntext\n\n## Ours\n\n## Impact\nNone\n"
    assert ids(text) == [("timeline", 3, 8), (None, 9, 10), ("impact", 11, 12)]


def test_setext_headings_and_both_languages_are_sections() -> None:
    assert ids("Post-mortem: a\n===\n\nChronologie\n---\n\nLessons learned ##\n---\n") == [
        ("timeline", 4, 6),
        ("lessons", 7, 8),
    ]


def test_a_document_without_title_keeps_its_first_section() -> None:
    found = document("# Timeline\n- 10:15 a\n\n# Impact\nNone\n")
    assert found.title is None
    assert [section.id for section in found.sections] == ["timeline", "impact"]


def test_a_heading_inside_a_quote_a_list_or_code_is_none() -> None:
    assert ids("# Post-mortem: a\n\n> ## Impact\n\n- ## Impact\n\n```\n## Impact\n```\n") == []


def test_a_misspelt_title_is_near_the_one_that_is_missing() -> None:
    assert {id: s.visible for id, s in document("# P\n\n## Impcat\n").misnamed.items()} == {
        "impact": "Impcat"
    }
    assert document("# P\n\n## Impact\n\n## Impacts\n").misnamed == {}
    assert document("# P\n\n## Customer impact\n").misnamed == {}


def test_a_misspelt_title_of_a_section_that_may_be_left_out_is_near_it_too() -> None:
    people = SectionProfile(id="people", title={"en": "Participants"}, required=False)
    profile = Profile(kind="review", name={"en": "Review"}, folders=("reviews",), sections=(people,))
    read = read_document("reviews/a.md", parse("# A\n\n## Particpants\n- Dana\n"), profile, Process())
    assert {id: section.visible for id, section in read.misnamed.items()} == {"people": "Particpants"}


def test_in_a_timeline_a_heading_that_is_a_time_begins_no_section() -> None:
    head = "# Post-mortem: a\n\n## Timeline\n\n### 22:10\nalert\n\n"
    assert ids(f"{head}## Mar 15, 08:00\nfix\n\n## 2026-03-16\n\n### 09:15\nclosed\n\n## Impact\nNone\n") == [
        ("timeline", 3, 15),
        ("impact", 16, 17),
    ]
    assert ids(f"{head}## Mar 15 in numbers\n\n## 08:00\n") == [
        ("timeline", 3, 7),
        (None, 8, 9),
        (None, 10, 10),
    ]


def test_the_language_is_the_headings_and_in_doubt_the_repository_s() -> None:
    assert (
        document(
            "# P\n\n## Leçons apprises\n\n## Pourquoi notre monitoring n'a pas alerte plus tot ?\n"
        ).language
        == "fr"
    )
    assert document("# P\n\n## Why did our monitoring not alert earlier?\n", "fr").language == "en"
    assert document("# P\n\n## Impact\n", "fr").language == "fr"
