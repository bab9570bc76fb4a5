"""The rule section-order."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from incidentdocs.documents.document import Document
from incidentdocs.documents.moving import is_clear_above, put_in, sections_in_a_row, taken_out
from incidentdocs.documents.sections import Section
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.rules.rule import DocumentRule, Example


class SectionOrder(DocumentRule):
    """The sections stand in the order of their profile.

    Whoever reads the tenth post-mortem of a series looks for the root cause where it stood in the other nine.
    Sections of the team's own may stand anywhere.

    Move the section to its place; `--fix` does, where each section is a heading with its text up to the next one.
    A section of the team's own stays below the one that it stands below; where that is the one to be moved, only
    `--unsafe` moves it.
    """

    name = "section-order"
    fixable = True
    valid = (Example("# Post-mortem: API\n\n## Timeline\n\n## Customers\n\n## Impact\n\n## Root cause\n"),)
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Impact\n\n## Root cause\n\n## Timeline\n\n## Action items\n",
            ("Timeline",),
            fixed="# Post-mortem: API\n\n## Timeline\n\n## Impact\n\n## Root cause\n\n## Action items\n",
        ),
        Example(
            "# Post-mortem : API\n\n## Impact\n\n## Timeline\n\n## Root cause\n",
            ("Impact",),
            fixed="# Post-mortem : API\n\n## Timeline\n\n## Impact\n\n## Root cause\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each of the fewest sections whose move puts all in order."""
        if not document.profile.ordered:
            return
        order = [section.id for section in document.profile.sections]
        firsts = {section.id: section for section in reversed(document.sections) if section.id}
        sections = sorted(firsts.values(), key=lambda section: section.heading.first)
        places = [order.index(section.id or "") for section in sections]
        kept = _longest_rising(places)
        for section, place in zip(sections, places, strict=True):
            if place not in kept:
                yield self._misplaced(document, section, [order[other] for other in kept if other < place])

    def _misplaced(self, document: Document, section: Section, before: Sequence[str | None]) -> Finding:
        above = document.section(before[-1]) if before and before[-1] else None
        where = f"after `{above.visible}`" if above else "before the other sections"
        message = f"the section `{section.visible}` belongs {where}"
        fix = _moved(document, section, above)
        return self.finding(document, section.heading.text.span(), message, f"move it {where}", fix=fix)


def _moved(document: Document, section: Section, above: Section | None) -> Fix | None:
    """Return how a section moves below `above` and what of the team's own stands there, or before all known ones."""
    sections = sections_in_a_row(document)
    if not sections:
        return None
    place = sections.index(section)
    target = sections.index(above) + 1 if above else 0
    while target < len(sections) and (target == place or not sections[target].id):
        target += 1
    if not all(is_clear_above(document, sections, at) for at in (place, place + 1, target)):
        return None
    removal, lines = taken_out(document, sections, place)
    insertion = put_in(document, sections, target, lines)
    own_below = place + 1 < len(sections) and not sections[place + 1].id
    return Fix((Edit(*removal), Edit(*insertion)), safe=not own_below)


def _longest_rising(places: Sequence[int]) -> list[int]:
    """Return the longest rising subsequence of distinct numbers: what may stay where it is."""
    tails: list[int] = []
    chains: list[list[int]] = []
    for place in places:
        at = bisect_left(tails, place)
        chain = [*(chains[at - 1] if at else []), place]
        tails[at : at + 1] = [place]
        chains[at : at + 1] = [chain]
    return chains[-1] if chains else []
