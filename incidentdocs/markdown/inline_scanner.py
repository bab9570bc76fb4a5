"""One pass over inline Markdown that finds what is no plain text, in time linear in its length."""

import re
from bisect import bisect_left
from functools import cache
from re import Match, Pattern
from typing import NamedTuple

from incidentdocs.markdown.grammar import TAG, TITLE

_DESTINATION = (
    r"\([ \t]*+\n?[ \t]*+"
    r"(?:<(?P<angle>(?:\\.|[^<>\\\n])*+)>"
    r"|(?P<bare>(?!<)(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*+\))*+\))*+))"
    rf"(?:[ \t\n]++(?:{TITLE}))?[ \t\n]*+\)"
)
# A scheme needs `//` here, though CommonMark asks for less: `<HH:MM>` is a blank to fill in, no link.
_AUTOLINK = (
    r"<(?:(?P<uri>(?:[A-Za-z][A-Za-z0-9+.-]{1,31}://|mailto:)[^\s<>]*+)"
    r"|(?P<email>[\w.!#$%&'*+/=?^`{|}~-]++@[\w.-]++))>"
)
_SPECIAL = r"`+|\\|<|!?\[|\]|&|\*+|_+|~~+|(?<![^\W_])(?:https?://|www\.)(?=\w)"
_MARKUP = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}


class Piece(NamedTuple):
    """`source[start:end]`, which is no plain text: what it is, what a reader sees of it, where it links to.

    The kinds are code, comment, tag, url, destination (`](…)`), image (the whole), bracket, escape, entity
    and emphasis (markers). An image overlaps the pieces in it; no others overlap.
    """

    start: int
    end: int
    kind: str
    shown: str = ""
    target: str = ""


class _Run(NamedTuple):
    """A run of `*`, `_` or `~` that may open or close emphasis."""

    start: int
    end: int
    opens: bool
    closes: bool


def scan(source: str) -> tuple[Piece, ...]:
    """Return the pieces of `source`, by their place."""
    if not _special().search(source):
        return ()
    scanner = _Scanner(source)
    scanner.scan()
    return tuple(sorted((*scanner.pieces, *_emphasis(scanner.runs, source))))


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[Piece] = []
        self.runs: list[_Run] = []
        self._openers: list[Match[str]] = []
        self._absent: set[str] = set()
        self._fences: dict[int, list[int]] | None = None

    def scan(self) -> None:
        readers = {
            "`": self._code,
            "\\": self._escape,
            "<": self._angle,
            "[": self._opening,
            "!": self._opening,
            "]": self._closing,
            "&": self._entity,
            "*": self._marker,
            "_": self._marker,
            "~": self._marker,
        }
        position = 0
        while special := _special().search(self.source, position):
            position = readers.get(special[0][0], self._url)(special)

    def _opening(self, bracket: Match[str]) -> int:
        self._openers.append(bracket)
        return bracket.end()

    def _marker(self, run: Match[str]) -> int:
        self.runs.append(_run(self.source, run))
        return run.end()

    def _add(self, start: int, end: int, kind: str, shown: str = "", target: str = "") -> int:
        self.pieces.append(Piece(start, end, kind, shown, target))
        return end

    def _code(self, fence: Match[str]) -> int:
        if self._fences is None:
            self._fences = {}
            for run in _backticks().finditer(self.source):
                self._fences.setdefault(len(run[0]), []).append(run.start())
        ends = self._fences.get(len(fence[0]), [])
        index = bisect_left(ends, fence.end())
        if index == len(ends):
            return fence.end()
        content = self.source[fence.end() : ends[index]]
        return self._add(fence.start(), ends[index] + len(fence[0]), "code", content)

    def _escape(self, backslash: Match[str]) -> int:
        escaped = _escaped().match(self.source, backslash.start())
        if not escaped:
            return backslash.end()
        return self._add(escaped.start(), escaped.end(), "escape", escaped[0][1:])

    def _entity(self, ampersand: Match[str]) -> int:
        entity = _entity().match(self.source, ampersand.start())
        if not entity:
            return ampersand.end()
        return self._add(entity.start(), entity.end(), "entity", _decoded(entity[0]))

    def _angle(self, angle: Match[str]) -> int:
        start = angle.start()
        link = _autolink().match(self.source, start)
        if link:
            target = link["uri"] or f"mailto:{link['email']}"
            return self._add(start, link.end(), "url", link[0][1:-1], target)
        tag = _tag().match(self.source, start)
        if tag:
            return self._add(start, tag.end(), "tag", " " if tag[0].lower().startswith("<br") else "")
        for opening, closing in _MARKUP.items():
            if self.source.startswith(opening, start):
                end = self._find(closing, start + 2)
                return self._add(start, end, "comment") if end > 0 else angle.end()
        return angle.end()

    def _find(self, closing: str, start: int) -> int:
        found = -1 if closing in self._absent else self.source.find(closing, start)
        if found < 0:
            self._absent.add(closing)
            return -1
        return found + len(closing)

    def _closing(self, closing: Match[str]) -> int:
        opener = self._openers.pop() if self._openers else None
        link = _destination().match(self.source, closing.end()) if opener else None
        if not opener or not link:
            return closing.end()
        self._add(opener.start(), opener.end(), "bracket")
        if opener[0] == "![":
            self._add(opener.start(), link.end(), "image")
            return self._add(closing.start(), link.end(), "destination")
        target = _unescaped(link["angle"] or link["bare"] or "")
        return self._add(closing.start(), link.end(), "destination", target=target)

    def _url(self, scheme: Match[str]) -> int:
        # The text of a link ends at its bracket, though a URL may hold one.
        written = (_url_in_brackets if self._openers else _url)().match(self.source, scheme.start())
        url = _without_closing_marks(written[0] if written else scheme[0])
        return self._add(scheme.start(), scheme.start() + len(url), "url", url, url)


