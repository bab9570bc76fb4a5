"""Whether blocks hold what a section is to contain: timed lines, promises, labelled values, steps."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from incidentdocs.documents.timeline.time_expressions import read_time
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Block, Heading, List, Paragraph, Table, Text, walk
from incidentdocs.profiles.profile import SectionProfile

_LONGEST_LABEL = 120


def holds(section: SectionProfile, blocks: Sequence[Block]) -> bool:
    """Return whether `blocks` show what `section` contains; of prose and metadata nothing can be shown."""
    match section.contains:
        case "timeline":
            return any(_is_timed(text) for text in _texts(blocks))
        case "action-items":
            return any(_promise().search(text.source) for text in _texts(blocks))
        case "fields":
            labels = _labels(section)
            return any(_label(line) in labels for text in _texts(blocks) for line in text.source.split("\n"))
        case "steps":
            return any(isinstance(block, List) and block.ordered for block in walk(blocks))
        case "prose" | "checklist" | "metadata":
            return False


def _texts(blocks: Sequence[Block]) -> Iterator[Text]:
    for block in walk(blocks):
        match block:
            case Paragraph(text=text) | Heading(text=text):
                yield text
            case Table(header=header, rows=rows):
                yield from (cell for row in (header, *rows) for cell in row.cells)
            case _:
                pass


def _is_timed(text: Text) -> bool:
    time = read_time(text.source)
    return time is not None and (time.clock is not None or time.date is not None)


@cache
def _promise() -> re.Pattern[str]:
    words = "owner|due|assignee|assigned|responsable|échéance"
    return re.compile(rf"(?i)^\s*\[[ x]\]\s|^\W*AI\s?\d|(?<!\w)@\w|\b(?:{words})\b")


def _labels(section: SectionProfile) -> set[str]:
    return {
        fold(label) for field in section.fields for label in (field.id, *field.accept, *field.label.values())
    }


def _label(line: str) -> str:
    return fold(re.split(r"[:：=]|\s[-–—]\s", line[:_LONGEST_LABEL], maxsplit=1)[0])
