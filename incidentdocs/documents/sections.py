"""A document's sections: its headings matched to the titles that its profile knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.documents.incidents import Incident, incidents_around, read_incidents
from incidentdocs.documents.nested_sections import Known, Outer, title_at
from incidentdocs.documents.nesting import Nesting, Part, place, ranks_in
from incidentdocs.documents.timeline.time_expressions import is_time
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.blocks import Block, Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source
from incidentdocs.profiles.profile import Profile, SectionProfile

USUAL_LEVEL = 2
"""Headings below this level structure a section and begin none, unless all known ones are deeper."""


class Section(NamedTuple):
    """A heading and everything below it up to the next section.

    `profile` is what the profile says of it, None for a section of the team's own; `last` is the
    file's line before the next section's heading. `visible` is the heading's text without markup.
    A bold line or label that is a known title has a heading of the usual level that stands for it. What
    is nested in a section under a known title is a section too, and not among its `blocks`.

    `within` is the section, part or incident in which it is nested, so that two in different ones are
    no duplicates. `incident` is the one of several in which it stands; `incidents` begin in it.
    """

    profile: SectionProfile | None
    heading: Heading
    visible: str
    blocks: tuple[Block, ...]
    last: int
    within: Heading | None = None
    incident: Incident | None = None
    incidents: tuple[Incident, ...] = ()

    @property
    def id(self) -> str | None:
        """The profile's id of the section, None for a section of the team's own."""
        return self.profile.id if self.profile else None

    @property
    def body(self) -> Span:
        """The span of everything below the heading."""
        return Span(self.heading.last + 1, 1, self.last + 1, 1)


def read_sections(source: Source, profile: Profile) -> tuple[Heading | None, tuple[Section, ...]]:
    """Return the document's title, None where it has none, and its sections in the file's order."""
    known = known_titles(profile)
    headings = [block for block in source.blocks if isinstance(block, Heading)]
    begun = read_incidents(headings, profile.incidents)
    around = incidents_around(headings, begun, profile.incidents)
    level = _usual_level((heading for heading in headings if heading.first not in around), known)
    title = _title([heading for heading in headings if heading.first not in begun], known, level)
    shallow = [heading for heading in headings if heading is not title and heading.level <= level]
    parts = _parts(headings, title, level) | {line: incident.heading for line, incident in around.items()}
    whole = [
        section._replace(within=parts.get(section.heading.first), incident=around.get(section.heading.first))
        for section in _sections(source, list(_starts(shallow, known, begun)), known)
    ]
    told = _with_nested(source, whole, known, level, around)
    return title, tuple(_with_incidents(section, begun) for section in told)


def outermost_sections(
    source: Source, profile: Profile, other: Profile
) -> tuple[Heading | None, tuple[Section, ...]]:
    """Return the document's title and its sections with all that is nested in them.

    Titles of the `other` profile show at which level sections begin as well as those of its own do.
    """
    known = known_titles(profile)
    headings = [block for block in source.blocks if isinstance(block, Heading)]
    level = _usual_level(headings, known_titles(other) | known)
    title = _title(headings, known, level)
    shallow = [heading for heading in headings if heading is not title and heading.level <= level]
    return title, tuple(_sections(source, list(_starts(shallow, known, {})), known))


def _with_nested(
    source: Source, whole: Sequence[Section], known: Known, level: int, around: Mapping[int, Incident]
) -> Iterator[Section]:
    """Yield the sections and those nested in them, and in what stands above the first."""
    begin = whole[0].heading.first if whole else len(source.lines) + 1
    top = Outer(None, [block for block in source.blocks if block.first < begin], begin - 1)
    outers = [Outer(section.profile, section.blocks, section.last) for section in whole]
    areas = [(top, None), *((outer, own.incident) for outer, own in zip(outers, whole, strict=True))]
    present = {place(section.id, section.incident) for section in whole if section.id}
    nesting = Nesting(known, level, around, ranks_in(areas, present, known, around))
    yield from map(_nested, nesting.split(top, None, None)[1])
    for outer, section in zip(outers, whole, strict=True):
        left, nested = nesting.split(outer, section.heading, section.incident)
        yield section._replace(blocks=tuple(left.blocks), last=left.last)
        yield from map(_nested, nested)


def _nested(part: Part) -> Section:
    title, heading = part.nested.title, part.nested.heading
    visible = plain(title.text.source)
    blocks, last = tuple(part.left.blocks), part.left.last
    return Section(title.profile, heading, visible, blocks, last, part.within, part.incident)


def known_titles(profile: Profile) -> dict[str, SectionProfile]:
    """Return the profile's sections by every title that names one, as `title_key` has it."""
    return {
        title_key(title): section
        for section in reversed(profile.sections)
        for title in (*section.accept, *section.title.values())
    }


def _usual_level(headings: Iterable[Heading], known: Known) -> int:
    """Return the level down to which headings begin sections: that of the first known ones, at least 2."""
    levels = (heading.level for heading in headings if title_at(heading, known))
    return max(USUAL_LEVEL, min(levels, default=USUAL_LEVEL))


def _title(headings: Sequence[Heading], known: Known, level: int) -> Heading | None:
    """Return the first heading of level 1 that is no section; above deeper sections it may have level 2."""
    firsts = (heading for heading in headings if heading.level == 1)
    seconds = (heading for heading in headings[:1] if heading.level == USUAL_LEVEL < level)
    return next((heading for heading in (*firsts, *seconds) if not title_at(heading, known)), None)


def _parts(headings: Iterable[Heading], title: Heading | None, level: int) -> dict[int, Heading]:
    """Return the headings that group sections deeper than usual, by the lines of the headings they group."""
    parts: dict[int, Heading] = {}
    above: Heading | None = None
    for heading in headings if level > USUAL_LEVEL else ():
        above = heading if heading is not title and heading.level < level else above
        if above and above is not heading:
            parts[heading.first] = above
    return parts


def _starts(headings: Iterable[Heading], known: Known, begun: Mapping[int, Incident]) -> Iterator[Heading]:
    """Yield the headings that begin a section: in a timeline, one that is a time goes on with it."""
    in_timeline = False
    for heading in headings:
        title = title_at(heading, known)
        if title is None and in_timeline and is_time(heading.text.source) and heading.first not in begun:
            continue
        in_timeline = title is not None and title.profile.contains == "timeline"
        yield heading


def _sections(source: Source, starts: Sequence[Heading], known: Known) -> Iterator[Section]:
    blocks = iter(source.blocks)
    block = next(blocks, None)
    for heading, following in zip(starts, (*starts[1:], None), strict=False):
        below: list[Block] = []
        while block is not None and block.first <= heading.first:
            block = next(blocks, None)
        while block is not None and (following is None or block.first < following.first):
            below.append(block)
            block = next(blocks, None)
        last = following.first - 1 if following else max(len(source.lines), heading.last)
        visible = plain(heading.text.source)
        yield Section(known.get(title_key(visible)), heading, visible, tuple(below), last)


def _with_incidents(section: Section, begun: Mapping[int, Incident]) -> Section:
    headings = (block for block in section.blocks if isinstance(block, Heading)) if begun else ()
    return section._replace(incidents=tuple(begun[h.first] for h in headings if h.first in begun))
