"""The rule orphan-document."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import ClassVar, NamedTuple
from urllib.parse import unquote

from incidentdocs.documents.document import Document
from incidentdocs.documents.links import read_addresses, read_links
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import texts_in
from incidentdocs.markdown.inline import links
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from incidentdocs.similarity.naming import NAMING, RUNBOOKS, runbook_key

_PATH = "docs/runbooks/runbook-disk-full.md"
_RUNBOOK = "# Runbook: Disk full\n\n## Symptoms\nSaving fails.\n"
_USED = "Used on [14 March](../post-mortems/2026-03-14-api-down.md).\n"
_LINKING = (
    "docs/post-mortems/2026-03-14-api-down.md",
    "# Post-mortem: API down\n\nSee [it](../runbooks/runbook-disk-full.md).\n",
)
_NAMING = (
    "docs/post-mortems/2026-03-14-api-down.md",
    "---\nrunbooks: [runbook-disk-full]\n---\n# Post-mortem: API down\n",
)


class _Leads(NamedTuple):
    """Where a document leads: to paths of the repository, and to whatever has one of these names."""

    paths: frozenset[str]
    names: frozenset[str]


class OrphanDocument(LibraryRule):
    """Every document is linked to, or named in the front matter, by another one.

    What nothing leads to is found by those only who know that it is there. The rule is off until a repository turns
    it on: where an index lists all documents, it has nothing to add. Links and names count from documents alone, not
    from pages such as `README.md` that are none. An address on the network that ends in the document's name, or its
    name or number in a text, counts as well, and so does an incident's document that the register joins with its post-mortem.

    Link to it where somebody would look for it, or name it: `runbooks: [runbook-disk-full]`.
    """

    name = "orphan-document"
    severity: ClassVar[Severity] = "warning"
    by_default = False
    valid = (
        Example(_RUNBOOK + _USED, path=_PATH, beside=(_LINKING,)),
        Example(_RUNBOOK + _USED, path=_PATH, beside=(_NAMING,)),
        Example(
            "# Runbook : disque plein\n\nVoir [la panne](/post-mortems/2026-03-14-api-down/).\n",
            path=_PATH,
            beside=(
                (
                    "docs/post-mortems/2026-03-14-api-down.md",
                    "# Post-mortem : API en panne\n\n"
                    "Voir https://git.example.org/ops/site/src/branch/main/docs/runbooks/runbook-disk-full.md.\n",
                ),
            ),
        ),
    )
    invalid = (
        Example(_RUNBOOK, ("Runbook: Disk full",), path=_PATH),
        Example(
            "# Runbook : disque plein\n\n## Symptômes\nVoir [plus bas](#diagnostic).\n",
            ("Runbook : disque plein",),
            path=_PATH,
        ),
    )

    def gather(self, document: Document) -> Sequence[object]:
        """Return where a document leads."""
        inside = frozenset(link.path for link in read_links(document.source, document.path) if link.path)
        addresses = {address.meant for address in read_addresses(document.source)}
        addresses.update(document.source.definitions.values())
        for text in texts_in(document.source.blocks):
            if "http" in text.source:
                addresses.update(links(text.source))
        labelled = (word for field in (*NAMING, RUNBOOKS) for word in document.words(field))
        addresses.update(filter(None, (name for found in _mentions(document) for name in found.groups())))
        paths = (
            _dated().sub(r"\1-\2-\3-", address.partition("?")[0])
            for address in addresses
            if not address.startswith("#")
        )
        return (_Leads(inside, frozenset(runbook_key(unquote(path)) for path in (*paths, *labelled))),)

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each document to which no other leads."""
        told: dict[str, _Leads] = {path: leads for path, (leads,) in overview.told.get(self.name, {}).items()}
        linked = {path for document, leads in told.items() for path in leads.paths if path != document}
        linked |= _registered(overview)
        by_name: dict[str, set[str]] = defaultdict(set)
        for document, leads in told.items():
            for name in leads.names:
                by_name[name].add(document)
        for path in told:
            if path not in linked and not any(by_name.get(name, set()) - {path} for name in _names(path)):
                hint = "link to it where somebody would look for it, or name it in another's front matter"
                yield self.at(path, overview.title(path), "no other document leads to this one", hint)


def _mentions(document: Document) -> Iterator[re.Match[str]]:
    """Yield each word that may be a document's name, `PM-2026-004` or `DiskFull`, and each wiki's reference."""
    for line in document.source.lines:
        yield from _mention().finditer(line)


@cache
def _mention() -> re.Pattern[str]:
    path = r"(?<![\w./%-])[\w./%-]{1,300}\.md\b"
    word = (
        r"(?<![\w-])(?:\w{1,60}(?:-\w{1,60}){1,30}|[A-Z][a-z0-9]{1,40}(?:[A-Z][a-z0-9]{0,40}){1,12})(?![\w-])"
    )
    wiki = r"\[\[([^\[\]|#]{1,300})|\{doc\}`(?:[^`<>]{0,300}<)?([^`<>]{1,300})"
    return re.compile(rf"({path}|{word})|{wiki}")


@cache
def _dated() -> re.Pattern[str]:
    """Return what matches the path of a post: `2026/03/14/api-down`."""
    return re.compile(r"(?<!\d)(\d{4})/(\d\d)/(\d\d)/(?=[\w-]+/?$)")


def _registered(overview: Overview) -> set[str]:
    """Return the documents that are named by others, or of which the register knows that they belong together."""
    gathered, register = overview.gathered, overview.recurrences.register
    references = [named.reference for named in gathered.named]
    references += [name for decision in gathered.decisions for name in decision.names]
    found = {path for name in references for path in register.names.meant(name) if path != name.source}
    together = (each.documents for each in register.incidents if len(each.documents) > 1)
    return found.union(*together)


def _names(path: str) -> Iterator[str]:
    """Yield by what names a document is known: its file's, its folder's where it is the index, its number."""
    name = runbook_key(path)
    if name in ("index", "readme"):
        name = runbook_key(posixpath.dirname(path))
    yield name
    if number := re.match(r"[a-z]+-?\d+(?:-\d+)*(?=-)", name):
        yield number[0]
