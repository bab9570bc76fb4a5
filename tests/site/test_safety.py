"""Nothing of a document acts on its page, whatever it holds, and no page leads or is written elsewhere."""

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.editing.generated_folder import MANIFEST, write_folder
from incidentdocs.errors import UsageError
from incidentdocs.markdown.html import Around, html_of
from incidentdocs.markdown.source import parse
from incidentdocs.site.addresses import Anchors, Leading, address, page_of, picture_of, root_of

DOCUMENT = "docs/post-mortems/a.md"
DOCUMENTS = {DOCUMENT, "docs/runbooks/disk full.md", "docs/post-mortems/b#1.md"}
PICTURES = {"docs/post-mortems/graph.png": "pictures/docs/post-mortems/graph.png"}

TAGS = {
    *("p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "blockquote"),
    *("hr", "br", "del", "span", "div", "table", "thead", "tbody", "tr", "th", "td", "img"),
}
ATTRIBUTES = {
    "href",
    "src",
    "alt",
    "title",
    "id",
    "class",
    "start",
    "tabindex",
    "role",
    "aria-label",
    "scope",
}


class Seen(HTMLParser):
    """The tags and attributes of a page as a browser meets them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")


def seen(text: str) -> Seen:
    leading = Leading(DOCUMENT, DOCUMENTS, PICTURES)
    parser = Seen()
    source = parse(text)
    parser.feed(html_of(source, source.blocks, Around(leading.link, leading.picture, Anchors().of)))
    return parser


hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</h2><script>",
        "[a](javascript:alert(1))",
        "[a](JAVASCRIPT&colon;alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](data:text/html;base64,AA==)",
        "[a](//evil.example.org)",
        "![a](https://evil.example.org/x.png)",
        '![a" onload="x](graph.png)',
        '[a](https://example.org/"onmouseover=x "t\\"><script>")',
        "<javascript:alert(1)>",
        "| a | <b onclick=x> |\n| - | - |\n| `</td><script>` | [x](vbscript:x) |",
        "- [x] <input onfocus=x autofocus>",
        "## <a id=main> `</h2>`",
        "```html\n</code></pre><script>\n```",
        "<!-- <script> -->",
        "<!--> <script>alert(1)</script> -->",
        "[r]: javascript:alert(1)\n\n[r]",
        "&lt;script&gt; &#60;script&#62;",
    ]
)


@given(st.lists(hostile | st.text(max_size=12), max_size=6))
def test_only_harmless_tags_attributes_and_addresses_are_left(pieces: list[str]) -> None:
    for text in ("\n\n".join(pieces), " ".join(pieces)):
        found = seen(text)
        assert found.tags <= TAGS
        assert set(found.attributes) <= ATTRIBUTES
        for url in found.attributes.get("href", []):
            assert url.startswith(("./", "#", "http://", "https://", "mailto:", "HTTP", "Http", "MAILTO"))
        assert set(found.attributes.get("src", [])) <= {"./../../../pictures/docs/post-mortems/graph.png"}


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("../runbooks/disk%20full.md", "./../../../documents/docs/runbooks/disk%20full.md.html"),
        (
            "/docs/runbooks/disk%20full.md#Steps",
            "./../../../documents/docs/runbooks/disk%20full.md.html#doc-steps",
        ),
        ("b%231.md", "./../../../documents/docs/post-mortems/b%231.md.html"),
        ("#root-cause", "#doc-rootcause"),
        ("https://example.org/x?y=1&z", "https://example.org/x?y=1&z"),
        ("mailto:team@example.org", "mailto:team@example.org"),
        ("../../../etc/passwd", None),
        ("missing.md", None),
        ("javascript:alert(1)", None),
        ("//evil.example.org/a.md", None),
        ("", None),
    ],
)
def test_a_link_leads_to_a_page_elsewhere_or_nowhere(url: str, leads: str | None) -> None:
    assert Leading(DOCUMENT, DOCUMENTS, {}).link(url) == leads


@given(st.text(min_size=1, max_size=300).filter(lambda name: "/" not in name))
def test_a_page_has_a_place_of_its_own_inside_the_site(name: str) -> None:
    for path in (page_of(f"docs/{name}"), picture_of(f"docs/{name}")):
        *folders, last = path.split("/")
        assert ".." not in folders
        assert 0 < len(last.encode("utf-8", "surrogatepass")) < 256
        assert not set(last) & set('<>:"\\|?*\0')
    assert page_of(f"docs/{name}") != page_of(f"docs/{name}x")


def test_addresses_are_relative_from_anywhere() -> None:
    assert address("index.html", "board.html") == "./board.html"
    assert address("documents/docs/a.md.html", "index.html") == "./../../index.html"
    assert root_of("documents/docs/a.md.html") == "./../../"
    assert address("index.html", "javascript:x.html") == "./javascript%3Ax.html"


def test_headings_of_one_name_have_anchors_of_their_own() -> None:
    anchors = Anchors()
    assert [anchors.of(title) for title in ("Timeline", "Timeline", "Timeline 1", "main")] == [
        "doc-timeline",
        "doc-timeline1",
        "doc-timeline11",
        "doc-main",
    ]


def hold(folder: Path, contents: Mapping[str, bytes]) -> None:
    write_folder(folder, contents, contents.items())


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_folder_is_made_again_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    hold(folder, {"a.html": b"1", "deep/er/b.html": b"2"})
    (folder / "mine.txt").write_bytes(b"mine")
    hold(folder, {"a.html": b"3"})
    assert files(folder) == {"a.html": b"3", "mine.txt": b"mine"}
    assert not (folder / "deep").exists()


def test_what_somebody_else_has_written_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "notes.txt").write_bytes(b"mine")
    with pytest.raises(UsageError, match="has not written"):
        hold(folder, {"index.html": b"1"})
    (folder / "notes.txt").unlink()
    hold(folder, {"a.html": b"1"})
    (folder / "index.html").write_bytes(b"mine")
    with pytest.raises(UsageError, match="is not of incidentdocs' making"):
        hold(folder, {"a.html": b"2", "index.html": b"1"})
    assert files(folder) == {"a.html": b"1", "index.html": b"mine"}


def test_no_link_leads_the_writing_or_the_removal_elsewhere(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.html").write_bytes(b"mine")
    hold(folder, {"deep/b.html": b"1", "a.html": b"1"})
    (folder / "deep/b.html").unlink()
    (folder / "deep").rmdir()
    (folder / "deep").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="in the way"):
        hold(folder, {"deep/b.html": b"2"})
    hold(folder, {"a.html": b"2"})
    with (folder / MANIFEST).open("a") as manifest:
        manifest.write("../elsewhere/b.html\n/etc/passwd\n")
    hold(folder, {"a.html": b"3"})
    assert (elsewhere / "b.html").read_bytes() == b"mine"
    (tmp_path / "link").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="no folder of its own"):
        hold(tmp_path / "link", {"a.html": b"1"})
