"""How an action item begins: its box, its number, and the sign that it is done."""

import re
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.action_items.done_signs import is_struck, opening_sign
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Problem


class Head(NamedTuple):
    """The beginning of an item's text; `begin` is after the box, `end` where the description begins.

    `label` is the number as written, such as `AI 1`. `emphasis` was opened in the head and is closed
    in the description. `ticked` says that a sign such as ✅, or a line through the words, stands for a
    ticked box.
    """

    begin: int = 0
    end: int = 0
    checked: bool | None = None
    number: int | None = None
    label: Text | None = None
    emphasis: str = ""
    ticked: bool = False
    problem: Problem | None = None


@cache
def _box() -> re.Pattern[str]:
    return re.compile(r"\s*\[(?P<mark>[ \t]*[xXvV√✓✔☑✅~-]?[ \t]*)\](?![(\[:])[ \t]*")


@cache
def _label() -> re.Pattern[str]:
    """`AI 1 :`, `AI-1`, `AI #1`, `**Action 1**:`, and the bare `Action item:`."""
    words = r"(?:AI|action(?:\s+items?)?)"
    number = rf"(?P<label>{words}\s*(?:[-–#.]|n[°o]\.?)?\s*#?(?P<number>\d{{1,6}}))(?![^\W_]|[.,]\d)"
    bare = rf"{words}(?=[*_]{{0,3}}\s*[:：])"
    return re.compile(
        rf"\s*(?P<open>[*_~]{{0,3}})(?:{number}|{bare})(?P<shut>[*_~]{{0,3}})"
        rf"\s*(?:[:：.)|]|[-–—]+(?=\s))?(?P<late>(?:[*_~]{{1,3}}(?=\s|$))?)\s*",
        re.IGNORECASE,
    )


def read_head(text: Text) -> Head:
    """Return how an item's text begins."""
    source = text.source
    box = _box().match(source)
    begin = box.end() if box else 0
    sign = opening_sign(source, begin)
    after_sign = begin if sign is None else sign
    label = _label().match(source, after_sign)
    head = Head(begin, after_sign, ticked=sign is not None or is_struck(source, begin))
    if box:
        mark = box["mark"].strip()
        head = head._replace(checked=mark not in ("", "-", "~"), problem=_box_problem(text, box))
    return _with_label(text, head, label) if label else head


def _with_label(text: Text, head: Head, label: re.Match[str]) -> Head:
    open_emphasis = "" if label["shut"] or label["late"] else label["open"]
    head = head._replace(end=label.end(), emphasis=open_emphasis)
    if label["number"] is None:
        return head
    return head._replace(number=int(label["number"]), label=text.part(*label.span("label")))


def _box_problem(text: Text, box: re.Match[str]) -> Problem | None:
    """Return what is wrong with a box: a forge shows only `[ ]`, `[x]` and `[X]`, each before a space."""
    closed = box.end() == len(text.source) or text.source[box.end() - 1].isspace()
    closed = closed or text.source[box.end()].isspace()
    if box["mark"] in (" ", "x", "X") and closed:
        return None
    start = box.start() + len(box[0]) - len(box[0].lstrip())
    written = box[0].strip()
    right = "[ ] " if box["mark"].strip() in ("", "-", "~") else "[x] "
    hint = f"write `{right.strip()}`" + ("" if closed else " and a space after it")
    return Problem(text.span(start, start + len(written)), f"`{written}` is no checkbox", hint)


def starts_like_an_item(line: str) -> bool:
    """Return whether a line outside any list begins as an action item does, with a box or a number."""
    return _line().match(line) is not None


@cache
def _line() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?P<bullet>[-–—•*+]?)\s*(?:\[[ \txX]?\]\s*\S"
        r"|[*_]{0,3}(?:(?:AI|action(?:\s+items?)?)[\s#-]*\d{1,6}[*_]{0,3}\s*[:：.)|–—-]|action\s+item[*_]{0,3}\s*:))",
        re.IGNORECASE,
    )


def stray_bullet(text: Text) -> tuple[int, Problem | None]:
    """Return where an item written outside any list begins, and what is wrong with its bullet or box."""
    found = _stray().match(text.source)
    if found is None:
        return 0, None
    bullet, box = found["bullet"], found["box"]
    begin = found.end("bullet")
    if not bullet and not box:
        return begin, None
    start = found.start("bullet") if bullet else found.start("box")
    written = text.source[start : found.end()].strip()
    box_meant = (" [x]" if "x" in box.casefold() else " [ ]") if box else ""
    hint = f"write `-{box_meant}` and a space before the item"
    return begin, Problem(text.span(start, start + len(written)), f"`{written}` begins no list item", hint)


@cache
def _stray() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<bullet>[-–—•+]?|\*(?!\*))\s*(?P<box>(?:\[[ \txX]?\])?)")
