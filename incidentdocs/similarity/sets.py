"""The sets of similar incidents within a month that call for an escalation, and which belong together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from incidentdocs.similarity.links import Link, Strength
from incidentdocs.similarity.register import Incident, Register

MOST_SETS = 20
"""So many sets are told of which one incident is the newest: a person reads none of the rest."""

MOST_STEPS = 2_000
"""After so many steps no more sets of one newest incident are looked for: they may be beyond number."""


SHARED = 2
"""Sets that have so many incidents in common are one matter."""


class Window(NamedTuple):
    """A maximal set: incidents, as positions and oldest first, each pair of which is linked.

    Each is confirmed to be like the newest. All links of a confirmed set are.
    """

    incidents: tuple[int, ...]
    strength: Strength


class Escalation(NamedTuple):
    """Sets that share two incidents or more, and are one matter: what keeps coming back.

    `incidents` are those of the confirmed sets, or of all where none is confirmed, oldest first; `windows`
    are all sets, also those that are only suggested.
    """

    incidents: tuple[int, ...]
    strength: Strength
    windows: tuple[Window, ...]


def escalations(
    register: Register, links: Iterable[Link], *, days: int, threshold: int
) -> tuple[Escalation, ...]:
    """Return what calls for an escalation: at least `threshold` similar incidents within `days`.

    That is the process's rule of three similar incidents within one month. Confirmed ones come first, then
    by the newest incident.
    """
    confirmed: dict[int, set[int]] = defaultdict(set)
    linked: dict[int, set[int]] = defaultdict(set)
    for link in links:
        linked[link.one].add(link.other)
        linked[link.other].add(link.one)
        if link.strength == "confirmed":
            confirmed[link.one].add(link.other)
            confirmed[link.other].add(link.one)
    windows = _maximal(_windows(register.incidents, confirmed, linked, days, threshold))
    grouped = _escalations(windows)
    return tuple(
        sorted(grouped, key=lambda found: (found.strength != "confirmed", *reversed(found.incidents)))
    )


def _windows(
    incidents: Sequence[Incident],
    confirmed: Mapping[int, set[int]],
    linked: Mapping[int, set[int]],
    days: int,
    threshold: int,
) -> Iterator[Window]:
    """Yield the sets that each incident is the newest of, of which some are parts of others.

    Where all that an incident may make a set with is part of a confirmed one, there is none to be found.
    """
    last: dict[int, set[int]] = {}
    for newest in sorted(confirmed, reverse=True):
        first = _days_before(incidents[newest].day, days)
        older = {one for one in confirmed[newest] if one < newest and incidents[one].day >= first}
        if len(older) < threshold - 1 or older <= last.get(newest, set()):
            continue
        sure = list(islice(_cliques(older, confirmed), MOST_SETS))
        for clique in sure:
            if len(clique) >= threshold - 1:
                yield Window((*sorted(clique), newest), "confirmed")
                found = {*clique, newest}
                last.update((one, found) for one in clique)
        for clique in islice(_cliques(older, linked), MOST_SETS) if sure != [older] else ():
            if len(clique) >= threshold - 1:
                all_sure = all(clique - {one} <= confirmed[one] for one in clique)
                yield Window((*sorted(clique), newest), "confirmed" if all_sure else "suggested")


def _days_before(day: date, days: int) -> date:
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.min


def _cliques(among: set[int], graph: Mapping[int, set[int]]) -> Iterator[frozenset[int]]:
    """Yield the largest groups among some incidents of which all are linked with all.

    Bron and Kerbosch, Algorithm 457, 1973, with the pivot of Tomita, Tanaka and Takahashi, 2006.
    """
    waiting: list[tuple[frozenset[int], set[int], set[int]]] = [(frozenset(), set(among), set())]
    for _ in range(MOST_STEPS):
        if not waiting:
            return
        clique, candidates, excluded = waiting.pop()
        degrees = {one: len(graph[one] & candidates) for one in sorted(candidates | excluded)}
        if all(degrees[one] == len(candidates) - 1 for one in candidates):
            if not any(degrees[one] == len(candidates) for one in excluded):
                yield clique | candidates
            continue
        pivot = max(degrees, key=lambda one: degrees[one])
        for one in sorted(candidates - graph[pivot]):
            waiting.append((clique | {one}, candidates & graph[one], excluded & graph[one]))
            candidates.remove(one)
            excluded.add(one)


def _maximal(windows: Iterable[Window]) -> list[Window]:
    """Return the windows that are no part of another that is as strong."""
    found = sorted(set(windows), key=lambda window: (-len(window.incidents), window))
    holding: dict[int, list[tuple[set[int], Strength]]] = defaultdict(list)
    kept = []
    for window in found:
        members = set(window.incidents)
        larger = holding[window.incidents[0]]
        if not any(members <= other and _is_as_strong(strength, window) for other, strength in larger):
            kept.append(window)
            for position in members:
                holding[position].append((members, window.strength))
    return kept


def _is_as_strong(strength: Strength, other: Window) -> bool:
    return strength == "confirmed" or other.strength == "suggested"


def _grouped(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Yield the windows that share two incidents or more, directly or through others."""
    leaders = list(range(len(windows)))

    def leader(number: int) -> int:
        while leaders[number] != number:
            leaders[number] = leaders[leaders[number]]
            number = leaders[number]
        return number

    members = [frozenset(window.incidents) for window in windows]
    holding: dict[int, set[int]] = defaultdict(set)
    for number, own in enumerate(members):
        for other in frozenset().union(*(holding[position] for position in own)):
            if leader(other) != leader(number) and len(members[other] & own) >= SHARED:
                leaders[leader(number)] = leader(other)
        for position in own:
            holding[position].add(number)
    groups: dict[int, list[Window]] = defaultdict(list)
    for number, window in enumerate(windows):
        groups[leader(number)].append(window)
    yield from map(sorted, groups.values())


def _escalations(windows: Sequence[Window]) -> Iterator[Escalation]:
    """Yield the escalations: of confirmed windows, and of others that share no two incidents with these.

    What is only suggested is told beside what is confirmed, and joins nothing.
    """
    sure = list(_grouped([window for window in windows if window.strength == "confirmed"]))
    members = [{position for window in group for position in window.incidents} for group in sure]
    beside: dict[int, list[Window]] = defaultdict(list)
    alone = []
    for window in windows:
        if window.strength == "suggested":
            near = (
                n for n, group in enumerate(members) if len(group.intersection(window.incidents)) >= SHARED
            )
            number = next(near, None)
            alone.append(window) if number is None else beside[number].append(window)
    for number, group in enumerate(sure):
        windows_ = tuple(sorted((*group, *beside[number])))
        yield Escalation(tuple(sorted(members[number])), "confirmed", windows_)
    for group in _grouped(alone):
        incidents = {position for window in group for position in window.incidents}
        yield Escalation(tuple(sorted(incidents)), "suggested", tuple(group))
