import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.anchors import read_anchors, slug
from incidentdocs.documents.links import read_links
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
        ("[a](b&amp;c.md)", "docs/post-mortems/b&c.md", ""),
        ("[a](C%23%3F.md#x)", "docs/post-mortems/C#?.md", "x"),
        ('x <a class="y" href="b.md#c">z</a>', "docs/post-mortems/b.md", "c"),
        ("<p>\n  <img width=9 src='g.png'>\n</p>", "docs/post-mortems/g.png", ""),
        ("> <p><a href=b.md>z</a></p>", "docs/post-mortems/b.md", ""),
        ("![a][g]\n\n[g]: g.png", "docs/post-mortems/g.png", ""),
        ("![g]\n\n[g]: <g h.png>", "docs/post-mortems/g h.png", ""),
        ("[a](../scripts/check.unusual)", "docs/scripts/check.unusual", ""),
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
        "<!-- <a href='b.md'> -->",
        "<pre>\n<a href='b.md'>\n</pre>",
        "`<a href='b.md'>`",
        "x[^1]\n\n[^1]: values.yaml",
        "[a](b.md:12)",
        r"[a](..\runbooks\b.md)",
        "[a](module.Class)",
        "[a](grafana.example.org)",
        "[a](ops@example.md)",
        "[a](path/to/b.md)",
        "[a](2026-MM-DD-XXX.md)",
        "[[b.md]]",
        "[a]({% link b.md %})",
        '[a]({{< ref "b.md" >}})',
        "[a](%00.md)",
    ],
)
def test_what_leads_elsewhere_or_nowhere_is_no_link(text: str) -> None:
    assert links(text) == []


def test_a_reference_stands_where_it_is_first_used() -> None:
    source = parse("See [the runbook][r] and [r].\n\n[r]: ../runbooks/r.md\n")
    found = list(read_links(source, HERE))
    assert [(link.path, link.span.column, link.span.end_column) for link in found] == [
        ("docs/runbooks/r.md", 5, 21),
    ]


def test_what_a_site_serves_from_another_folder_may_be_meant() -> None:
    (link,) = read_links(parse("![a](../graph.png)"), "web/content/post-mortems/x.md")
    assert {"web/static/graph.png", "web/static/post-mortems/graph.png"} < set(link.others)


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# Été 2026", ["été-2026", "ete-2026", "user-content-été-2026", "markdown-header-ete-2026"]),
        ("## 1. Root **cause**?", ["1-root-cause", "root-cause", "1--root-cause-"]),
        ("## Mise en œuvre", ["mise-en-œuvre", "mise-en-uvre"]),
        ("## L’impact & la suite", ["limpact--la-suite"]),
        ("## :fire: Impact", ["fire-impact", "impact"]),
        ("### Steps {#the-steps .x}", ["the-steps", "steps"]),
        ("### Steps\n{: #the-steps}", ["the-steps", "steps"]),
        ("(my-label)=\n## Steps", ["my-label", "steps"]),
        ('<a id="top-10"></a>\n<a name=x></a>', ["top-10", "x"]),
        ("- ## In a list", ["in-a-list"]),
        ("## A\n## B\n## A", ["a", "a-1", "a_1", "a_2"]),
        ("## [A link](x.md) and `code`", ["a-link-and-code"]),
        ("## A", ["L10", "L10-L20", ":~:text=x", "fn1", "fnref:1", "top", "_1", "id3", "section-2"]),
        ("{{< include x >}}", ["anything"]),
        ("```{include} x.md\n```", ["anything"]),
        ("<Steps/>", ["anything"]),
        ("<h2>Title</h2>", ["title"]),
    ],
)
def test_an_anchor_leads_where_some_forge_or_generator_has_it(text: str, anchors: list[str]) -> None:
    found = read_anchors(parse(text))
    assert [anchor for anchor in anchors if not found.leads(anchor)] == []


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("## Timeline", "timelin"),
        ("## Timeline", "timeline-1"),
        ("## A\n## B\n## A", "a-3"),
        ("```\n## Timeline\n```", "timeline"),
        ("**Timeline**", "timeline"),
        ("x", "x-" + "1" * 5000),
    ],
)
def test_what_no_heading_says_is_no_anchor(text: str, anchor: str) -> None:
    assert not read_anchors(parse(text)).leads(anchor)


def test_the_anchor_to_write_is_that_of_forges() -> None:
    assert slug("1. L’été & l'API_v2 (suite)") == "1-lété--lapi_v2-suite"


@given(st.text(alphabet="[]()<>#.md/\\ !`\n\"'%20ahref=", max_size=80))
def test_every_link_stands_where_it_is_written(text: str) -> None:
    source = parse(text)
    for link in read_links(source, HERE):
        line = source.lines[link.span.line - 1]
        assert 1 <= link.span.column <= link.span.end_column
        assert link.span.end_line > link.span.line or link.span.end_column <= len(line) + 1


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "[a](b.md",
        "![",
        "[a][",
        "[a](<",
        "\\",
        "<a ",
        "<a href",
        "<a href=x.md>",
        "![a]",
        "<img src='",
    ],
)
def test_hostile_brackets_take_no_time(piece: str) -> None:
    started = time.process_time()
    source = parse("x " + piece * 20_000 + "\n\n[a]: x.md\n\n<p>" + piece * 20_000)
    list(read_links(source, HERE))
    read_anchors(source)
    assert time.process_time() - started < 2
