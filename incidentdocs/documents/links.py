"""The links of a document that lead somewhere inside its repository, each with its exact place."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from incidentdocs.markdown.blocks import Html, Text, texts_in, walk
from incidentdocs.markdown.inline import reference_places
from incidentdocs.markdown.inline_scanner import Piece, scan
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source

LONGEST = 1_000
"""Characters. No address of a file is longer."""


class Link(NamedTuple):
    """A link as it is `written` at `span`: to `path`, from the repository's root, and an `anchor` in it.

    An empty `path` is the document itself, an empty `anchor` the whole file. `others` are the paths that
    it may mean as well, where a site is made of the repository or a name can be written in two ways.
    """

    written: str
    span: Span
    path: str
    anchor: str
    others: tuple[str, ...] = ()


class Address(NamedTuple):
    """Where a link leads, as it is `written` at `span`, and without the escapes of Markdown or HTML."""

    written: str
    span: Span
    meant: str


def read_links(source: Source, document: str) -> Iterator[Link]:
    """Yield the links of the text at the path `document` that lead to files and anchors of the repository.

    Left out are addresses with a scheme or from the root of a site, what is still to be filled in, and
    what only the generator of a site resolves: names without an extension, pages of HTML, templates.
    """
    for written, span, meant in read_addresses(source):
        if (inside := _inside(meant, document)) is not None:
            yield Link(written, span, *inside)


def read_addresses(source: Source) -> Iterator[Address]:
    """Yield the addresses of links and pictures; one that is defined elsewhere, where it is first used.

    Those that lead to the network are left out where that is sooner told.
    """
    defined: set[str] = set()
    definitions = {key: meant for key, meant in source.definitions.items() if "://" not in meant}
    for text in texts_in(source.blocks):
        yield from _in_brackets(text)
        for meant, start, end in reference_places(text.source, definitions):
            if meant not in defined and "[^" not in text.source[start:end]:  # a footnote is no link
                defined.add(meant)
                yield Address(meant, text.span(start, end), _unescaped(meant))
    whole = "\n".join(source.lines)
    if any(tag in whole for tag in ("<a", "<img", "<A", "<IMG")) and _tags().search(whole):
        yield from _in_html(source)


def _in_brackets(text: Text) -> Iterator[Address]:
    """Yield the addresses of `[words](address)` and `![words](address)`."""
    # Most texts link to the network, or nowhere, which is sooner told than by a scan.
    inside = "](" in text.source and _may_lead_inside().search(text.source)
    for piece in scan(text.source) if inside else ():
        if piece.kind == "destination":
            found = _address().match(text.source, piece.start + 2, piece.end - 1)
            if found:
                group = "angle" if found["angle"] is not None else "bare"
                span = text.span(found.start(group), found.end(group))
                yield Address(found[group], span, _unescaped(found[group]))


def _in_html(source: Source) -> Iterator[Address]:
    """Yield the addresses of `<a href="…">` and `<img src="…">`."""
    for text in texts_in(source.blocks):
        if "<" in text.source:
            for written, start, end in _attributes(text.source, scan(text.source)):
                yield Address(written, text.span(start, end), _decoded(written))
    for block in walk(source.blocks):
        if isinstance(block, Html) and not _raw().search(block.source):
            line, before = block.first, 0
            for written, start, _ in _attributes(block.source, scan(block.source)):
                line, before = line + block.source.count("\n", before, start), start
                yield Address(written, _place(source, line, written), _decoded(written))


def _attributes(html: str, pieces: tuple[Piece, ...]) -> Iterator[tuple[str, int, int]]:
    for piece in pieces:
        found = _attribute().match(html, piece.start, piece.end) if piece.kind == "tag" else None
        if found:
            group = found.lastgroup or 0
            yield found[group], found.start(group), found.end(group)


def _place(source: Source, line: int, written: str) -> Span:
    """Return where `written` stands on a line, the line where that cannot be told."""
    row = source.lines[line - 1] if line <= len(source.lines) else ""
    at = row.find(written)
    return Span(line, at + 1, line, at + 1 + len(written)) if at >= 0 else source.line_span(line)


def _inside(meant: str, document: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the path and the anchor that an address means, None where it leads out of the repository."""
    if not meant or len(meant) > LONGEST or _elsewhere().search(meant):
        return None
    raw, _, anchor = meant.partition("#")
    raw, anchor = raw.partition("?")[0], unquote(anchor)
    if not raw:
        return ("", anchor, ()) if anchor and meant[0] == "#" else None
    address = unquote(raw)
    path = _joined(posixpath.dirname(document), address)
    if path.startswith("..") or not _is_file(address) or "\0" in path or "\\" in path:
        return None
    return path, anchor, tuple(other for other in _others(raw, address, document, path) if other != path)


