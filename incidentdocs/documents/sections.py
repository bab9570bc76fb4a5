"""A document's sections: its headings matched to the titles that its profile knows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from incidentdocs.documents.timeline.time_expressions import read_time
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.blocks import Block, Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source
from incidentdocs.profiles.profile import Profile, SectionProfile

if TYPE_CHECKING:
    from difflib import SequenceMatcher

DEEPEST_SECTION = 2
"""Headings below this level structure a section and begin none."""

NEAR = 0.8
"""How alike two titles are when one is the other misspelt: above `Root causes` for `Root cause` (0.95)
and `Timelin`, below `Impact client` for `Impact` (0.63), which is a section of the team's own."""


class Section(NamedTuple):
    """A heading and everything below it up to the next section.

    `profile` is what the profile says of it, None for a section of the team's own; `last` is the
    file's line before the next section's heading. `visible` is the heading's text without markup.
    """

    profile: SectionProfile | None
    heading: Heading
    visible: str
    blocks: tuple[Block, ...]
    last: int

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
    title = _title(headings, known)
    shallow = (heading for heading in headings if heading is not title and heading.level <= DEEPEST_SECTION)
    return title, tuple(_sections(source, list(_starts(shallow, known)), known))


def known_titles(profile: Profile) -> dict[str, SectionProfile]:
    """Return the profile's sections by every title that names one, as `title_key` has it."""
    return {
        title_key(title): section
        for section in reversed(profile.sections)
        for title in (*section.accept, *section.title.values())
    }


def _title(headings: Sequence[Heading], known: dict[str, SectionProfile]) -> Heading | None:
    firsts = (heading for heading in headings if heading.level == 1)
    return next((heading for heading in firsts if title_key(plain(heading.text.source)) not in known), None)


def _starts(headings: Iterable[Heading], known: dict[str, SectionProfile]) -> Iterator[Heading]:
    """Yield the headings that begin a section: in a timeline, one that is a time goes on with it."""
    in_timeline = False
    for heading in headings:
        section = known.get(title_key(plain(heading.text.source)))
        if section is None and in_timeline and _is_time(heading.text.source):
            continue
        in_timeline = section is not None and section.contains == "timeline"
        yield heading


def _is_time(text: str) -> bool:
    time = read_time(text)
    return time is not None and time.hint is None and (time.clock is not None or time.text >= len(text))


def _sections(
    source: Source, starts: Sequence[Heading], known: dict[str, SectionProfile]
) -> Iterator[Section]:
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


def near_misses(sections: Sequence[Section], profile: Profile) -> dict[str, Section]:
    """Return the sections of the team's own whose titles are nearly a missing section's, by its id.

    A section that need not be there counts as well: misspelt, it would be read by nobody.
    """
    present = {section.id for section in sections}
    missing = [section for section in profile.sections if section.id not in present]
    unknown = [section for section in sections if section.profile is None]
    nearest = ((section.id, _nearest(unknown, section)) for section in missing if unknown)
    return {id: own for id, own in nearest if own}


def _nearest(unknown: Sequence[Section], wanted: SectionProfile) -> Section | None:
    """Return the section whose title is most like one of `wanted`'s, None where none is near."""
    from difflib import SequenceMatcher

    keys = dict.fromkeys(map(title_key, (*wanted.title.values(), *wanted.accept)))
    matchers = [SequenceMatcher(b=key) for key in keys]
    rated = ((_likeness(title_key(own.visible), matchers), own) for own in unknown)
    likeness, nearest = max(rated, key=lambda pair: pair[0])
    return nearest if likeness >= NEAR else None


def _likeness(title: str, matchers: "Iterable[SequenceMatcher[str]]") -> float:
    """Return how alike `title` is to the titles of the matchers, 0 where it is near none."""
    best = 0.0
    for matcher in matchers:
        matcher.set_seq1(title)
        if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
            best = max(best, matcher.ratio())
    return best
