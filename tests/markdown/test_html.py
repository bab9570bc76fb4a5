"""A document's blocks become the HTML that their Markdown means, as an independent parser has it."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.markdown.html import LONGEST, Around, html_of, text_in
from incidentdocs.markdown.source import parse

_ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def html(text: str) -> str:
    source = parse(text)
    return html_of(source, source.blocks, Around(lambda url: url, lambda url: url, lambda words: "here"))


def as_meant(text: str) -> str:
    """Return what the independent parser makes of `text`, with the site's own writing of its tags."""
    made = _ORACLE.render(text)
    made = re.sub(r"<(/?)h1>", r"<\1h2>", made)
    made = re.sub(r"<h([2-6])>", r'<h\1 id="here">', made)
    made = re.sub(r"<pre>(<code)[^>]*>", r'<pre tabindex="0">\1>', made)
    made = made.replace("<br />", "<br>").replace("<hr />", "<hr>").replace("<s>", "<del>")
    made = made.replace("</s>", "</del>").replace("<th>", '<th scope="col">')
    box = '<div class="wide" role="region" aria-label="Table" tabindex="0">'
    return made.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


def without_blanks(made: str) -> str:
    return unescape(re.sub(r"\s*\n\s*", "", made)).strip()


@pytest.mark.parametrize(
    "text",
    [
        "# One\n\n## Two\n\nThree\n=====\n",
        "A line\nand one more,  \na new one\\\nand the last\n",
        "- one\n- two\n  - deeper\n- three\n",
        "- one\n\n- two\n\n  more of two\n",
        "1. first\n2. second\n\n7) seven\n8) eight\n",
        "> said\n> and *said* again\n>\n> - here  \n>   too\n",
        "```sh\nls -l | wc\n\n```\n\n    indented\n",
        "a [named][one], a [one] and [two][]\n\n[one]: https://example.org/a(b) 'Title'\n[TWO]: <b c>\n",
        "before\n\n---\n\n**bold**, _slanted_, `a < b`, ~~gone~~ &amp; &copy; \\*plain\\*\n",
        "- > quoted\n  >\n  > > twice\n\n  ```\n  code\n  ```\n",
        "1. one\n   | a | b |\n   | --- | --- |\n   | 1 | 2 |\n",
    ],
)
def test_blocks_are_written_as_they_are_meant(text: str) -> None:
    expected = re.sub(r' title="[^"]*"', "", as_meant(text))  # the site leaves out what pops up
    assert without_blanks(html(text)) == without_blanks(expected)


def test_a_table_is_one_whatever_its_rows_lack_or_have_too_much() -> None:
    made = html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2\n| `x\\|y` | | 3 | 4 |\n")
    assert made.count("<th") == 3 + 1  # `<thead>` too
    assert '<th scope="col">a</th>' in made
    assert '<th scope="col" class="center">b</th>' in made
    assert '<th scope="col" class="right">c</th>' in made
    assert '<td>1</td>\n<td class="center">2</td>\n<td class="right"></td>' in made
    assert '<td><code>x|y</code></td>\n<td class="center"></td>\n<td class="right">3</td>' in made
    assert ">4<" not in made


def test_an_items_box_is_shown_ticked_or_empty() -> None:
    made = html("- [x] done\n- [ ] to do\n- [y] neither\n- [x]\n")
    assert [re.sub(r"<[^>]*>", "", row) for row in made.splitlines()[1:-1]] == [
        "☑ done",
        "☐ to do",
        "[y] neither",
        "[x]",
    ]
    loose = html("- [x] done\n\n  and more\n")
    assert re.search(r"<li class=\"task\"><p><span[^>]*>☑</span> done</p>", loose)


def test_what_is_nested_too_deeply_or_is_too_long_is_shown_as_written() -> None:
    assert html("") == ""
    long = html("# Title\n\n" + "<b>*x*</b> " * (LONGEST // 10))
    assert long.startswith('<pre tabindex="0"># Title\n\n&lt;b&gt;*x*')
    assert "deep" in html("> " * 2_000 + "deep\n")


words = st.sampled_from(["alpha", "*beta*", "`c | d`", "https://example.org/x", "12:04", "<b>", "a\\|b"])
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
marks = st.sampled_from(["", "- ", "1. ", "> ", "  ", "    ", "## ", "- [ ] ", "| ", "[a]: /"])


@given(st.lists(st.tuples(marks, lines, st.sampled_from(["\n", "\n\n", "  \n"])), max_size=8))
def test_no_word_of_a_document_is_lost(pieces: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{mark}{line}{end}" for mark, line, end in pieces if mark != "[a]: /")
    said = text_in(html(text))
    for word in ("alpha", "beta", "12:04", "example.org"):
        assert said.count(word) == text.count(word)
