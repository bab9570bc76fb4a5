"""The laws of migrating: nothing is lost, twice is once, and what readers find is found again."""

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from incidentdocs.authoring.migrating import language_under, migrated
from incidentdocs.authoring.new_document import Answers, Template, new_text
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.titles import fold
from incidentdocs.linter import lint
from incidentdocs.markdown.blocks import Heading
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, LANGUAGES, built_in, built_in_template, read_profile
from incidentdocs.profiles.profile import Content, Profile
from incidentdocs.rules import RULES, with_options
from incidentdocs.workspace import open_workspace

EXAMPLES = Path(__file__).parents[2] / "examples" / "profiles"
POST_MORTEM, RUNBOOK = map(built_in, ("post-mortem", "runbook"))


@cache
def drill() -> Profile:
    """A kind that has what no built-in one has: a number and a date in its title, no order, other names."""
    text = """
        name = { en = "Drill" }
        folders = ["drills"]
        titles = { en = ["Drill {number} of {date}: {title}"] }
        ordered = false
        [[metadata]]
        id = "grade"
        type = "severity"
        required = true
        [[metadata]]
        id = "date"
        type = "date"
        [[metadata]]
        id = "teams"
        accept = ["services"]
        type = "list"
        [[sections]]
        id = "course"
        title = { en = "Course of events (local)" }
        contains = "timeline"
        [[sections]]
        id = "lessons"
        title = { en = "What we take home" }
        [[sections]]
        id = "action-items"
        title = { en = "Promises" }
        required = false
        contains = "action-items"
    """
    return read_profile(text, kind="drill", path="drill", bases={})


def template_of(profile: Profile, language: str) -> str:
    if profile.kind in BUILT_IN and language in LANGUAGES:
        return built_in_template(profile.kind, language)
    return ""


def read(text: str, profile: Profile, path: str = "docs/2026-03-14-api-down.md") -> Document:
    return read_document(path, parse(text), profile, Process())


def become(text: str, target: Profile, source: Profile = POST_MORTEM, path: str | None = None) -> str:
    document = read(text, source, path or "docs/2026-03-14-api-down.md")
    language = language_under(document, target)
    template = Template("t", template_of(target, language))
    answers = Answers(title="x", day=date(2026, 1, 1))
    model = read(new_text(target, template, answers, language=language), target) if template.text else None
    return migrated(document, text, target, model)


WHOLE = """\
---
# who was there
auteurs: ["@dev"]
severity: SEV2
tenant: acme
services: [api]
---
<!-- written by hand -->

# Post-mortem: The *API* is down

A word before.

## Impact (first estimate)
- Downtime: 1h
- Users affected: 40
- Data loss: no

## Customers

Two called.

### Who

[ref]: https://example.org/ref

<!-- incidentdocs: ignore[timeline-order] the clocks were wrong -->
## Chronology
- 10:15 detection
- 10:20 triage

```
## no heading
```

## 3. Action items
- [ ] AI 1: Alert (owner @dev, due 2026-04-01)
"""


def test_a_document_takes_the_profile_s_order_names_and_gaps() -> None:
    assert (
        become(WHOLE, POST_MORTEM)
        == """\
---
severity: SEV2
services: [api]
# who was there
# auteurs
authors: ["@dev"]
tenant: acme
---

<!-- written by hand -->

# Post-mortem: The *API* is down

<!-- incidentdocs: ignore[timeline-order] the clocks were wrong -->
## Timeline (local times)
<!-- ## Chronology -->
- 10:15 detection
- 10:20 triage

```
## no heading
```

## Impact (first estimate)
- Downtime: 1h
- Users affected: 40
- Data loss: no

## Root cause
<one paragraph: what broke + why>

## Why did our monitoring not alert earlier?
<honest analysis - detection blind spot?>

## Action items
- [ ] AI 1: Alert (owner @dev, due 2026-04-01)

## Lessons learned
<what to remember to avoid a recurrence>

## Blameless statement
This incident is not the fault of one person. It is a lack of safeguards in the system. The AIs above \
aim to add those safeguards.

## Other notes

A word before.

### Customers

Two called.

#### Who

[ref]: https://example.org/ref
"""
    )


