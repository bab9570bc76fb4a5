"""What an incident's document says becomes the beginning of its post-mortem."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from incidentdocs.clock import format_duration, local_date
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.milestones import DETECTION, RESTORED, milestone_in
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.editing.edits import Edit
from incidentdocs.markdown.blocks import Code, walk
from incidentdocs.markdown.front_matter import Value
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.profile import Told
from incidentdocs.profiles.roles import told_by

CLOCK = "HH:MM"

NOT_CARRIED = ("severity", "services", "date", "status", "post-mortem")
"""The fields that `new` writes itself, and the one that only the register's document has."""


class _Line(NamedTuple):
    """Some rows of a timeline, and when what they tell began."""

    when: datetime
    rows: tuple[str, ...]


def carried_fields(incident: Document) -> Mapping[str, Value]:
    """Return the front matter's fields that the post-mortem of `incident` begins with, by key."""
    fields: dict[str, Value] = {}
    for value in incident.metadata:
        key = value.profile.id if value.profile else value.field.key
        told = not value.empty and not value.problem and not incident.holds_placeholder(value.field.span)
        if told and key not in NOT_CARRIED and (written := _as_written(value.field.value)) is not None:
            fields[key] = written
    return {**fields, "incident": (incident.path,)}


def carried_edits(begun: Document, incident: Document) -> list[Edit]:
    """Return the edits by which a post-mortem that was just `begun` tells what `incident` says already.

    Its timeline has the incident's events, and the milestones of which fields give the time; the impact has
    the downtime, the symptom and that no data was lost; cause and resolution stand where the cause is to
    be told. What the incident does not say is still a placeholder.
    """
    return [*_timeline(begun, incident), *_impact(begun, incident), *_cause(begun, incident)]


def _as_written(value: object) -> Value | None:
    """Return a field's value as it is written again, None for what is neither a word nor a list of words."""
    if isinstance(value, list):
        words = not any(isinstance(each, list | dict) or each is None for each in value)
        return tuple(map(str, value)) if words else None
    return value if isinstance(value, bool | int | float | date | str) else None


def _timeline(begun: Document, incident: Document) -> Iterator[Edit]:
    gaps = [event for event in (begun.timeline.events if begun.timeline else ()) if event.placeholder]
    milestones = [each for section in begun.profile.sections for each in section.milestones]
    told = list(_told(incident))
    known = {milestone_in(event.text.source, milestones) for event in told}
    lines = list(_event_lines(incident, told))
    for gap in gaps:
        place = Span(gap.span.line, 1, gap.span.line + 1, 1)
        moment = None if gap.milestone in known else _moment(gap.milestone, incident)
        row = begun.source.lines[gap.span.line - 1]
        if moment:
            row = row.replace(CLOCK, _clock(moment, incident), 1)
        if moment and lines:
            lines.append(_Line(moment, (row,)))
        elif moment:
            yield Edit(place, f"{row}\n")
        if lines and (moment or gap.milestone in known):
            yield Edit(place, "")
    if gaps and lines:
        rows = (row for line in sorted(lines, key=lambda line: line.when) for row in line.rows)
        yield Edit(Span(gaps[0].span.line, 1, gaps[0].span.line, 1), "".join(f"{row}\n" for row in rows))


def _told(incident: Document) -> Iterator[Event]:
    for event in incident.timeline.events if incident.timeline else ():
        if event.start and not event.placeholder:
            yield event


def _event_lines(incident: Document, told: Sequence[Event]) -> Iterator[_Line]:
    """Yield the rows of each event, with what stands below it, as the incident's document has them."""
    for section in incident.sections_containing("timeline"):
        own = [event for event in told if section.heading.last < event.span.line <= section.last]
        begins = [event.span.line for event in own]
        gaps = (
            [event.span.line for event in incident.timeline.events if event.placeholder]
            if incident.timeline
            else []
        )
        ends = sorted({*begins, *gaps, section.last + 1})
        for event in own:
            end = next(line for line in ends if line > event.span.line)
            rows = incident.source.lines[event.span.line - 1 : end - 1]
            if event.start:
                yield _Line(event.start, tuple(row for row in rows if row.strip()))


def _moment(milestone: str | None, incident: Document) -> datetime | None:
    if milestone == DETECTION:
        return incident.moment("detected") or incident.moment("started")
    return incident.moment("resolved") if milestone == RESTORED else None


def _clock(moment: datetime, incident: Document) -> str:
    day = local_date(moment, incident.process.zone)
    local = moment.astimezone(incident.process.zone) if day else moment
    return f"{local:%H:%M}" if day == incident.date else f"{local:%Y-%m-%d %H:%M}"


def _impact(begun: Document, incident: Document) -> Iterator[Edit]:
    downtime, loss = _downtime(incident), incident.answer("data-loss")
    known = {
        "downtime": format_duration(downtime) if downtime else "",
        "data-loss": "" if loss is not False else "no",
    }
    if begun.language == "fr" and known["data-loss"]:
        known["data-loss"] = "non"
    for value in begun.values:
        if known.get(value.field.id) and begun.holds_placeholder(value.text.span()):
            yield Edit(value.text.span(), known[value.field.id])
    symptom = _body(incident, "symptom")
    place = next((s for s in begun.sections if s.profile and told_by(s.profile) == ("symptom",)), None)
    if symptom and place:
        line = _last_line(begun, place) + 1
        yield Edit(Span(line, 1, line, 1), f"\n{symptom}\n")


def _downtime(incident: Document) -> timedelta | None:
    began = incident.moment("started") or incident.moment("detected")
    ended = incident.moment("resolved")
    return ended - began if began and ended and ended > began else None


def _cause(begun: Document, incident: Document) -> Iterator[Edit]:
    place = next((s for s in begun.sections if s.profile and told_by(s.profile) == ("cause",)), None)
    cause = _body(incident, "cause")
    section = incident.section("resolution")
    resolution = _written(incident, section) if section else ""
    label = "Résolution :" if begun.language == "fr" else "Resolution:"
    if place and cause:
        gaps = [gap for gap in begun.placeholders if place.heading.last < gap.span.line <= place.last]
        yield from (Edit(gap.span, "") for gap in gaps[1:])
        more = f"\n\n{label} {resolution}" if resolution else ""
        if gaps:
            yield Edit(gaps[0].span, f"{cause}{more}")


def _body(incident: Document, told: Told) -> str:
    """Return what the sections of an incident's document that tell its symptom, or its cause, say."""
    sections = (each for each in incident.sections if each.profile and told in told_by(each.profile))
    return "\n\n".join(filter(None, (_written(incident, section) for section in sections)))


def _written(incident: Document, section: Section) -> str:
    """Return the rows of a section, none where a placeholder is left or a fence of code has no end."""
    unclosed = any(
        isinstance(block, Code) and not block.closed and block.fenced for block in walk(section.blocks)
    )
    if unclosed or incident.holds_placeholder(section.body):
        return ""
    return "\n".join(incident.source.lines[section.heading.last : section.last]).strip()


def _last_line(begun: Document, section: Section) -> int:
    rows = begun.source.lines[: section.last]
    return max(number for number, row in enumerate(rows, start=1) if row.strip())
