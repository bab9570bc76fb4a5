import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.titles import title_key
from incidentdocs.errors import ConfigError
from incidentdocs.profiles.extending import extend
from incidentdocs.profiles.loading import (
    BUILT_IN,
    LANGUAGES,
    READY,
    Origin,
    built_in,
    built_in_template,
    lineage,
    read_profile,
)
from incidentdocs.profiles.patterns import profile_mistakes
from incidentdocs.profiles.profile import IncidentsProfile, Profile
from incidentdocs.settings.mistakes import SettingsFile
from incidentdocs.settings.toml import parse_toml

RUNBOOK = 'extends = "runbook"\n'
POST_MORTEM = 'extends = "post-mortem"\n'
PATH = ".incidentdocs/profiles/review/profile.toml"


def profile(text: str, kind: str = "review", bases: dict[str, Any] | None = None) -> Profile:
    return read_profile(text, kind=kind, path=PATH, bases=bases or {})


def refusal(text: str, kind: str = "review", bases: dict[str, Any] | None = None) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        profile(text, kind, bases)
    return caught.value


def sections(of: Profile) -> list[str]:
    return [section.id for section in of.sections]


PACKAGE = Path(__file__).parents[2] / "incidentdocs" / "profiles"


def test_every_folder_of_the_package_is_a_profile_that_is_named() -> None:
    folders = {file.parent.name for file in PACKAGE.glob("*/*.*") if file.suffix in (".toml", ".j2")}
    assert folders == {*BUILT_IN, *READY}
    assert set(READY.values()) <= {*BUILT_IN}


@pytest.mark.parametrize("kind", [*BUILT_IN, *READY])
def test_a_built_in_profile_has_no_mistake_and_a_template_in_each_language(kind: str) -> None:
    assert built_in(kind).kind == kind
    assert not list(profile_mistakes(built_in(kind)))
    assert all(built_in_template(kind, language).startswith("---\n") for language in LANGUAGES)


def test_a_built_in_profile_reads_the_same_through_the_checked_door() -> None:
    for kind in (*BUILT_IN, *READY):
        assert read_profile(f'extends = "{kind}"', kind=kind, path=PATH, bases={}) == built_in(kind)


@pytest.mark.parametrize("name", READY)
def test_a_ready_profile_becomes_the_kind_that_extends_it(name: str) -> None:
    kind = READY[name]
    assert profile(f'extends = "{name}"', kind) == replace(built_in(name), kind=kind)
    assert built_in(name).folders == built_in(kind).folders


@pytest.mark.parametrize("name", [*BUILT_IN, *READY])
def test_no_title_names_two_sections(name: str) -> None:
    claims = Counter(
        key
        for section in built_in(name).sections
        for key in {title_key(title) for title in (*section.title.values(), *section.accept)}
    )
    assert [key for key, count in claims.items() if count > 1] == []


@pytest.mark.parametrize("name", READY)
def test_a_ready_template_holds_no_placeholder_that_markdown_takes_for_html(name: str) -> None:
    for language in LANGUAGES:
        text = built_in_template(name, language)
        for words in re.findall(r"<[^<>\n]+>", text):
            assert not re.fullmatch(r"<[A-Za-z][\w-]*(?:\s+[\w:.-]+)*\s*/?>", words), words


def test_a_repository_s_own_profile_goes_before_a_ready_one_of_its_name() -> None:
    own = parse_toml('extends = "google-sre"\nfolders = ["sre"]', path="a")
    bases = {"google-sre": own}
    assert profile('extends = "google-sre"', "post-mortem", bases).folders == ("sre",)
    file = SettingsFile(PATH, "")
    assert lineage("google-sre", bases, file) == (
        Origin("google-sre", built_in=False),
        Origin("google-sre", built_in=True),
    )


def test_a_profile_may_stand_alone() -> None:
    text = """
name = { en = "Review" }
folders = ["reviews"]
filename = "{year}-{number}-{slug}.md"
[[sections]]
id = "what"
title = { en = "What happened" }
"""
    review = profile(text)
    assert (review.kind, review.folders, sections(review)) == ("review", ("reviews",), ["what"])


def test_words_and_lists_replace_tables_merge_and_entries_merge_by_id() -> None:
    text = """
extends = "post-mortem"
folders = ["reviews"]
name = { en = "Review" }
[[sections]]
id = "impact"
required = false
[[sections.fields]]
id = "cost"
required = true
[[sections.fields]]
id = "tickets"
label = { en = "Tickets" }
"""
    review, base = profile(text), built_in("post-mortem")
    assert review.folders == ("reviews",)
    assert review.name == {"fr": "Post-mortem", "en": "Review"}
    assert sections(review) == sections(base)
    impact, was = review.section("impact"), base.section("impact")
    assert impact
    assert was
    assert (impact.required, impact.title) == (False, was.title)
    assert [item.id for item in impact.fields] == [*(item.id for item in was.fields), "tickets"]
    cost = next(item for item in impact.fields if item.id == "cost")
    assert (cost.required, cost.type) == (True, "cost")