def test_another_kind_takes_over_what_it_knows_by_id_and_by_content() -> None:
    result = become(WHOLE, drill())
    assert result.startswith(
        "---\n# severity\ngrade: SEV2\ndate: 2026-03-14\n# services\nteams: [api]\n"
        '# who was there\nauteurs: ["@dev"]\ntenant: acme\n---\n'
    )
    assert (
        "\n# Drill TODO of 2026-03-14: The *API* is down\n<!-- # Post-mortem: The *API* is down -->\n"
        in result
    )
    assert "\n## Course of events (local)\n<!-- ## Chronology -->\n- 10:15 detection\n" in result
    assert "\n## What we take home\nTODO\n" in result
    assert "\n## Promises\n<!-- ## 3. Action items -->\n- [ ] AI 1" in result
    assert "\n### Impact (first estimate)\n- Downtime: 1h\n" in result


def test_a_french_document_stays_french() -> None:
    text = "# Runbook : API\n\n## Symptomes\nTout est lent.\n\n## Clients\nDeux.\n"
    result = become(text, POST_MORTEM, RUNBOOK)
    assert "\n# Post-mortem : API\n" in result
    assert "\n## Timeline (heures locales)\n- HH:MM detection\n" in result
    assert "\n## Autres notes\n\n### Symptomes\nTout est lent.\n\n### Clients\nDeux.\n" in result
    assert become(result, POST_MORTEM, RUNBOOK) == result


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BUILT_IN)
def test_a_document_in_the_profile_s_shape_stays_as_it_is(kind: str, language: str) -> None:
    answers = Answers(title="API down", day=date(2026, 3, 14))
    template = Template("t", built_in_template(kind, language))
    text = new_text(built_in(kind), template, answers, language=language)
    assert become(text, built_in(kind), built_in(kind)) == text


GAP = re.compile(r"HH:MM|<[^>!]+>$|: <|Xh Ym|: Y$|yes/no|oui/non|XX€|: \.\.\.$|: TODO$|^TODO$")


@pytest.mark.parametrize("title", ["Autres notes", "Other notes", "Clients"])
@pytest.mark.parametrize("target", [POST_MORTEM, RUNBOOK, drill()], ids=lambda profile: profile.kind)
def test_lint_finds_what_is_still_to_be_written_and_nothing_else(target: Profile, title: str) -> None:
    path = f"{target.folders[0]}/{'runbook-api' if target is RUNBOOK else '2026-03-14-api'}.md"
    result = become(f"# API\n\n## {title}\nTwo called.\n", target, target, path)
    found = lint([read(result, target, path)], [with_options(name, {}) for name in RULES]).findings
    assert {finding.rule for finding in found} <= {"placeholder-left", "title-format"}
    gaps = [number for number, line in enumerate(result.split("\n"), start=1) if GAP.search(line)]
    assert sorted({finding.span.line for finding in found} - {title_line(result)}) == gaps
    assert len(gaps) >= 3


def title_line(text: str) -> int | None:
    """Return the line of a title whose number nobody knows."""
    lines = enumerate(text.split("\n"), start=1)
    return next((number for number, line in lines if line.startswith("# Drill TODO")), None)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("## Timeline (all times in UTC)", "## Timeline (all times in UTC)"),
        ("## TIMELINE", "## Timeline (local times)"),
        ("Chronology\n==========", "## Timeline (local times)\n<!-- # Chronology -->"),
        ("## 2. Chronologie #", "## Timeline (local times)\n<!-- ## 2. Chronologie -->"),
        ("## [Timeline](x) <!-- a -->", "## Timeline (local times) <!-- a -->\n<!-- ## [Timeline](x) -->"),
        ("## Timeline (local times) ##", "## Timeline (local times) ##"),
    ],
)
def test_a_heading_is_the_profile_s_and_says_no_less_than_it_did(written: str, told: str) -> None:
    result = become(f"# Post-mortem: API\n\n{written}\n- 10:15 detection\n", POST_MORTEM)
    assert f"\n\n{told}\n- 10:15 detection\n" in result


