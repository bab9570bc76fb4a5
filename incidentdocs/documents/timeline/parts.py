"""A timeline that tells of several incidents, parted at the headings that begin them."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from incidentdocs.documents.incidents import Incident
from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.order import SOME_DAY
from incidentdocs.documents.timeline.time_expressions import is_time
from incidentdocs.markdown.blocks import Block, Heading


class Part(NamedTuple):
    """The blocks of one incident's timeline, and its day, None where nothing tells it.

    `section` has no other blocks than these; `shared` are the section's before its first incident, which
    say what holds for all. `heading` begins the incident, None where it does so outside of the section.
    """

    section: Section
    day: date | None
    shared: Sequence[Block] = ()
    heading: Heading | None = None
    incident: Incident | None = None


def parts_of(sections: Sequence[Section], day: date | None) -> Iterator[Part]:
    """Yield the sections' timelines, each on its incident's day; outside of any that is `day`.

    A date without its year is the one nearest to the incident before.
    """
    near = day or _first_full_date(sections)
    for part in (part for section in sections for part in _parts(section)):
        if part.incident is None:
            yield part._replace(day=day)
        else:
            dated = near is not None or part.incident.date.year is not None
            own = part.incident.date.on(first=near or SOME_DAY, last=near or SOME_DAY) if dated else None
            near = own or near
            yield part._replace(day=own)


def _parts(section: Section) -> Iterator[Part]:
    begun = {incident.heading.first: incident for incident in section.incidents}
    if not begun:
        yield Part(section, None, incident=section.incident)
        return
    shared = tuple(takewhile(lambda block: block.first not in begun, section.blocks))
    own: list[Block] = []
    current = Part(section, None, incident=section.incident)
    for block in section.blocks:
        incident = begun.get(block.first)
        if incident or _ends(block, current.heading):
            yield current._replace(section=section._replace(blocks=tuple(own)))
            heading = incident.heading if incident else None
            current, own = Part(section, None, shared, heading, incident), []
        own += () if incident else (block,)
    yield current._replace(section=section._replace(blocks=tuple(own)))


def _ends(block: Block, heading: Heading | None) -> bool:
    """Return whether a heading ends the incident that `heading` begins."""
    ends = isinstance(block, Heading) and heading is not None and block.level <= heading.level
    return ends and isinstance(block, Heading) and not is_time(block.text.source)


def _first_full_date(sections: Sequence[Section]) -> date | None:
    dates = (
        incident.date
        for section in sections
        for incident in (*filter(None, [section.incident]), *section.incidents)
    )
    full = (found.on(first=SOME_DAY, last=SOME_DAY) for found in dates if found.year is not None)
    return next(filter(None, full), None)
