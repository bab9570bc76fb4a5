"""A field of a front matter is set, and nothing else changes."""

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from incidentdocs.editing.edits import Edit, edited
from incidentdocs.editing.front_matter_fields import with_fields
from incidentdocs.errors import UsageError
from incidentdocs.markdown.front_matter import Value
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse

TEXT = "---\nseverity: SEV1  # decided\npost-mortem:  # still to come\nruns:\n  - a\n  - b\n---\n\n# Title\n"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("severity", "SEV2", TEXT.replace("SEV1", "SEV2")),
        ("post-mortem", "docs/x.md", TEXT.replace("post-mortem:", "post-mortem: docs/x.md")),
        ("runs", ("c",), TEXT.replace("- a\n  - b", "[c]")),
        ("new", "x: y", TEXT.replace("---\n\n", 'new: "x: y"\n---\n\n')),
        ("new", True, TEXT.replace("---\n\n", "new: yes\n---\n\n")),
    ],
)
def test_only_the_field_changes(key: str, value: Value, expected: str) -> None:
    assert with_fields(TEXT, {key: value}, path="a.md") == expected
    assert with_fields(TEXT.replace("\n", "\r\n"), {key: value}, path="a.md") == expected.replace(
        "\n", "\r\n"
    )
    assert with_fields("\ufeff" + TEXT, {key: value}, path="a.md") == "\ufeff" + expected


def test_toml_is_written_as_toml() -> None:
    text = '+++\nseverity = "SEV1"\n[extra]\na = 1\n+++\n# Title\n'
    written = with_fields(text, {"severity": "SEV2", "runs": ("a", "b")}, path="a.md")
    assert written == '+++\nruns = ["a", "b"]\nseverity = "SEV2"\n[extra]\na = 1\n+++\n# Title\n'


def test_a_document_without_front_matter_gets_one() -> None:
    assert with_fields("# Title\n", {"a": "b"}, path="a.md") == "---\na: b\n---\n\n# Title\n"
    assert with_fields("# Title\n", {}, path="a.md") == "# Title\n"


def test_what_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(UsageError) as raised:
        with_fields("---\na: [\n---\n# T\n", {"b": "c"}, path="docs/a.md")
    assert raised.value.message.startswith("docs/a.md:2: ")
    assert raised.value.hint.endswith("then add b to the front matter")


values = st.text(max_size=20) | st.booleans() | st.lists(st.text(max_size=8), max_size=3).map(tuple)


@given(
    st.dictionaries(st.sampled_from(["severity", "post-mortem", "runs", "new", "other"]), values, max_size=4)
)
def test_every_value_reads_back_and_the_rest_stays(given_values: dict[str, Value]) -> None:
    text = with_fields(TEXT, given_values, path="a.md")
    source = parse(text)
    assert source.front_matter is not None
    assume(not source.front_matter.problems)
    said = {field.key: field.value for field in source.front_matter.fields}
    for key, value in given_values.items():
        assert said[key] == (list(value) if isinstance(value, tuple) else value)
    assert text.endswith("---\n\n# Title\n")
    before = yaml.safe_load(TEXT.split("---\n")[1])
    assert {key: said[key] for key in before.keys() - given_values.keys()} == {
        key: before[key] for key in before.keys() - given_values.keys()
    }


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        edited("abcdef\n", [Edit(Span(1, 1, 1, 4), "x"), Edit(Span(1, 3, 1, 5), "y")])
    assert edited("ab\rcd\r", [Edit(Span(2, 1, 2, 2), "x\ny")]) == "ab\rx\ryd\r"


def test_fields_in_braces_are_left_alone() -> None:
    with pytest.raises(UsageError, match="stand in braces"):
        with_fields("---\n{a: b}\n---\n# T\n", {"c": "d"}, path="a.md")
