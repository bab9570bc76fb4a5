"""What an incident's document says becomes the beginning of its post-mortem."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from incidentdocs.authoring.carried_timeline import carried_timeline
from incidentdocs.clock import format_duration
from incidentdocs.documents.answers import is_no_answer
from incidentdocs.documents.document import Document
from incidentdocs.documents.impact import Value as LabelledValue
from incidentdocs.documents.impact import read_labelled
from incidentdocs.documents.outage import downtime
from incidentdocs.documents.sections import Section
from incidentdocs.editing.edits import Edit
from incidentdocs.markdown.blocks import Code, walk
from incidentdocs.markdown.front_matter import Value
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.profile import FieldProfile, Told
from incidentdocs.profiles.roles import told_by

AUTHORS = "authors"

NOT_CARRIED = ("severity", "services", "date", "status", "post-mortem")
"""The fields that `new` writes itself, and the one that only the register's document has."""


def carried_fields(begun: Document, incident: Document) -> Mapping[str, Value]:
    """Return the front matter's fields that the post-mortem `begun` of `incident` begins with, by key.

    Its authors are those who were on call, where its profile asks for authors and nobody else is named.
    """
    fields: dict[str, Value] = {}
    for value in incident.metadata:
        key = value.profile.id if value.profile else value.field.key
        told = not value.empty and not value.problem and not incident.holds_placeholder(value.field.span)
        if told and key not in NOT_CARRIED and (written := _as_written(value.field.value)) is not None:
            fields[key] = written
    people = tuple(dict.fromkeys(who for role in ("oncall", "backup") for who in incident.words(role)))
    if people and AUTHORS not in fields and any(field.id == AUTHORS for field in begun.profile.metadata):
        fields[AUTHORS] = people
    return {**fields, "incident": (incident.path,)}


def carried_edits(begun: Document, incident: Document) -> list[Edit]:
    """Return the edits by which a post-mortem that was just `begun` tells what `incident` says already.

    Its timeline has the incident's events, and the milestones of which fields give the time; the impact has
    the downtime, the symptom, that no data was lost or nobody saw it, and what the incident says of its
    impact in labelled lines; cause and resolution stand where the cause is to be told. What the incident does
    not say, and a cause that nobody knows, is still a placeholder.
    """
    return [*carried_timeline(begun, incident), *_impact(begun, incident), *_cause(begun, incident)]


def _as_written(value: object) -> Value | None:
    """Return a field's value as it is written again, None for what is neither a word nor a list of words."""
    if isinstance(value, list):
        words = not any(isinstance(each, list | dict) or each is None for each in value)
        return tuple(map(str, value)) if words else None
    return value if isinstance(value, bool | int | float | date | str) else None


def _impact(begun: Document, incident: Document) -> Iterator[Edit]:
    asked = [field for section in begun.profile.sections for field in section.fields]
    labelled = labelled_impact(incident, asked)
    known = {
        **_by_fields(begun, incident),
        **{id: value.text.source.strip() for id, value in labelled.items()},
    }
    if taken := downtime(incident):
        known["downtime"] = format_duration(taken)
    for value in begun.values:
        if known.get(value.field.id) and begun.holds_placeholder(value.text.span()):
            yield Edit(value.text.span(), known[value.field.id])
    told = {line for value in labelled.values() for line in _lines_of(value)}
    symptom = _body(incident, "symptom", told)
    place = next((s for s in begun.sections if s.profile and told_by(s.profile) == ("symptom",)), None)
    if symptom and place:
        line = _last_line(begun, place) + 1
        yield Edit(Span(line, 1, line, 1), f"\n{symptom}\n")


def _by_fields(begun: Document, incident: Document) -> dict[str, str]:
    """Return what fields of the front matter answer of the impact, by the ids of the impact's values."""
    known = {}
    if incident.answer("data-loss") is False:
        known["data-loss"] = "non" if begun.language == "fr" else "no"
    if incident.answer("user-facing") is False:
        known["users"] = "0"
    return known


def labelled_impact(incident: Document, asked: Sequence[FieldProfile]) -> dict[str, LabelledValue]:
    """Return what the symptom of an incident says under the labels of its impact, by the values' ids.

    `asked` are the fields that a post-mortem asks for.
    """
    sections = (each for each in incident.sections if each.profile and "symptom" in told_by(each.profile))
    found = (value for section in sections for value in read_labelled(section.blocks, asked))
    said: dict[str, LabelledValue] = {}
    for value in found:
        if value.parsed is not None and not incident.holds_placeholder(value.text.span()):
            said.setdefault(value.field.id, value)
    return said


def _lines_of(value: LabelledValue) -> range:
    return range(value.label.span().line, value.text.span().end_line + 1)


def _cause(begun: Document, incident: Document) -> Iterator[Edit]:
    place = next((s for s in begun.sections if s.profile and told_by(s.profile) == ("cause",)), None)
    cause = _body(incident, "cause")
    if is_no_answer(cause):
        return
    section = incident.section("resolution")
    resolution = _written(incident, section) if section else ""
    label = "Résolution :" if begun.language == "fr" else "Resolution:"
    if place and cause:
        gaps = [gap for gap in begun.placeholders if place.heading.last < gap.span.line <= place.last]
        yield from (Edit(gap.span, "") for gap in gaps[1:])
        more = f"\n\n{label} {resolution}" if resolution else ""
        if gaps:
            yield Edit(gaps[0].span, f"{cause}{more}")


def _body(incident: Document, told: Told, without: Set[int] = frozenset()) -> str:
    """Return what the sections that tell its symptom, or its cause, say, `without` some lines of the file."""
    sections = (each for each in incident.sections if each.profile and told in told_by(each.profile))
    return "\n\n".join(filter(None, (_written(incident, section, without) for section in sections)))


def _written(incident: Document, section: Section, without: Set[int] = frozenset()) -> str:
    """Return the rows of a section, none where a placeholder is left or a fence of code has no end."""
    unclosed = any(
        isinstance(block, Code) and not block.closed and block.fenced for block in walk(section.blocks)
    )
    if unclosed or incident.holds_placeholder(section.body):
        return ""
    rows = enumerate(
        incident.source.lines[section.heading.last : section.last], start=section.heading.last + 1
    )
    return "\n".join(row for number, row in rows if number not in without).strip()


def _last_line(begun: Document, section: Section) -> int:
    rows = begun.source.lines[: section.last]
    return max(number for number, row in enumerate(rows, start=1) if row.strip())