def _without_closing_marks(url: str) -> str:
    """Return a bare URL without the punctuation of the sentence around it."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        if url[end - 1] == ")" and surplus > 0:
            surplus -= 1
        elif url[end - 1] not in "?!.,:;*_~'\"`|":
            break
        end -= 1
    return url[:end]


def _run(source: str, run: Match[str]) -> _Run:
    before = source[run.start() - 1 : run.start()] or " "
    after = source[run.end() : run.end() + 1] or " "
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    left = not after.isspace() and (not mark_after or before.isspace() or mark_before)
    right = not before.isspace() and (not mark_before or after.isspace() or mark_after)
    if run[0][0] == "_":
        left, right = left and (not right or mark_before), right and (not left or mark_after)
    return _Run(run.start(), run.end(), left, right)


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _emphasis(runs: list[_Run], source: str) -> list[Piece]:
    """Return the markers among `runs` that open or close something."""
    pieces: list[Piece] = []
    openers: dict[str, list[_Run]] = {"*": [], "_": [], "~": []}
    for run in runs:
        waiting = openers[source[run.start]]
        rest = _closed(run, waiting, pieces) if run.closes else run
        if rest.opens and rest.start < rest.end:
            waiting.append(rest)
    return pieces


def _closed(run: _Run, openers: list[_Run], pieces: list[Piece]) -> _Run:
    """Pair the markers of `run` with those before it, and return what is left of it."""
    while openers and run.start < run.end:
        opener = openers.pop()
        size = min(opener.end - opener.start, run.end - run.start)
        pieces.append(Piece(opener.end - size, opener.end, "emphasis"))
        pieces.append(Piece(run.start, run.start + size, "emphasis"))
        run = run._replace(start=run.start + size)
        if opener.end - size > opener.start:
            openers.append(opener._replace(end=opener.end - size))
    return run


def _unescaped(target: str) -> str:
    return _entity().sub(lambda match: _decoded(match[0]), _escaped().sub(lambda match: match[0][1:], target))


def _decoded(entity: str) -> str:
    # Few texts hold an entity; the table of their names takes a while to load.
    from html import unescape

    return unescape(entity)


@cache
def _special() -> Pattern[str]:
    return re.compile(_SPECIAL, re.IGNORECASE)


@cache
def _backticks() -> Pattern[str]:
    return re.compile("`+")


@cache
def _escaped() -> Pattern[str]:
    return re.compile(r"\\(?:[!-/:-@\[-`{-~]|\n)")


@cache
def _entity() -> Pattern[str]:
    return re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});")


@cache
def _autolink() -> Pattern[str]:
    return re.compile(_AUTOLINK)


@cache
def _tag() -> Pattern[str]:
    return re.compile(TAG)


@cache
def _destination() -> Pattern[str]:
    return re.compile(_DESTINATION)


@cache
def _url() -> Pattern[str]:
    return re.compile(r"[^\s<]++")


@cache
def _url_in_brackets() -> Pattern[str]:
    return re.compile(r"[^\s<\]]++")
