"""The fields that documents give, in their front matter and under labels: how often, and of which type."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from incidentdocs.documents.field_values import Unreadable, read_value
from incidentdocs.documents.titles import fold
from incidentdocs.learning.names import id_of
from incidentdocs.learning.observing import Labelled, Observed, labelled
from incidentdocs.learning.shares import HALF, MOST, NEARLY_ALL, Share, most_common
from incidentdocs.markdown.blocks import Block
from incidentdocs.process.severity import severity_of
from incidentdocs.profiles.profile import FieldProfile, FieldType

_TYPES: tuple[FieldType, ...] = ("severity", "date", "duration")
"""The types that a value's form shows; any other is text."""


class LearnedField(NamedTuple):
    """A field that some documents give: under a key of the front matter, or under a label in the text."""

    id: str
    label: str | None
    type: FieldType
    present: Share

    @property
    def required(self) -> bool:
        """Whether nearly all documents give it."""
        return self.present.part >= NEARLY_ALL


def front_matter_fields(documents: Sequence[Observed]) -> tuple[LearnedField, ...]:
    """Return the keys that at least half of the documents have in their front matter."""
    values: defaultdict[str, list[object]] = defaultdict(list)
    for document in documents:
        for field in document.source.front_matter.fields if document.source.front_matter else ():
            values[field.key].append(field.value)
    count = len(documents)
    return tuple(
        LearnedField(key, None, _type_of(given), Share(len(given), count))
        for key, given in values.items()
        if len(given) >= HALF * count
    )


def labelled_fields(places: Sequence[Sequence[Block]]) -> tuple[LearnedField, ...]:
    """Return the labels under which at least half of the `places`, one of each document, give a value."""
    found = [_by_key(labelled(blocks)) for blocks in places]
    keys = dict.fromkeys(key for by_key in found for key in by_key)
    fields = (_labelled_field(key, found) for key in keys if not _is_title(key, found))
    return tuple(field for field in fields if field.present.fitting >= max(HALF * len(places), 2))


def _is_title(key: str, found: Sequence[Mapping[str, Labelled]]) -> bool:
    """Return whether a label is that of a table's header which says the same in every document."""
    given = [by_key[key] for by_key in found if key in by_key]
    return all(pair.header for pair in given) and len({pair.value for pair in given}) == 1


def _by_key(pairs: Iterable[Labelled]) -> dict[str, Labelled]:
    return {fold(pair.label) or pair.label: pair for pair in pairs}


def _labelled_field(key: str, found: Sequence[Mapping[str, Labelled]]) -> LearnedField:
    given = [by_key[key] for by_key in found if key in by_key]
    label = most_common(pair.label for pair in given)[0][0]
    return LearnedField(
        id_of(label, "field"), label, _type_of([pair.value for pair in given]), Share(len(given), len(found))
    )


def _type_of(values: Sequence[object]) -> FieldType:
    if values and all(isinstance(value, list) for value in values):
        return "list"
    given = [value for value in values if value not in (None, "")]
    for type_ in _TYPES:
        if given and sum(_is(type_, value) for value in given) >= MOST * len(given):
            return type_
    return "text"


def _is(type_: FieldType, value: object) -> bool:
    if isinstance(value, date):
        return type_ == "date"
    if not isinstance(value, str):
        return False
    if type_ == "severity":
        return severity_of(value) is not None or not isinstance(_read(type_, value), Unreadable)
    return any(c.isdigit() for c in value) and not isinstance(_read(type_, value), Unreadable)


def _read(type_: FieldType, value: str) -> object:
    return read_value(FieldProfile(id="trial", type=type_), value)
