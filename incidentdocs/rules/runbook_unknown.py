"""The rule runbook-unknown."""

from collections.abc import Iterator

from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from incidentdocs.similarity.naming import RUNBOOKS, runbook_key
from incidentdocs.similarity.register import is_elsewhere

_EN = "---\nseverity: SEV2\nrunbooks: [{}]\n---\n# Post-mortem: Disk full\n"
_FR = "---\nseverity: SEV2\nrunbooks:\n  - {}\n---\n# Post-mortem : disque plein\n"
_RUNBOOK = ("docs/runbooks/runbook-disk-full.md", "# Runbook: Disk full\n")


class RunbookUnknown(LibraryRule):
    """A runbook that a document names exists.

    Whoever is woken by the same incident looks for the runbook that helped the last time, and the register counts
    incidents by it. A name that leads nowhere helps neither.

    Write the runbook's file name, with or without its folder and its extension, or its address where it is kept
    elsewhere. Where it is still to be written, begin it: `incidentdocs new runbook`.
    """

    name = "runbook-unknown"
    valid = (
        Example(_EN.format("runbook-disk-full"), beside=(_RUNBOOK,)),
        Example(_FR.format("../runbooks/runbook-disk-full.md"), beside=(_RUNBOOK,)),
        Example(_EN.format("https://wiki.example.org/runbooks/disk-full"), beside=(_RUNBOOK,)),
    )
    invalid = (
        Example(_EN.format("runbook-disk-ful"), ("runbook-disk-ful",), beside=(_RUNBOOK,)),
        Example(_FR.format("docs/runbooks/disque.md"), ("docs/runbooks/disque.md",), beside=(_RUNBOOK,)),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each name of a runbook that none has."""
        known = {runbook_key(path): path for path in overview.gathered.runbooks}
        for named in overview.gathered.named:
            key, reference = runbook_key(named.reference.written), named.reference
            there = key in known or reference.target in overview.present
            if named.field == RUNBOOKS and not there and not is_elsewhere(reference):
                near = nearest(key, known)
                hint = (
                    f"write `{near}`" if near else "write it with `incidentdocs new runbook`, or its address"
                )
                message = f"there is no runbook `{reference.written}`"
                yield self.at(named.document, named.span, message, hint)
