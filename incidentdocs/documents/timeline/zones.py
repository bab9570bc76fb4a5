"""The time zone that a timeline states for all of its times: *All times in CET*, `Time (UTC)`."""

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from functools import cache

from incidentdocs.clock import ZONE_PATTERN, written_zone
from incidentdocs.markdown.blocks import Block, Paragraph, Quote, Table

_LONGEST = 200


def stated_zone(heading: str, blocks: Sequence[Block]) -> tzinfo | None:
    """Return the zone that a section states for all its times, None where it states none that is known."""
    zones = (_zone_in(sentence) for sentence in (heading, *_sentences(blocks)))
    return next((zone for zone in zones if zone), None)


def _sentences(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text=text) if _about_times().match(text.source[:_LONGEST]):
                yield text.source[:_LONGEST]
            case Quote(children=children):
                yield from _sentences(children)
            case Table(header=header):
                yield from (cell.source[:_LONGEST] for cell in header.cells)
            case _:
                pass


@cache
def _about_times() -> re.Pattern[str]:
    return re.compile(
        r"[\s*_>(]*(?:(?:note|nb)\b[\s*_:]*)?(?:all\s|toutes?\s|les\s|the\s){0,2}"
        r"(?:(?:times?|timestamps?|heures?|horaires?|dates?|hours|fuseau|timezone)\b)",
        re.IGNORECASE,
    )


def _zone_in(sentence: str) -> tzinfo | None:
    zones = (written_zone(found[0]) for found in _zone_pattern().finditer(sentence))
    return next((zone for zone in zones if zone), None)


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/]){ZONE_PATTERN}")
