"""The rule orphan-document."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.links import read_links
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule

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


class OrphanDocument(LibraryRule):
    """Every document is linked to, or named in the front matter, by another one.

    What nothing leads to is found by those only who know that it is there. The rule is off until a repository turns
    it on: where an index lists all documents, it has nothing to add. Links count from documents alone, not from pages
    such as `README.md`.

    Link to it where somebody would look for it, or name it: `runbooks: [runbook-disk-full]`.
    """

    name = "orphan-document"
    severity: ClassVar[Severity] = "warning"
    by_default = False
    valid = (
        Example(_RUNBOOK + _USED, path=_PATH, beside=(_LINKING,)),
        Example(_RUNBOOK + _USED, path=_PATH, beside=(_NAMING,)),
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
        """Return the paths to which a document links; nothing stands for a document that links to none."""
        paths = {link.path for link in read_links(document.source, document.path)}
        return (frozenset(paths - {"", document.path}),)

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each document to which no other leads."""
        told = overview.told.get(self.name, {})
        linked = {path for (paths,) in told.values() for path in paths}
        named = {
            _stem(each.reference.target)
            for each in overview.gathered.named
            if _stem(each.reference.target) != _stem(each.document)
        }
        for path in told:
            if path not in linked and _stem(path) not in named:
                hint = "link to it where somebody would look for it, or name it in another's front matter"
                yield self.at(path, overview.title(path), "no other document leads to this one", hint)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
