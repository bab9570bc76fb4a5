"""Headings in another profile's words, with every word that they replace kept in a comment below."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from incidentdocs.documents.titles import fold, without_note
from incidentdocs.markdown.blocks import Block, Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import Source

SECTION = 2
"""The level at which a section is written."""

DEEPEST = 6
"""Markdown knows no deeper heading."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CLOSING_NOTE = re.compile(r"\s*(?P<note>[(\[][^()\[\]]*[)\]])\s*$")
_LEADING_NUMBER = re.compile(r"^[\W_]*\d{1,3}(?:\.\d{1,3})*[.):]?\s+")


def renamed(written: Heading, source: Source, title: str, *, still: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the lines of a section's heading that is called `title` from now on.

    A note in brackets at its end, such as `(all times in UTC)`, goes with it as long as it is `still` the
    same section. A heading that is right already stays as it is, to the letter.
    """
    named = _with_note(title, plain(written.text.source), still)
    if written.level == SECTION and written.text.source == named:
        return source.lines[written.first - 1 : written.last]
    return replacing(written, named, SECTION)


def replacing(written: Heading, title: str, level: int) -> tuple[str, ...]:
    """Return a heading called `title`, with the `written` one in a comment below where it says more."""
    said = _one_line(written.text.source)
    comments = _COMMENT.findall(said)
    bare = _COMMENT.sub("", said).strip()
    heading = " ".join((_atx(level, title), *comments))
    if not words(_LEADING_NUMBER.sub("", bare)) - words(title):
        return (heading,)
    kept = bare.replace("-->", "--&gt;")
    return heading, f"<!-- {'#' * written.level} {kept} -->"


def words(text: str) -> Counter[str]:
    """Return how often each word of `text` stands in it, whatever its case and accents."""
    return Counter(fold(text).split())


def at_least(level: int, *, deeper: int = 0) -> Callable[[Heading], int]:
    """Return what gives a heading its new level: `deeper` than it is, and no less than `level`."""
    return lambda heading: min(max(level, heading.level + deeper), DEEPEST)


def relevelled(
    source: Source, first: int, last: int, blocks: Iterable[Block], level: Callable[[Heading], int]
) -> list[str]:
    """Return the lines `first` to `last`, with the headings among `blocks` at another level."""
    headings = [block for block in blocks if isinstance(block, Heading) and first <= block.first <= last]
    return list(_relevelled(source.lines, first, last, headings, level))


def _relevelled(
    lines: Sequence[str], first: int, last: int, headings: Iterable[Heading], level: Callable[[Heading], int]
) -> Iterator[str]:
    for heading in headings:
        yield from lines[first - 1 : heading.first - 1]
        yield from at_level(heading, lines, level(heading))
        first = heading.last + 1
    yield from lines[first - 1 : last]


def at_level(heading: Heading, lines: Sequence[str], level: int) -> Sequence[str]:
    """Return the lines of `heading` at another level: with more hashes, or fewer, and else as they are."""
    written = lines[heading.first - 1 : heading.last]
    if heading.level == level:
        return written
    if len(written) > 1:  # underlined, which only the two highest levels can be
        return (_atx(level, _one_line(heading.text.source)),)
    indentation, _, text = written[0].partition("#" * heading.level)
    return (f"{indentation}{'#' * level}{text}",)


def _atx(level: int, title: str) -> str:
    # Hashes at the end of a heading would be taken for its close.
    return f"{'#' * level} {title}{' #' if title.endswith('#') else ''}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _with_note(title: str, visible: str, still: Callable[[str], bool]) -> str:
    note = _CLOSING_NOTE.search(visible)
    own = _CLOSING_NOTE.search(title)
    if note is None or (own and fold(own["note"]) == fold(note["note"])):
        return title
    noted = f"{without_note(title)} {note['note']}"
    return noted if plain(noted) == noted and still(noted) else title
