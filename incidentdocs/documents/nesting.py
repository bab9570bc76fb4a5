"""Which known titles inside other sections begin sections of their own, and what is then left of those."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from incidentdocs.documents.contained import holds
from incidentdocs.documents.incidents import Incident
from incidentdocs.documents.nested_sections import (
    Known,
    Nested,
    Outer,
    Title,
    highest_own_rank,
    keeps,
    lists_others,
    nested_at,
    nested_in,
    title_at,
)
from incidentdocs.markdown.blocks import Block, Heading, Html, List

Place = tuple[str, int]
"""A section's id, and the line of the incident in which it stands: 0 for none."""


class Part(NamedTuple):
    """A nested section with what is left to it, the heading that it stands within, and its incident."""

    nested: Nested
    left: Outer
    within: Heading | None
    incident: Incident | None


class Nesting(NamedTuple):
    """What decides in a whole document: the known titles, the usual level, and what stands in which incident.

    `ranks` has the highest rank at which each section is to be found that has no heading of the usual
    level in its place: lower ones are none.
    """

    known: Known
    level: int
    around: Mapping[int, Incident]
    ranks: Mapping[Place, int]

    def split(
        self, outer: Outer, within: Heading | None, incident: Incident | None
    ) -> tuple[Outer, list[Part]]:
        """Return what is left to `outer`, and the sections nested in the rest."""
        if not self.ranks:
            return outer, []
        return _Split(self, outer, within, incident).run()

    def counts(self, title: Title, incident: Incident | None) -> bool:
        """Return whether a title may begin a section: none of the usual level, nor a higher one, does."""
        return self.ranks.get(place(title.profile.id, incident)) == title.rank


def place(id: str, incident: Incident | None) -> Place:
    """Return where a section stands once: in the document, or in each of its incidents."""
    return id, incident.heading.first if incident else 0


def ranks_in(
    areas: Sequence[tuple[Outer, Incident | None]],
    present: set[Place],
    known: Known,
    around: Mapping[int, Incident],
) -> dict[Place, int]:
    """Return the highest rank of each section that is not `present`, in all the areas of a document."""
    ranks: dict[Place, int] = {}
    for outer, around_it in areas:
        incident = around_it
        for block in outer.blocks:
            incident = around.get(block.first) if isinstance(block, Heading) else incident
            for candidate in block.items if isinstance(block, List) else (block,):
                title = title_at(candidate, known)
                where = place(title.profile.id, incident) if title else None
                if title and where and where not in present and outer.profile != title.profile:
                    ranks[where] = min(title.rank, ranks.get(where, title.rank))
    return ranks


class _Split:
    """One walk through an area's blocks: `kept` are those that stay, and from the line `tail` on none do."""

    def __init__(
        self, nesting: Nesting, outer: Outer, within: Heading | None, incident: Incident | None
    ) -> None:
        self.nesting = nesting
        self.outer = outer
        self.within = within
        self.incident = incident
        self.kept: list[Block] = []
        self.parts: list[Part] = []
        self.says_something = False
        self.own_rank: int | None = None
        self.tail: int | None = None

    def run(self) -> tuple[Outer, list[Part]]:
        index = 0
        while index < len(self.outer.blocks):
            block = self.outer.blocks[index]
            if isinstance(block, Heading):
                self.incident = self.nesting.around.get(block.first)
            nested = self._nested(index)
            if nested:
                self._take(nested)
            else:
                self._keep(self._without_labels(block) if isinstance(block, List) else block)
            index = nested.end if nested else index + 1
        last = self.outer.last if self.tail is None else self.tail - 1
        return self.outer._replace(blocks=tuple(self.kept), last=last), self.parts

    def _nested(self, index: int) -> Nested | None:
        title = self._title(self.outer.blocks[index])
        if title is None:
            return None
        found = nested_at(self.outer, index, title, self.nesting.known, self._level())
        return None if self._is_kept(found) else found

    def _title(self, block: Block) -> Title | None:
        """Return the title of another section that `block` is, where such a one counts."""
        title = title_at(block, self.nesting.known)
        own = title is not None and title.profile == self.outer.profile
        return title if title and not own and self.nesting.counts(title, self.incident) else None

    def _is_kept(self, found: Nested) -> bool:
        owner = self.outer.profile
        if owner is None:
            return False
        if self.own_rank is None:
            self.own_rank = highest_own_rank(self.outer, self.nesting.known)
        return keeps(owner, found, says_above=self.says_something, own_rank=self.own_rank)

    def _level(self) -> int:
        """Return the level of the heading that stands for a bold title."""
        return self.incident.heading.level + 1 if self.incident else self.nesting.level

    def _take(self, nested: Nested) -> None:
        inner = Outer(nested.title.profile, nested.blocks, nested.last)
        left, parts = self.nesting.split(inner, nested.heading, self.incident)
        self.parts += (Part(nested, left, self.within, self.incident), *parts)
        self.tail = nested.heading.first if self.tail is None else self.tail

    def _keep(self, block: Block | None) -> None:
        if block is not None:
            self.kept.append(block)
            self.tail = None
            self.says_something |= not isinstance(block, Heading | Html)

    def _without_labels(self, block: List) -> List | None:
        """Return the list without the items that are sections, None where nothing is left of it."""
        taken = dict(self._labelled(block))
        self.parts += taken.values()
        left = tuple(item for item in block.items if item.first not in taken)
        return block if not taken else block._replace(items=left) if left else None

    def _labelled(self, block: List) -> Iterator[tuple[int, Part]]:
        others = lists_others(block, self.nesting.known)
        for item in block.items:
            title = self._title(item)
            found = nested_in(item, title, self._level()) if title else None
            meant = found and (not others or holds(found.title.profile, found.blocks))
            if found and meant and not self._is_kept(found):
                left = Outer(found.title.profile, found.blocks, found.last)
                yield item.first, Part(found, left, self.within, self.incident)