def test_a_timeline_that_states_its_zone_is_not_called_local() -> None:
    result = become(
        "# Post-mortem: API\n\n## Timeline\nAll times in UTC.\n\n- 10:15 detection\n", POST_MORTEM
    )
    assert "\n## Timeline\nAll times in UTC.\n" in result


@pytest.mark.parametrize(
    ("open_ended", "end"),
    [
        ("```sh\nls\n## Lessons", "```"),
        ("~~~~\n## Lessons", "~~~~"),
        ("<!-- not yet\n## Lessons", "-->"),
        ("<PRE>\n## Lessons", "</pre>"),
        ("<![CDATA[\n## Lessons", "]]>"),
        ("<?php\n## Lessons", "?>"),
    ],
)
def test_what_swallows_the_rest_of_the_file_swallows_no_other_section(open_ended: str, end: str) -> None:
    text = f"# Post-mortem: API\n\n## Impact\nTwo.\n\n## Timeline\n- 10:15 detection\n\n{open_ended}"
    result = become(text, POST_MORTEM)
    assert f"\n{open_ended}\n{end}\n\n## Impact\nTwo.\n" in result
    assert become(result, POST_MORTEM) == result


@pytest.mark.parametrize(
    "text",
    ["\ufeff# API\r\n\r\n## Impact\r\nTwo.\r\n", "# API\n\n## Impact\nTwo.", "", "\ufeff", "\n", "---\n"],
)
def test_line_ends_the_mark_at_the_start_and_the_last_newline_are_kept(text: str) -> None:
    result = become(text, POST_MORTEM)
    assert result.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in result) == ("\r\n" in text)
    assert not re.search(r"(?<!\r)\n", result) or "\r\n" not in text
    assert result.endswith("\n") == (text.endswith("\n") or not text.strip("\ufeff"))
    assert become(result, POST_MORTEM) == result


@pytest.mark.parametrize(
    "rows",
    [
        "severity: SEV2\nseverity: SEV1",
        "{severity: SEV2, services: [api]}",
        "services: &x [api]\nrelated: *x\nseverity: SEV1",
        "shared: [\nseverity: SEV1",
        'shared: "a\n\n# b: c"\nseverity: SEV1',
        "services:\n- api\n# of others\n- db\nseverity: SEV1",
    ],
)
def test_front_matter_says_the_same_whatever_it_holds(rows: str) -> None:
    text = f"---\n{rows}\n---\n# Post-mortem: API\n"
    before, after = (
        read(said, POST_MORTEM).source.front_matter for said in (text, become(text, POST_MORTEM))
    )
    assert before
    assert after
    assert {field.key: field.value for field in after.fields} == {
        field.key: field.value for field in before.fields
    }
    assert len(after.problems) == len(before.problems)


@pytest.mark.parametrize("end", ["\n+++\n", "\n"])
def test_toml_front_matter_stays_as_it_is(end: str) -> None:
    text = f'+++\nseverity = "SEV1"\nservices = ["api"]{end}\n# Post-mortem: API\n\nA word before.\n'
    result = become(text, POST_MORTEM)
    assert result.startswith(text.partition("\n\n")[0] + "\n")
    assert "A word before." in result
    assert become(result, POST_MORTEM) == result


def test_a_severity_that_a_line_gives_is_taken_over() -> None:
    result = become("# Post-mortem: API\n\n**Severity:** Critical\n\n## Impact\nTwo.\n", POST_MORTEM)
    assert result.startswith("---\nseverity: SEV1\n---\n")
    assert "**Severity:** Critical" in result


def test_front_matter_without_an_end_gets_one() -> None:
    result = become("---\nservices: [api]\nseverity: SEV1\n\n# Post-mortem: API\n", POST_MORTEM)
    assert result.startswith("---\nseverity: SEV1\nservices: [api]\n---\n\n# Post-mortem: API\n")


