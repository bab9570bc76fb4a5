"""A house style that documents share is found in them, whatever it is."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs.documents.document import Document, read_document
from incidentdocs.learning.learning import Learned, learn
from incidentdocs.learning.observing import observe
from incidentdocs.learning.proposal import profile_text, unsettled
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import read_profile
from incidentdocs.profiles.profile import Profile
from incidentdocs.rules import load

TIMELINES = {
    "bullets": "- 10:15 alert\n- 10:40 pool closed\n- 11:05 service restored\n",
    "table": "| Time | Event |\n|---|---|\n| 10:15 | alert |\n| 10:40 | closed |\n",
    "headings": "### 10:15\n\nThe alert.\n\n### 10:40 - 11:05\n\nThe pool is closed.\n",
    "paragraphs": "**10:15** The alert.\n\n**10:40** The pool is closed.\n",
}
ITEMS = {
    "boxes": "- [ ] AI 1: close (owner @dev, due 2026-05-01)\n- [x] AI 2: alert (owner @a, due 2026-05-02)\n",
    "sentences": "- Close the pool at the end of a request.\n- Alert at 80 %.\n",
    "table": "| Action | Owner | Due | Status |\n|---|---|---|---|\n| close | @dev | 2026-05-01 | open |\n",
    "numbers": "1. Close the pool, see https://example.org/1\n2. Alert at 80 %\n",
}
NAMES = {
    "{date}-{slug}.md": "{day}-pool-{n}-exhausted.md",
    "PM{year}-{number} - {title}.md": "PM{day.year}-{n:03} - Pool {n} exhausted.md",
    "incident-{number}-{slug}.md": "incident-{n}-pool-exhausted.md",
    "{date}_{slug}.md": "{day}_pool_{n}.md",
}


class Style(NamedTuple):
    """A team's way of writing: its titles in order, and how it writes what."""

    titles: tuple[str, ...]
    timeline: str
    items: str
    name: str
    optional: int
    fields: bool


def documents(style: Style, count: int = 10) -> dict[str, str]:
    """Return so many documents of a style by their paths; every third one lacks an optional section."""
    return dict(_document(style, number) for number in range(count))


def _document(style: Style, n: int) -> tuple[str, str]:
    day = date(2026, 1, 10) + timedelta(days=n)
    parts = [f"# Pool {n} exhausted\n"]
    for place, title in enumerate(style.titles):
        if place == style.optional and n % 3 == 0:
            continue
        body = {0: TIMELINES[style.timeline], len(style.titles) - 1: ITEMS[style.items]}.get(
            place, f"In words {n}.\n"
        )
        if style.fields and place == 1:
            body = f"- Duration: {n + 1}h 5m\n- Customers affected: {n}\n"
        parts.append(f"## {title}\n\n{body}")
    return NAMES[style.name].format(day=day, n=n), "\n".join(parts)


def learned(texts: dict[str, str]) -> Learned:
    return learn([observe(f"docs/{path}", parse(text)) for path, text in sorted(texts.items())])


def profile_of(found: Learned) -> Profile:
    return read_profile(profile_text(found, "Review"), kind="review", path="profile.toml", bases={})


def read(texts: dict[str, str], profile: Profile) -> list[Document]:
    return [read_document(f"docs/{p}", parse(text), profile, Process()) for p, text in texts.items()]


TITLES = ["What happened", "Effects", "Five whys", "Costs", "Was lief gut", "Réponse", "Detection", "教訓"]
styles = st.builds(
    lambda middle, head, tail, timeline, items, name, optional, fields: Style(
        (head, *middle, tail), timeline, items, name, min(optional, len(middle)), fields and len(middle) > 0
    ),
    st.lists(st.sampled_from(TITLES), unique=True, min_size=1, max_size=5),
    st.sampled_from(["Timeline", "Chronologie", "How it went"]),
    st.sampled_from(["Action items", "Follow-ups", "Actions correctives", "Next steps"]),
    st.sampled_from(sorted(TIMELINES)),
    st.sampled_from(sorted(ITEMS)),
    st.sampled_from(sorted(NAMES)),
    st.integers(1, 5),
    st.booleans(),
)


