"""What a section holds, judged by its words and by what the readers find in it."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, get_args

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.action_items.reading import read_action_items
from incidentdocs.documents.action_items.tables import unknown_columns
from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.notations import read_entries
from incidentdocs.learning.observing import Part
from incidentdocs.learning.shares import HALF, NEARLY_ALL, Share, most_common, share
from incidentdocs.markdown.blocks import Heading, List, Table, Text, walk
from incidentdocs.markdown.places import Place
from incidentdocs.profiles.profile import Ask, Content

FEWEST_EVENTS = 2
"""A section with fewer clocks at the beginning of lines is no timeline, unless its title says so."""


class Held(NamedTuple):
    """What sections of one title hold, and how many of them do."""

    content: Content
    fits: Share


def held(key: str, parts: Sequence[Part]) -> Held:
    """Return what the sections with the title `key`, one of each document that has it, hold."""
    timelines = share(_is_timeline(key, part) for part in parts)
    if timelines.part >= HALF:
        return Held("timeline", timelines)
    lists = share(any(isinstance(block, List | Table) for block in walk(part.blocks)) for part in parts)
    if _names_items().search(key) and lists.part >= HALF:
        return Held("action-items", lists)
    items = share(any(map(_promises, items_of(part))) for part in parts)
    if items.part >= HALF:
        return Held("action-items", items)
    return Held("prose", Share(len(parts), len(parts)))


def _is_timeline(key: str, part: Part) -> bool:
    times = [entry.time for entry in read_entries(part.blocks, ()) if entry.time]
    clocks = sum(time.clock is not None for time in times)
    if _names_timeline().search(key):
        return clocks > 0
    return clocks >= FEWEST_EVENTS and 2 * clocks >= len(part.blocks)


def _promises(item: ActionItem) -> bool:
    return item.checked is not None or bool(item.owners or item.due) or item.stated


def items_of(part: Part) -> tuple[ActionItem, ...]:
    """Return the action items of a section that is taken for one of action items."""
    start = Place(1, 1)
    heading = Heading(1, 1, part.level, Text(part.title, (start,)))
    return read_action_items([Section(None, heading, part.title, part.blocks, 1)]).items


def columns_unknown_in(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the titles of columns that at least half of the sections have, and of which nothing is known."""
    there = list(parts)
    tables = [[block for block in walk(part.blocks) if isinstance(block, Table)] for part in there]
    titles = [{title for table in of for title in unknown_columns(table, {})} for of in tables]
    counts = most_common(title for of_part in titles for title in sorted(of_part))
    return tuple(title for title, count in counts if count >= HALF * len(there))


def asked_of(parts: Iterable[Part]) -> tuple[Ask, ...]:
    """Return what nearly all action items carry, in the order in which a profile names it."""
    items = [item for part in parts for item in items_of(part)]
    carried: dict[Ask, Share] = {
        "checkbox": share(item.checked is not None for item in items),
        "number": share(item.number is not None for item in items),
        "owner": share(bool(item.owners) for item in items),
        "due": share(item.due is not None for item in items),
        "type": share(item.type is not None for item in items),
    }
    return tuple(ask for ask in get_args(Ask) if carried[ask].part >= NEARLY_ALL)


@cache
def _names_timeline() -> re.Pattern[str]:
    words = (
        "time ?line|chronolog|zeitachse|zeitverlauf|ablauf|cronolog|linea de tiempo|sequence of events"
        "|key events|deroul|evenements"
    )
    return re.compile(rf"\b(?:{words})|タイムライン|時系列|时间线")


@cache
def _names_items() -> re.Pattern[str]:
    words = (
        "action|follow ?up|remediation|next steps?|to ?dos?|tasks?|corrective|prevent|improvements?"
        "|what we re doing|what are we doing|suivi|correcti(?:f|ve)s?|plan d action|massnahmen|acciones"
    )
    return re.compile(rf"\b(?:{words})|アクション|再発防止|対策|行动")