def test_two_timelines_or_none_that_may_be_meant_stay_among_the_notes() -> None:
    events = "- 10:15 detection\n- 10:20 triage\n"
    one = become(f"# API\n\n## What happened\n{events}", POST_MORTEM)
    assert f"\n## Timeline (local times)\n<!-- ## What happened -->\n{events}" in one
    two = become(f"# API\n\n## Here\n{events}\n## There\n{events}", POST_MORTEM)
    assert f"\n### Here\n{events}\n### There\n{events}" in two


def test_a_long_title_or_file_takes_no_long_time() -> None:
    start = time.perf_counter()
    become(f"# {'é ' * 20_000}\n\n" + "## Impact (x)\n- a\n" * 3_000, RUNBOOK)
    assert time.perf_counter() - start < 10


WORD = st.sampled_from(
    ("disk", "Été", "10:42", "`code`", "**bold**", "[a](http://x.y)", "🔥", "<b>", "#", "2026-03-14")
)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
TITLES = (
    st.sampled_from(
        (
            *(
                "Timeline",
                "Chronology (UTC)",
                "Impact",
                "IMPACT",
                "3. Root causes",
                "Causes",
                "Action items",
                "Promises",
            ),
            *(
                "Symptômes",
                "Diagnosis",
                "Mitigation",
                "Rollback",
                "Lessons learnt",
                "Course of events",
                "10:15 woke up",
            ),
            *(
                "Other notes",
                "Autres notes",
                "Post-mortem: API down",
                "Runbook : x",
                "Drill 3 of 2026-03-14: y",
                "Lessons",
            ),
        )
    )
    | WORDS
)
HEADINGS = st.tuples(st.integers(1, 6), TITLES).map(lambda parts: f"{'#' * parts[0]} {parts[1]}") | st.tuples(
    TITLES, st.sampled_from(("===", "---"))
).map("\n".join)
COMMENTS = st.sampled_from(
    ("<!-- note -->", "<!-- incidentdocs: ignore[timeline-order] said -->", "<!-- open", "## x <!-- a --> y")
)
CONTENT = st.sampled_from(
    (
        "- 10:15 detection\n- 10:20 triage: SEV2",
        "| Time | Event |\n| --- | --- |\n| 10:15 | detection |",
        "- [ ] AI 1: alert (owner @dev, due 2026-04-01)\n- [x] AI 2: more",
        "1. one\n2. two\n   ## nested\n",
        "> ## quoted\n> - 10:15 no",
        "```sh\n# no heading\n```",
        "```\nopen",
        "- item\n\n      code\n",
        "[ref]: https://example.org",
        "<div>\n\ntext\n\n</div>",
        "***",
        "TODO",
        "---",
        "-",
        "",
    )
)
KEYS = st.sampled_from(
    ("severity", "sévérité", "services", "service", "date", "teams", "grade", "tenant", "title", "status")
)
FIELDS = st.tuples(
    KEYS,
    st.sampled_from(("SEV1", "[a, b]", "2026-03-14", '"#x" # why', "", "\n- a\n- b", "|\n  a\n  b", "*x")),
)
FRONT = st.lists(FIELDS.map(": ".join) | st.just("# said"), max_size=5).map(
    lambda rows: "\n".join(("---", *rows, "---"))
)
TEXTS = st.tuples(
    st.just("") | FRONT,
    st.lists(HEADINGS | HEADINGS | CONTENT | COMMENTS | WORDS, max_size=12).map("\n\n".join)
    | st.lists(HEADINGS | CONTENT | COMMENTS | WORDS, max_size=12).map("\n".join),
).map("\n".join)
PROFILES = {profile.kind: profile for profile in (POST_MORTEM, RUNBOOK, drill())}
KINDS = st.sampled_from(tuple(PROFILES))


def words(text: str) -> Counter[str]:
    """Return the words of a text; the number before a section's title is none."""
    return Counter(word for word in fold(text).split() if not word.isdecimal())


@given(TEXTS, KINDS, KINDS, st.sampled_from(("\n", "\r\n")))
def test_every_word_and_every_line_is_kept(text: str, kind: str, to: str, end: str) -> None:
    source, target = PROFILES[kind], PROFILES[to]
    text = text.replace("\n", end)
    result = become(text, target, source)
    assert not words(text) - words(result)
    assert not lines_of(text, source) - Counter(line.strip() for line in re.split(r"\r?\n", result))