@settings(max_examples=60)
@given(styles)
def test_the_learned_profile_is_the_style(style: Style) -> None:
    texts = documents(style)
    found = learned(texts)
    profile = profile_of(found)
    assert [next(iter(section.title.values())) for section in profile.sections] == list(style.titles)
    assert [section.required for section in profile.sections] == [
        place != style.optional for place in range(len(style.titles))
    ]
    contents = {section.contains for section in profile.sections[:1]}, profile.sections[-1].contains
    assert contents == ({"timeline"}, "action-items")
    assert profile.filename == style.name
    if style.fields and style.optional != 1:
        assert [field.type for field in profile.sections[1].fields] == ["duration", "text"]
    assert (
        profile.sections[-1].asks
        == {
            "boxes": ("checkbox", "number", "owner", "due"),
            "table": ("owner", "due"),
            "sentences": (),
            "numbers": ("number",),
        }[style.items]
    )


@settings(max_examples=30)
@given(styles)
def test_the_documents_that_were_learned_from_are_right_under_it(style: Style) -> None:
    texts = documents(style)
    profile = profile_of(learned(texts))
    rules = ("missing-section", "section-order", "unknown-section", "filename-format", "title-format")
    for document in read(texts, profile):
        assert [found for name in rules for found in load(name)().check(document)] == []  # type: ignore[attr-defined]
        assert document.timeline
        assert len(document.timeline.events) >= 2
        assert document.action_items
        assert document.action_items.items


def test_titles_that_stand_for_one_another_are_one_section() -> None:
    style = Style(("Timeline", "Impact", "Action items"), "bullets", "boxes", "{date}-{slug}.md", 9, False)
    texts = documents(style)
    first, second = sorted(texts)[:2]
    texts[first] = texts[first].replace("## Action items", "## Remediation").replace("## Impact", "## Imapct")
    texts[second] = texts[second].replace("## Timeline", "## Incident timeline")
    sections = {section.id: section for section in learned(texts).sections}
    assert sections["action-items"].accept == ("Remediation",)
    assert sections["timeline"].accept == ("Incident timeline",)
    assert sections["impact"].accept == ("Imapct",)
    assert all(section.required for section in sections.values())


@pytest.mark.parametrize(("heading", "end"), [("### ", ""), ("**", "**"), ("**", ":**"), ("#### ", "")])
def test_sections_are_found_where_no_heading_of_the_usual_level_begins_them(heading: str, end: str) -> None:
    style = Style(("Timeline", "Impact", "Action items"), "bullets", "boxes", "{date}-{slug}.md", 9, False)
    texts = {
        path: re.sub(r"^## (.*)$", rf"{heading}\1{end}", text, flags=re.MULTILINE)
        for path, text in documents(style).items()
    }
    profile = profile_of(learned(texts))
    assert [section.title["en"] for section in profile.sections] == list(style.titles)
    for document in read(texts, profile):
        assert document.timeline
        assert len(document.timeline.events) == 3
        assert document.action_items
        assert len(document.action_items.items) == 2


def test_headings_with_dates_of_their_own_are_incidents_and_no_sections() -> None:
    incident = (
        "{day}: The {name} is full\n---\n\n### Timeline\n\n{events}\n### Actions\n\n- Raise the quota\n\n"
    )
    texts = {
        f"2026-0{month}.md": f"# Month {month}\n\n"
        + "".join(
            incident.format(day=f"2026-0{month}-{day}", name=name, events=TIMELINES["bullets"])
            for day, name in ((10, "disk"), (20, "queue"))
        )
        for month in range(1, 6)
    }
    profile = profile_of(learned(texts))
    assert profile.incidents
    assert profile.incidents.level == 2
    assert [section.title["en"] for section in profile.sections] == ["Timeline", "Actions"]
    for document in read(texts, profile):
        assert document.timeline
        assert len(document.timeline.events) == 6
        assert len({event.day for event in document.timeline.events}) == 2
        assert document.action_items
        assert len(document.action_items.items) == 2


