"""Sections of the team's own whose titles are nearly those of missing sections, or those of two at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from incidentdocs.documents.sections import Section, known_titles
from incidentdocs.documents.titles import title_key
from incidentdocs.profiles.profile import Profile, SectionProfile

if TYPE_CHECKING:
    from difflib import SequenceMatcher

MOST_WORDS = 12
"""A longer title is no two titles."""

NEAR = 0.8
"""How alike two titles are when one is the other misspelt: above `Root causes` for `Root cause` (0.95)
and `Timelin`, below `Impact client` for `Impact` (0.63), which is a section of the team's own."""


def near_misses(sections: Sequence[Section], profile: Profile) -> dict[str, Section]:
    """Return the sections of the team's own whose titles are nearly a missing section's, by its id.

    A section that need not be there counts as well: misspelt, it would be read by nobody.
    """
    present = {section.id for section in sections}
    missing = [section for section in profile.sections if section.id not in present]
    unknown = [section for section in sections if section.profile is None]
    nearest = ((section.id, _nearest(unknown, section)) for section in missing if unknown)
    return {id: own for id, own in nearest if own}


def joint_sections(sections: Iterable[Section], profile: Profile) -> frozenset[str]:
    """Return the ids of the sections that stand below one heading: *Diagnosis and mitigation*."""
    keys = (title_key(section.visible).split() for section in sections if section.profile is None)
    parts = (part for words in keys for part in _parted(words))
    known = known_titles(profile)
    return frozenset(known[key].id for pair in parts if all(key in known for key in pair) for key in pair)


def _parted(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands on both sides of an *and*, or of a mark that folding has left no trace of."""
    for at in range(1, min(len(words), MOST_WORDS)):
        after = at + 1 if words[at] in ("and", "et") else at
        yield " ".join(words[:at]), " ".join(words[after:])


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
