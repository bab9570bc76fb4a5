"""Placeholders that a template left to be filled, and `TODO` or `TBD` in the place of a value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.metadata import MetadataValue
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Block, Heading, Html, Paragraph, Table, Text, walk
from incidentdocs.markdown.inline import mask_code
from incidentdocs.markdown.places import Place, Span
from incidentdocs.profiles.profile import Profile

STILL_TO_WRITE = frozenset({"todo", "tbd", "tba", "a completer", "to be completed", "to be done"})
"""Words that, as the whole of a paragraph or value, say that it is still to be written (folded)."""

_SIGNS = ("tbd", "tba", "todo", "compl", "be done", "????")
"""A part of each of these words: where a text holds none, nothing need be looked for."""

SHORTEST_INSIDE = 4
"""A shorter placeholder, such as `Y` or `...`, counts only as the whole of a value: inside a
sentence it is a word like any other."""


class Placeholder(NamedTuple):
    """One placeholder as it stands in the document."""

    span: Span
    text: str


def find_placeholders(
    profile: Profile,
    metadata: Sequence[MetadataValue],
    title: Heading | None,
    sections: Sequence[Section],
    values: Iterable[Text] = (),
) -> tuple[Placeholder, ...]:
    """Return every placeholder of the document, in the file's order.

    `values` are texts that readers understood as values, such as the owner of an action item. Code,
    links and comments hold none, and neither does HTML, but for a block that is nothing but the
    template's own words in angle brackets.
    """
    found = [*_in_metadata(metadata, profile.placeholders)]
    if title is not None:
        found += _in_text(title.text, profile.placeholders)
    for section in sections:
        own = section.profile.placeholders if section.profile else ()
        found += _in_blocks(section.blocks, own)
    spans = {placeholder.span for placeholder in found}
    found += (placeholder for placeholder in _in_values(values) if placeholder.span not in spans)
    return tuple(sorted(found))


def _in_values(values: Iterable[Text]) -> Iterator[Placeholder]:
    for value in values:
        if _may_be_still_to_write(value.source) and fold(mask_code(value.source)) in STILL_TO_WRITE:
            start = re.search(r"[^\W_]", value.source)
            bare = value.part(start.start() if start else 0)
            words = bare.part(0, len(bare.source.rstrip(" *_.…!")))
            yield Placeholder(words.span(), words.source)


def may_hold_placeholders(text: str, profile: Profile) -> bool:
    """Return whether a whole document may hold a placeholder; False is certain, and quick to tell."""
    own = (*profile.placeholders, *(words for section in profile.sections for words in section.placeholders))
    return _may_be_still_to_write(text) or any(
        words in text and (len(words) >= SHORTEST_INSIDE or _anywhere(words).search(text)) for words in own
    )


def _in_metadata(metadata: Iterable[MetadataValue], own: Sequence[str]) -> Iterator[Placeholder]:
    for value in metadata:
        written = value.field.value
        if isinstance(written, str) and (fold(written) in STILL_TO_WRITE or written in own):
            yield Placeholder(value.field.span, written)


def _in_blocks(blocks: Iterable[Block], own: Sequence[str]) -> Iterator[Placeholder]:
    for block in walk(blocks):
        match block:
            case Paragraph(text=text) | Heading(text=text):
                yield from _in_text(text, own)
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        yield from _in_text(cell, own)
            case Html(first=first, source=source) if source.strip() in own:
                yield Placeholder(_html_span(first, source), source.strip())
            case _:
                pass


def _html_span(first: int, source: str) -> Span:
    column = len(source) - len(source.lstrip()) + 1
    return Span.between(Place(first, column), Place(first, column + len(source.strip())))


def _in_text(text: Text, own: Sequence[str]) -> Iterator[Placeholder]:
    present = [words for words in own if words in text.source]
    if not present and not _may_be_still_to_write(text.source):
        return
    masked = mask_code(text.source)
    found = {*_still_to_write(masked), *_template_words(masked, present)}
    taken = 0
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= taken:
            taken = end
            yield Placeholder(text.span(start, end), text.source[start:end])


def _template_words(masked: str, present: Sequence[str]) -> Iterator[tuple[int, int]]:
    for words in present:
        pattern = _whole_value(words) if len(words) < SHORTEST_INSIDE else _anywhere(words)
        for found in pattern.finditer(masked):
            yield found.span("placeholder")


@cache
def _anywhere(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<placeholder>{re.escape(words)})(?!\w)")


@cache
def _whole_value(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?m)(?:^|[:：]) *(?P<placeholder>{re.escape(words)}) *$")


@cache
def _to_write_pattern() -> re.Pattern[str]:
    words = r"TODO|TBD|TBA|[àa]\s+compl[ée]ter|to\s+be\s+(?:completed|done)"
    checkbox = r"(?:\[[ xX]?\]\s*)?"
    label = r"[^\n:：]{0,60}[:：]"
    end = r"(?(whole)(?=\s*\Z)|(?=[ ]*$))"
    return re.compile(
        rf"(?im)(?:(?P<whole>\A{checkbox})|^{label})[ *_]*(?P<placeholder>{words})[ *_]*[.…!]*{end}"
    )


def _may_be_still_to_write(source: str) -> bool:
    lowered = source.casefold()
    return any(sign in lowered for sign in _SIGNS)


def _still_to_write(masked: str) -> Iterator[tuple[int, int]]:
    for found in _to_write_pattern().finditer(masked):
        yield found.span("placeholder")
    if "????" in masked or "tba" in masked.casefold():
        for found in _unfinished_pattern().finditer(masked):
            yield found.span("placeholder")


@cache
def _unfinished_pattern() -> re.Pattern[str]:
    """Return what matches a sentence that somebody meant to finish.

    After a word that asks for another `????` stands for it; elsewhere it may be an upset question's end.
    """
    open_ended = r"is|was|are|were|the|an?|of|by|to|from|with|est|était|le|la|les|du|des|par"
    marks = rf"(?:,|\b(?:{open_ended}))[ ]{{1,3}}(?=\?{{4}})"
    begins = r"\A[ *_]*(?=TBA[ *_]*[:：])"
    return re.compile(rf"(?i)(?:{marks}|{begins})(?P<placeholder>\?{{4,99}}(?![\w?]|\.\w)|TBA\b)")