def test_a_profile_drops_moves_and_places_sections() -> None:
    text = """
extends = "post-mortem"
[[sections]]
id = "blameless"
remove = true
[[sections]]
id = "impact"
after = ""
[[sections]]
id = "summary"
after = "impact"
title = { en = "Summary" }
[[sections]]
id = "timeline"
after = "lessons"
"""
    assert sections(profile(text)) == [
        "impact",
        "summary",
        "root-cause",
        "monitoring",
        "action-items",
        "lessons",
        "timeline",
    ]


def test_an_empty_list_empties() -> None:
    assert profile('extends = "post-mortem"\nmetadata = []').metadata == ()


def test_extending_leaves_the_base_as_it_was() -> None:
    base = {"name": {"en": "A"}, "folders": ["a"], "sections": [{"id": "x", "title": {"en": "X"}}]}
    profile(
        'extends = "a"\nname = { en = "B" }\nsections = [{ id = "x", required = false }]', bases={"a": base}
    )
    assert base == {"name": {"en": "A"}, "folders": ["a"], "sections": [{"id": "x", "title": {"en": "X"}}]}


def test_a_profile_extends_another_of_the_repository_and_through_it_the_built_in_one() -> None:
    own = parse_toml('extends = "post-mortem"\nfolders = ["a"]', path="a")
    review = profile('extends = "post-mortem"\nordered = false', bases={"post-mortem": own})
    assert (review.folders, review.ordered) == (("a",), False)
    assert sections(review) == sections(built_in("post-mortem"))


