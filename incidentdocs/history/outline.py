"""What of a version's text its facts need, found without reading the rest as Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from incidentdocs.markdown.front_matter import FENCES


class Piece(NamedTuple):
    """A piece of a text, with the number of lines above it."""

    above: int
    text: str


class Outline(NamedTuple):
    """What stands above a version's sections and their headings, and each section of action items whole.

    Sections that hold metadata are whole in the `frame` too.
    """

    frame: str
    sections: tuple[Piece, ...]


class Known(NamedTuple):
    """What a heading's line says: whether its section is known, and what of it is needed beside the line."""

    known: bool
    need: Literal["", "items", "metadata"] = ""


class _Heading(NamedTuple):
    start: int
    line: str


_BULLETS = ("- ", "* ", "+ ")


def outline(text: str, known: Callable[[str], Known]) -> Outline | None:
    """Return what is needed of `text`, None where the headings that begin sections are not plain to see.

    `known` judges a heading by its line, and a bold line or label. A known one that is no heading of the
    usual level may begin a section, which depends on all the rest.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    begin = _end_of_front_matter(text)
    if begin is not None and any(known(line).known for line in _unusual_titles(text, begin)):
        return None
    headings = None if begin is None else _headings(text, begin)
    if begin is None or headings is None:
        return None
    judged = [(heading, known(heading.line)) for heading in headings]
    title = next((h for h, known in judged if not known.known and not h.line.startswith("##")), None)
    starts = [(heading, known.need) for heading, known in judged if heading != title]
    if title and starts and title.start > starts[0][0].start:
        return None
    frame = [text[: starts[0][0].start] if starts else text]
    items = []
    for (heading, need), end in zip(starts, _ends(text, [h for h, _ in starts]), strict=True):
        piece = Piece(text.count("\n", 0, heading.start), text[heading.start : end])
        frame.append(f"{piece.text if need == 'metadata' else heading.line}\n")
        items += [piece] if need == "items" else []
    return Outline("".join(frame), tuple(items))


def may_refer(sections: Sequence[Piece], text: str) -> bool:
    """Return whether something in `sections` may refer to what a line elsewhere in `text` defines."""
    return any(_reference().search(section.text) for section in sections) and bool(_definition().search(text))


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(r"\[(?![ xX]\])[^\[\]\n]+\](?!\()")


@cache
def _definition() -> re.Pattern[str]:
    return re.compile(r"^[ \t>*+-]*\[[^\[\]]+\]:", re.MULTILINE)


def bullets(section: str) -> list[Piece]:
    """Return each bullet of a section that holds nothing else below its heading; else none.

    What says no item by itself may be one beside others: whoever asks sees to that.
    """
    lines = section.split("\n")
    starts = [index for index, line in enumerate(lines) if line.startswith(_BULLETS)]
    first = starts[0] if starts else len(lines)
    if any(line.strip() for line in lines[1:first]):
        return []
    if not all(line.startswith((*_BULLETS, "  ")) or not line.strip() for line in lines[first:]):
        return []
    ends = [*starts[1:], len(lines)]
    return [Piece(start, "\n".join(lines[start:end])) for start, end in zip(starts, ends, strict=False)]


def _end_of_front_matter(text: str) -> int | None:
    """Return where the text below the front matter begins, None where that is not plain to see."""
    if text.startswith("\ufeff"):
        return None
    ends = FENCES.get(text.partition("\n")[0].rstrip())
    if ends is None:
        return 0
    at = text.find("\n") + 1
    while 0 < at < len(text):
        following = text.find("\n", at) + 1 or len(text)
        line = text[at:following].rstrip()
        if not line:
            return None
        if line in ends:
            return following
        at = following
    return None


def _headings(text: str, begin: int) -> list[_Heading] | None:
    """Return the headings that can begin a section, None where they are not plain to see."""
    headings = []
    fence = ""
    for found in _telling().finditer(text, begin):
        if fence:
            fence = "" if _closes(_line_at(text, found.start()), fence) else fence
        elif found["fence"]:
            fence = found["fence"]
        elif found["heading"]:
            headings.append(_Heading(found.start(), _line_at(text, found.start())))
        elif found["doubtful"] or (found["underline"] and _is_below_text(text, found.start())):
            return None
    return headings


@cache
def _telling() -> re.Pattern[str]:
    # A line that is or hides a heading, or may be or hide one, depending on what stands around it.
    return re.compile(
        r"^(?:(?P<heading>\#{1,2}(?=[ \t]|$))"
        r"|(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
        r"|(?P<code>```)"
        r"|(?P<doubtful>[ \t]+(?:```|~~~)|[ ]+\#|[ ]{0,3}<(?!!--(?:(?!-->).)*-->[ \t]*$))"
        r"|(?P<underline>[ ]{0,3}(?:=+|-+)[ \t]*$))",
        re.MULTILINE,
    )


def _unusual_titles(text: str, begin: int) -> Iterator[str]:
    """Yield the lines that may be deeper headings, bold lines or bold labels, be they in code or not."""
    return (found["title"] for found in _unusual().finditer(text, begin))


@cache
def _unusual() -> re.Pattern[str]:
    return re.compile(
        r"^(?:(?P<deep>\#{3,6})|[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?=\*\*|__))"
        r"(?P<title>[^\n]{1,400})$",
        re.MULTILINE,
    )


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _is_below_text(text: str, start: int) -> bool:
    return bool(text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].strip())


def _closes(line: str, fence: str) -> bool:
    bare = line.rstrip(" \t")
    marks = bare.lstrip(" ")
    return len(bare) - len(marks) <= 3 and len(marks) >= len(fence) and set(marks) == {fence[0]}


def _ends(text: str, headings: Sequence[_Heading]) -> list[int]:
    """Return where the section of each heading ends, before the line break above the next one."""
    return [*(heading.start - 1 for heading in headings[1:]), len(text)][: len(headings)]
