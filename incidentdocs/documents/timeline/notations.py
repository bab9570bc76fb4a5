"""The blocks of a timeline become entries: one small function for each way of writing them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from incidentdocs.documents.timeline.entries import Entry, entry_of, lines_of, tells_something
from incidentdocs.documents.timeline.tables import read_table
from incidentdocs.documents.timeline.written_shifts import read_shift
from incidentdocs.markdown.blocks import Block, Heading, List, ListItem, Paragraph, Table, Text
from incidentdocs.markdown.places import Place


def read_entries(blocks: Sequence[Block], own: Sequence[str]) -> Iterator[Entry]:
    """Yield what the blocks of a timeline hold, in the file's order.

    `own` are the template's placeholders. What begins with no time (notes, labelled values, code,
    quotations, pictures) is no entry.
    """
    for block, following in pairwise((*blocks, None)):
        match block:
            case Heading():
                yield from _heading(block, following, own)
            case Paragraph():
                yield from _paragraph(block, own)
            case List():
                for item in block.items:
                    yield from _item(item, own)
            case Table():
                yield from read_table(block, own)
            case _:
                pass


def _heading(heading: Heading, following: Block | None, own: Sequence[str]) -> Iterator[Entry]:
    """Read `### 10:15 - team alerted`; a heading without a clock gives the events below it a title."""
    entry = entry_of(heading.text, own)
    entry = _completed(entry, following) if entry else None
    if entry is None or not tells_something(entry):
        yield Entry(heading.text.span(), "", heading.text, title=True, level=heading.level)
    else:
        yield entry._replace(title=entry.names_day, level=heading.level)


def _paragraph(paragraph: Paragraph, own: Sequence[str]) -> Iterator[Entry]:
    """Read lines that begin with a time without being a list, and bold lines that stand for headings."""
    for line in lines_of(paragraph.text, loose=True):
        entry = entry_of(line, own, prose=True)
        if entry and tells_something(entry):
            yield entry._replace(title=entry.names_day)
        elif _is_bold(line.source):
            yield Entry(line.span(), "", line, title=True)


def _is_bold(line: str) -> bool:
    bare = line.strip().rstrip(":").rstrip()
    return len(bare) > 4 and bare[:2] == bare[-2:] and bare[:2] in ("**", "__") and bare[:2] not in bare[2:-2]


def _item(item: ListItem, own: Sequence[str]) -> Iterator[Entry]:
    """Read `- 10:15 detection` and what is nested in it; other items belong to the event above."""
    children = _with_plus(item)
    if children and isinstance(children[0], Paragraph):
        first, *others = lines_of(children[0].text)
        entry = entry_of(first, own)
        if entry:
            entry = _completed(entry, children[1] if len(children) > 1 and not others else None)
        if entry and tells_something(entry):
            yield entry
        yield from (entry for line in others if (entry := entry_of(line, own, prose=True)))
        children = children[1:]
    yield from (entry for entry in read_entries(children, own) if entry.written)


def _with_plus(item: ListItem) -> Sequence[Block]:
    """Return what an item holds; `- + 10 min restart` is an item in an item only to Markdown."""
    match item.children:
        case (
            List(first=item.first, items=(ListItem(children=(Paragraph(text=text) as own, *below)),)),
            *others,
        ):
            start = text.starts[0]
            added = Text(f"+ {text.source}", (Place(start.line, start.column - 2), *text.starts[1:]))
            if read_shift(added.source) and start.column > 2:
                return (own._replace(text=added), *below, *others)
    return item.children


def _completed(entry: Entry, following: Block | None) -> Entry:
    """Return the entry with what stands below a time that is alone on its line."""
    if entry.text.source.strip():
        return entry
    words = _first_words(following)
    return entry._replace(text=words) if words and entry_of(words, ()) is None else entry


def _first_words(block: Block | None) -> Text | None:
    match block:
        case Paragraph(text=text):
            return text
        case List(items=(ListItem(children=(Paragraph(text=text), *_)), *_)):
            return text
        case _:
            return None
