"""How a baseline is written and read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.library.baseline import Known, baseline_text, read_baseline

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.builds(Known, texts, texts, texts), max_size=5))
def test_what_is_written_is_read_again(entries: list[Known]) -> None:
    text = baseline_text(entries)
    assert read_baseline(text.encode()) == {*entries}
    assert text == baseline_text([*reversed(entries), *entries])
    assert text.isascii()
    assert json.loads(text)["version"] == 1


def test_each_entry_has_a_line_of_its_own_in_order() -> None:
    text = baseline_text([Known("b.md", "title-format", "02"), Known("a.md", "title-format", "01")])
    assert text.splitlines() == [
        "{",
        '  "version": 1,',
        '  "findings": [',
        '    {"path": "a.md", "rule": "title-format", "fingerprint": "01"},',
        '    {"path": "b.md", "rule": "title-format", "fingerprint": "02"}',
        "  ]",
        "}",
    ]
    assert baseline_text([]) == '{\n  "version": 1,\n  "findings": []\n}\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JSON"),
        (b"\xff", "not UTF-8"),
        (b'{"version": 1,\n<<<<<<< ours\n', "the marks of a merge conflict"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "no `version`"),
        (b'{"version": 1}', "no `version`"),
        (b'{"version": 2, "findings": []}', "of version 2, and this program reads version 1"),
        (b'{"version": true, "findings": []}', "of version True"),
        (b'{"version": 1, "findings": [3]}', "one of its findings"),
        (b'{"version": 1, "findings": [{"path": "a", "rule": "b"}]}', "one of its findings"),
        (
            b'{"version": 1, "findings": [{"path": "a", "rule": "b", "fingerprint": 1}]}',
            "one of its findings",
        ),
        (b'{"version": 1, "findings": ' + b"9" * 10_000 + b"}", "integer"),
    ],
)
def test_what_is_no_baseline_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_baseline(content)
