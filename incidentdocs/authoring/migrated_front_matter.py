"""A document's front matter in the order and under the names of another profile."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.metadata import MetadataValue
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.front_matter import FENCES, FrontMatter
from incidentdocs.markdown.front_matter_reader import read_front_matter
from incidentdocs.profiles.file_names import read_filename
from incidentdocs.profiles.profile import FieldProfile, Profile

_YAML_FENCES = FENCES["---"]


class _Entry(NamedTuple):
    """One field with its own lines and the comments above it; `at` is where its key stands in them."""

    value: MetadataValue
    rows: tuple[str, ...]
    at: int


def front_matter_lines(document: Document, target: Profile) -> tuple[str, ...]:
    """Return the front matter under `target`, with its fences; nothing where there is nothing to say.

    The profile's fields come first, in its order; the team's own follow as they stood. Front matter in which
    something cannot be read, whose lines cannot be parted, or that is TOML, stays as it is.
    """
    front_matter = document.source.front_matter
    if front_matter is None:
        missing = tuple(line for field in target.metadata for line in _missing(field, document, target))
        return ("---", *missing, "---") if missing else ()
    lines = document.source.lines[front_matter.first - 1 : front_matter.last]
    if lines[0].rstrip() not in _YAML_FENCES:
        return lines  # TOML, whose rows are not parted here
    closed = len(lines) > 1 and lines[-1].rstrip() in _YAML_FENCES
    rows, fence = (lines[1:-1], lines[-1]) if closed else (lines[1:], "---")
    reshaped = _reshaped(document, front_matter, rows, target)
    # Without its end the front matter has this one problem more.
    readable = len(front_matter.problems) <= (not closed)
    return (lines[0], *(reshaped if readable and reshaped is not None else rows), fence)


def day_of(document: Document, target: Profile) -> date | None:
    """Return the incident's date as the document's profile has it, else as the target reads it."""
    return document.date or read_document(document.path, document.source, target, document.process).date


def _reshaped(
    document: Document, front_matter: FrontMatter, rows: Sequence[str], target: Profile
) -> tuple[str, ...] | None:
    """Return the rows under `target`, None where they would not say the same."""
    entries = _entries(document, front_matter, rows)
    if entries is None:
        return None
    head = rows[: len(rows) - sum(len(entry.rows) for entry in entries)]
    taken = _taken(entries, target)
    known: list[str] = []
    for field in target.metadata:
        own = taken.get(field.id)
        known += _named(own, field.id) if own else _missing(field, document, target)
    others = [row for entry in entries if entry not in taken.values() for row in entry.rows]
    reshaped = (*head, *known, *others)
    names = {entry.value.field.key: id for id, entry in taken.items()}
    return reshaped if _says_the_same(front_matter, reshaped, names) else None


def _says_the_same(front_matter: FrontMatter, rows: Sequence[str], names: Mapping[str, str]) -> bool:
    read = read_front_matter(("---", *rows, "---"))
    if read is None or read.problems:
        return False
    said = {field.key: repr(field.value) for field in read.fields}
    wanted = {names.get(field.key, field.key): repr(field.value) for field in front_matter.fields}
    return wanted.items() <= said.items() and len(wanted) == len(front_matter.fields)


def _entries(document: Document, front_matter: FrontMatter, rows: Sequence[str]) -> list[_Entry] | None:
    """Return the fields with their lines, None where two share a line."""
    keys = [value.field.key_span for value in document.metadata]
    first = front_matter.first + 1
    at = [key.line - first for key in keys]
    if any(key.column != 1 for key in keys) or len(set(at)) < len(at):
        return None
    starts = [_with_comments(rows, line) for line in at]
    if any(line >= start for line, start in zip(at, starts[1:], strict=False)):
        return None
    ranges = pairwise((*starts, len(rows)))
    return [
        _Entry(value, tuple(rows[start:end]), line - start)
        for value, line, (start, end) in zip(document.metadata, at, ranges, strict=True)
    ]


def _with_comments(rows: Sequence[str], line: int) -> int:
    while line and rows[line - 1].startswith("#"):
        line -= 1
    return line


def _taken(entries: Sequence[_Entry], target: Profile) -> dict[str, _Entry]:
    """Return which entry each of the target's fields takes over, by its id; none goes to two."""
    taken: dict[str, _Entry] = {}
    for is_of in (_is_called, _is_accepted, _is_known_as, _is_a_severity_too):
        for field in target.metadata:
            free = (entry for entry in entries if entry not in taken.values())
            own = next((entry for entry in free if is_of(entry.value, field)), None)
            if own and field.id not in taken:
                taken[field.id] = own
    return taken


def _is_called(value: MetadataValue, field: FieldProfile) -> bool:
    return value.field.key == field.id


def _is_accepted(value: MetadataValue, field: FieldProfile) -> bool:
    return value.field.key in field.accept


def _is_known_as(value: MetadataValue, field: FieldProfile) -> bool:
    return value.profile is not None and value.profile.id == field.id


def _is_a_severity_too(value: MetadataValue, field: FieldProfile) -> bool:
    return value.profile is not None and value.profile.type == field.type == "severity"


def _named(entry: _Entry, id: str) -> tuple[str, ...]:
    """Return an entry's rows under the key `id`, with the key it had in a comment above."""
    key = entry.value.field.key
    if key == id:
        return entry.rows
    span = entry.value.field.key_span
    row = entry.rows[entry.at]
    was = () if fold(key) == fold(id) else (f"# {key}",)
    renamed = f"{row[: span.column - 1]}{id}{row[span.end_column - 1 :]}"
    return (*entry.rows[: entry.at], *was, renamed, *entry.rows[entry.at + 1 :])


def _missing(field: FieldProfile, document: Document, target: Profile) -> Iterator[str]:
    """Yield the row of a field that the source does not have: what is known, or that it is to be written."""
    dates = [known.id for known in target.metadata if known.type == "date"]
    day = day_of(document, target)
    if field.id in dates[:1] and day:
        named = read_filename(document.path, target)
        if field.required or named is None or named.day is None:
            yield f"{field.id}: {day.isoformat()}"
    elif field.type == "severity" and document.severity:
        yield f"{field.id}: {document.severity}"
    elif field.required:
        yield f"{field.id}: TODO"
