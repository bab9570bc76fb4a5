"""What a section answers to the question that its title asks."""

import re
from functools import cache

from incidentdocs.documents.field_values import says_unknown
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Code, Table, Text, texts_in, walk
from incidentdocs.markdown.inline import links, plain

_FAR = 2_000
"""So many characters tell whether a section answers its question."""


def first_text(section: Section) -> Text | None:
    """Return the first text of a section that says anything, None where there is none."""
    return next((text for text in texts_in(section.blocks) if text.source.strip()), None)


def answer_in(section: Section) -> str:
    """Return the words of a section without markup, as far as they tell whether it is an answer."""
    said = ""
    for text in texts_in(section.blocks):
        said = f"{said} {plain(text.source[:_FAR])}"
        if len(said) > _FAR:
            break
    return said.strip()


def points_elsewhere(section: Section) -> bool:
    """Return whether a section shows more than its words: a link, code or a table."""
    shown = (isinstance(block, Code | Table) for block in walk(section.blocks))
    return any(shown) or any(links(text.source) for text in texts_in(section.blocks))


def is_no_answer(text: str) -> bool:
    """Return whether `text` answers nothing: a dash, `?`, `ok`, `none`, `I don't know`."""
    return says_unknown(text) or is_not_applicable(text) or _nothing().fullmatch(fold(text)) is not None


def is_not_applicable(text: str) -> bool:
    """Return whether `text` says only that the question does not arise: `n/a`, `sans objet`."""
    return _not_applicable().fullmatch(fold(text)) is not None


def says_it_did(text: str) -> bool:
    """Return whether `text` answers the question why monitoring did not alert with: it did."""
    return re.fullmatch(r"(?:but |yes |mais |si )?(?:it did(?: alert)?|il a alerte)", fold(text)) is not None


@cache
def _not_applicable() -> re.Pattern[str]:
    english = r"n a|na|not applicable|does not apply|not relevant|nothing to say"
    french = r"sans objet|so|non applicable|ne s applique pas|non pertinent|pas applicable|rien a dire"
    return re.compile(rf"(?:{english}|{french})")


@cache
def _nothing() -> re.Pattern[str]:
    english = r"no|yes|ok|none|nothing|no idea|see above|we don t know|i don t know|good question"
    french = r"non|oui|rien|aucune?(?: idee)?|(?:cf|voir) ci dessus|je ne sais pas|on ne sait pas"
    question = r"bonne question|mystere"
    return re.compile(rf"(?:{english}|{french}|{question})")
