"""Text becomes lines and blocks with exact places, whatever it holds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.markdown.blocks import (
    Block,
    Code,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
    ThematicBreak,
    walk,
)
from incidentdocs.markdown.inline import links, mask, mask_code, plain
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source, parse


def _slice(source: Source, span: Span) -> str:
    rows = list(source.lines[span.line - 1 : span.end_line])
    rows[-1] = rows[-1][: span.end_column - 1]
    rows[0] = rows[0][span.column - 1 :]
    return "\n".join(rows)


def _only(text: str, kind: type[Block]) -> Block:
    (found,) = (block for block in walk(parse(text).blocks) if isinstance(block, kind))
    return found


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_each_of_the_three_line_endings_ends_a_line(ending: str) -> None:
    source = parse(ending.join(("# Title", "", "- one", "- two", "")))
    assert source.lines == ("# Title", "", "- one", "- two")
    assert [(block.first, block.last) for block in source.blocks] == [(1, 1), (3, 4)]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\xa0"])
def test_other_separators_end_no_line(separator: str) -> None:
    source = parse(f"one{separator}# two\n\nthree\n")
    assert source.lines == (f"one{separator}# two", "", "three")
    assert [block.first for block in source.blocks] == [1, 3]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    source = parse("\ufeff# Title\n")
    assert source.lines == ("# Title",)
    assert source.blocks == (Heading(1, 1, 1, Text("Title", ((1, 3),))),)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n", "\ufeff"])
def test_a_text_without_anything_has_no_blocks(text: str) -> None:
    assert parse(text).blocks == ()


def test_an_empty_file_has_no_lines_and_still_a_span() -> None:
    source = parse("")
    assert source.lines == ()
    assert source.line_span(1) == Span(1, 1, 1, 1)


def test_a_line_s_span_leaves_out_the_white_space_around_it() -> None:
    source = parse("  word word \n\n\t\n")
    assert source.line_span(1) == Span(1, 3, 1, 12)
    assert source.line_span(2) == Span(2, 1, 2, 1)
    assert source.line_span(3) == Span(3, 1, 3, 1)
    assert source.line_span(99) == Span(99, 1, 99, 1)


@pytest.mark.parametrize(
    ("text", "heading", "span"),
    [
        ("## Title ##", "Title", Span(1, 4, 1, 9)),
        ("   #\tTitle#", "Title#", Span(1, 6, 1, 12)),
        ("> - ### Title  # \n", "Title", Span(1, 9, 1, 14)),
        ("##", "", Span(1, 3, 1, 3)),
        ("# ##\n", "", Span(1, 2, 1, 2)),
        ("# Cause\xa0: l\u2019été", "Cause\xa0: l\u2019été", Span(1, 3, 1, 16)),
    ],
)
def test_a_heading_s_text_is_without_hashes(text: str, heading: str, span: Span) -> None:
    block = _only(text, Heading)
    assert isinstance(block, Heading)
    assert block.text.source == heading
    assert block.text.span() == span


def test_a_setext_heading_ends_with_its_underline() -> None:
    block = _only("> Two\n>   lines\n> ---\n", Heading)
    assert isinstance(block, Heading)
    assert (block.first, block.last, block.level, block.text.source) == (1, 3, 2, "Two\nlines")
    assert block.text.starts == ((1, 3), (2, 5))


def test_a_paragraph_in_containers_knows_the_column_of_each_line() -> None:
    source = parse("1.\tone  \n\ttwo\n\n   > three\n   lazy\n")
    first, second = (block for block in walk(source.blocks) if isinstance(block, Paragraph))
    assert first.text == Text("one\ntwo", ((1, 4), (2, 2)))  # type: ignore[arg-type]
    assert second.text == Text("three\nlazy", ((4, 6), (5, 4)))  # type: ignore[arg-type]
    assert _slice(source, second.text.span(2, 8)) == "ree\n   la"


def test_each_item_of_a_list_has_its_number_and_its_lines() -> None:
    (block,) = parse("7. one\n\n   more\n8. two\n9.\n10. - nested\n\n\nafter\n").blocks[:1]
    assert isinstance(block, List)
    assert block.ordered
    assert [(item.number, item.first, item.last) for item in block.items] == [
        (7, 1, 3),
        (8, 4, 4),
        (9, 5, 5),
        (10, 6, 6),
    ]
    (nested,) = block.items[3].children
    assert isinstance(nested, List)
    assert nested.items[0].number is None


def test_an_item_may_begin_on_the_line_after_its_marker() -> None:
    (block,) = parse("-\n  text\n- other\n").blocks
    assert isinstance(block, List)
    assert [(item.first, item.last, item.children[0].first) for item in block.items] == [(1, 2, 2), (3, 3, 3)]


def test_code_tells_its_fence_and_whether_it_is_closed() -> None:
    closed, open_, indented = parse("```sh a\nls\n\n```\n\n    one\n\n    two\n\n~~~\nrest\n").blocks[::1][
        0:3
    ]
    assert closed == Code(1, 4, "sh a", "ls\n", fenced=True, closed=True)
    assert open_ == Code(6, 8, "", "one\n\ntwo", fenced=False, closed=True)
    assert indented == Code(10, 11, "", "rest", fenced=True, closed=False)


@pytest.mark.parametrize("text", ["```\n    ```\n", "````\n```\n", "```\n~~~\n", "- ```\n\n# Next\n"])
def test_a_fence_that_nothing_closes_is_not_closed(text: str) -> None:
    block = _only(text, Code)
    assert isinstance(block, Code)
    assert not block.closed


def test_html_runs_to_its_end() -> None:
    blocks = parse("<!-- a\n\nb --> c\ntext\n\n<PRE>\n\n</PRE>\n<div>\nx\n\n<b>\n\n***\n").blocks
    assert blocks[0] == Html(1, 3, "<!-- a\n\nb --> c")
    assert [(type(block), block.first, block.last) for block in blocks[1:]] == [
        (Paragraph, 4, 4),
        (Html, 6, 8),
        (Html, 9, 10),
        (Html, 12, 12),
        (ThematicBreak, 14, 14),
    ]


def test_link_definitions_show_nothing() -> None:
    source = parse("[a]: /x\n[b]: <y>\n  'title'\ntext\n")
    assert [(type(block), block.first) for block in source.blocks] == [(Paragraph, 4)]


def _cells(row: Row) -> list[tuple[str, int]]:
    return [(cell.source, cell.starts[0].column) for cell in row.cells]


def test_a_table_s_cells_have_their_columns() -> None:
    table = _only("intro\n| Time | What |\n|:--|--:|\n|  10:02 | a \\| b |\n11:00 | `c`\n", Table)
    assert isinstance(table, Table)
    assert (table.first, table.last) == (2, 5)
    assert _cells(table.header) == [("Time", 3), ("What", 10)]
    assert [_cells(row) for row in table.rows] == [
        [("10:02", 4), (r"a \| b", 12)],
        [("11:00", 1), ("`c`", 9)],
    ]


def test_a_table_row_keeps_the_cells_that_were_written() -> None:
    table = _only("|a|b|\n|-|-|\n|1|\n|1| |3|\n", Table)
    assert isinstance(table, Table)
    assert [[cell.source for cell in row.cells] for row in table.rows] == [["1"], ["1", "", "3"]]


@pytest.mark.parametrize("prefix", ["> ", "- ", "3.  "])
def test_a_table_may_stand_in_a_container(prefix: str) -> None:
    indent = prefix if prefix == "> " else " " * len(prefix)
    table = _only(f"{prefix}|a|b|\n{indent}|-|-|\n{indent}|1|2|\n", Table)
    assert isinstance(table, Table)
    assert _cells(table.rows[0]) == [("1", len(prefix) + 2), ("2", len(prefix) + 4)]


@pytest.mark.parametrize("text", ["|a|b|\n|-|\n", "a|b\n", "a\n-|-\n", "a|b\n- | -\n", "    a|b\n    -|-\n"])
def test_what_has_no_fitting_delimiter_row_is_no_table(text: str) -> None:
    assert not any(isinstance(block, Table) for block in walk(parse(text).blocks))


def test_a_block_ends_the_list_or_quote_before_it() -> None:
    source = parse("para\n\n> quote\n2. two\n> again\n***\n- item\n## Next\n")
    assert [(type(block), block.first, block.last) for block in source.blocks] == [
        (Paragraph, 1, 1),
        (Quote, 3, 3),
        (List, 4, 4),
        (Quote, 5, 5),
        (ThematicBreak, 6, 6),
        (List, 7, 7),
        (Heading, 8, 8),
    ]


_MANY = 10_000
_HOSTILE = {
    "nested quotes": ">" * _MANY + "a",
    "spaced nested quotes": "> " * _MANY + "a",
    "nested lists": "- " * _MANY + "a",
    "quotes and lists nested in turn": "> - " * _MANY + "a",
    "quotes and lists in turn": "> a\n- b\n" * _MANY,
    "list items": "- a\n" * 100_000,
    "lists of other bullets": "- a\n* b\n" * _MANY,
    "a long continued paragraph": "a\n" + "2. b\n" * _MANY,
    "spaces in a heading": "# a" + " " * 100_000 + "b\n",
    "hashes in a heading": "#" + " #" * 100_000 + "b\n",
    "tables in tables": "a|b\n-|-\n" * _MANY + "a|b|c\n",
    "a wide table": "|" * _MANY + "\n" + "|-" * _MANY + "|\n" + "|a" * _MANY,
    "unfinished definitions": '[a]: /u "x\n' * _MANY,
    "definitions in lists": "[a]: /u\n\n- [b]: /u\n\n" * _MANY,
    "open brackets": "[" * 100_000,
    "open tags": "<a b='\n" * _MANY,
    "open comments": "- <!--\n" * _MANY,
    "open fences": "- ```\n" * _MANY,
    "one huge line": "a" * 5_000_000,
    "blank lines": "- a" + "\n" * 500_000 + "b",
    "NUL": "\0" * 100_000,
    "front matter without end": "---\n" + "a: b\n" * _MANY,
    "front matter of brackets": "---\na: " + "[" * 100_000 + "\n---\n",
}


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_hostile_text_takes_no_time_beyond_its_length(text: str) -> None:
    begin = time.perf_counter()
    parse(text)
    assert time.perf_counter() - begin < 20


def test_ten_thousand_nested_quotes_keep_their_text() -> None:
    source = parse(">" * 10_000 + " end\n")
    assert "end" in source.lines[0]
    assert sum(isinstance(block, Paragraph) for block in walk(source.blocks)) == 1


_PIECES = (
    *("- ", "* ", "1. ", "2) ", "# ", "> ", "```", "~~~", "|", "|-|", "a", "b c", "\n", "\n\n", "    ", "\t"),
    *("<!--", "-->", "<div>", "</pre>", "---", "===", "***", "[a]: /u", "](", ")", '"', "\\", "`", "*", "_"),
    *("\0", "\u2028", "\x0b", "\x0c", "\x1c", "\xa0", "\r", "\r\n", "\ud800", "\x85", "&amp;", "http://x.y"),
    *("x: v", "---\n", "{", "&a ", "*a", "? ", " #", "!!int ", "'", "\ufeff", "2026-02-30", "<<: "),
)
_ANYTHING = st.text() | st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


@given(_ANYTHING, st.booleans())
def test_any_text_gives_blocks_and_spans_that_lie_in_the_file(text: str, as_head: bool) -> None:
    source = parse(f"---\n{text}\n---\n" if as_head else text)
    for block in source.blocks:
        _assert_inside(block, 1, len(source.lines))
    assert all(
        before.last < after.first for before, after in zip(source.blocks, source.blocks[1:], strict=False)
    )
    for span in _spans(source):
        assert 1 <= span.line <= span.end_line <= len(source.lines)
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert 1 <= span.end_column <= len(source.lines[span.end_line - 1]) + 1


def _assert_inside(block: Block, first: int, last: int) -> None:
    assert first <= block.first <= block.last <= last
    children: tuple[Block, ...] = ()
    if isinstance(block, List):
        children = block.items
    elif isinstance(block, ListItem | Quote):
        children = block.children
    for child in children:
        _assert_inside(child, block.first, block.last)


def _spans(source: Source) -> list[Span]:
    spans = [text.span() for text in _texts(source)]
    if source.front_matter:
        spans += [span for field in source.front_matter.fields for span in (field.span, field.key_span)]
        spans += [problem.span for problem in source.front_matter.problems]
    return spans


def _texts(source: Source) -> list[Text]:
    leaves = [block.text for block in walk(source.blocks) if isinstance(block, Heading | Paragraph)]
    rows = [
        row
        for block in walk(source.blocks)
        if isinstance(block, Table)
        for row in (block.header, *block.rows)
    ]
    return [*leaves, *(cell for row in rows for cell in row.cells)]


@given(_ANYTHING)
def test_any_inline_text_can_be_read(text: str) -> None:
    for masked in (mask(text), mask_code(text)):
        assert len(masked) == len(text)
        assert all(there in (here, " ") for here, there in zip(text, masked, strict=True))
        assert masked.count("\n") == text.count("\n")
    assert plain(text) == " ".join(plain(text).split())
    assert all(isinstance(link, str) for link in links(text))


def test_a_heading_right_below_a_quote_ends_it() -> None:
    quote, heading = parse("> quoted\n## Impact\n").blocks
    assert isinstance(quote, Quote)
    assert (quote.first, quote.last) == (1, 1)
    assert isinstance(heading, Heading)
    assert (heading.first, heading.text.source) == (2, "Impact")
