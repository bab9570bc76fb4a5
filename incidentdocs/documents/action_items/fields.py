"""The fields of an action item, in brackets at its end, after it, or on lines of their own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.action_items.clauses import Clause, bare_kind, clauses, outline
from incidentdocs.documents.action_items.words import SPELLINGS, TICKS, Kind
from incidentdocs.errors import nearest
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Problem

FIELDS_HINT = "`owner @who`, `due YYYY-MM-DD`, `ref #12`, `done YYYY-MM-DD` or `won't do: reason`"

MOST_OPEN_BRACKETS = 20
"""How many brackets that nothing closes are looked at, from the last one back."""


class Field(NamedTuple):
    """One field's value, with its place; empty where only the field's word stands."""

    kind: Kind
    text: Text


class Reading(NamedTuple):
    """What an item's text says: where its description ends, its fields, and what could not be read."""

    end: int
    fields: tuple[Field, ...] = ()
    problem: Problem | None = None


def read_fields(text: Text, begin: int = 0, *, described: bool = True) -> Reading:
    """Return the fields that `text` names from `begin` on.

    Where `described`, the words up to the first separator are a description and never a field.
    """
    shape = outline(text.source)
    return (
        _in_brackets(text, shape, begin)
        or _in_open_bracket(text, shape, begin)
        or _in_sentence(text, shape, begin, described=described)
    )


def owner_in_front(text: Text, begin: int) -> tuple[tuple[Field, ...], int]:
    """Return the owner that a handle before the words gives, and where these begin: `@jane - close it`."""
    found = _in_front().match(text.source, begin)
    if found is None:
        return (), begin
    return (Field("owner", text.part(*found.span("handle"))),), found.end()


@cache
def _in_front() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<handle>@[\w./-]*\w)\s*(?:[:：]|[-–—]+(?=\s))\s*(?=\S)")


def _in_brackets(text: Text, shape: str, begin: int) -> Reading | None:
    """Read the last brackets that name a field, and those that stand right before them."""
    read: list[Reading] = []
    closed, _ = _brackets(shape, begin)
    following = len(shape)
    for start, end in reversed(closed):
        if read and shape[end + 1 : following].strip():
            break
        group = _group(text, shape, start, end)
        if group is None and read:
            break
        if group:
            after = () if read else (_after(text, shape, end + 1),)
            read[:0] = [group, *after]
            following = start
    if not read:
        return None
    fields = tuple(field for reading in read for field in reading.fields)
    problem = next((reading.problem for reading in read if reading.problem), None)
    return Reading(_end_of_description(text.source, begin, read[0].end), fields, problem)


