"""The rule broken-link."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from incidentdocs.documents.anchors import Anchors, read_anchors, slug
from incidentdocs.documents.document import Document
from incidentdocs.documents.links import Link, read_links
from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule

_EN = "# Post-mortem: API down\n\n## Root cause\n{}\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n{}\n"
_RUNBOOK = ("docs/runbooks/runbook-disk-full.md", "# Runbook: Disk full\n\n## Resolution (steps)\n1. Look.\n")


_PARTIAL = (".gitmodules", ".git/info/sparse-checkout")
"""Where one of these is there, a folder that is not may be part of the repository all the same."""

_MOST = 100
"""For so many findings the nearest name is looked up: beyond that, something else is wrong."""


_LONG = 12
"""In names of so many letters two may be wrong; in shorter ones two make another name."""


class BrokenLink(LibraryRule):
    """A link to another file of the repository, or to a heading, leads somewhere.

    A runbook that was renamed is missed at night, by whoever follows the link. Looked at are relative links,
    pictures and `<a href>` among them, and anchors in documents; addresses on the network are not, nor what only
    the generator of a site resolves: links from the root (`/docs/…`), without an extension, or to pages of HTML.
    Where a document includes another text or a component, its anchors are not known, and none is judged.

    Write the path from the folder of the document, and the anchor as the heading has it now.
    """

    name = "broken-link"
    valid = (
        Example(
            _EN.format("See [the runbook](../runbooks/runbook-disk-full.md#resolution-steps)."),
            beside=(_RUNBOOK,),
        ),
        Example(
            _EN.format("See [the cause](#root-cause) and ![a graph](graph%201.png)."),
            files=("docs/post-mortems/graph 1.png",),
        ),
        Example(
            _EN.format("See [the site](/runbooks/disk-full), [a page](../disk-full/) and `[code](x.md)`.")
        ),
        Example(
            _FR.format("Voir [le runbook][r].\n\n[r]: ../runbooks/runbook-disk-full.md"), beside=(_RUNBOOK,)
        ),
        Example(
            _FR.format("Voir [la trace](https://trace.example.org/x.md) et [l'article](<titre à écrire>.md).")
        ),
        Example(
            "# Post-mortem: API down\n\nSee [the first](#timeline) and [the second](#timeline-1).\n\n"
            "## Timeline\n\n## Root cause\n\n### Timeline\n"
        ),
        Example(
            "# Post-mortem : panne de l'API\n\nVoir [la suite](#mise-en-œuvre) et [la cause](#cause-racine).\n\n"
            "## 1. Cause racine\n\n## ✅ Mise en œuvre\n"
        ),
        Example(
            _EN.format(
                "Write [the runbook](../runbooks/TODO.md), [this](path/to/file.md), [docs](docs.example.org)."
            ),
        ),
    )
    invalid = (
        Example(
            _EN.format("See [the runbook](../runbooks/runbook-disc-full.md)."),
            ("../runbooks/runbook-disc-full.md",),
            beside=(_RUNBOOK,),
        ),
        Example(
            _EN.format("See [the steps](../runbooks/runbook-disk-full.md#mitigation) and [above](#timelin)."),
            ("../runbooks/runbook-disk-full.md#mitigation", "#timelin"),
            beside=(_RUNBOOK,),
        ),
        Example(_FR.format("![courbe](images/courbe.png)"), ("images/courbe.png",)),
        Example(
            _FR.format("Voir [le runbook][r].\n\n[r]: ../runbooks/disque.md"),
            ("[le runbook][r]",),
            beside=(_RUNBOOK,),
        ),
        Example(
            _EN.format('See <a href="runbook-disk-full.md">it</a>.\n\n<img src="graph.png" width="600">'),
            ("runbook-disk-full.md", "graph.png"),
            beside=(_RUNBOOK,),
        ),
        Example(
            _FR.format("Voir [la cause](#cause-profonde) et [encore](#cause-racine-1)."),
            ("#cause-profonde", "#cause-racine-1"),
        ),
    )

    def gather(self, document: Document) -> Sequence[object]:
        """Return the links of a document."""
        return [
            link
            for link in read_links(document.source, document.path)
            if not document.holds_placeholder(link.span)
        ]

    def looks_for(self, told: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """Yield each file, or folder, to which a link leads, and what tells whether all folders are there."""
        yield from _PARTIAL
        for links in told.values():
            for link in links:
                if link.path:
                    yield from (link.path, f"{link.path}/", f"{posixpath.dirname(link.path)}/", *link.others)

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each link that leads to no file, or to no heading of its document."""
        anchors: dict[str, Anchors] = {}
        found = 0
        for document, links in overview.told.get(self.name, {}).items():
            for link in links:
                path = _document(link, document, overview)
                if link.path and not _is_there(link, overview):
                    found += 1
                    yield self._no_file(document, link, overview.documents if found <= _MOST else ())
                elif link.anchor and path:
                    if path not in anchors:  # few links lead to an anchor: the others are not read again
                        anchors[path] = _anchors(overview.documents[path])
                    if not anchors[path].leads(link.anchor):
                        found += 1
                        titles = anchors[path].titles if found <= _MOST else ()
                        yield self._no_anchor(document, link, path, titles)

    def _no_file(self, document: str, link: Link, paths: Iterable[str]) -> Finding:
        near = _nearest_path(link.path, (path for path in paths if path != document))
        hint = "write the path of the file as it is now, or add the file"
        if near:
            there = posixpath.relpath(near, posixpath.dirname(document) or ".").replace(" ", "%20")
            same = posixpath.basename(near) == posixpath.basename(link.path)
            anchor = "#" + link.written.partition("#")[2] if link.anchor else ""
            hint = f"write `{there}{anchor}`" if same else f"perhaps `{there}` is meant"
        message = f"`{link.written}` leads to no file: there is no `{link.path}`"
        return self.at(document, link.span, message, hint)

    def _no_anchor(self, document: str, link: Link, path: str, titles: Iterable[str]) -> Finding:
        there = f"`{path}` has" if link.path else "the document has"
        message = f"`{link.written}` leads to no heading: {there} none for `#{link.anchor}`"
        near = nearest(link.anchor, dict.fromkeys(slug(title) for title in titles))
        before = link.written.partition("#")[0]
        hint = (
            f"perhaps `{before}#{near}` is meant" if near else "write the anchor of a heading that is there"
        )
        return self.at(document, link.span, message, hint)


