"""The comments among YAML rows: what begins with a hash outside of quoted and block texts."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from re import Pattern

from incidentdocs.markdown.places import Place


def read_comments(
    rows: Sequence[str], first: int, scalars: Sequence[tuple[Place, Place]]
) -> Iterator[tuple[int, str]]:
    """Yield each line that ends with a comment and the text behind its hash.

    `scalars` are the places of quoted and block texts, in which a hash begins no comment.
    """
    starts = [start for start, _ in scalars]
    for line, row in enumerate(rows, start=first):
        places = (Place(line, match.end()) for match in _hash().finditer(row))
        place = next(_outside(places, starts, scalars), None)
        if place:
            yield line, row[place.column :].strip()


def _outside(
    places: Iterable[Place], starts: Sequence[Place], scalars: Sequence[tuple[Place, Place]]
) -> Iterator[Place]:
    for place in places:
        before = bisect_right(starts, place)
        if not before or place >= scalars[before - 1][1]:
            yield place


@cache
def _hash() -> Pattern[str]:
    return re.compile(r"(?:^|(?<=[ \t]))#")