def _brackets(shape: str, begin: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the outermost pairs of brackets from `begin` on, and the brackets that nothing closes."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    waiting = {"(": 0, "[": 0}
    for found in _bracket().finditer(shape, begin):
        sign = found[0]
        if sign in waiting:
            opened.append(found.start())
            waiting[sign] += 1
            continue
        opening = "(" if sign == ")" else "["
        while waiting[opening]:
            start = opened.pop()
            waiting[shape[start]] -= 1
            if shape[start] == opening:
                while pairs and pairs[-1][0] > start:
                    pairs.pop()
                pairs.append((start, found.start()))
                break
    return pairs, opened


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r"[()\[\]]")


def _group(text: Text, shape: str, start: int, end: int) -> Reading | None:
    """Return the fields between the brackets at `start` and `end`, None where they hold no field."""
    found = clauses(text.source, shape, start + 1, end, bracketed=True)
    if not any(clause.certain for clause in found) and not _all_bare(text, found):
        return None
    fields, problem = _resolved(text, found)
    return Reading(start, fields, problem)


def _all_bare(text: Text, found: Sequence[Clause]) -> bool:
    kinds = [clause.kind or bare_kind(text.source[clause.start : clause.end], None) for clause in found]
    bare = all(clause.kind is None for clause in found) and None not in kinds
    return bare and bool({*kinds} - {"type"})  # `(test)` alone is part of a description


def _resolved(text: Text, found: Sequence[Clause]) -> tuple[tuple[Field, ...], Problem | None]:
    """Turn clauses into fields: one without a field's word is its own kind or goes on the one before."""
    kept: list[Clause] = []
    problem = None
    for clause in found:
        value = text.source[clause.start : clause.end]
        before = kept[-1] if kept else None
        kind = clause.kind or bare_kind(value, before.kind if before and before.start == before.end else None)
        if kind is None and not kept and _is_name(value) and any(each.certain for each in found):
            kind = "owner"
        if kind is not None:
            kept.append(clause._replace(kind=kind))
        elif before and _goes_on(text.source[before.start : before.end], before.kind, value):
            kept[-1] = before._replace(end=clause.end)
        else:
            guess, reason = _unknown(text, clause)
            kept += [guess] if guess else []
            problem = problem or reason
    fields = (Field(clause.kind, text.part(clause.start, clause.end)) for clause in kept if clause.kind)
    return tuple(fields), problem


def _is_name(value: str) -> bool:
    """Whether a first clause beside other fields is somebody's name: `(Mira, due 2026-04-01)`."""
    words = value.split()
    return 0 < len(words) <= 3 and all(word[:1].isupper() and word.isalpha() for word in words)


def _goes_on(before: str, kind: Kind | None, value: str) -> bool:
    """Whether `value` belongs to the field before it, such as the year of `due March 5, 2026`."""
    if kind == "owner":
        return value[:1].isupper() and len(value.split()) <= 3 and not before.startswith("@")
    return kind == "due" and value.isdecimal()


def _unknown(text: Text, clause: Clause) -> tuple[Clause | None, Problem]:
    """Return the field that an unknown clause was most likely meant to be, and what to say of it."""
    value = text.part(clause.start, clause.end)
    word, _, rest = value.source.partition(" ")
    meant = nearest(word.rstrip(":"), SPELLINGS) if rest and len(word) <= 12 else None
    if meant is None and rest.lstrip(": ").startswith("@"):
        meant = "owner"
    message = f"`{value.source}` is no field of an action item"
    if meant is None:
        hint = f"write it before the bracket; in it belong {FIELDS_HINT}"
        return None, Problem(value.span(), message, hint)
    guess = clause._replace(kind=SPELLINGS[meant], start=clause.start + len(word) + 1)
    return guess, Problem(value.span(), message, f"write `{meant} {rest.strip()}`")


def _after(text: Text, shape: str, begin: int) -> Reading:
    """Read what stands on the line after the closing bracket: more fields, else a problem."""
    line = text.source.find("\n", begin)
    end = len(text.source) if line < 0 else line
    if not shape[begin:end].strip(" .!)]" + TICKS):
        links = text.part(begin, end).stripped()
        return Reading(begin, (Field("ref", links),) if bare_kind(links.source, None) == "ref" else ())
    found = clauses(text.source, shape, begin, end, bracketed=False)
    if all(clause.certain or _all_bare(text, [clause]) for clause in found):
        return Reading(begin, _resolved(text, found)[0])
    rest = text.part(begin, end).stripped()
    if _is_note(rest.source) and not any(clause.certain for clause in found):
        return Reading(begin)
    hint = "write it before the bracket, so that the fields end the item"
    return Reading(begin, (), Problem(rest.span(), f"`{rest.source}` comes after the item's fields", hint))


def _is_note(rest: str) -> bool:
    """Whether `rest` is a sentence or a remark of its own, and so no part of the description."""
    return rest[:1] in (".", "!", ";", "-", "–", "—") and rest[1:2].isspace()


def _in_open_bracket(text: Text, shape: str, begin: int) -> Reading | None:
    """Read a bracket that names a field and that nothing closes."""
    opened = _brackets(shape, begin)[1][-MOST_OPEN_BRACKETS:]
    for start, end in zip(opened, (*opened[1:], len(shape)), strict=False):
        found = clauses(text.source, shape, start + 1, end, bracketed=True)
        if any(clause.certain for clause in found):
            rest = text.part(start, end).stripped()
            closing = ")" if rest.source.startswith("(") else "]"
            problem = Problem(
                rest.span(), f"`{rest.source}` is not closed", f"write `{rest.source}{closing}`"
            )
            return Reading(_end_of_description(text.source, begin, start), _resolved(text, found)[0], problem)
    return None


def _in_sentence(text: Text, shape: str, begin: int, *, described: bool) -> Reading:
    """Read the fields that end a text without brackets: `… - owner @who, due 2026-04-01`."""
    found = clauses(text.source, shape, begin, len(shape), bracketed=False)
    tail = list(_tail(text, found[1:] if described else found))
    alone = not described and len(tail) == len(found)
    if not tail or not (alone or any(clause.certain for clause in tail)):
        return Reading(_end_of_description(text.source, begin, len(shape)))
    end = _end_of_description(text.source, begin, min(clause.begin for clause in tail))
    return Reading(end, _resolved(text, tail)[0])


def _tail(text: Text, found: Sequence[Clause]) -> list[Clause]:
    """Return the last clauses, as many as are fields beyond doubt."""
    first = len(found)
    while first and _is_field(text, found[first - 1]):
        first -= 1
    return list(found[first:])


def _is_field(text: Text, clause: Clause) -> bool:
    if clause.kind is None:
        return bare_kind(text.source[clause.start : clause.end], None) not in (None, "type")
    return clause.certain and clause.start < clause.end


def _end_of_description(source: str, begin: int, end: int) -> int:
    """Return where the words before `end` stop, without the separators between them and the fields."""
    kept = end
    while kept > begin and (source[kept - 1].isspace() or source[kept - 1] in "-–—:,;|·•"):
        kept -= 1
    return kept


def of_kind(fields: Sequence[Field], kind: Kind) -> Iterator[Text]:
    """Yield the values of the fields of one kind."""
    return (field.text for field in fields if field.kind == kind)
