"""What a document says, as one line that calls nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.authoring.told_text import LONGEST, harmless

WORDS = st.sampled_from(
    ["@", "channel", "here", "Everyone", "ALL", "@channel", " ", ".", "<!", ">", "\u200d", "\n", "x"]
)


@given(st.lists(WORDS, max_size=12).map("".join))
def test_nobody_is_called_whatever_stands_around(text: str) -> None:
    said = harmless(text)
    assert not re.search(r"(?<!\w)@(?:channel|here|everyone|all)(?![\w./-])", said, re.IGNORECASE)
    assert "\n" not in said


@given(st.text())
def test_it_is_a_line_of_a_bounded_length(text: str) -> None:
    said = harmless(text)
    assert len(said) <= LONGEST
    assert len(said.splitlines()) <= 1
    assert harmless(said) == said


@pytest.mark.parametrize(
    "text", ["@ana", "ops@here.example", "@team/ops", "@all-hands", "@channels", "@hereafter"]
)
def test_whoever_is_meant_alone_may_be_named(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "text", ["@here", "(@channel)", "@everyone.", "see @ALL, please", "@room!", "a.@here"]
)
def test_everybody_is_written_with_another_sign(text: str) -> None:
    assert harmless(text) == text.replace("@", "＠")


def test_markdown_is_read_as_its_words() -> None:
    assert harmless("a **b** [c](https://example.org) `d` <!-- e -->", markdown=True) == "a b c d"
