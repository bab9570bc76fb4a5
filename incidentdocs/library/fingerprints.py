"""What a finding is known by in the next run, though lines were put in above it and messages reworded."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.titles import title_key
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source

LENGTH = 32
"""Characters of a fingerprint: 128 bits in hexadecimal."""


class Outline(NamedTuple):
    """The lines on which a document's sections begin, ascending, and what each is known by."""

    begins: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()

    def section_at(self, line: int) -> str:
        """Return what the section is known by in which a line stands, nothing above the first."""
        return ("", *self.keys)[bisect_right(self.begins, line)]


def outline(document: Document) -> Outline:
    """Return where the sections of `document` begin, and what they are known by however they are titled."""
    sections = sorted(document.sections, key=lambda section: section.heading.first)
    begins = tuple(section.heading.first for section in sections)
    return Outline(begins, tuple(section.id or title_key(section.visible) for section in sections))


def with_fingerprints(
    findings: Iterable[Finding], sources: Mapping[str, Source], outlines: Mapping[str, Outline]
) -> Iterator[Finding]:
    """Yield `findings`, which are all of a run by path and place, each with its fingerprint.

    It is made of the rule, the path, the section, the words on the lines at fault, and of how many alike
    stand above; not of the message, so that a better one makes no new finding. `sources` and `outlines` are
    those of the documents, by their paths; one that is gone has none.
    """
    from hashlib import sha256  # few runs ask for it, and every start would pay

    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        section = outlines.get(finding.path, Outline()).section_at(finding.span.line)
        source = sources.get(finding.path)
        parts = finding.rule, finding.path, section, _words(source.lines if source else (), finding.span)
        seen[parts] = seen.get(parts, 0) + 1
        text = "\0".join((*parts, str(seen[parts])))
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        yield finding._replace(fingerprint=digest[:LENGTH])


def _words(lines: Sequence[str], span: Span) -> str:
    """Return what stands on the lines of which a span holds a character, however it is spaced."""
    last = span.end_line if span.end_column > 1 else span.end_line - 1
    return " ".join(" ".join(lines[span.line - 1 : max(span.line, last)]).split())
