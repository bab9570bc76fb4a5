"""The sections of a document that tell something in prose, what each is about, and its sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from incidentdocs.documents.prose.sentences import Sentence, prose_in, sentences_of
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.blocks import Text
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import role_of, told_by

Subject = Literal["cause", "lessons", "monitoring"]

_ROLES = frozenset({"post-mortem", "incident", "escalation"})
_NO_PROSE = frozenset({"timeline", "action-items", "fields", "steps", "checklist", "metadata"})

_TO_DO = frozenset(
    "action actions items followup follow todo todos taches timeline chronologie blameless".split()
)
"""Words in the titles of a team's own sections that hold no prose either."""

_WORDS: dict[Subject, frozenset[str]] = {
    "cause": frozenset(
        "cause causes causal trigger triggers contributing why whys reason reasons rca racine racines "
        "origine origines pourquoi declencheur facteurs analyse analysis".split()
    ),
    "lessons": frozenset(
        "lesson lessons learned learnt learning learnings lecons lecon enseignements enseignement retrospective "
        "retour retenons appris bilan takeaways".split()
    ),
    "monitoring": frozenset(
        "monitoring detection supervision alerting alerte alertes alert alerts surveillance observability "
        "observabilite detecte detected".split()
    ),
}
"""The words of a section's id or title that say what it is about."""


@dataclass(frozen=True)
class Prose:
    """The prose of one section, and what it is about."""

    section: Section
    about: frozenset[Subject]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts of the section that may hold sentences."""
        return tuple(prose_in(self.section.blocks))

    @cached_property
    def lowered(self) -> str:
        """All texts, in lower case."""
        return " ".join(text.source for text in self.texts).lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all texts, in lower case and with their accents: a quick look before a long one."""
        return frozenset(_word().findall(self.lowered))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the section, in the file's order."""
        return tuple(sentence for text in self.texts for sentence in sentences_of(text))

    def sentences_with(self, words: frozenset[str]) -> tuple[Sentence, ...]:
        """Return the sentences where the section holds any of `words`, else none."""
        return () if words.isdisjoint(self.words) else self.sentences


def read_prose(profile: Profile, sections: Iterable[Section]) -> tuple[Prose, ...]:
    """Return the sections that tell of an incident in prose; runbooks have none, nor what holds values or items."""
    if role_of(profile) not in _ROLES:
        return ()
    told = (section for section in sections if not _holds_values(section))
    return tuple(Prose(section, frozenset(_about(section))) for section in told)


def _holds_values(section: Section) -> bool:
    profile = section.profile
    if profile is None:
        return not _TO_DO.isdisjoint(title_key(section.visible).split())
    return profile.contains in _NO_PROSE or bool(profile.mention)


def _about(section: Section) -> Iterator[Subject]:
    if section.profile:
        words = {*section.profile.id.split("-"), *title_key(section.visible).split()}
        if "cause" in told_by(section.profile) and section.profile.id != "monitoring":
            yield "cause"
    else:
        words = set(title_key(section.visible).split())
    if not words.isdisjoint(_WORDS["monitoring"]):
        yield "monitoring"
        return
    yield from (subject for subject in ("cause", "lessons") if not words.isdisjoint(_WORDS[subject]))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")
