"""Every block stands on the lines where markdown-it-py, an independent parser, sees it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.markdown.blocks import (
    Block,
    Code,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
    walk,
)
from incidentdocs.markdown.source import Source, parse

_ORACLE = MarkdownIt("commonmark").enable("table")
_LEAVES = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "fence",
    "code_block": "indented code",
    "html_block": "html",
    "hr": "thematic break",
    "tr_open": "row",
}
_CONTAINERS = {
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
}
_CONTAINER_KINDS = frozenset(_CONTAINERS.values())


class Seen(NamedTuple):
    """A block as either parser sees it."""

    kind: str
    first: int
    last: int


def seen_by_markdown_it(text: str) -> list[Seen]:
    kinds = _LEAVES | _CONTAINERS
    return [
        Seen(kinds[token.type], token.map[0] + 1, token.map[1])
        for token in _ORACLE.parse(text)
        if token.map and token.type in kinds
    ]


def seen_here(source: Source) -> list[Seen]:
    return [seen for block in walk(source.blocks) for seen in _seen(block)]


def _seen(block: Block) -> Iterator[Seen]:
    yield Seen(_kind(block), block.first, block.last)
    if isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield Seen("row", row.first, row.last)


def _kind(block: Block) -> str:
    if isinstance(block, Code):
        return "fence" if block.fenced else "indented code"
    if isinstance(block, List):
        return "numbers" if block.ordered else "bullets"
    names = {
        Heading: "heading",
        Paragraph: "paragraph",
        Html: "html",
        ThematicBreak: "thematic break",
        ListItem: "item",
        Quote: "quote",
        Table: "table",
    }
    return names[type(block)]


def trimmed(blocks: list[Seen], lines: tuple[str, ...]) -> list[Seen]:
    """Return the blocks, containers without the blank lines at their end (those in a quote hold a `>`)."""
    return [block if block.kind not in _CONTAINER_KINDS else _trim(block, lines) for block in blocks]


def _trim(block: Seen, lines: tuple[str, ...]) -> Seen:
    last = block.last
    while last > block.first and not lines[last - 1].strip(" \t>"):
        last -= 1
    return block._replace(last=last)


def without_front_matter(source: Source) -> str:
    blanked = source.front_matter.last if source.front_matter else 0
    return "\n" * blanked + "".join(f"{line}\n" for line in source.lines[blanked:])


def kinds(blocks: list[Seen]) -> list[str]:
    return [block.kind for block in blocks]


def assert_texts_slice_back(source: Source) -> None:
    """Assert that each line of each leaf's text stands in the file where the text says."""
    for text in _texts(source):
        rows = text.source.split("\n")
        assert len(rows) == len(text.starts)
        for row, start in zip(rows, text.starts, strict=True):
            assert source.lines[start.line - 1][start.column - 1 :].startswith(row), (text, row)


def _texts(source: Source) -> Iterator[Text]:
    for block in walk(source.blocks):
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from row.cells


def agree(text: str) -> bool:
    """Assert that both parsers see the same lines; return False when they see other kinds of block."""
    source = parse(text)
    assert_texts_slice_back(source)
    theirs = trimmed(seen_by_markdown_it(without_front_matter(source)), source.lines)
    ours = trimmed(seen_here(source), source.lines)
    if kinds(theirs) != kinds(ours):
        return False
    assert ours == theirs, text
    return True


def test_every_block_of_the_specification_s_examples_has_its_lines(corpora_source: Path) -> None:
    examples = json.loads(
        (corpora_source.parent / "commonmark" / "examples.json").read_text(encoding="utf-8")
    )
    assert len(examples) > 600
    assert [example["example"] for example in examples if not agree(example["markdown"])] == []


def test_every_block_of_real_documents_has_its_lines(corpora: Path) -> None:
    documents = [path for path in sorted(corpora.rglob("*")) if _is_document(path)]
    assert len(documents) > 300
    skipped = [path for path in documents if not agree(path.read_bytes().decode("utf-8", "replace"))]
    assert len(skipped) <= len(documents) / 100, skipped


