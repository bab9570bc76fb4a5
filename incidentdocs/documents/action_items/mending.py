"""What an action item's box, bullet or bracket is to be, where its reader has no doubt what is meant."""

import re
from functools import cache

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.markdown.places import Problem, Span

Mended = tuple[Span, str]
"""A span, and the text that is to stand there."""


def mended_problem(problem: Problem, lines: tuple[str, ...]) -> Mended | None:
    """Return what mends a box that is none, a bullet that begins no item, or a bracket left open."""
    span = problem.span
    if span.line != span.end_line:
        return None
    line = lines[span.line - 1]
    written, rest = line[span.column - 1 : span.end_column - 1], line[span.end_column - 1 :]
    if problem.message.endswith("is not closed"):
        closing = ")" if written.startswith("(") else "]"
        end = Span(span.line, span.end_column, span.line, span.end_column)
        return (end, closing) if not rest.strip() else None
    found = _bullet_or_box().fullmatch(written)
    if found is None or not (problem.message.endswith("no checkbox") or found["bullet"] or found["box"]):
        return None
    bullet = "- " if problem.message.endswith("begins no list item") else ""
    box = {"": "[ ]", None: ""}.get((found["mark"] or "").strip() if found["box"] else None, "[x]")
    space = "" if rest[:1].isspace() and box else " " if box else ""
    return span, f"{bullet}{box}{space}"


@cache
def _bullet_or_box() -> re.Pattern[str]:
    return re.compile(r"(?P<bullet>[-–—•+]?)\s*(?P<box>\[(?P<mark>\s*[xXvV√✓✔☑✅]?\s*)\])?")


def with_box(item: ActionItem, line: str) -> Mended | None:
    """Return the box that a list item lacks: open or ticked, as what else it says makes it."""
    start = item.span.column - 1
    if not _bullet().fullmatch(line[:start]):
        return None
    place = Span(item.line, start + 1, item.line, start + 1)
    return place, "[x] " if item.state == "done" else "[ ] "


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


def with_number(item: ActionItem, line: str, label: str) -> Mended | None:
    """Return the number that an item lacks, before its words; None where these begin with a sign."""
    start = item.span.column - 1
    before, words = line[:start], line[start:]
    if item.header or not _plain_words().match(words) or _bare_label().match(words):
        return None
    if before.strip() and not _before_words().fullmatch(before):
        return None
    return Span(item.line, start + 1, item.line, start + 1), f"{label} "


@cache
def _plain_words() -> re.Pattern[str]:
    return re.compile(r"[^\W_]|[@`\"'«“(]|[*_]{1,3}[^\W_]|\[[^\]]")


@cache
def _bare_label() -> re.Pattern[str]:
    return re.compile(r"[*_]{0,3}(?:AI|action)\b", re.IGNORECASE)


@cache
def _before_words() -> re.Pattern[str]:
    return re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?")