def _others(raw: str, address: str, document: str, path: str) -> Iterator[str]:
    """Yield what an address may mean besides: a name with `%` in it, other accents, a file of the site."""
    if "%" in raw:
        yield _joined(posixpath.dirname(document), raw)
    if not path.isascii():
        yield unicodedata.normalize("NFC", path)
        yield unicodedata.normalize("NFD", path)
    if not address.lower().endswith((".md", ".mdx", ".markdown")):
        page = _joined(posixpath.splitext(document)[0], address)
        yield page
        for place in (path, page):
            before, folder, after = f"/{place}".partition("/content/")
            if folder:
                yield f"{before}/static/{after}".lstrip("/")


def _joined(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, address))


def _is_file(address: str) -> bool:
    """Return whether an address is surely a file's, not a page's, a site's or a label's."""
    name = address.rpartition("/")[2]
    known = _extension().search(name)
    return bool(known or (address.startswith(("./", "../")) and _any_extension().search(name)))


def _unescaped(written: str) -> str:
    return _decoded(_escape().sub(r"\1", written) if "\\" in written else written)


def _decoded(written: str) -> str:
    if "&" not in written:
        return written
    # Few addresses hold an entity; the table of their names takes a while to load.
    from html import unescape

    return unescape(written)


@cache
def _may_lead_inside() -> re.Pattern[str]:
    return re.compile(r"\]\((?!\s*(?:https?|mailto):)")


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(r"<(?:a|img)\s", re.IGNORECASE)


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(r"\\([!-/:-@\[-`{-~])")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"\s*+(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s<]\S*))")


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(
        r"<(?:a\b[^>]*?\shref|img\b[^>]*?\ssrc)\s*=\s*"
        r"""(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'>]+))""",
        re.IGNORECASE,
    )


@cache
def _raw() -> re.Pattern[str]:
    return re.compile(r"<(?:pre|script|style|textarea|code)\b", re.IGNORECASE)


@cache
def _elsewhere() -> re.Pattern[str]:
    """Return what matches an address with a scheme, from a site's root, of a template, or to fill in."""
    return re.compile(
        r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|/|\\|~)|[{}<>$*|@\n]|\.\.\.|…|(?:^|/)path/to/"
        r"|YYYY|XXX|(?<![A-Za-z])(?:TODO|TBD|FIXME|[Ll]ink[-_]to|[Ll]ien[-_]vers)(?![A-Za-z])"
    )


@cache
def _extension() -> re.Pattern[str]:
    """Return what matches the name of a file of a kind that is kept in repositories."""
    return re.compile(
        r"[^.]\.(?:md|mdx|markdown|rst|txt|adoc|pdf|docx?|xlsx?|pptx?|od[tsp]|csv|tsv|log|ipynb"
        r"|png|jpe?g|gif|svg|webp|avif|bmp|ico|mp4|mov|webm|drawio|puml|mmd|excalidraw"
        r"|ya?ml|json|jsonl|toml|ini|cfg|conf|env|xml|sql|sh|bash|ps1|py|rb|go|rs|js|jsx|ts|tsx|java|kt|scala"
        r"|c|h|cc|cpp|hpp|cs|swift|ex|exs|erl|lua|tf|tfvars|hcl|jsonnet|libsonnet|proto|service|patch|diff"
        r"|gz|tgz|zip|tar)$",
        re.IGNORECASE,
    )


@cache
def _any_extension() -> re.Pattern[str]:
    """Return what matches a name with an extension, but for a page that is made from something else."""
    return re.compile(r"[^.]\.(?!html?$|php$|aspx?$)[A-Za-z][A-Za-z0-9]{0,9}$")
