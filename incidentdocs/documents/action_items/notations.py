"""The notations of action items, each a small function: bullets, lines of text, headings and table rows."""

from collections.abc import Iterable, Iterator, Sequence

from incidentdocs.documents.action_items.action_item import Parts, first_line
from incidentdocs.documents.action_items.done_signs import note_says_done, without_closing_sign
from incidentdocs.documents.action_items.fields import Field, Reading, owner_in_front, read_fields
from incidentdocs.documents.action_items.head import Head, read_head, starts_like_an_item, stray_bullet
from incidentdocs.markdown.blocks import Block, Heading, List, ListItem, Paragraph, Quote, Text
from incidentdocs.markdown.inline import mask
from incidentdocs.markdown.places import Place, Problem


def from_list(block: List) -> Iterator[Parts]:
    """Yield the items of a list and those nested in it; an empty bullet is none."""
    for number, item in _numbered(block):
        if is_title_of_items(item):
            yield from _nested_items(_below(item), boxed=True)
        elif item.children:
            yield from _from_list_item(item, number)
            yield from _nested_items(_below(item))


def _numbered(block: List) -> Iterator[tuple[int | None, ListItem]]:
    """Yield each item with the number that a reader sees: they count on from the first one's."""
    first = block.items[0].number if block.items else None
    for index, item in enumerate(block.items):
        yield None if first is None else first + index, item


def _from_list_item(item: ListItem, number: int | None) -> Iterator[Parts]:
    """Yield the item, and the lines below it that begin as items do without being any list's."""
    own, *others = _pieces(own_text(item))
    parts = from_text(own, item.last, tuple(_notes(_below(item))))
    if parts.head.number is None and number is not None:
        parts = parts._replace(head=parts.head._replace(number=number))
    yield parts
    yield from map(_from_lines, others)


def _pieces(text: Text) -> Iterator[Text]:
    """Yield the text up to the first line below its first that begins as an item does, then each of those."""
    offsets = _line_offsets(text.source)[1:]
    starts = [0, *(offset for offset in offsets if starts_like_an_item(_line_at(text.source, offset)))]
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        yield text.part(start, end).stripped()


def own_text(item: ListItem) -> Text:
    """Return the text that begins a list item, empty where something else begins it."""
    if item.children and isinstance(item.children[0], Paragraph):
        return item.children[0].text
    return Text("", (Place(item.first, 1),))


def _below(item: ListItem) -> Sequence[Block]:
    return item.children[1:] if item.children and isinstance(item.children[0], Paragraph) else item.children


def is_title_of_items(item: ListItem) -> bool:
    """Return whether a bullet only gives its nested items a title: `- Monitoring` above boxes."""
    own = own_text(item)
    head = read_head(own)
    if head.checked is not None or head.label or not own.source.strip():
        return False
    return not read_fields(own, head.end).fields and any(is_item_by_itself(sub) for sub in _sub_items(item))


def is_item_by_itself(item: ListItem) -> bool:
    """Return whether a bullet is an item anywhere: it has a box, a number, or fields in brackets."""
    return read_head(own_text(item)).checked is not None or _is_own(item)


def _sub_items(item: ListItem) -> Iterator[ListItem]:
    for block in _below(item):
        if isinstance(block, List):
            yield from block.items


def _is_own(item: ListItem) -> bool:
    """Whether a nested bullet is an item: it has a number, or a box and fields, or fields in brackets."""
    text = own_text(item)
    head = read_head(text)
    if head.label:
        return True
    fields = read_fields(text, head.end).fields
    if head.checked is not None:
        return bool(fields)
    return _promises(text, head, read_fields(text, head.end))


def _promises(text: Text, head: Head, reading: Reading) -> bool:
    """Whether a text without box or number says what is to be done and, in brackets, by whom or when."""
    named = any(field.kind in ("owner", "due") and field.text.source for field in reading.fields)
    described = text.source[head.end : reading.end].strip()
    return named and bool(described) and text.source[reading.end :].lstrip(" \t\n-–—:,;")[:1] in ("(", "[")


def _nested_items(blocks: Iterable[Block], *, boxed: bool = False) -> Iterator[Parts]:
    for block in blocks:
        match block:
            case List():
                for item in block.items:
                    if _is_own(item) or (boxed and is_item_by_itself(item)):
                        yield from _from_list_item(item, None)
                    yield from _nested_items(_below(item), boxed=boxed)
            case Quote():
                yield from _nested_items(block.children, boxed=boxed)
            case _:
                pass


def _notes(blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield the texts below an item that belong to it and to no item of their own."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case List():
                for item in block.items:
                    if not _is_own(item):
                        yield own_text(item)
                        yield from _notes(_below(item))
            case Quote():
                yield from _notes(block.children)
            case _:
                pass


def from_text(
    text: Text, last: int, notes: Sequence[Text] = (), begin: int = 0, problem: Problem | None = None
) -> Parts:
    """Return the item whose text begins at `begin`; fields that it lacks are looked for in its notes."""
    text, ended = without_closing_sign(_without_closing_comment(text.part(begin)))
    head = read_head(text)
    in_front, begin_of_words = owner_in_front(text, head.end)
    head = head._replace(end=begin_of_words)
    reading = read_fields(text, head.end)
    known = (*in_front, *reading.fields)
    return Parts(
        span=first_line(text, head.begin if text.source[head.begin :].strip() else 0),
        last=last,
        head=head,
        description=text.part(head.end, max(head.end, reading.end)).stripped(),
        fields=(*known, *_fields_of_notes(known, notes)),
        problem=problem or reading.problem,
        settled=head.ticked or ended or any(map(note_says_done, notes)),
        words=(text, *notes),
    )


def _without_closing_comment(text: Text) -> Text:
    if not text.source.rstrip().endswith("-->"):
        return text
    begin = text.source.rfind("<!--")
    hidden = begin >= 0 and not mask(text.source)[begin:].strip()
    return text.part(0, len(text.source[:begin].rstrip())) if hidden else text


def _fields_of_notes(known: Sequence[Field], notes: Sequence[Text]) -> Iterator[Field]:
    kinds = {field.kind for field in known if field.text.source}
    for note in notes:
        for field in read_fields(note, described=False).fields:
            if field.kind not in kinds or field.kind == "ref":
                yield field


def from_paragraph(block: Paragraph) -> Iterator[Parts]:
    """Yield the items written as lines of text: `AI 1 : …`, `-[ ] …`, or a promise in brackets."""
    first, *others = _pieces(block.text)
    if starts_like_an_item(first.source) or _promises(first, Head(), read_fields(first)):
        yield _from_lines(first)
    yield from map(_from_lines, others)


def _from_lines(text: Text) -> Parts:
    begin, problem = stray_bullet(text)
    return from_text(text, text.starts[-1].line, begin=begin, problem=problem)


def _line_offsets(source: str) -> list[int]:
    offsets = [0]
    while (end := source.find("\n", offsets[-1])) >= 0:
        offsets.append(end + 1)
    return offsets


def _line_at(source: str, offset: int) -> str:
    end = source.find("\n", offset)
    return source[offset : len(source) if end < 0 else end]


def is_heading_item(block: Block) -> bool:
    """Return whether a heading is an action item: `### AI 1 : rotate the keys`."""
    return isinstance(block, Heading) and read_head(block.text).label is not None


def from_heading(heading: Heading, below: Sequence[Block]) -> Iterator[Parts]:
    """Yield the item that a heading numbers, its fields in what stands below, and the items nested there."""
    last = max((block.last for block in below), default=heading.last)
    yield from_text(heading.text, last, tuple(_notes(below)))
    yield from _nested_items(below)
