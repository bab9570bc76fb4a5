import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.links import anchor_key, read_anchors, read_links
from incidentdocs.markdown.source import parse

HERE = "docs/post-mortems/2026-03-14-x.md"


def links(text: str) -> list[tuple[str, str, str]]:
    return [(link.written, link.path, link.anchor) for link in read_links(parse(text), HERE)]


@pytest.mark.parametrize(
    ("text", "path", "anchor"),
    [
        ("[a](b.md)", "docs/post-mortems/b.md", ""),
        ("[a](./b.md#c-d)", "docs/post-mortems/b.md", "c-d"),
        ("[a](../runbooks/r.md?plain=1#x)", "docs/runbooks/r.md", "x"),
        ("[a](<un fichier.md>)", "docs/post-mortems/un fichier.md", ""),
        ("[a](un%20fichier.md)", "docs/post-mortems/un fichier.md", ""),
        ("![a](graph.png)", "docs/post-mortems/graph.png", ""),
        ('[a](b.md "title")', "docs/post-mortems/b.md", ""),
        ("[a](#root-cause)", "", "root-cause"),
        ("| x |\n|---|\n| [a](b.md) |", "docs/post-mortems/b.md", ""),
        ("> - [a](b.md)", "docs/post-mortems/b.md", ""),
        (r"[a](b\_c.md)", "docs/post-mortems/b_c.md", ""),
    ],
)
def test_a_link_into_the_repository_is_read(text: str, path: str, anchor: str) -> None:
    ((_, *told),) = links(text)
    assert told == [path, anchor]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.org/b.md)",
        "[a](mailto:ops@example.org)",
        "[a](/docs/b.md)",
        "[a](//cdn/b.md)",
        "[a](../b/)",
        "[a](b)",
        "[a](b.html#c)",
        "[a]({{ url }}.md)",
        "[a](<titre>.md)",
        "[a](#)",
        "[a]()",
        "`[a](b.md)`",
        "```\n[a](b.md)\n```",
        "[a](../../../b.md)",
        "[a](C:\\b.md)",
        "[a][nowhere]",
        "[a](v1.2)",
        "[a](@site/b.md)",
        "[a](x….md)",
        "<!-- [a](b.md) -->",
    ],
)
def test_what_leads_elsewhere_or_nowhere_is_no_link(text: str) -> None:
    assert links(text) == []


def test_a_reference_stands_where_it_is_used() -> None:
    source = parse("See [the runbook][r] and [r].\n\n[r]: ../runbooks/r.md\n")
    found = list(read_links(source, HERE))
    assert [(link.path, link.span.column, link.span.end_column) for link in found] == [
        ("docs/runbooks/r.md", 5, 21),
        ("docs/runbooks/r.md", 26, 29),
    ]


def test_anchors_are_those_of_headings_and_those_written_out() -> None:
    text = (
        '# Été 2026\n\n## 1. Root **cause**?\n\n<a id="top-10"></a>\n\n### Steps {#the-steps}\n(my-label)=\n'
    )
    keys = read_anchors(parse(text))
    for anchor in ("été-2026", "ete-2026", "1-root-cause", "top-10", "the-steps", "my-label"):
        assert anchor_key(anchor) in keys


@given(st.text(alphabet="[]()<>#.md/\\ !`\n\"'%20", max_size=80))
def test_every_link_stands_where_it_is_written(text: str) -> None:
    source = parse(text)
    for link in read_links(source, HERE):
        line = source.lines[link.span.line - 1]
        assert 1 <= link.span.column <= link.span.end_column
        assert link.span.end_line > link.span.line or link.span.end_column <= len(line) + 1


@pytest.mark.parametrize("piece", ["[", "](", "[a](b.md", "![", "[a][", "[a](<", "\\"])
def test_hostile_brackets_take_no_time(piece: str) -> None:
    started = time.process_time()
    list(read_links(parse("x " + piece * 20_000), HERE))
    assert time.process_time() - started < 2