def test_the_lineage_tells_where_templates_are_looked_for() -> None:
    tables = {"post-mortem": {"extends": "post-mortem"}, "review": {"extends": "post-mortem"}, "alone": {}}
    file = SettingsFile(PATH, "")
    own, package = Origin("post-mortem", built_in=False), Origin("post-mortem", built_in=True)
    assert lineage("review", tables, file) == (Origin("review", built_in=False), own, package)
    assert lineage("post-mortem", tables, file) == (own, package)
    assert lineage("alone", tables, file) == (Origin("alone", built_in=False),)
    assert lineage("runbook", tables, file) == (Origin("runbook", built_in=True),)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('extends = "postmortem"', 1, 'no profile is called "postmortem"', 'did you mean "post-mortem"?'),
        ('extends = "review"', 1, 'no profile is called "review"', '"post-mortem", "prometheus-runbook"'),
        ('extends = "google-sra"', 1, 'no profile is called "google-sra"', 'did you mean "google-sre"?'),
        ('extends = "Atlasian"', 1, 'no profile is called "Atlasian"', 'did you mean "atlassian"?'),
        ("extends = 3", 1, "no profile is called 3", "write one of"),
        ('extends = ["runbook"]', 1, "no profile is called", "did you mean"),
        ('kind = "review"', 1, 'unknown key "kind"', "the folder's name is the kind"),
        (RUNBOOK + 'fodlers = ["a"]', 2, 'unknown key "fodlers"', 'did you mean "folders"?'),
        (RUNBOOK + "folders = []", 2, "claims no folder", "write folders ="),
        (RUNBOOK + 'folders = ["a", "/srv/docs"]', 2, "is not relative", 'write "srv/docs"'),
        (RUNBOOK + 'folders = ["alerts/**/*.md"]', 2, "names files, not their folder", 'write "alerts"'),
        (RUNBOOK + 'folders = ["C:/docs"]', 2, "is not relative", 'write "docs"'),
        (RUNBOOK + 'folders = ["a/../../b"]', 2, "leaves the repository", "without .."),
        (RUNBOOK + 'filename = "{dat}.md"', 2, "nothing is called {dat}", 'did you mean "date"?'),
        (RUNBOOK + 'filename = "{date.md"', 2, "a brace without its pair", "as in {slug}"),
        (RUNBOOK + 'filename = "{date}{date}.md"', 2, "has {date} twice", "write it once"),
        (RUNBOOK + 'filename = "../{slug}.md"', 2, "is no file name", "without its folder"),
        (RUNBOOK + 'titles = { en = ["{titel}"] }', 2, "nothing is called {titel}", '"title"'),
        (RUNBOOK + 'extensions = [".md"]', 2, 'the extension ".md" is none', 'write "md"'),
        (RUNBOOK + '[[sections]]\nid = "symptom"\nremove = true', 2, "to remove", '"symptoms"'),
        (RUNBOOK + '[[sections]]\nid = "symptoms"\nremove = 1', 4, "remove is 1", "remove = true"),
        (RUNBOOK + '[[sections]]\nid = "symptoms"\nafter = "rolback"', 4, "there is no", '"rollback"'),
        (RUNBOOK + '[[sections]]\nid = "symptoms"\nafter = 3', 4, "there is no 3", "write one of"),
        (RUNBOOK + '[[sections]]\ntitle = { en = "A" }', 2, 'the key "id" is missing', "add id"),
        (RUNBOOK + "[[sections]]\nid = 3", 2, 'the key "id" is missing', "add id"),
        (RUNBOOK + '[[sections]]\nid = "a"\n[[sections]]\nid = "a"', 4, 'the id "a" is here twice', "join"),
        (RUNBOOK + '[[sections]]\nid = "new"', 2, 'the key "title" is missing', "add title"),
        (RUNBOOK + '[[sections]]\nid = "new"\ntitle = {}', 4, "has no title", 'title = { en = "…" }'),
        (RUNBOOK + '[[sections]]\nid = "symptoms"\ncontians = "steps"', 4, "unknown", '"contains"'),
        (RUNBOOK + 'sections = "none"', 2, 'sections is "none", not a list', "in brackets"),
        (RUNBOOK + 'sections = ["a"]', 2, 'item 1 of sections is "a", not a table', "write a table"),
        (
            POST_MORTEM + '[[sections]]\nid = "impact"\n[[sections.fields]]\nid = "a"\ntype = "corts"',
            6,
            'type cannot be "corts"',
            '"cost"',
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(
    text: str, line: int, message: str, hint: str
) -> None:
    error = refusal(text)
    errors = [each for each in (error, *error.others) if message in each.message]
    assert [each for each in errors if hint in each.hint and f":{line}: " in each.message]


def test_profiles_that_extend_one_another_are_told_as_a_circle() -> None:
    error = refusal('extends = "b"', kind="a", bases={"b": {"extends": "c"}, "c": {"extends": "a"}})
    assert "a → b → c → a" in error.message


@pytest.mark.parametrize("kind", ["..", "Post Mortem", "a/b", "", "-", "é", "a\n"])
def test_a_kind_is_a_plain_word(kind: str) -> None:
    assert "cannot be a kind" in refusal('extends = "runbook"', kind=kind).message


def test_a_profile_full_of_entries_is_merged_in_time() -> None:
    entries = "\n".join(f'[[metadata]]\nid = "a{number}"' for number in range(3000))
    assert len(profile(f'extends = "runbook"\n{entries}').metadata) == 3004


def test_a_profile_full_of_mistakes_is_refused_in_time() -> None:
    entries = "".join(f'[[metadata]]\nid = "a{number}"\nafter = "b{number}"\n' for number in range(3000))
    start = time.perf_counter()
    assert "and more" in refusal(f'extends = "runbook"\n{entries}').others[-1].message
    refusal('extends = "runbook"\nfilename = "' + "".join(f"{{{n}}}" for n in range(20_000)) + '"')
    assert time.perf_counter() - start < 6


tables: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["", "impact", "x", 1, True]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "sections", "fields", "title", "after", "remove"]), inner),
    ),
    max_leaves=12,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["sections", "metadata", "name", "folders"]), tables), max_size=3
    )
)
def test_any_chain_of_tables_merges_into_a_table(chain: list[dict[str, Any]]) -> None:
    merged: dict[str, Any] = {}
    for table in chain:
        merged, mistakes = extend(merged, table)
        assert all(mistake.hint for mistake in mistakes)


def test_a_profile_says_where_another_incident_begins() -> None:
    assert profile(RUNBOOK).incidents is None
    assert profile(f"{RUNBOOK}[incidents]\nlevel = 3\n").incidents == IncidentsProfile(level=3)
    bases = {"monthly": parse_toml(f"{RUNBOOK}[incidents]\nlevel = 3\n", path=PATH)}
    over = profile('extends = "monthly"\n[incidents]\ntitle = "{title} ({date})"\n', bases=bases)
    assert over.incidents == IncidentsProfile(level=3, title="{title} ({date})")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("title = '{date}'", 'the key "level" is missing'),
        ("level = 0", "there is no heading of level 0"),
        ("level = 7", "there is no heading of level 7"),
        ("level = 2\ntitle = 'Incident {number}'", '"Incident {number}" has no {date}'),
        ("level = 2\ntitle = '{date} {what}'", "nothing is called {what} in a pattern"),
        ("level = 2\ndepth = 3", 'unknown key "depth"'),
    ],
)
def test_an_incident_s_heading_must_be_one_that_can_be_told(table: str, message: str) -> None:
    assert message in str(refusal(f"{RUNBOOK}[incidents]\n{table}\n"))
