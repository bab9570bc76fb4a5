"""What every format of `lint` is written from, and how findings are put into words and order."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from incidentdocs.library.finding import Finding
from incidentdocs.library.result import LintResult
from incidentdocs.markdown.source import Source


class Told(NamedTuple):
    """A run of `lint` as it is written: the result and what surrounds it.

    `sources` has the text of each document with findings by its path; of one that is gone there is none.
    `documents` are the paths of all that were checked. `pages` is where the rules' pages are, as an address
    that holds `{rule}`, nothing where they have none. `colour` is for a terminal alone. Where the
    run is `strict`, warnings fail it too.
    """

    result: LintResult
    sources: Mapping[str, Source] = {}
    documents: tuple[str, ...] = ()
    pages: str = ""
    colour: bool = False
    strict: bool = False

    def line(self, path: str, number: int) -> str | None:
        """Return a line of a document, None where there is none."""
        source = self.sources.get(path)
        return source.lines[number - 1] if source and 0 < number <= len(source.lines) else None


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` with the errors before the warnings, each as they were ordered."""
    return sorted(findings, key=lambda finding: finding.severity != "error")


def with_hint(finding: Finding) -> str:
    """Return what is wrong and what to write instead as one line."""
    return "; ".join(filter(None, (one_line(finding.message), one_line(finding.hint))))


def one_line(text: str) -> str:
    """Return `text` with its lines behind one another."""
    return " ".join(text.split())
