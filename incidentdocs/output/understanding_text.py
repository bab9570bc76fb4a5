"""What a profile understands of documents: a line for each, and below it the lines that it does not."""

from collections.abc import Iterator, Sequence

from incidentdocs.learning.understanding import Understood
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.wording import counted

MOST_LINES = 20
"""Of one document so many lines are shown: whoever has more has another profile in mind."""

LONGEST_LINE = 80


def understanding_text(documents: Sequence[Understood], *, colour: bool) -> str:
    """Return how much of each document is understood, and of all of them together."""
    style = Style(colour=colour)
    blocks = ["\n".join(_document(document, style)) for document in documents]
    return "\n".join([*blocks, "", _totals(documents, style)])


def _document(document: Understood, style: Style) -> Iterator[str]:
    told = [
        f"{document.sections} of {counted(document.of_sections, 'section')}",
        _events(document.events, document.unreadable),
        _items(document),
        *([f"{document.fields} of {counted(document.of_fields, 'field')}"] if document.of_fields else []),
    ]
    yield f"{style.bold(visible(document.path))}: {', '.join(told)}"
    for line in document.lines[:MOST_LINES]:
        shown = visible(line.text)
        cut = f"{shown[: LONGEST_LINE - 1]}…" if len(shown) > LONGEST_LINE else shown
        yield f"  {line.number:>4} {style.faint('│')} {cut}"
        yield f"       {style.hint(f'╰─ {visible(line.reason)}')}"
    if len(document.lines) > MOST_LINES:
        yield f"       and {counted(len(document.lines) - MOST_LINES, 'line')} more"


def _items(document: Understood) -> str:
    told = counted(document.items, "action item")
    return (
        f"{told} ({document.owned} with an owner, {document.due} with a due date)" if document.items else told
    )


def _events(events: int, unreadable: int) -> str:
    told = counted(events, "event")
    return f"{told} ({unreadable} with a time that cannot be read)" if unreadable else told


def _totals(documents: Sequence[Understood], style: Style) -> str:
    lines = sum(len(document.lines) for document in documents)
    whole = sum(not document.lines for document in documents)
    told = f"{whole} of {counted(len(documents), 'document')} understood to the last line"
    more = f", {counted(lines, 'line')} not understood in the others" if lines else ""
    return (style.warning if lines else style.good)(told + more)
