"""The block grammar beside mistune's: HTML blocks, definitions, tables, fences and list markers."""

import re
from functools import cache
from itertools import pairwise
from re import Match, Pattern
from typing import NamedTuple

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    "|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link"
    "|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th"
    "|thead|title|tr|track|ul"
)
_HTML_OPENING = (
    r"(?P<html_raw><(?i:pre|script|style|textarea)(?=[ \t>]|$))"
    r"|(?P<html_comment><!--)|(?P<html_instruction><\?)|(?P<html_cdata><!\[CDATA\[)|(?P<html_declaration><![A-Za-z])"
    rf"|(?P<html_block></?(?i:{_BLOCK_TAGS})(?=[ \t]|/?>|$))"
)
_HTML_CLOSING = {
    "html_raw": r"</(?i:pre|script|style|textarea)>",
    "html_comment": "-->",
    "html_instruction": r"\?>",
    "html_cdata": r"\]\]>",
    "html_declaration": ">",
    "html_block": r"(?m:^[ \t\v\f]*$)",
}

# Possessive quantifiers keep an attempt that fails linear.
TAG = (
    r"<(?:/[A-Za-z][A-Za-z0-9-]*+\s*+"
    r"|[A-Za-z][A-Za-z0-9-]*+"
    r"""(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+\s*+/?)>"""
)
_LINE_BREAK = r"\n(?![ \t\v\f]*(?:\n|\Z))"
TITLE = "|".join(
    rf"{start}(?:\\[\s\S]|{_LINE_BREAK}|[^\\\n{excluded}])*+{end}"
    for start, end, excluded in (('"', '"', '"'), ("'", "'", "'"), (r"\(", r"\)", r"()"))
)

BLANK = " \t\v\f\n"
SPECIFICATION = {
    "block_html": rf"^ {{0,3}}(?:{_HTML_OPENING})",
    "ref_link": (
        rf"^ {{0,3}}\[(?!\s*\])(?:\\.|{_LINE_BREAK}|[^\\\[\]\n]){{1,999}}+\]:[ \t]*+(?:{_LINE_BREAK}[ \t]*+)?"
        r"(?:<(?:\\.|[^\\<>\n])*+>|[^\s<]\S*+)"
        rf"(?:(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)(?:{TITLE}))?[ \t]*$"
    ),
    "table": (
        r"^ {0,3}(?=[^\n|]*+\|)(?P<table_head>[^\n]*+)\n"
        r" {0,3}(?!-[ \t])(?P<table_rule>[|:-][|: \t-]*+)$\n?"
    ),
}
INTERRUPTING = ("fenced_code", "thematic_break", "atx_heading", "block_quote", "list", "block_html")


class ItemMarker(NamedTuple):
    """A list item's marker: the number of an ordered one, and whether nothing stands behind it."""

    number: int | None
    alone: bool


def item_marker(src: str, position: int) -> ItemMarker:
    """Return the marker of the list item whose line starts at `position`."""
    match = _item_marker().match(src, position)
    if match is None:
        return ItemMarker(None, False)
    return ItemMarker(int(match[1]) if match[1] else None, not match[2].strip())


def label_key(label: str) -> str:
    """Return what the label of a reference is compared by: without case or repeated white space."""
    return " ".join(label.casefold().split())


def definition(written: str) -> tuple[str, str]:
    """Return the key of a definition's label and where it leads, given what the rule `ref_link` matched."""
    found = _definition().match(written)
    assert found is not None
    return label_key(found["label"]), found["angle"] if found["angle"] is not None else found["bare"]


@cache
def _definition() -> Pattern[str]:
    return re.compile(
        r" {0,3}\[(?P<label>(?:\\.|[^\\\[\]])+)\]:\s*(?:<(?P<angle>(?:\\.|[^\\<>\n])*)>|(?P<bare>\S+))"
    )


def interrupts(match: Match[str]) -> bool:
    """Tell whether the block that `match` begins ends the list or quote before it."""
    return match.lastgroup != "fenced_code" or match["fenced_2"][0] == "~" or "`" not in match["fenced_3"]


def closes(src: str, start: int, end: int, marker: str) -> bool:
    """Tell whether `src[start:end]`, fenced code begun by `marker`, ends with its closing fence."""
    last = src.rfind("\n", start, end - 1) + 1
    return last > start and bool(_closing_fence(marker[0], len(marker)).match(src, last))


def html_end(src: str, start: int) -> int | None:
    """Return where the HTML block on the line at `start` ends; None when none begins that ends paragraphs."""
    opening = _html_opening().match(src, start)
    if opening is None or opening.lastgroup is None:
        return None
    kind = opening.lastgroup
    closing = _html_closing(kind).search(src, start)
    if closing is None:
        return len(src)
    return closing.start() if kind == "html_block" else _line_end(src, closing.end())


def lone_tag_end(src: str, start: int) -> int | None:
    """Return where the HTML block ends whose first line holds one complete tag; None when it does not."""
    tag = _lone_tag().match(src, start)
    if tag is None or "\n" in tag[0]:
        return None
    closing = _html_closing("html_block").search(src, tag.end())
    return closing.start() if closing else len(src)


def is_table(head: str, rule: str) -> bool:
    """Tell whether a delimiter row under `head` has the form and the number of cells that make a table."""
    rule_cells = split_row(rule)
    return (
        bool(rule_cells)
        and len(rule_cells) == len(split_row(head))
        and all(_delimiter_cell().fullmatch(rule[start:end]) for start, end in rule_cells)
    )


def split_row(line: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end in `line` of each cell of a table row, stripped, without the outer pipes."""
    end = len(line.rstrip())
    bars = [match.start() for match in _cell_edge().finditer(line, 0, end) if match[0] == "|"]
    edges = [-1, *bars, end]
    cells = [_strip(line, left + 1, right) for left, right in pairwise(edges)]
    if bars and not line[: bars[0]].strip():
        cells = cells[1:]
    if bars and bars[-1] == end - 1:
        cells = cells[:-1]
    return tuple(cells)


def _strip(line: str, start: int, end: int) -> tuple[int, int]:
    bare = line[start:end].strip()
    if not bare:
        return start, start
    start = line.index(bare, start)
    return start, start + len(bare)


def _line_end(src: str, position: int) -> int:
    return src.find("\n", position) + 1 or len(src)


@cache
def _item_marker() -> Pattern[str]:
    return re.compile(r"[ \t]*(?:[-+*]|(\d{1,9})[.)])([^\n]*)")


@cache
def _closing_fence(character: str, length: int) -> Pattern[str]:
    return re.compile(rf"(?m: {{0,3}}{character}{{{length},}}[ \t]*$)")


@cache
def _html_opening() -> Pattern[str]:
    return re.compile(rf"(?m: {{0,3}}(?:{_HTML_OPENING}))")


@cache
def _html_closing(kind: str) -> Pattern[str]:
    return re.compile(_HTML_CLOSING[kind])


@cache
def _lone_tag() -> Pattern[str]:
    return re.compile(rf"(?m: {{0,3}}{TAG}[ \t]*$)")


@cache
def _delimiter_cell() -> Pattern[str]:
    return re.compile(":?-+:?")


@cache
def _cell_edge() -> Pattern[str]:
    return re.compile(r"\\.|\|")
