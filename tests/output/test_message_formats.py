"""Messages as chats and forges show them: always as their text."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.output.message_formats import FORMATS, formatted
from incidentdocs.output.terminal import visible

MESSAGE = """\
[SEV1] a_b_c - *down* <unknown>
# no heading
- no list
1. no number
---
===
> no quote

last | `code` & more"""
SIGNS = st.text(alphabet="ab 1.)-+=#*_~`<>[]()!&\\|:/$^\"'{}@.\t", max_size=30)


class Shown(HTMLParser):
    """What a reader sees of HTML: its text, and where lines break; other tags are told."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.others: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("p", "br"):
            self.others.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(markdown: str) -> tuple[list[str], set[str]]:
    """Return the lines that a reader sees, without empty ones, and the tags that are no line breaks."""
    page = Shown()
    page.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))
    return [words for line in page.text.split("\n") if (words := " ".join(line.split()))], page.others


def lines_of(text: str) -> list[str]:
    return [words for line in text.split("\n") if (words := " ".join(visible(line).split()))]


def test_text_is_the_text() -> None:
    assert formatted(MESSAGE, "text") == MESSAGE


@pytest.mark.parametrize("format", ["markdown", "teams"])
def test_markdown_is_read_as_the_text(format: str) -> None:
    assert rendered(formatted(MESSAGE, format)) == (lines_of(MESSAGE), set())


@pytest.mark.parametrize("format", ["markdown", "teams"])
@given(lines=st.lists(SIGNS, min_size=1, max_size=6))
def test_whatever_the_text_markdown_is_read_as_it(format: str, lines: list[str]) -> None:
    text = "\n".join(lines)
    assert rendered(formatted(text, format)) == (lines_of(text), set())


def test_a_paragraph_s_lines_break_in_markdown_and_are_paragraphs_in_teams() -> None:
    assert formatted("a\nb\n\nc", "markdown") == "a\\\nb\n\nc"
    assert formatted("a\nb\n\nc", "teams") == "a\n\nb\n\nc"


@given(st.text(max_size=80))
def test_slack_has_no_signs_of_its_own_and_gives_back_the_text(text: str) -> None:
    said = formatted(text, "slack")
    assert not re.search(r"[<>]", said)
    assert html.unescape(said) == "\n".join(map(visible, text.split("\n")))


def test_slack_writes_entities() -> None:
    assert formatted("<!channel> & <@U1> <unknown>", "slack") == (
        "&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;unknown&gt;"
    )


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_reaches_a_terminal_or_a_build_server_as_a_command(format: str) -> None:
    said = formatted("\x1b[31m\n::error::x\n##vso[task]x", format)
    assert "\x1b" not in said
    assert "::error" not in said
    assert "##vso[" not in said.replace("\\", "")
