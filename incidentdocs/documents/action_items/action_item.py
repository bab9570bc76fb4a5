"""One action item, and how its text, its fields and its box become one value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from incidentdocs.documents.action_items.fields import Field, of_kind
from incidentdocs.documents.action_items.head import Head
from incidentdocs.documents.action_items.owners import Owners, read_owners
from incidentdocs.documents.action_items.references import mentioned, references
from incidentdocs.documents.action_items.types import ItemType, item_type
from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Place, Problem, Span
from incidentdocs.profiles.profile import Ask

State = Literal["open", "done", "abandoned"]


class ActionItem(NamedTuple):
    """A promise made in a document: what is to be done, by whom, by when, and what became of it.

    `span` is the item's text in its first line, `line` and `last` its first and last line. `checked`
    is None without a box, and `stated` says whether anything (a box, a status column) tells the state.
    `asks` is what the profile says that the item must carry.
    `number_text`, `owner_text` and `due_text` are as written, None where nothing is. `owners` are
    persons, `companions` the agents beside them. `due` and `done` are None where no ISO date is
    written. `refs` are the addresses, issues, commits and pages that the
    item refers to, those in its fields first. `reason` says why it won't be done. `type` is what it
    is for, None where `type_text` names none that is known. `problem` is what could not be understood
    and no other value shows. `header` is the header of the table whose row the item is.
    """

    span: Span
    line: int
    last: int
    number: int | None
    number_text: Text | None
    description: str
    description_text: Text
    checked: bool | None
    stated: bool
    state: State
    owners: tuple[str, ...]
    companions: tuple[str, ...]
    owner_text: Text | None
    due: date | None
    due_text: Text | None
    done: date | None
    refs: tuple[str, ...]
    reason: str | None
    problem: Problem | None
    asks: tuple[Ask, ...] = ()
    header: Span | None = None
    type: ItemType | None = None
    type_text: Text | None = None

    @property
    def described(self) -> bool:
        """Whether the item says what is to be done; of one that does not, nothing else is worth telling."""
        return bool(self.description_text.source.strip())

    @property
    def values(self) -> tuple[Text, ...]:
        """What is written of the item: its description, owner and due date, those that are there."""
        return tuple(filter(None, (self.description_text, self.owner_text, self.due_text)))


class Parts(NamedTuple):
    """What a notation found of one item, before it is understood."""

    span: Span
    last: int
    head: Head
    description: Text
    fields: tuple[Field, ...]
    problem: Problem | None = None
    stated: bool = False
    settled: bool = False
    """Whether a status, a sign or the word `done` says that the item is done."""
    header: Span | None = None
    words: tuple[Text, ...] = ()
    """All that is written of it, with the notes below it."""


def action_item(parts: Parts, asks: tuple[Ask, ...], definitions: Mapping[str, str]) -> ActionItem:
    """Return the action item that the parts make, which must carry what `asks` names.

    `definitions` are where the document's references lead.
    """
    owner_text = next(of_kind(parts.fields, "owner"), None)
    due_text = next(of_kind(parts.fields, "due"), None)
    type_text = next(of_kind(parts.fields, "type"), None) or _tag(parts.description)
    owners = _owners(parts.fields)
    reason = next((plain(text.source).strip() for text in of_kind(parts.fields, "reason")), None) or None
    return ActionItem(
        span=parts.span,
        line=parts.span.line,
        last=parts.last,
        number=parts.head.number,
        number_text=parts.head.label,
        description=_visible(parts),
        description_text=parts.description,
        checked=parts.head.checked,
        stated=parts.stated or parts.head.checked is not None,
        state=_state(parts, reason),
        owners=owners.persons,
        companions=owners.companions,
        owner_text=owner_text if owner_text and owner_text.source else None,
        due=iso_date(due_text.source) if due_text else None,
        due_text=due_text if due_text and due_text.source else None,
        done=next((day for text in of_kind(parts.fields, "done") if (day := iso_date(text.source))), None),
        refs=tuple(dict.fromkeys(_refs(parts, definitions))),
        reason=reason,
        problem=next(_problems(parts, reason), None),
        asks=asks,
        header=parts.header,
        type=item_type(type_text.source) if type_text else None,
        type_text=type_text,
    )


def _tag(description: Text) -> Text | None:
    """Return the type that stands in front of the words: `[detect] Alert at 80 %`, `Detect: alert`."""
    found = _tagged().match(description.source)
    return description.part(*found.span("type")) if found and item_type(found["type"]) else None


@cache
def _tagged() -> re.Pattern[str]:
    return re.compile(r"[*_`(\[]{0,3}(?P<type>[^\W\d_]{4,12})(?:[*_`)\]]{1,3}\s?:?|\s?[:：])")


def _visible(parts: Parts) -> str:
    shown = plain(parts.head.emphasis + parts.description.source)
    return shown.removeprefix(parts.head.emphasis).strip()


def _owners(fields: Sequence[Field]) -> Owners:
    read = [read_owners(plain(text.source)) for text in of_kind(fields, "owner")]
    persons = dict.fromkeys(name for owners in read for name in owners.persons)
    companions = dict.fromkeys(name for owners in read for name in owners.companions)
    return Owners(tuple(persons), tuple(companions))


def _refs(parts: Parts, definitions: Mapping[str, str]) -> Iterator[str]:
    for kind in ("ref", "done"):
        for text in of_kind(parts.fields, kind):
            yield from references(text.source)
    for text in parts.words:
        yield from mentioned(text.source, definitions)


def _state(parts: Parts, reason: str | None) -> State:
    if reason is not None:
        return "abandoned"
    if parts.head.checked is not None:
        return "done" if parts.head.checked else "open"
    return "done" if parts.settled or any(of_kind(parts.fields, "done")) else "open"


def _problems(parts: Parts, reason: str | None) -> Iterator[Problem]:
    if parts.head.problem:
        yield parts.head.problem
    if parts.problem:
        yield parts.problem
    if not parts.description.source.strip():
        hint = "write what is to be done: `- [ ] AI 1 : <description> (owner @who, due YYYY-MM-DD)`"
        yield Problem(parts.span, "the action item has no description", hint)
    yield from _doubtful_fields(parts, reason)


def _doubtful_fields(parts: Parts, reason: str | None) -> Iterator[Problem]:
    for text in of_kind(parts.fields, "done"):
        if parts.head.checked is False:
            yield Problem(
                _span(text, parts), "the item says that it is done and is not ticked", "write `- [x]`"
            )
        if text.source and not iso_date(text.source) and not references(text.source):
            hint = "write `done YYYY-MM-DD`"
            yield Problem(text.span(), f"`{text.source}` is no date on which the item was done", hint)
    for text in of_kind(parts.fields, "ref"):
        if text.source and not references(text.source):
            hint = "write an address, an issue's number or a commit, such as `ref #12`"
            yield Problem(text.span(), f"`{text.source}` refers to nothing", hint)
    for text in of_kind(parts.fields, "reason"):
        if reason is None:
            yield Problem(
                _span(text, parts), "the item won't be done and does not say why", "write `won't do: reason`"
            )


def _span(text: Text, parts: Parts) -> Span:
    return text.span() if text.source else parts.span


def first_line(text: Text, begin: int = 0) -> Span:
    """Return the span of the first line of `text` from `begin` on, of one character where it is blank."""
    line, *_ = text.part(begin).stripped().source.split("\n")
    start = text.place(begin + len(text.source[begin:]) - len(text.source[begin:].lstrip()))
    return Span.between(start, Place(start.line, start.column + max(len(line.rstrip()), 1)))