def _document(link: Link, document: str, overview: Overview) -> str | None:
    """Return the document to which a link in `document` leads, None where it leads to none."""
    paths = (link.path, *link.others) if link.path else (document,)
    return next((path for path in paths if path in overview.documents), None)


def _anchors(document: Document) -> Anchors:
    return Anchors(complete=False) if document.problems else read_anchors(document.source)


def _is_there(link: Link, overview: Overview) -> bool:
    """Return whether a link's file is there, or may be: in a folder that is not part of this copy."""
    present = overview.present
    paths = (link.path, f"{link.path}/", *link.others)
    if any(path in overview.documents or path in present for path in paths):
        return True
    folder = posixpath.dirname(link.path)
    return folder != "" and f"{folder}/" not in present and any(mark in present for mark in _PARTIAL)


_TEXTS = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mdx"))
"""One text may be called by any of these, and is never a picture."""


def _nearest_path(path: str, paths: Iterable[str]) -> str | None:
    """Return the document that a path was most likely meant to lead to, None when none is really near.

    Names of one family (`CephMonDown`, `CephOSDDown`) are much alike, and no guess is better than a wrong one.
    """
    name, extension = posixpath.basename(path), posixpath.splitext(path)[1].lower()
    if extension and extension not in _TEXTS:
        return None
    names: dict[str, list[str]] = {}
    for each in paths:
        names.setdefault(_bare(posixpath.basename(each)), []).append(each)
    near = _near_name(_bare(name), names)
    if near is None:
        return None
    same = [each for each in names[near] if posixpath.basename(each) == name] or names[near]
    return nearest(path, same) or same[0]


def _bare(name: str) -> str:
    """Return a file's name without its extension, its case and what parts its words."""
    stem, extension = posixpath.splitext(name)
    return re.sub(r"[\s._-]+|%20", "", stem if extension.lower() in _TEXTS else name).casefold()


def _near_name(name: str, names: Iterable[str]) -> str | None:
    """Return the name that is this one, or differs from it by a letter or, in long names, two."""
    known = dict.fromkeys(names)
    if name in known:
        return name
    near = nearest(name, known)
    most = 2 if len(name) >= _LONG else 1
    if near is None or re.findall(r"\d+", near) != re.findall(r"\d+", name):
        return None
    return near if _are_near(name, near, most) else None


def _are_near(one: str, other: str, most: int) -> bool:
    """Return whether `most` letters, added, left out or mistaken, make `other` of `one`."""
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        above, row = row, [number]
        for at, own in enumerate(other):
            row.append(min(above[at] + (letter != own), above[at + 1] + 1, row[at] + 1))
    return row[-1] <= most
