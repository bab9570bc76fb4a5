import time
from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.authoring.new_document import (
    Answers,
    Template,
    as_markdown,
    new_folder,
    new_path,
    new_text,
    one_line,
)
from incidentdocs.documents.document import read_document
from incidentdocs.errors import ConfigError, UsageError
from incidentdocs.markdown.blocks import Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, LANGUAGES, built_in, built_in_template
from incidentdocs.profiles.profile import Profile

DAY = date(2026, 3, 14)
POST_MORTEM = built_in("post-mortem")

HOSTILE = [
    "../../x",
    "..\\..\\x",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "a\nb: c\n---\n# d",
    "a\r\n\r\n## Impact",
    "a\u2028b\u2029c\x85d",
    "\x1b[31mred\x07",
    "<script>alert(1)</script>",
    "<!-- incidentdocs: ignore[timeline-order] no -->",
    "`code` *strong* _soft_ [link](http://x) ![image](y)",
    "C # #",
    "&amp; &#35; AT&T",
    "\\ \\\\ \\*x",
    "- [ ] AI 1",
    "=cmd()|'/c calc'!A0",
    "::error::x",
    "$(rm -rf /) `id`",
    "数据库宕机",
    "قاعدة البيانات معطلة",
    "База данных",
    "x" * 10_000,
    "[" * 10_000 + "x",
    "*a" * 5_000,
    "\u202eevil\u202c x",
]


def text_of(title: str, *services: str, kind: str = "post-mortem", language: str = "en") -> str:
    template = Template("t", built_in_template(kind, language))
    answers = Answers(title=title, day=DAY, services=services)
    return new_text(built_in(kind), template, answers, language=language)


def title_of(text: str) -> str:
    headings = [block for block in parse(text).blocks if isinstance(block, Heading) and block.level == 1]
    assert len(headings) == 1
    return plain(headings[0].text.source)


def test_a_post_mortem_is_named_by_its_date_and_slug() -> None:
    path = new_path(POST_MORTEM, Answers(title="L'API est tombée", day=DAY))
    assert path == "docs/post-mortems/2026-03-14-l-api-est-tombee.md"


def test_a_runbook_is_named_by_its_slug() -> None:
    assert (
        new_path(built_in("runbook"), Answers(title="Disk full", day=DAY))
        == "docs/runbooks/runbook-disk-full.md"
    )


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("pattern", ["{date}-{slug}.md", "{title}.md", "{year}-{number} {title}"])
def test_no_title_leaves_the_folder(title: str, pattern: str) -> None:
    path = new_path(replace(POST_MORTEM, filename=pattern), Answers(title=title, day=DAY))
    folder, _, name = path.rpartition("/")
    assert folder == "docs/post-mortems"
    assert name.isprintable()
    assert not name.startswith(".")
    assert not set('/\\:*?"<>|') & set(name)
    assert len(name.encode()) <= 200


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_read_back_as_one_line_of_its_own_words(title: str) -> None:
    start = time.perf_counter()
    text = text_of(title)
    assert title_of(text) == f"Post-mortem: {one_line(title)}"
    assert text.count("\n") == text_of("x").count("\n")
    assert time.perf_counter() - start < 3


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.text("\\`*_[]()<>&#~!:a 1", max_size=20)
)
def test_any_title_is_read_back_as_its_words(title: str) -> None:
    words = one_line(title)
    assume(words)
    source = as_markdown(words)
    assert title_of(f"# Post-mortem: {source}\n") == f"Post-mortem: {words}"


@given(st.text("\\`*_[]()<>&#~!:;a1 é", min_size=1, max_size=12))
def test_other_readers_of_markdown_read_the_same_words(title: str) -> None:
    words = one_line(title)
    assume(words)
    tokens = MarkdownIt().parse(f"# P: {as_markdown(words)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    children = tokens[1].children or []
    assert all(child.type in ("text", "text_special") for child in children)
    assert " ".join("".join(child.content for child in children).split()) == f"P: {words}"


def test_a_careful_title_stays_as_it_was_typed() -> None:
    for title in (
        "postgres_main is down",
        "C# build",
        "latency < 5 ms",
        "R&D [SEV1] (again)",
        "5 * 3",
        "100 %",
    ):
        assert as_markdown(title) == title


@pytest.mark.parametrize(
    "service",
    [
        "a]\nstatus: final",
        "a, b",
        "a: b",
        "&x",
        "*x",
        "!!python/object:os.system",
        "---",
        "yes",
        "{a: b}",
        '"',
        "'",
    ],
)
def test_no_service_name_writes_more_than_itself(service: str) -> None:
    head = yaml.safe_load(text_of("x", service, "db").split("---\n")[1])
    assert head["services"] == [one_line(service), "db"]
    assert head["status"] == "draft"


def test_a_service_without_a_visible_character_is_left_out() -> None:
    assert yaml.safe_load(text_of("x", "\x00", " ").split("---\n")[1])["services"] == []


@pytest.mark.parametrize("kind", BUILT_IN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_begins_as_a_draft_of_its_kind(kind: str, language: str) -> None:
    text = text_of("API down", kind=kind, language=language)
    profile = built_in(kind)
    path = f"{profile.folders[0]}/2026-03-14-api-down.md"
    assert read_document(path, parse(text), profile, Process()).is_draft
    pattern = built_in(kind).titles[language][0]
    assert title_of(text) == pattern.replace("{title}", "API down")
    assert text.endswith("\n")


def test_a_severity_is_known_by_its_aliases() -> None:
    template = Template("t", "{{ severity | yaml }}")
    answers = Answers(title="x", day=DAY, severity="critical")
    assert new_text(POST_MORTEM, template, answers, language="en") == "SEV1"
    with pytest.raises(UsageError, match="is no severity"):
        new_text(POST_MORTEM, template, replace(answers, severity="SEV9"), language="en")


def test_an_answer_that_the_kind_has_no_place_for_is_refused() -> None:
    answers = Answers(title="x", day=DAY, severity="SEV1")
    with pytest.raises(UsageError, match="a runbook has no severity"):
        new_text(built_in("runbook"), Template("t", ""), answers, language="en")


def test_a_number_is_the_next_of_its_folder() -> None:
    profile = replace(POST_MORTEM, filename="PM-{number}-{slug}.md")
    answers = Answers(title="x", day=DAY)
    assert new_path(profile, answers).endswith("/PM-1-x.md")
    existing = ["PM-007-a.md", "PM-012-b.md", "notes.md", "PM-x-c.md"]
    assert new_path(profile, answers, existing).endswith("/PM-013-x.md")


def test_a_title_whose_file_would_be_passed_over_is_refused() -> None:
    profile = Profile(kind="note", name={}, folders=("notes",))
    assert new_path(profile, Answers(title="API", day=DAY)) == "notes/api.md"
    with pytest.raises(UsageError, match="would not be read as a note"):
        new_path(profile, Answers(title="README", day=DAY))


def test_new_documents_need_a_folder_without_wildcards() -> None:
    assert new_folder(replace(POST_MORTEM, folders=("**/a", "b/c/"))) == "b/c"
    with pytest.raises(ConfigError, match="names no folder"):
        new_folder(replace(POST_MORTEM, folders=("**/a", "b?")))


@pytest.mark.parametrize("title", ["", " \n\t", "\x00", "!?"])
def test_a_title_of_no_words_is_refused_with_a_hint(title: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_path(POST_MORTEM, Answers(title=title, day=DAY))
    assert caught.value.hint
