"""What a hint or a rule's page tells to write into front matter is read back as it is said."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.metadata import read_metadata
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.front_matter import Field, FrontMatter, Syntax, Value
from incidentdocs.markdown.front_matter_reader import read_front_matter
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.profiles.profile import FieldProfile, Profile
from incidentdocs.rules import RULES, load
from incidentdocs.rules.rule import DocumentRule, Example

FENCE = {"YAML": "---", "TOML": "+++"}
KEYS = {key for kind in BUILT_IN for field in built_in(kind).metadata for key in (field.id, *field.accept)}
ROW = re.compile(r"`([a-z-]{3,40}): ([^`…]+)`")

a_word = st.text(st.characters(codec="utf-8"), max_size=20)
a_value = a_word | st.booleans() | st.integers(-(2**40), 2**40) | st.dates() | st.lists(a_word, max_size=3)


def read(row: str, syntax: str = "YAML") -> Field:
    """Return the only field of a row, which holds neither a mistake nor a comment."""
    front = read_front_matter((FENCE[syntax], *row.split("\n"), FENCE[syntax]))
    assert front is not None, row
    assert (front.problems, front.comments) == ((), ()), row
    (field,) = front.fields
    return field


def rows_of(text: str) -> Iterator[tuple[str, str]]:
    for found in ROW.finditer(" ".join(text.split())):
        if found[1] in KEYS:
            yield found[0].strip("`"), found[2]


def says(field: Field, written: str) -> bool:
    """Return whether a field says every word that stands in its row."""
    values = field.value if isinstance(field.value, list) else [field.value]
    said = " ".join(("yes", "no")[not value] if isinstance(value, bool) else str(value) for value in values)
    return re.sub(r"[\[\]\"', ]", "", said).startswith(re.sub(r"[\[\]\"', ]", "", written))


@pytest.mark.parametrize("syntax", get_args(Syntax))
@given(key=a_word.filter(lambda key: key.strip() == key != ""), value=a_value)
def test_a_row_reads_back_as_its_value(syntax: Syntax, key: str, value: Value) -> None:
    row = FrontMatter(1, 2, (), (), (), syntax).row(key, value)
    if "\n" in key:
        return  # no key of any document has two lines
    field = read(row, syntax)
    assert field.key == key
    assert field.value == value


@pytest.mark.parametrize("name", RULES)
def test_what_a_rule_s_page_tells_to_write_is_valid(name: str) -> None:
    for row, written in rows_of(load(name).__doc__ or ""):
        assert says(read(row), written), row


@pytest.mark.parametrize("name", RULES)
def test_what_a_rule_s_hints_tell_to_write_is_valid(
    name: str, document_of: Callable[[Example], Document]
) -> None:
    rule = load(name)()
    for example in rule.invalid if isinstance(rule, DocumentRule) else ():
        assert isinstance(rule, DocumentRule)
        document = document_of(example)
        if document.source.front_matter is None or document.source.front_matter.syntax == "YAML":
            for finding in rule.check(document):
                for row, written in rows_of(finding.hint):
                    assert says(read(row), written), row


def published(severity: str, rest: str, fence: str = "---") -> list[Finding]:
    text = f"{fence}\n{severity}\n{rest}{fence}\n# Post-mortem: API\n"
    path = "docs/post-mortems/2026-03-14-api.md"
    document = read_document(path, parse(text), built_in("post-mortem"), Process(today=date(2026, 3, 20)))
    rule = load("post-mortem-shared")()
    assert isinstance(rule, DocumentRule)
    return list(rule.check(document))


def test_where_a_post_mortem_was_shared_is_written_in_quotes() -> None:
    shared, authors = published("severity: SEV1", "status: final\n")
    assert shared.hint.endswith('`shared: "#ops, 2026-03-20"`')
    assert authors.hint.endswith('`authors: ["@oncall", "@backup"]`')
    assert published("severity: SEV1", f"status: final\n{hinted(shared)}\n{hinted(authors)}\n") == []


def test_toml_has_its_own_way() -> None:
    shared, authors = published('severity = "SEV1"', 'status = "final"\n', fence="+++")
    rows = f'status = "final"\n{hinted(shared)}\n{hinted(authors)}\n'
    assert published('severity = "SEV1"', rows, fence="+++") == []


def hinted(finding: Finding) -> str:
    found = re.findall(r"`([^`]+)`", finding.hint)
    assert found
    return str(found[-1])


WRONG = {
    "date": ["soon", "[a, b]"],
    "due": ["soon"],
    "moment": ["soon"],
    "yes-no": ["maybe"],
    "list": ["[[a]]"],
    "people": ["{a: b}"],
    "text": ["[a, b]"],
    "severity": ["[a, b]"],
}


@pytest.mark.parametrize("syntax", get_args(Syntax))
@pytest.mark.parametrize(
    ("type_", "value"), [(type_, value) for type_, all_ in WRONG.items() for value in all_]
)
def test_a_wrong_value_is_mended_by_what_its_hint_says(syntax: str, type_: str, value: str) -> None:
    field = FieldProfile(id="asked", label={"en": "Asked"}, type=type_)  # type: ignore[arg-type]
    profile: Profile = replace(built_in("post-mortem"), metadata=(field,))
    written = f"asked: {value}" if syntax == "YAML" else f"asked = {toml(value)}"
    (found,) = read_metadata(parse(f"{FENCE[syntax]}\n{written}\n{FENCE[syntax]}\n# A\n"), profile)
    assert found.problem
    rows = [row for row in re.findall(r"`([^`]+)`", found.problem.hint) if row.startswith("asked")]
    for row in rows:
        if "YYYY" not in row:
            (mended,) = read_metadata(parse(f"{FENCE[syntax]}\n{row}\n{FENCE[syntax]}\n# A\n"), profile)
            assert mended.problem is None, row


def toml(value: str) -> str:
    return {"[a, b]": '["a", "b"]', "[[a]]": '[["a"]]', "{a: b}": '{ a = "b" }'}.get(value, f'"{value}"')
