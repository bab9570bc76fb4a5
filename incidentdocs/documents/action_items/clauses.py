"""The grammar of an action item's fields: `owner @who, due YYYY-MM-DD, ref #12` cut into clauses."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from incidentdocs.documents.action_items.references import link_label, only_references, starts_with_reference
from incidentdocs.documents.action_items.types import item_type
from incidentdocs.documents.action_items.words import TICKS, Kind, keyword_pattern
from incidentdocs.documents.iso_dates import iso_date, looks_like_a_date
from incidentdocs.markdown.inline import mask

LONGEST_INNER_FIELD = 60
"""How far a field that no separator parts from the one before is looked at, in characters."""


class Clause(NamedTuple):
    """One piece between separators: `begin` to `end` in its text, its value from `start`.

    `kind` is None where no field's word begins it. A clause is `certain` when it can be nothing but a
    field, and not some words of a description that happen to begin with `by`, `issue` or `closed`.
    """

    kind: Kind | None
    begin: int
    start: int
    end: int
    certain: bool = False


def outline(source: str) -> str:
    """Return `source`, as long as it was, with code, links, comments, escapes and emphasis blanked."""
    visible = list(mask(source))
    for label in link_label().finditer(source):
        visible[label.start() : label.end()] = " " * len(label[0])
    shape = "".join(visible).translate({ord("（"): "(", ord("）"): ")"})
    return _markup().sub(lambda found: " " * len(found[0]), shape)


@cache
def _markup() -> re.Pattern[str]:
    return re.compile(r"\\.|\*+|~~")


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(r"[,;|·•]+|(?<=\s)[-–—]+(?=\s)")


@cache
def _separator_of_sentences() -> re.Pattern[str]:
    return re.compile(r"[,;|·•\n]+|(?<=\s)[-–—]+(?=\s)|\.(?=\s|$)")


def clauses(source: str, shape: str, begin: int, end: int, *, bracketed: bool) -> list[Clause]:
    """Return the clauses of `source[begin:end]`, whose `outline` is `shape`.

    In brackets a field's word is one wherever a clause begins; in a sentence a full stop and a new
    line separate too, and a reason ends the clauses only when it is certain.
    """
    separator = _separator() if bracketed else _separator_of_sentences()
    found: list[Clause] = []
    for start, stop in _pieces(separator, shape, begin, end):
        for clause in _fields_of(source, shape, start, stop):
            if clause.kind == "reason" and (bracketed or clause.certain):
                return [*found, _closed(source, clause, end)]
            found.append(clause)
    return found


def _pieces(separator: re.Pattern[str], shape: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for found in separator.finditer(shape, begin, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _fields_of(source: str, shape: str, begin: int, end: int) -> Iterator[Clause]:
    """Yield the clause of one piece, or several where no separator parts them: `owner @a due 2026-04-01`."""
    start = _skip_space(shape, begin, end)
    if start == end and not source[begin:end].strip():
        return
    first = _keyword_at(source, shape, start, end)
    if first is None:
        yield Clause(None, begin, *_trim(source, begin, end))
        return
    for following in keyword_pattern().finditer(shape, first.start, end) if first.kind != "reason" else ():
        near = min(end, following.start() + LONGEST_INNER_FIELD)
        clause = _keyword_at(source, shape, following.start(), near)
        if clause and clause.certain and _stands_alone(source, clause):
            yield _closed(source, first, following.start())
            first = clause
    yield _closed(source, first, end)


def _keyword_at(source: str, shape: str, begin: int, end: int) -> Clause | None:
    found = keyword_pattern().match(shape, begin, end)
    if found is None:
        return None
    kind = cast("Kind", next(name for name, word in found.groupdict().items() if word and name != "colon"))
    start, stop = _trim(source, found.end(), end)
    value = source[start:stop]
    if kind == "due" and value.startswith("@"):
        kind = "owner"
    if _word_of_a_sentence(kind, value):
        return None
    certain = _certain(kind, found[0].rstrip(), value, colon=found["colon"] is not None)
    return Clause(kind, begin, start, stop, certain)


def _closed(source: str, clause: Clause, end: int) -> Clause:
    """Return `clause` with its value up to `end`, where the next one begins."""
    start, stop = _trim(source, clause.start, end)
    return clause._replace(start=start, end=stop)


def _stands_alone(source: str, clause: Clause) -> bool:
    """Whether a field's word in the middle of a clause begins another one."""
    value = source[clause.start : clause.end]
    match clause.kind:
        case "owner":
            return value.startswith("@")
        case "due" | "done":
            return iso_date(value[:10]) is not None
        case "ref":
            return starts_with_reference(value)
        case _:
            return ":" in source[clause.begin : clause.start]


def _skip_space(shape: str, begin: int, end: int) -> int:
    while begin < end and (shape[begin].isspace() or shape[begin] in TICKS):
        begin += 1
    return begin


def _trim(source: str, start: int, end: int) -> tuple[int, int]:
    """Return where a value starts and ends without white space, emphasis and stray separators."""
    bare = source[start:end].rstrip(" \t\r\n*~,;|")
    stop = start + len(bare)
    return stop - len(bare.lstrip(" \t\r\n*~,;|:–—-")), stop


@cache
def _no_owner() -> re.Pattern[str]:
    return re.compile(r"(?:of|will|must|should|is|needs?|du|de|des|doit|d['’])(?![\w-])|d['’]", re.IGNORECASE)


def _word_of_a_sentence(kind: Kind, value: str) -> bool:
    """Whether the word before `value` is no field whatever stands beside it: `due to`, `owner of`."""
    if kind == "due":
        return value.lower().startswith(("to ", "diligence"))
    return kind == "owner" and _no_owner().match(value) is not None


def _certain(kind: Kind, word: str, value: str, *, colon: bool) -> bool:
    match kind:
        case "owner":
            return colon or _names_somebody(word, value)
        case "due":
            strong = word.lower().startswith(("due", "éch", "ech", "date"))
            return colon or looks_like_a_date(value) or (strong and bool(value))
        case "done":
            return colon or not value or looks_like_a_date(value) or starts_with_reference(value)
        case "ref":
            return starts_with_reference(value)
        case "type":
            return True
        case "reason":
            return colon or not value or word.lower().startswith(("won", "will", "ne "))


def _names_somebody(word: str, value: str) -> bool:
    """Whether `value` after an owner's word is a handle, an address or a name, and not a sentence."""
    if value.startswith(("@", "<@", "[@")):
        return True
    return word.lower() not in ("who", "qui") and 1 <= len(value.split()) <= 4


def bare_kind(value: str, before: Kind | None) -> Kind | None:
    """Return the field that a clause without its word is, after one of the kind `before`."""
    if value.startswith("@"):
        return "owner"
    if iso_date(value) and len(value) <= len("2026-04-01."):
        return "done" if before == "done" else "due"
    if item_type(value):
        return "type"
    return "ref" if only_references(value) else None
