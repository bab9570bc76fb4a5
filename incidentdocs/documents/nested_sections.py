"""Sections whose titles are no headings of the usual level: deeper headings, bold lines, bold labels."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.documents.bold_titles import heading_text, label_of
from incidentdocs.documents.contained import holds
from incidentdocs.documents.timeline.time_expressions import is_time
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.blocks import Block, Heading, List, ListItem, Paragraph, Text
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import SectionProfile

Known = Mapping[str, SectionProfile]
"""The profile's sections by the keys of their titles."""

BOLD, LABEL = 7, 8
"""The ranks of a bold line and of a list item's label: below every heading, whose rank is its level."""


class Title(NamedTuple):
    """A known title: of which section, its words, and its rank among titles."""

    profile: SectionProfile
    text: Text
    rank: int


class Nested(NamedTuple):
    """A known section inside another section's blocks, or above the first one.

    `heading` is the real one, or stands for a bold title; `blocks` are what is below it, `last` is its
    last line, and `end` the index of the first block after it.
    """

    title: Title
    heading: Heading
    blocks: tuple[Block, ...]
    last: int
    end: int


class Outer(NamedTuple):
    """The blocks in which sections may be nested: those of `profile`'s section, up to the line `last`.

    `profile` is None for a section of the team's own, which keeps none of them to itself.
    """

    profile: SectionProfile | None
    blocks: Sequence[Block]
    last: int


def title_at(block: Block | ListItem, known: Known) -> Title | None:
    """Return the known title that `block` is, None where it is none."""
    text = label_of(block) if isinstance(block, ListItem) else heading_text(block)
    profile = known.get(title_key(plain(text.source))) if text else None
    if text is None or profile is None:
        return None
    rank = LABEL if isinstance(block, ListItem) else block.level if isinstance(block, Heading) else BOLD
    return Title(profile, text, rank)


def nested_at(outer: Outer, index: int, title: Title, known: Known, level: int) -> Nested:
    """Return the section whose title is `outer.blocks[index]`; a bold one's heading is of `level`."""
    block = outer.blocks[index]
    if isinstance(block, Heading):
        end = _end_below_heading(outer.blocks, index, block.level, title.profile)
        heading, rest = block, []
    else:
        end = _end_below_bold(outer.blocks, index, title.profile, known)
        heading, rest = Heading(block.first, block.first, level, title.text), list(_rest(block))
    last = outer.blocks[end].first - 1 if end < len(outer.blocks) else outer.last
    return Nested(title, heading, (*rest, *outer.blocks[index + 1 : end]), last, end)


def nested_in(item: ListItem, title: Title, level: int) -> Nested:
    """Return the section that a list item is: a label, and what is nested below it."""
    line = title.text.starts[0].line
    return Nested(title, Heading(line, line, level, title.text), item.children[1:], item.last, 0)


def keeps(owner: SectionProfile, found: Nested, *, says_above: bool, own_rank: int) -> bool:
    """Return whether a section of `owner` owns what looks like another one nested in it.

    It does where that holds what it contains itself, such as the phases of a timeline. Else content of
    its own kind shows the other one; where there is none to see, titles of the team's own beside it
    (`own_rank` is the highest), or nothing said above it, show that it is a part like others.
    """
    wanted = found.title.profile
    if owner.contains != wanted.contains:
        if holds(owner, found.blocks):
            return True
        if holds(wanted, found.blocks):
            return False
    return own_rank <= found.title.rank or not says_above


def lists_others(block: List, known: Known) -> bool:
    """Return whether most of a list's bold labels are the team's own: a known one is a label like them."""
    labels = [item for item in block.items if label_of(item)]
    return 2 * sum(title_at(item, known) is not None for item in labels) < len(labels)


def highest_own_rank(outer: Outer, known: Known) -> int:
    """Return the rank of the highest title of the team's own among the blocks, below all for none."""
    ranks = [
        block.level if isinstance(block, Heading) else BOLD
        for block in outer.blocks
        if (title := heading_text(block))
        and title_key(plain(title.source)) not in known
        and not is_time(title.source)
    ]
    labels = (item for block in outer.blocks if isinstance(block, List) for item in block.items)
    own = (title for item in labels if (title := label_of(item)))
    ranks += (LABEL for title in own if title_key(plain(title.source)) not in known)
    return min(ranks, default=LABEL + 1)


def _rest(paragraph: Block) -> Iterator[Paragraph]:
    """Yield the lines of a paragraph below its first, which is a title."""
    if isinstance(paragraph, Paragraph) and "\n" in paragraph.text.source:
        text = paragraph.text.part(paragraph.text.source.index("\n") + 1)
        yield Paragraph(text.starts[0].line, paragraph.last, text)


def _end_below_heading(blocks: Sequence[Block], index: int, level: int, profile: SectionProfile) -> int:
    """Return where the next heading of `level` or above stands; a time goes on with a timeline."""
    timeline = profile.contains == "timeline"
    ends = (
        at
        for at in range(index + 1, len(blocks))
        if isinstance(block := blocks[at], Heading)
        and block.level <= level
        and not (timeline and is_time(block.text.source))
    )
    return next(ends, len(blocks))


def _end_below_bold(blocks: Sequence[Block], index: int, profile: SectionProfile, known: Known) -> int:
    """Return where the next heading or bold line stands that does not go on with what `profile` contains."""
    at = _next_title(blocks, index)
    while at < len(blocks):
        following = _next_title(blocks, at)
        below = [*_rest(blocks[at]), *blocks[at + 1 : following]]
        if not _goes_on(blocks[at], below, profile, known):
            return at
        at = following
    return at


def _next_title(blocks: Sequence[Block], above: int) -> int:
    return next((at for at in range(above + 1, len(blocks)) if heading_text(blocks[at])), len(blocks))


def _goes_on(block: Block, below: Sequence[Block], profile: SectionProfile, known: Known) -> bool:
    title = heading_text(block)
    if title and profile.contains == "timeline" and is_time(title.source):
        return True
    other = known.get(title_key(plain(title.source))) if title else None
    parts = isinstance(block, Heading) or (other is not None and other.contains == profile.contains)
    return not parts and holds(profile, below)