def _is_document(path: Path) -> bool:
    named = path.suffix == ".md" or (path.parent.name == "dfds" and path.name.startswith("PM"))
    return named and path.is_file()


_WORD = st.sampled_from(
    ("disk", "full", "été", "10:42", "`code`", "**bold**", "[link](x)", "a_b", "🔥", "<b>")
)
_WORDS = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_INDENT = st.sampled_from(("", " ", "   "))


def _paragraphs() -> st.SearchStrategy[list[str]]:
    return st.lists(_WORDS.map("word {}".format), min_size=1, max_size=3)


def _headings() -> st.SearchStrategy[list[str]]:
    closed = st.sampled_from(("", " #", " ###", "  "))
    atx = st.tuples(_INDENT, st.integers(1, 6), _WORDS, closed).map(
        lambda parts: [f"{parts[0]}{'#' * parts[1]} {parts[2]}{parts[3]}"]
    )
    underline = st.sampled_from(("===", "---", "="))
    setext = st.tuples(_paragraphs(), underline).map(lambda parts: [*parts[0], parts[1]])
    return atx | setext


def _code() -> st.SearchStrategy[list[str]]:
    content = st.lists(_WORDS | st.sampled_from(("", "# no", "- no", "  indented")), max_size=4)
    fence = st.sampled_from(("```", "~~~~"))
    fenced = st.tuples(fence, st.sampled_from(("", "sh", " sh x")), content).map(
        lambda parts: [parts[0] + parts[1], *parts[2], parts[0]]
    )
    indented = st.lists(_WORDS, min_size=1, max_size=3).map(lambda rows: [f"    {row}" for row in rows])
    return fenced | indented


def _tables() -> st.SearchStrategy[list[str]]:
    cell = _WORDS | st.sampled_from(("", r"a \| b"))
    rows = st.lists(st.tuples(cell, cell), min_size=1, max_size=4)
    return rows.map(
        lambda cells: ["| a | b |", "| :-- | --- |", *(f"| {one} | {other} |" for one, other in cells)]
    )


def _in_item(marker: str, blocks: list[str]) -> list[str]:
    width = " " * len(marker)
    return [marker + blocks[0], *(width + row if row else "" for row in blocks[1:])]


def _lists(children: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    items = st.lists(children, min_size=1, max_size=3)
    bullets = st.tuples(st.sampled_from(("- ", "* ", "+   ")), items).map(
        lambda parts: [row for item in parts[1] for row in _in_item(parts[0], item)]
    )
    numbers = st.tuples(st.integers(0, 98), items).map(
        lambda parts: [
            row
            for number, item in enumerate(parts[1], start=parts[0])
            for row in _in_item(f"{number}. ", item)
        ]
    )
    return bullets | numbers


def _containers(children: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    quotes = children.map(lambda rows: [f"> {row}" if row else ">" for row in rows])
    return quotes | _lists(_paragraphs() | children)


def _in_sequence(blocks: list[list[str]]) -> list[str]:
    return [row for block in blocks for row in (*block, "")][:-1]


_LEAF = _paragraphs() | _headings() | _code() | _tables() | st.just(["***"]) | st.just(["<!-- note -->"])
_BLOCKS = st.recursive(
    st.lists(_LEAF, min_size=1, max_size=3).map(_in_sequence),
    lambda children: st.lists(_containers(children) | _LEAF, min_size=1, max_size=3).map(_in_sequence),
    max_leaves=6,
)


@given(_BLOCKS, st.sampled_from(("\n", "\r\n")), st.booleans())
def test_every_block_of_a_well_formed_document_has_its_lines(
    rows: list[str], ending: str, ends_with_newline: bool
) -> None:
    text = ending.join(rows) + (ending if ends_with_newline else "")
    assert agree(text), text
