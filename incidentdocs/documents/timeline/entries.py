"""What one line, cell or heading of a timeline holds, before the lines around it give it a date."""

from collections.abc import Sequence
from typing import NamedTuple

from incidentdocs.documents.timeline.time_expressions import WrittenTime, lead_of, read_time, rest_after
from incidentdocs.documents.timeline.unknown_times import unknown_time
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Problem, Span

_DASHES = frozenset(f"{dash} " for dash in "•‣◦·–—")
"""What people begin an item with that Markdown knows no list by."""


class Entry(NamedTuple):
    """One line that begins with a time, with a placeholder for one, or that only gives a title.

    `time` is None for a placeholder, for what cannot be read, for what its author says is `unknown`, and
    for a title without a date. `level` is a heading's, 0 for anything else.
    """

    span: Span
    written: str
    text: Text
    time: WrittenTime | None = None
    placeholder: bool = False
    unknown: bool = False
    problem: Problem | None = None
    title: bool = False
    level: int = 0

    @property
    def names_day(self) -> bool:
        """Whether it is a date without a clock."""
        return bool(self.time and self.time.date and self.time.clock is None)


def entry_of(text: Text, own: Sequence[str], *, prose: bool = False) -> Entry | None:
    """Return what `text` says when it begins with a time or one of the placeholders `own`, else None.

    Words that say that the time is unknown stand for one.
    """
    source = text.source
    at = lead_of(source)
    held = next((words for words in own if source.startswith(words, at)), None)
    if held:
        end = at + len(held)
        return Entry(text.span(at, end), held, text.part(rest_after(source, end)), placeholder=True)
    open_until = unknown_time(source, at)
    # In prose a word or a lone `?` may begin any sentence, and only what looks like a clock tells an event.
    if open_until and not (prose and ":" not in source[at:open_until]):
        rest = text.part(rest_after(source, open_until))
        return Entry(text.span(at, open_until), source[at:open_until], rest, unknown=True)
    time = read_time(source, prose=prose)
    return _timed(text, time, own) if time else None


def _timed(text: Text, time: WrittenTime, own: Sequence[str]) -> Entry:
    written = text.source[time.start : time.end]
    span = text.span(time.start, time.end)
    rest = text.part(time.text)
    if any(words in written for words in own):
        return Entry(span, written, rest, placeholder=True)
    if time.hint:
        return Entry(span, written, rest, problem=unreadable(span, written, time.hint))
    return Entry(span, written, rest, time)


def tells_something(entry: Entry) -> bool:
    """Return whether an entry is more than a shift without words, which is a remark about the one above."""
    return not (entry.time and entry.time.shift) or bool(entry.text.source.strip())


def unreadable(span: Span, written: str, hint: str) -> Problem:
    """Return the problem of something that stands where a time must stand and is none."""
    return Problem(span, f"`{written}` is not a time that can be read", hint)


def lines_of(text: Text, *, loose: bool = False) -> list[Text]:
    """Return the lines that a reader sees: a wrapped paragraph is one, a hard break begins another.

    In `loose` text, outside of lists, the lines of a paragraph each of which begins with a time are
    meant as lines even where nothing breaks them, and so is one that begins with a dash and a time.
    """
    rows = text.source.split("\n")
    breaks = [row.endswith(("  ", "\\")) for row in rows]
    if loose and len(rows) > 1:
        breaks = [broken or below for broken, below in zip(breaks, _begin_below(rows), strict=True)]
    ends = [number for number, broken in enumerate(breaks, start=1) if broken or number == len(rows)]
    return [
        Text("\n".join(rows[start:end]), text.starts[start:end])
        for start, end in zip((0, *ends), ends, strict=False)
    ]


def _begin_below(rows: Sequence[str]) -> list[bool]:
    """Tell of each row whether the one below it begins a line of its own; of the last, that nothing does."""
    if all(read_time(row, prose=True) for row in rows):
        return [True] * len(rows)
    dashed = [row.lstrip()[:2] in _DASHES and bool(read_time(row, prose=True)) for row in rows[1:]]
    return [*dashed, False]
