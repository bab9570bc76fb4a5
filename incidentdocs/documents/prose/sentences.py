"""Texts as sentences, each with its place, without code, quotations, links and comments."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from incidentdocs.markdown.blocks import Block, List, Paragraph, Table, Text
from incidentdocs.markdown.inline_scanner import Piece, scan
from incidentdocs.markdown.places import Span

HIDDEN = "\ufffc"
"""Stands for each character that says nothing of its own, such as code, so that its neighbours stay apart."""

_CONTENT = frozenset({"code", "image", "url"})
"""What a reader sees, but no prose; all else that is masked is not seen at all."""

_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie cf vs ex etc al approx env resp no nos fig art mr mrs ms dr st mm mme mlle p.ex p pp vol "
    "ch dept inc ltd min max sec tel réf ref av apr c.-à-d".split()
)


class Sentence(NamedTuple):
    """One sentence of a block; `words` are those of `text` from `start` on, in the form that rules compare.

    They are in lower case, without accents, with plain apostrophes and blanks; what is no prose is `HIDDEN`.
    `offsets` tells where each character stands in `text`, None where each is as many after `start` as in `words`.
    """

    text: Text
    start: int
    words: str
    offsets: tuple[int, ...] | None = None

    @property
    def asks(self) -> bool:
        """Whether the sentence is a question."""
        return self.words.rstrip(" )'\"*_").endswith("?")

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where `words[start:end]` begins and ends in `text.source`."""
        if self.offsets is None:
            return self.start + start, self.start + end
        return self.offsets[start], self.offsets[end - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span in the file of `words[start:end]`."""
        return self.text.span(*self.place(start, end))

    def written(self, start: int, end: int) -> str:
        """Return `words[start:end]` as the document writes it, on one line."""
        first, last = self.place(start, end)
        return " ".join(self.text.source[first:last].split())


def compared(words: str) -> str:
    """Return `words` in the form in which sentences have theirs."""
    return " ".join(_folded_text(unicodedata.normalize("NFC", words)).split())


def prose_in(blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield the texts that tell something: of paragraphs, list items and cells, not of headings or block quotes."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case List():
                for item in block.items:
                    yield from prose_in(item.children)
            case Table():
                yield from (cell for row in block.rows for cell in row.cells if cell.source)
            case _:
                pass


def sentences_of(text: Text) -> Iterator[Sentence]:
    """Yield the sentences of one text."""
    masked = _masked(text.source)
    words = _folded_text(masked)
    marks = _combining().search(words)
    for start, end in _ranges(masked):
        if not marks:
            yield Sentence(text, start, words[start:end])
        else:
            kept = tuple(at for at in range(start, end) if not unicodedata.combining(words[at]))
            yield Sentence(text, start, "".join(words[at] for at in kept), kept)


def _ranges(masked: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a text begins and ends, without the blanks around it."""
    start = 0
    for mark in _end_mark().finditer(masked):
        if _ends(masked, start, mark):
            yield from _bare(masked, start, mark.end())
            start = mark.end()
    yield from _bare(masked, start, len(masked))


def _bare(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = masked[start:end]
    bare = piece.strip()
    if bare:
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(bare)


def _ends(masked: str, start: int, mark: re.Match[str]) -> bool:
    """Return whether a mark ends a sentence, and no abbreviation, initial, number of a list or pause."""
    if not mark["mark"]:
        return True
    following = masked[mark.end() : mark.end() + 80].lstrip(" \n\u00a0\u202f*_([«“\"'")[:1]
    if not mark["mark"].strip("?!"):
        return not following.islower()
    if following.islower():
        return False
    if mark["mark"] != ".":
        return True
    before = masked[max(start, mark.start() - 12) : mark.start()]
    last = before[max(map(before.rfind, " \n\u00a0\u202f(")) + 1 :].lower()
    initial = len(last) == 1 and last.isalpha()
    return not (
        initial or last in _ABBREVIATIONS or (last.isdigit() and not masked[start : mark.start()][3:])
    )


def _masked(source: str) -> str:
    """Return `source`, as long as it is, with blanks for what is not seen and `HIDDEN` for what is no prose."""
    parts: list[str] = []
    position = 0
    for begin, end, filler in sorted(_no_prose(source)):
        if end > position:
            start = max(begin, position)
            parts += (source[position:start], filler * (end - start))
            position = end
    masked = "".join((*parts, source[position:]))
    return _quotation().sub(_hidden, masked) if _may_quote(masked) else masked


def _no_prose(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield where something is to be masked, and by what.

    The words of a link are the title of something else, unless they name somebody.
    """
    opened: list[Piece] = []
    for piece in scan(source):
        if piece.kind in _CONTENT:
            yield piece.start, piece.end, HIDDEN
            continue
        yield piece.start, piece.end, "\n" if piece.kind == "tag" and piece.shown else " "
        if piece.kind == "bracket":
            opened.append(piece)
        elif piece.kind == "destination" and opened:
            start = opened.pop().end
            if not source.startswith("@", start):
                yield start, piece.start, HIDDEN


def _hidden(quoted: re.Match[str]) -> str:
    return HIDDEN * len(quoted[0])


def _may_quote(masked: str) -> bool:
    return any(mark in masked for mark in "\"«“„'‘")


def _folded_text(masked: str) -> str:
    if masked.isascii():
        return masked.lower().replace("\n", " ").replace("\t", " ")
    return "".join(map(_folded, masked))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return one character for one, without case and accent."""
    if character in "\u2019\u02bc\u2018\uff07":
        return "'"
    if character.isspace():
        return " "
    return unicodedata.normalize("NFD", character.lower())[0]


@cache
def _end_mark() -> re.Pattern[str]:
    return re.compile(r"(?P<mark>[.!?…]{1,8})[\"'»”)\]*_]{0,4}(?=\s|\Z)|(?: {2}|\\)\n|\n\n")


@cache
def _quotation() -> re.Pattern[str]:
    pairs = ('"[^"]{1,400}"', "«[^«»]{1,400}»", "“[^“”]{1,400}”", "„[^„“”]{1,400}[“”]")
    single = r"(?<![\w\ufffc])['‘](?=\S)[^'‘’\n]{1,120}['’](?!\w)"
    return re.compile("|".join((*pairs, single)))


@cache
def _combining() -> re.Pattern[str]:
    return re.compile("[\u0300-\u036f]")
