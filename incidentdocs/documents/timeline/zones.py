"""The time zone that a timeline states for all of its times: *All times in CET*, `Time (UTC)`."""

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from functools import cache

from incidentdocs.clock import ZONE_PATTERN, is_offset, likely_zone, written_zone
from incidentdocs.markdown.blocks import Block, Heading, List, Paragraph, Quote, Table, Text

_LONGEST = 200
_ALL = ("All ", "all ", "ALL ", "Toutes", "toutes", "Tous", "tous", "Alle ", "alle ")


def stated_zone(heading: str, blocks: Sequence[Block]) -> tzinfo | None:
    """Return the zone that a section states for all its times, None where it states none that is known."""
    zones = (zone_in(sentence) for sentence in (heading, *_sentences(blocks)))
    return next((zone for zone in zones if zone), None)


def _sentences(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text=text) if _is_about_times(text):
                yield text.source[:_LONGEST]
            case Heading(text=text) if _is_about_all_times(text):
                yield text.source[:_LONGEST]
            case List(items=items):
                yield from _sentences_of_items([item.children[0] for item in items if item.children])
            case Quote(children=children):
                yield from _sentences(children)
            case Table(header=header):
                yield from (cell.source[:_LONGEST] for cell in header.cells)
            case _:
                pass


def _sentences_of_items(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the items that speak of all times; most items of a timeline are events."""
    for block in blocks:
        if isinstance(block, Paragraph) and _is_about_all_times(block.text):
            yield block.text.source[:_LONGEST]


def _is_about_times(text: Text) -> bool:
    return bool(_about_times().match(text.source[:_LONGEST])) or _is_about_all_times(text)


def _is_about_all_times(text: Text) -> bool:
    """Tell a remark such as *Timeline (all times UTC)* from an event that speaks of times."""
    source = text.source[:_LONGEST]
    if not any(word in source for word in _ALL):  # nearly always, and sooner told than by the patterns
        return False
    return bool(_about_all_times().search(source)) and not _clock().search(source)


@cache
def _about_times() -> re.Pattern[str]:
    return re.compile(
        r"[\s*_>(]*(?:(?:note|nb)\b[\s*_:]*)?(?:all\s|toutes?\s|les\s|the\s){0,2}"
        r"(?:(?:times?|timestamps?|heures?|horaires?|dates?|hours|fuseau|timezone|time\szone)\b)",
        re.IGNORECASE,
    )


@cache
def _about_all_times() -> re.Pattern[str]:
    words = r"all\s(?:times?|timestamps|hours)|toutes\sles\s(?:heures|dates)|tous\sles\shoraires|alle\szeiten"
    return re.compile(rf"(?:^|[(\[*_:.–—-]\s?)(?:{words})\b", re.IGNORECASE)


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(r"\d\s?[:h]\s?\d\d")


def zone_in(sentence: str) -> tzinfo | None:
    """Return the first zone that a sentence names; an offset in brackets behind it is what is meant."""
    matches = _zone_pattern().finditer(sentence)
    found = [(match, zone) for match in matches if (zone := _zone_of(match[0]))]
    if not found:
        return _by_a_bare_name(sentence)
    (first, zone), *others = found
    for other, exact in others[:1]:
        if is_offset(other[0]) and sentence[first.end() : other.start()].strip() == "(":
            return exact
    return zone


def _zone_of(written: str) -> tzinfo | None:
    return written_zone(written) or (likely_zone(written) if "/" in written else None)


def _by_a_bare_name(sentence: str) -> tzinfo | None:
    """Return the zone of `All times Pacific`, where a word says enough: zones are what is spoken of."""
    found = _bare_name().search(sentence) if _about_all_times().search(sentence) else None
    return written_zone(f"{found[0]} time") if found else None


@cache
def _bare_name() -> re.Pattern[str]:
    return re.compile(r"\b(?:Pacific|Mountain|Central|Eastern)\b")


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/]){ZONE_PATTERN}")
