"""A report in parts: headings with lines below them, each with its place, as text and as Markdown."""

import posixpath
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from incidentdocs.output.report_markdown import escaped, link
from incidentdocs.output.terminal import Style, visible


class Line(NamedTuple):
    """One thing to know: the document that it is about, with its line, and what is said of it.

    A document that is `gone` is named and cannot be linked. `below` is the smaller heading, such as an owner,
    below which it stands. What is `urgent` is painted so.
    """

    document: str
    line: int | None
    said: str
    gone: bool = False
    below: str = ""
    urgent: bool = False

    @property
    def place(self) -> str:
        """The document with its line, as an editor opens it."""
        return self.document if self.line is None else f"{self.document}:{self.line}"


class Part(NamedTuple):
    """A heading and the lines below it; `none` is written where there are none."""

    title: str
    lines: tuple[Line, ...]
    none: str

    @property
    def below(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """The lines by the smaller heading below which they stand."""
        return ((below, tuple(lines)) for below, lines in groupby(self.lines, key=lambda line: line.below))


def parts_text(parts: Iterable[Part], style: Style) -> Iterator[str]:
    """Yield each part as text."""
    for part in parts:
        rows = [
            row
            for below, lines in part.below
            for row in (
                *([f"  {visible(below)}"] if below else []),
                *(f"  {'  ' if below else ''}{_text(line, style)}" for line in lines),
            )
        ]
        yield "\n".join([style.bold(visible(part.title)), *(rows or [f"  {part.none}"])])


def _text(line: Line, style: Style) -> str:
    said = visible(line.said)
    return f"{style.error(said) if line.urgent else said} · {style.faint(visible(line.place))}"


def parts_markdown(parts: Iterable[Part], *, folder: str = "") -> Iterator[str]:
    """Yield each part as Markdown; its links lead from `folder`, relative to the repository's root."""
    for part in parts:
        yield f"## {escaped(part.title)}"
        if not part.lines:
            yield f"{part.none[:1].upper()}{part.none[1:]}."
        for below, lines in part.below:
            if below:
                yield f"### {escaped(below)}"
            yield "\n".join(f"- {escaped(line.said)}: {_link(line, folder)}" for line in lines)


def _link(line: Line, folder: str) -> str:
    if line.gone:
        return escaped(line.document)
    return link(visible(line.place), posixpath.relpath(line.document, folder or "."), line.line)
