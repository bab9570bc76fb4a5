"""Labelled values such as `- Downtime: 1h 40m`, in bullets, lines, tables and below headings of their own."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import NamedTuple

from incidentdocs.documents.field_values import Unreadable, read_value, says_unknown
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold, title_key
from incidentdocs.markdown.blocks import Block, Heading, List, ListItem, Paragraph, Quote, Row, Table, Text
from incidentdocs.markdown.inline import mask, plain
from incidentdocs.markdown.places import Problem
from incidentdocs.profiles.profile import FieldProfile

LONGEST_LABEL = 120
"""A line's label is looked for in its first characters only."""


class Value(NamedTuple):
    """A value that a document gives under a label that its profile knows.

    `text` is the value with its continuation lines and nested items; `parsed` is what it says as a
    value of the field's type (see `read_value`), None where it is empty, openly unknown though it need
    not be given, or cannot be read, which `problem` then tells.
    """

    field: FieldProfile
    label: Text
    text: Text
    parsed: object | None
    problem: Problem | None


def read_values(sections: Sequence[Section]) -> tuple[Value, ...]:
    """Return the labelled values of `sections` that their profile knows, in the file's order."""
    values: list[Value] = []
    for section in sections:
        if section.profile and section.profile.fields:
            values += read_labelled(section.blocks, section.profile.fields)
    return tuple(values)


def read_labelled(blocks: Sequence[Block], fields: Sequence[FieldProfile]) -> Iterator[Value]:
    """Yield the values that `blocks` give under the labels of `fields`, in the file's order."""
    known = _labels(fields)
    yield from (_value(*labelled) for labelled in _labelled(blocks, known))


_LABELS: dict[int, tuple[Sequence[FieldProfile], Mapping[str, FieldProfile]]] = {}
"""The fields that were asked for last, and their labels, by identity: profiles live as long as a run."""

_MOST_LABELS = 100


def _labels(fields: Sequence[FieldProfile]) -> Mapping[str, FieldProfile]:
    """Return the fields by their folded labels; the first field that claims a label has it."""
    kept = _LABELS.get(id(fields))
    if kept is None or kept[0] is not fields:
        if len(_LABELS) >= _MOST_LABELS:
            _LABELS.clear()
        kept = _LABELS[id(fields)] = (fields, _labels_of(fields))
    return kept[1]


def _labels_of(fields: Sequence[FieldProfile]) -> Mapping[str, FieldProfile]:
    return {
        fold(label) or label: field
        for field in reversed(fields)
        for label in (field.id, *field.accept, *field.label.values())
    }


_Labelled = tuple[FieldProfile, Text, Text]


def _value(field: FieldProfile, label: Text, text: Text) -> Value:
    shown = _visible(text)
    if not shown:
        return Value(field, label, text, None, None)
    read = read_value(field, shown)
    if not isinstance(read, Unreadable):
        return Value(field, label, text, read, None)
    if not field.required and says_unknown(shown):
        return Value(field, label, text, None, None)
    written = text.source.split("\n", 1)[0].strip()
    problem = Problem(text.span(), f"`{written}` is {read.reason}", read.hint)
    return Value(field, label, text, None, problem)


def _visible(text: Text) -> str:
    return "\n".join(filter(None, (plain(line) for line in text.source.split("\n"))))


def _labelled(blocks: Sequence[Block], known: Mapping[str, FieldProfile]) -> Iterator[_Labelled]:
    for index, block in enumerate(blocks):
        match block:
            case Heading():
                yield from _in_heading(block, islice(blocks, index + 1, None), known)
            case Paragraph():
                yield from _in_lines(block.text, _below_a_label(block, index, blocks, known), known)
            case List():
                for item in block.items:
                    yield from _in_item(item, known)
            case Table():
                yield from _in_table(block, known)
            case Quote():
                yield from _labelled(block.children, known)
            case _:
                pass


def _below_a_label(
    label: Paragraph, index: int, blocks: Sequence[Block], known: Mapping[str, FieldProfile]
) -> tuple[Text, ...]:
    """Return the texts below `blocks[index]` where that is only a label, up to what is no value."""
    found = list(_in_lines(label.text, (), known))
    if not found or found[-1][2].source.strip():
        return ()
    ends = (i for i in range(index + 1, len(blocks)) if not _continues(blocks[i], known))
    return tuple(_texts(blocks[index + 1 : next(ends, len(blocks))]))


