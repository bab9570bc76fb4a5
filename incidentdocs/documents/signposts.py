"""Pages that only say where something has moved, that it is used no more, or where else to look."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, Heading, Html, Paragraph, Text, texts_in
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


def lead_elsewhere(blocks: Sequence[Block], sections: Sequence[Section]) -> Text | None:
    """Return the only sentence of a page that has no other and leads to another page, else None.

    *See [the other one](other.md)* says where to look, and not that this page is meant to say no more.
    """
    said = [block for block in blocks if not isinstance(block, Heading | Html)]
    if sections or len(said) != 1 or not isinstance(said[0], Paragraph):
        return None
    text, words = said[0].text, plain(said[0].text.source).strip()
    if len(words.split()) > MOST_WORDS // 2 or _next_sentence().search(words):
        return None
    link = _link().search(text.source)
    alone = link is not None and link[0] == text.source.strip(" .\n")
    return text if link and (alone or _leads().search(words)) else None


def link_in(text: Text) -> str:
    """Return the first link of a text, as it is written, if it leads to a page beside; else nothing."""
    found = _link().search(text.source)
    return found[0] if found and "://" not in found[0] and "\n" not in found[0] else ""


@cache
def _link() -> re.Pattern[str]:
    """Return what matches a link, also one of a site's generator: `[Disk]({{< ref "d.md" >}})`."""
    return re.compile(
        r"\[[^\[\]]{1,200}\]\((?:\{\{[^{}]{1,300}\}\}|[^()\s]{1,300})\)"
        r"|\[\[[^\[\]]{1,200}\]\]|<?https?://[^\s>]{1,300}>?"
    )


@cache
def _next_sentence() -> re.Pattern[str]:
    return re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)[.!?]\s+\w", re.IGNORECASE)


@cache
def _leads() -> re.Pattern[str]:
    more = r"(?:more|further)\s(?:info\w*|details?)|same\sas"
    english = rf"see|refer|follow|read|reading|{more}|described|documented|covered"
    french = r"voir|voyez|cf|lire|suivre|suivez|consulte[rz]|r[ée]f[ée]re[rz]|plus\sd|m[êe]mes?|d[ée]crite?s?"
    return re.compile(rf"\b(?:{english}|{french})\b", re.IGNORECASE)


@cache
def _gone() -> re.Pattern[str]:
    moved = r"(?:has|have)\s(?:been\s)?moved|moved\sto|replaced\sby|merged\sinto"
    french = r"d[ée]plac[ée]e?s?|remplac[ée]e?s?\spar|fusionn[ée]e?s?|obsol[èe]tes?|retir[ée]e?s?"
    unused = r"deprecated|obsolete|retired|superseded|d[ée]pr[ée]ci[ée]e?s?"
    return re.compile(rf"\b(?:{moved}|{french}|{unused})\b", re.IGNORECASE)
