"""The anchors of a document: what a link behind a `#` may lead to in it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Heading, Html, walk
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import Source


@dataclass(frozen=True)
class Anchors:
    """The headings of a document, as written, and the keys of the anchors that are written out.

    It is not `complete` where more anchors may come from elsewhere: a text that is included, a component.
    """

    headings: tuple[str, ...] = ()
    written: frozenset[str] = frozenset()
    complete: bool = True

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What the headings say."""
        return tuple(plain(heading) for heading in self.headings)

    @cached_property
    def times(self) -> Mapping[str, int]:
        """How often each key is a heading's; few documents are ever asked."""
        titled = zip(self.titles, self.headings, strict=True)
        return Counter(key for title, heading in titled for key in set(_keys(title, heading)))

    def leads(self, anchor: str) -> bool:
        """Return whether `anchor` leads somewhere, or may: not all forges make the same."""
        if not self.complete or _of_a_page().match(anchor):
            return True
        bare = _prefix().sub("", anchor)
        key = anchor_key(bare)
        if not key or key in self.times or key in self.written:
            return True
        again = _numbered().match(bare)
        times = self.times.get(anchor_key(again["first"]), 0) if again else 0
        return again is not None and 1 < times >= int(again["number"])


def anchor_key(anchor: str) -> str:
    """Return what an anchor is compared by: letters and digits, as forges differ in all the rest."""
    return fold(anchor).replace(" ", "")


def slug(title: str) -> str:
    """Return the anchor that forges make of a title: lower case, no punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", title.lower().strip()).replace(" ", "-")


def read_anchors(source: Source) -> Anchors:
    """Return all anchors of a text: of its headings, and those that are written out."""
    headings: list[str] = []
    complete = True
    for block in walk(source.blocks):
        if isinstance(block, Heading):
            headings.append(block.text.source)
        elif isinstance(block, Html) and _heading_in_html().search(block.source):
            complete = False
    whole = "\n".join(("", *source.lines))
    return Anchors(tuple(headings), _written(whole), complete and not _takes_from_elsewhere(whole))


def _takes_from_elsewhere(whole: str) -> bool:
    """Return whether a text includes another, has components, or labels that lead into other texts."""
    signs = ("{%", "{{<", "{{%", "--8<--", "!include", "```{", ":::{", "{ref}`", "{doc}`", "{numref}`")
    perhaps = "import " in whole or "<" in whole or ")=" in whole
    return any(sign in whole for sign in signs) or (perhaps and _component().search(whole) is not None)


def _keys(title: str, source: str) -> Iterator[str]:
    """Yield the keys of a heading: generators may drop numbers, emoji, attributes, or what is not ASCII."""
    yield anchor_key(title)
    if not title[:1].isalpha():
        yield anchor_key(_before_letters().sub("", title))
    if any(mark in source for mark in "<{:!\\&"):
        yield anchor_key(source)
        yield anchor_key(_aside().sub(" ", title))
    if not title.isascii():
        yield anchor_key(unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode())


def _written(whole: str) -> frozenset[str]:
    """Return the keys of `<a id="…">` and `{#…}`."""
    keys = set()
    if "<" in whole and ("id=" in whole or "name=" in whole):
        keys |= {anchor_key(found[1]) for found in _named().finditer(whole)}
    if any(mark in whole for mark in ("{#", "{:", "{ #")):
        keys |= {anchor_key(found[1]) for found in _attribute().finditer(whole)}
    return frozenset(keys)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(r"""[ \n](?:id|name)=["']?([^"'\s>]{1,200})""")


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(r"\{:? {0,3}#([^}\s]{1,200})")


@cache
def _component() -> re.Pattern[str]:
    return re.compile(r"\n(?:import\s.{1,200}\sfrom\s| {0,3}<[A-Z]\w{0,60}[\s/>]| {0,3}\([^()\n]{1,200}\)=)")


@cache
def _heading_in_html() -> re.Pattern[str]:
    return re.compile(r"<[hH][1-6][\s>]|^\s{0,12}#{1,6}\s", re.MULTILINE)


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(r"\{[^{}]{0,200}\}|(?<!\S):[a-z0-9_+-]{1,40}:(?!\S)")


@cache
def _before_letters() -> re.Pattern[str]:
    return re.compile(r"^[\W\d_]+")


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(r"^(?:user-content-|markdown-header-)+")


@cache
def _numbered() -> re.Pattern[str]:
    """Return what matches the anchor of a heading that comes again: `timeline-1`."""
    return re.compile(r"(?P<first>.+)[-_](?P<number>[0-9]{1,6})$", re.DOTALL)


@cache
def _of_a_page() -> re.Pattern[str]:
    """Return what matches the anchors that a page has of itself: lines, the top, footnotes, numbered ones."""
    return re.compile(r"^(?:L\d|:~:|fn|(?:top|readme|section|id)?[-_:]?\d*$)", re.IGNORECASE)
