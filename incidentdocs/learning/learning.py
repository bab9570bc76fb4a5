"""From a team's documents to the profile that most of them fit."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from incidentdocs.documents.titles import fold
from incidentdocs.learning.metadata import LearnedField, front_matter_fields, labelled_fields
from incidentdocs.learning.names import Pattern, extensions_of, file_pattern, title_patterns
from incidentdocs.learning.observing import Observed
from incidentdocs.learning.sections import LearnedSection, learn_sections
from incidentdocs.learning.shares import NEARLY_ALL, Share, most_common

MOST_FOLDERS = 5
"""So many folders are named one by one; where there are more, what holds them all is named."""

_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "et",
        "de",
        "resume",
        "actions",
        "chronologie",
        "cause",
        "enseignements",
        "symptomes",
        "prevention",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "summary",
        "what",
        "learned",
        "items",
        "timeline",
        "root",
        "lessons",
        "impact",
        "went",
        "well",
    ]
)
"""Words that titles of sections are made of, in one language and not in the other."""


class Learned(NamedTuple):
    """The habits that documents share; what is None or empty could not be settled."""

    documents: int
    language: str
    folders: tuple[str, ...]
    filename: Pattern | None
    extensions: tuple[str, ...]
    titles: tuple[Pattern, ...]
    front_matter: tuple[LearnedField, ...]
    labelled: tuple[LearnedField, ...]
    sections: tuple[LearnedSection, ...]
    ordered: Share
    incidents: tuple[int, Share] | None = None
    """The level of the headings that begin an incident each, and how many documents tell of several."""

    @property
    def keeps_order(self) -> bool:
        """Whether nearly all documents keep to one order of their sections."""
        return self.ordered.part >= NEARLY_ALL

    def section(self, content: str) -> LearnedSection | None:
        """Return the first section that contains `content`."""
        return next((section for section in self.sections if section.contains == content), None)


def learn(documents: Sequence[Observed]) -> Learned:
    """Return what the `documents`, of which there is at least one, have in common."""
    names = [document.name for document in documents]
    sections, ordered = learn_sections(documents)
    return Learned(
        documents=len(documents),
        language=_language([section.title for section in sections]),
        folders=_folders([document.path for document in documents]),
        filename=file_pattern(names),
        extensions=extensions_of(names),
        titles=title_patterns([document.title for document in documents]),
        front_matter=front_matter_fields(documents),
        labelled=labelled_fields([document.above for document in documents]),
        sections=sections,
        ordered=ordered,
        incidents=_incidents(documents),
    )


def _incidents(documents: Sequence[Observed]) -> tuple[int, Share] | None:
    levels = most_common(document.incidents for document in documents if document.incidents is not None)
    return (levels[0][0], Share(levels[0][1], len(documents))) if levels else None


def _folders(paths: Sequence[str]) -> tuple[str, ...]:
    folders = tuple(sorted({str(PurePosixPath(path).parent) for path in paths}))
    if len(folders) <= MOST_FOLDERS:
        return folders
    common = PurePosixPath(folders[0])
    while str(common) != "." and not all(PurePosixPath(folder).is_relative_to(common) for folder in folders):
        common = common.parent
    return ("**",) if str(common) == "." else (f"{common}/**",)


def _language(titles: Sequence[str]) -> str:
    """Return the code of the language of `titles`, as far as their script and commonest words tell."""
    text = " ".join(titles)
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    words = fold(text).split()
    french, english = (sum(word in known for word in words) for known in (_FRENCH, _ENGLISH))
    return "fr" if french > english else "en"
