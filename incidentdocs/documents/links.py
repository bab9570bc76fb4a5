"""The links of a document that lead somewhere inside its repository, and the anchors that it has."""

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Heading, Text, texts_in, walk
from incidentdocs.markdown.inline import plain, reference_places
from incidentdocs.markdown.inline_scanner import scan
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source

LONGEST = 1_000
"""Characters. No address of a file is longer."""


class Link(NamedTuple):
    """A link as it is `written` at `span`: to `path`, from the repository's root, and an `anchor` in it.

    An empty `path` is the document itself, an empty `anchor` the whole file.
    """

    written: str
    span: Span
    path: str
    anchor: str


def read_links(source: Source, document: str) -> Iterator[Link]:
    """Yield the links of the text at the path `document` that lead to files and anchors of the repository.

    Left out are addresses with a scheme or from the root of a site, what is still to be filled in, and
    what only the generator of a site resolves: names without an extension, pages of HTML, templates.
    """
    for text in texts_in(source.blocks):
        for written, start, end in _destinations(text, source):
            if (inside := _inside(written, document)) is not None:
                yield Link(written, text.span(start, end), *inside)


def anchor_key(anchor: str) -> str:
    """Return what an anchor is compared by: letters and digits, as forges differ in all the rest."""
    return fold(anchor).replace(" ", "")


def read_anchors(source: Source) -> frozenset[str]:
    """Return the keys of all anchors of a text: of its headings, and those that are written out."""
    headings = (block.text for block in walk(source.blocks) if isinstance(block, Heading))
    keys = {anchor_key(plain(text.source)) for text in headings}
    whole = "\n".join(source.lines)
    if any(mark in whole for mark in ("id=", "name=", "{#", ")=")):
        keys |= {anchor_key(next(filter(None, found.groups()))) for found in _explicit().finditer(whole)}
    return frozenset(keys)


def _destinations(text: Text, source: Source) -> Iterator[tuple[str, int, int]]:
    """Yield each address of a text with where it stands; of one defined elsewhere where it is used."""
    # Most texts link to the network, or nowhere, which is sooner told than by a scan.
    inside = "](" in text.source and _may_lead_inside().search(text.source)
    for piece in scan(text.source) if inside else ():
        if piece.kind == "destination":
            inner = text.source[piece.start + 2 : piece.end - 1]
            found = _address().match(inner)
            if found:
                written = found["angle"] if found["angle"] is not None else found["bare"]
                start = piece.start + 2 + found.start("angle" if found["angle"] is not None else "bare")
                yield written, start, start + len(written)
    yield from reference_places(text.source, source.definitions)


def _inside(written: str, document: str) -> tuple[str, str] | None:
    """Return the path and the anchor that an address means, None where it leads out of the repository."""
    if not written or len(written) > LONGEST or _elsewhere().search(written):
        return None
    address, _, anchor = unquote(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written)).partition("#")
    address = address.partition("?")[0]
    if not address:
        return ("", anchor) if anchor else None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document), address))
    name = path.rpartition("/")[2]
    if path.startswith("..") or not _has_extension().search(name) or "\0" in path:
        return None
    return path, anchor


@cache
def _may_lead_inside() -> re.Pattern[str]:
    return re.compile(r"\]\((?!\s*(?:https?|mailto):|/)")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s<]\S*))")


@cache
def _elsewhere() -> re.Pattern[str]:
    r"""Return what matches an address with a scheme, from a site's root, of a template, or with a gap."""
    return re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|/|\\|@|~)|[{}<>$*|]|\.\.\.|…")


@cache
def _has_extension() -> re.Pattern[str]:
    """Return what matches a name with an extension, but for a page that is made from something else."""
    return re.compile(r"[^.]\.(?!html?$|php$|aspx?$)[A-Za-z][A-Za-z0-9]{0,7}$")


@cache
def _explicit() -> re.Pattern[str]:
    return re.compile(
        r"""\b(?:id|name)=["']?([^"'\s>]{1,200})|\{#([^}\s]{1,200})\}|^\(([\w-]{1,200})\)=""",
        re.MULTILINE,
    )
