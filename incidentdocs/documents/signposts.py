"""Pages that only say where something has moved, or that it is used no more."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, Paragraph, texts_in
from incidentdocs.markdown.inline import plain

MOST_WORDS = 60
"""A page that says more has something of its own to say."""


def is_signpost(blocks: Sequence[Block], sections: Sequence[Section]) -> bool:
    """Return whether a document only says where to look instead, or that there is nothing to look for.

    It has no section and a few sentences, one of which says so.
    """
    if sections or not any(isinstance(block, Paragraph) for block in blocks):
        return False
    texts = [plain(text.source) for text in islice(texts_in(blocks), MOST_WORDS)]
    words = sum(len(text.split()) for text in texts)
    return words <= MOST_WORDS and any(_gone().search(text) for text in texts)


@cache
def _gone() -> re.Pattern[str]:
    moved = r"(?:has|have)\s(?:been\s)?moved|moved\sto|replaced\sby|merged\sinto"
    french = r"d[ée]plac[ée]e?s?|remplac[ée]e?s?\spar|fusionn[ée]e?s?|obsol[èe]tes?|retir[ée]e?s?"
    unused = r"deprecated|obsolete|retired|superseded|d[ée]pr[ée]ci[ée]e?s?"
    return re.compile(rf"\b(?:{moved}|{french}|{unused})\b", re.IGNORECASE)
