"""The rule related-unknown."""

from collections.abc import Iterator

from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from incidentdocs.similarity.naming import NAMING
from incidentdocs.similarity.register import Names, is_elsewhere

_EN = "---\nseverity: SEV2\nrelated: [{}]\n---\n# Post-mortem: Disk full\n"
_FR = "---\nseverity: SEV2\nnot-related:\n  - {}\n---\n# Post-mortem : disque plein\n"
_OTHER = (
    "docs/post-mortems/2026-02-01-disk-full.md",
    "---\nseverity: SEV2\n---\n# Post-mortem: Disk full\n",
)


class RelatedUnknown(LibraryRule):
    """The documents that a document names, as related or not, as its post-mortem or its incidents, exist.

    Such a name overrules what the texts say about which incidents are alike, and joins an incident with its
    post-mortem. One that leads nowhere does nothing, and nobody sees that it does nothing.

    Write the document's file name, with or without its folder and its extension. Addresses and tickets are left
    alone.
    """

    name = "related-unknown"
    valid = (
        Example(_EN.format("2026-02-01-disk-full.md"), beside=(_OTHER,)),
        Example(_FR.format("./2026-02-01-disk-full"), beside=(_OTHER,)),
        Example(_EN.format("https://tracker.example.org/4711, team/ops#12, OPS-4711"), beside=(_OTHER,)),
    )
    invalid = (
        Example(_EN.format("2026-02-01-disk-ful.md"), ("2026-02-01-disk-ful.md",), beside=(_OTHER,)),
        Example(_FR.format("disque-plein"), ("disque-plein",), beside=(_OTHER,)),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each name of a document that none has."""
        names = Names(overview.gathered.incidents)
        files = {path.rpartition("/")[2]: path for path in overview.gathered.incidents}
        for named in overview.gathered.named:
            reference = named.reference
            asked = named.field in NAMING and not is_elsewhere(reference)
            if asked and not names.meant(reference) and reference.target not in overview.present:
                near = nearest(reference.target.rpartition("/")[2], files)
                hint = f"write `{near}`" if near else "write the file name of a post-mortem or an incident"
                message = f"no document of an incident is called `{reference.written}`"
                yield self.at(named.document, named.span, message, hint)
