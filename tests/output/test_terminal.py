"""What a terminal or a build server is shown can be read and never obeyed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.output.terminal import Style, visible, visible_characters, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("déjà vu 中文 👍", "déjà vu 中文 👍"),
        ("a\tb", "a b"),
        ("a\nb\r", "a\\nb\\r"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b2J", "\\x9b2J"),
        ("\x00\x7f", "\\x00\\x7f"),
        ("abc\u202edcba", "abc\\u202edcba"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("due 2026\u200b-03-14", "due 2026\\u200b-03-14"),
        ("\ufeffBOM", "\\ufeffBOM"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("line\u2028separator", "line\\u2028separator"),
        ("10\u00a0%", "10\u00a0%"),
        ("::error::gotcha", ":\\x3aerror::gotcha"),
        (" ::set-output name=x::y", " :\\x3aset-output name=x::y"),
        ("std::vector and a::b", "std::vector and a::b"),
        ("x ##vso[task.complete]", "x #\\x23vso[task.complete]"),
        ("##[error]no", "#\\x23[error]no"),
        ("## A heading", "## A heading"),
    ],
)
def test_what_is_shown_for(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_nothing_invisible_and_no_command_is_left(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown
    shown.encode("utf-8")


@given(st.text(max_size=60))
def test_every_character_is_shown_by_itself(text: str) -> None:
    characters = visible_characters(text, tab=" ")
    assert len(characters) == len(text)
    assert "".join(characters) == visible(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("中文", 4), ("Ａ", 2), ("👍", 2), ("", 0)]
)
def test_the_width_of(text: str, columns: int) -> None:
    assert width(text) == columns


def test_colours_are_only_there_when_they_are_asked_for() -> None:
    assert Style(colour=True).error("no") == "\x1b[1;31mno\x1b[0m"
    assert Style(colour=False).error("no") == "no"
    assert Style(colour=True).error("") == ""
