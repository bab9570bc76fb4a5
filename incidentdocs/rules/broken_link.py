"""The rule broken-link."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentdocs.documents.document import Document
from incidentdocs.documents.links import Link, anchor_key, read_anchors, read_links
from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule

_EN = "# Post-mortem: API down\n\n## Root cause\n{}\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n{}\n"
_RUNBOOK = ("docs/runbooks/runbook-disk-full.md", "# Runbook: Disk full\n\n## Resolution (steps)\n1. Look.\n")


MOST_GUESSES = 100
"""For so many different names that are not there the nearest one is looked for: each is compared with all."""


class BrokenLink(LibraryRule):
    """A link to another file of the repository, or to a heading, leads somewhere.

    A runbook that was renamed is missed at night, by whoever follows the link. Looked at are relative links,
    pictures among them, and anchors in documents; addresses on the network are not, nor what only the generator
    of a site resolves: links from the root (`/docs/…`), without an extension, or to pages of HTML.

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
    )

    def gather(self, document: Document) -> Sequence[object]:
        """Return the links of a document."""
        return [
            link
            for link in read_links(document.source, document.path)
            if not document.holds_placeholder(link.span)
        ]

    def looks_for(self, told: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """Yield each file, or folder, to which a link leads."""
        for links in told.values():
            for link in links:
                if link.path:
                    yield link.path
                    yield f"{link.path}/"

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each link that leads to no file, or to no heading of its document."""
        anchors: dict[str, frozenset[str]] = {}
        names = {path.rpartition("/")[2]: path for path in overview.documents}
        near: dict[str, str | None] = {}
        for document, links in overview.told.get(self.name, {}).items():
            for link in links:
                path = link.path or document
                if not _is_there(path, overview):
                    name = path.rpartition("/")[2]
                    if name not in near:
                        near[name] = nearest(name, names) if len(near) < MOST_GUESSES else None
                    yield self._no_file(document, link, names.get(near[name] or ""))
                elif link.anchor and path in overview.documents:
                    if path not in anchors:  # few links lead to an anchor: the others are not read again
                        anchors[path] = read_anchors(overview.documents[path].source)
                    if not _leads(link.anchor, anchors[path]):
                        yield self._no_anchor(document, link, path)

    def _no_file(self, document: str, link: Link, meant: str | None) -> Finding:
        message = f"`{link.written}` leads to no file: there is no {link.path}"
        hint = f"write the path to {meant}" if meant else "write the path of the file as it is now"
        return self.at(document, link.span, message, hint)

    def _no_anchor(self, document: str, link: Link, path: str) -> Finding:
        message = f"`{link.written}` leads to no heading: {path} has no anchor `#{link.anchor}`"
        return self.at(document, link.span, message, "write the anchor of a heading that is there")


def _is_there(path: str, overview: Overview) -> bool:
    return path in overview.documents or path in overview.present or f"{path}/" in overview.present


def _leads(anchor: str, anchors: frozenset[str]) -> bool:
    """Return whether an anchor is a heading's, the second of a name, or none of a heading at all."""
    key = anchor_key(anchor)
    first = anchor_key(anchor.rpartition("-")[0])
    numbered = anchor.rpartition("-")[2].isdecimal() and first in anchors
    line = anchor[:1] == "L" and anchor[1:2].isdecimal()
    return not key or key in anchors or numbered or line or anchor.startswith(":~:") or key == "top"