def test_what_one_document_alone_has_is_no_habit() -> None:
    style = Style(("Timeline", "Impact", "Action items"), "bullets", "boxes", "{date}-{slug}.md", 9, False)
    texts = documents(style)
    texts[min(texts)] += "\n## Questions for follow up\n\n- Who knows?\n\n## Thanks\n\nTo all.\n"
    assert [section.title for section in learned(texts).sections] == list(style.titles)


def test_metadata_is_found_in_front_matter_lines_and_tables() -> None:
    head = "---\nowner: '@a'\ntags: [a, b]\n---\n# Down\n\n"
    text = head + "**Date:** March {}, 2026\n**Severity:** SEV{}\n\n## Timeline\n{}"
    texts = {f"{n}.md": text.format(n + 1, n % 3 + 1, TIMELINES["bullets"]) for n in range(5)}
    profile = profile_of(learned(texts))
    assert [(field.id, field.type) for field in profile.metadata] == [
        ("owner", "text"),
        ("tags", "list"),
        ("date", "date"),
        ("severity", "severity"),
    ]
    assert [document.date for document in read(texts, profile)] == [date(2026, 3, n + 1) for n in range(5)]

    rows = "| Field | Value |\n|---|---|\n| Gravité | SEV-2 (grave) |\n| Le | 2026-03-0{} 10:00 |\n"
    table = f"# Down\n\n## Details\n\n{rows}"
    texts = {f"{n}.md": table.format(n + 1) for n in range(5)}
    profile = profile_of(learned(texts))
    assert [section.contains for section in profile.sections] == ["metadata"]
    assert [document.severity for document in read(texts, profile)] == ["SEV2"] * 5
    assert [document.date for document in read(texts, profile)] == [date(2026, 3, n + 1) for n in range(5)]


def test_what_could_not_be_settled_is_said() -> None:
    found = learned({"a.md": "# A pool\n\n## B\n\nC.\n", "zz.md": "# The disk\n\n## E\n\nF.\n"})
    told = "\n".join(unsettled(found))
    for words in ("file names", "titles", "timeline", "action items", "the date", "severity"):
        assert words in told
    assert all(f"# Not settled: {line}." in profile_text(found, "Review") for line in unsettled(found))


def test_shares_stand_beside_the_choices() -> None:
    style = Style(("Timeline", "Impact", "Action items"), "bullets", "boxes", "{date}-{slug}.md", 1, False)
    text = profile_text(learned(documents(style)), "Review")
    assert 'filename = "{date}-{slug}.md"  # 10 of 10' in text
    assert 'title = { en = "Impact" }  # 6 of 10\nrequired = false' in text


def test_sections_in_several_orders_are_not_ordered() -> None:
    style = Style(("Timeline", "Impact", "Action items"), "bullets", "boxes", "{date}-{slug}.md", 9, False)
    turned = style._replace(titles=("Timeline", "Action items", "Impact"))
    texts = documents(style) | {f"x{path}": text for path, text in documents(turned, 4).items()}
    assert not profile_of(learned(texts)).ordered


@pytest.mark.parametrize(
    ("paths", "folders"),
    [
        (["a.md", "b.md"], ["."]),
        (["docs/a.md", "more/b.md"], ["docs", "more"]),
        ([f"docs/{n}/a.md" for n in range(9)], ["docs/**"]),
        ([f"{n}/a.md" for n in range(9)], ["**"]),
    ],
)
def test_folders_are_named_one_by_one_where_they_are_few(paths: list[str], folders: list[str]) -> None:
    found = learn([observe(path, parse("# A\n\n## B\n\nC.\n")) for path in paths])
    assert list(found.folders) == folders


texts_of_any_kind = st.lists(
    st.text(st.characters(codec="utf-8"), max_size=200)
    | st.sampled_from(["# A\n\n## B\n", "## \n", "| a | b |\n|---|---|\n| c | d |\n", "---\na: [\n---\n# x"]),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200)
@given(
    texts_of_any_kind, st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=4)
)
def test_hostile_documents_and_names_never_fail(texts: Sequence[str], names: Sequence[str]) -> None:
    found = learn([observe(name, parse(text)) for name, text in zip(names, texts, strict=False)])
    table = tomllib.loads(profile_text(found, 'Re"view\n'))
    assert list(table["name"].values()) == ['Re"view\n']