def _continues(block: Block, known: Mapping[str, FieldProfile]) -> bool:
    """Whether a block may be the value of the label above it: text or bullets without labels of their own."""
    match block:
        case Paragraph():
            return not any(_in_lines(block.text, (), known))
        case List():
            firsts = (item.children[0] for item in block.items if item.children)
            return all(isinstance(first, Paragraph) and _continues(first, known) for first in firsts)
        case _:
            return False


def _in_heading(
    heading: Heading, below: Iterator[Block], known: Mapping[str, FieldProfile]
) -> Iterator[_Labelled]:
    field = known.get(title_key(plain(heading.text.source)))
    if field is not None:
        own = takewhile(lambda block: not isinstance(block, Heading), below)
        empty = heading.text.part(len(heading.text.source))
        yield field, heading.text, _joined((empty, *_texts(own)))


def _in_item(item: ListItem, known: Mapping[str, FieldProfile]) -> Iterator[_Labelled]:
    first, *rest = item.children or (None,)
    if isinstance(first, Paragraph):
        found = list(_in_lines(first.text, tuple(_texts(rest)), known))
        yield from found or _labelled(rest, known)


def _texts(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case List():
                for item in block.items:
                    yield from _texts(item.children)
            case Quote():
                yield from _texts(block.children)
            case _:
                pass


def _in_lines(text: Text, below: Sequence[Text], known: Mapping[str, FieldProfile]) -> Iterator[_Labelled]:
    """Yield the values of a text whose lines begin with labels; the last one's goes on in `below`."""
    found = list(_label_lines(text.source, known))
    ends = (*(begin for begin, *_ in found[1:]), len(text.source)) if found else ()
    for (begin, label_end, start, field), end in zip(found, ends, strict=True):
        own = text.part(start, end).stripped()
        more = below if end == len(text.source) else ()
        yield field, text.part(begin, label_end).stripped(), _joined((own, *more))


def _label_lines(
    source: str, known: Mapping[str, FieldProfile]
) -> Iterator[tuple[int, int, int, FieldProfile]]:
    """Yield where each labelled line begins, its label ends and its value starts, and the field."""
    shape = mask(source)
    begin = 0
    while begin <= len(source):
        end = source.find("\n", begin)
        end = len(source) if end < 0 else end
        found = _label(shape[begin : min(end, begin + LONGEST_LABEL)], known)
        if found:
            label_end, start, field = found
            yield begin, begin + label_end, min(begin + start, end), field
        begin = end + 1


def _label(line: str, known: Mapping[str, FieldProfile]) -> tuple[int, int, FieldProfile] | None:
    for found in _separator().finditer(line):
        field = known.get(_label_key(line[: found.start()]))
        if field:
            return found.start(), found.end(), field
    return None


def _label_key(label: str) -> str:
    return fold(_note().sub(" ", label)) or fold(label)


@cache
def _note() -> re.Pattern[str]:
    return re.compile(r"[(\[][^()\[\]]*[)\]]")


@cache
def _separator() -> re.Pattern[str]:
    """Return what may part a label from its value: a colon, a dash, `=`, or the end of the label's bold."""
    return re.compile(r"[*_]{0,3}\s*(?:[:：=]|\s[-–—]+(?=\s|$)|(?<=[^\s*_])[*_]{2,3}(?=\s|$))[*_]{0,3}\s*")


def _in_table(table: Table, known: Mapping[str, FieldProfile]) -> Iterator[_Labelled]:
    """Yield the values of a table with a label in each row's first cell, or one in each column's header."""
    heads = [known.get(_label_key(plain(cell.source))) for cell in table.header.cells]
    if any(heads[1:]) and heads[0]:
        yield from _in_columns(table, heads)
        return
    for row in (table.header, *table.rows):
        field = known.get(_label_key(plain(row.cells[0].source))) if row.cells else None
        if field and len(row.cells) > 1:
            yield field, row.cells[0], _joined(tuple(_values_in(row)))


def _values_in(row: Row) -> Iterator[Text]:
    yield row.cells[1]
    yield from (cell for cell in row.cells[2:] if cell.source)


def _in_columns(table: Table, heads: Sequence[FieldProfile | None]) -> Iterator[_Labelled]:
    for row in table.rows:
        for field, label, cell in zip(heads, table.header.cells, row.cells, strict=False):
            if field:
                yield field, label, cell


def _joined(texts: Sequence[Text]) -> Text:
    """Return the texts as the lines of one, blank ones at its ends left out."""
    written = [text for text in texts if text.source.strip()] or list(texts[:1])
    source = "\n".join(text.source for text in written)
    return Text(source, tuple(start for text in written for start in text.starts))