def lines_of(text: str, profile: Profile) -> Counter[str]:
    """Return how often each line stands in a text that is no heading and no front matter."""
    source = read(text, profile).source
    headings = [block for block in source.blocks if isinstance(block, Heading)]
    first = source.front_matter.last if source.front_matter else 0
    apart = {line for block in headings for line in range(block.first, block.last + 1)}
    lines = enumerate(source.lines, start=1)
    return Counter(
        line.strip() for number, line in lines if number > first and number not in apart if line.strip()
    )


@example("\n# Timeline\n\nPromises\n===", "post-mortem", "post-mortem")
@example("\n# Timeline\ndisk\n#\n===", "post-mortem", "post-mortem")
@example(
    "\n# Timeline\n\n- 10:15 x\n\n<!-- incidentdocs: ignore[a] b -->\n\n<!-- open", "post-mortem", "runbook"
)
@example("\n# Timeline\n\n<!-- incidentdocs: ignore[a] b -->\n\nPromises\n===", "post-mortem", "post-mortem")
@example("\nDrill 3 of 2026-03-14: y\n===", "runbook", "drill")
@example("\ntext\n\n<!-- incidentdocs: ignore[a] b -->\n\n\n<!-- c -->\n\n# API", "runbook", "post-mortem")
@given(TEXTS, KINDS, KINDS)
def test_migrating_twice_is_migrating_once(text: str, kind: str, to: str) -> None:
    source, target = PROFILES[kind], PROFILES[to]
    once = become(text, target, source)
    assert become(once, target, source) == once
    assert become(once, target, target) == once


@given(TEXTS, KINDS, KINDS)
def test_what_is_read_from_the_source_is_read_from_the_result(text: str, kind: str, to: str) -> None:
    source, target = PROFILES[kind], PROFILES[to]
    before = read(text, source)
    # A title below the timeline's heading becomes the title; as a date it was read as one of the timeline.
    assume(not before.title or all(before.title.first < section.heading.first for section in before.sections))
    after = read(become(text, target, source), target)
    for told in (events_of, items_of):
        if told(before) is not None and told(after) is not None and placed(before, target, told):
            assert not (told(before) or Counter()) - (told(after) or Counter())


Told = Callable[[Document], Counter[str] | None]


def events_of(document: Document) -> Counter[str] | None:
    timeline = document.timeline
    if timeline is None:
        return None
    # A heading of two lines becomes one of a single line.
    return Counter(" ".join(f"{event.written} {event.text.source}".split()) for event in timeline.events)


def items_of(document: Document) -> Counter[str] | None:
    items = document.action_items
    return Counter(f"{item.description} {item.owners} {item.due}" for item in items.items) if items else None


def placed(document: Document, target: Profile, told: Told) -> bool:
    """Return whether all that the source's profile calls a timeline, or promises, becomes the target's."""
    contents: Content = "timeline" if told is events_of else "action-items"
    own = document.sections_containing(contents)
    return all(target.section(section.id or "") for section in own)


@pytest.mark.parametrize(
    "name", ["dfds", "mybinder", "posthog", "alt-sample", "prometheus-runbooks", "openshift-sample"]
)
def test_the_laws_hold_for_every_real_document(corpora: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(corpora / name, folder)
    shutil.copytree(EXAMPLES / name, folder, dirs_exist_ok=True)
    documents = open_workspace(folder).library().documents
    assert len(documents) > 5
    for document in documents:
        text = (folder / document.path).read_bytes().decode("utf-8")
        for target in (POST_MORTEM, RUNBOOK, document.profile):
            result = become(text, target, document.profile, document.path)
            assert not words(text) - words(result), document.path
            assert not lines_of(text, document.profile) - Counter(map(str.strip, result.split("\n"))), (
                document.path
            )
            assert become(result, target, document.profile, document.path) == result, document.path
            after = read(result, target, document.path)
            for told in (events_of, items_of):
                if target is not RUNBOOK and told(document):
                    assert not (told(document) or Counter()) - (told(after) or Counter()), document.path
