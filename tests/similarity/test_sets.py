"""Sets of similar incidents against a naive reading of the rule, on small graphs."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.similarity.links import Link, Strength
from incidentdocs.similarity.register import Register, register_of
from incidentdocs.similarity.sets import Window, escalations
from tests.similarity.test_properties import telling

FIRST = date(2026, 1, 1)
Links = dict[tuple[int, int], Strength]


def register(days: list[int]) -> Register:
    return register_of(
        telling(number, FIRST + timedelta(days=day)) for number, day in enumerate(sorted(days))
    )


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[int], Links]:
    """Return days of incidents, and which of them are linked."""
    days = sorted(draw(st.lists(st.integers(0, 50), min_size=3, max_size=8)))
    pairs = list(combinations(range(len(days)), 2))
    some: list[Strength | None] = [None, "suggested", "confirmed", "confirmed", "confirmed"]
    strengths = st.sampled_from(some)
    drawn = draw(st.lists(strengths, min_size=len(pairs), max_size=len(pairs)))
    return days, {pair: each for pair, each in zip(pairs, drawn, strict=True) if each}


def naive(days: list[int], links: Links, threshold: int) -> Iterator[Window]:
    """Yield every set by the rule's own words, those that are parts of others too."""
    for size in range(threshold, len(days) + 1):
        for members in combinations(range(len(days)), size):
            pairs = list(combinations(members, 2))
            newest = members[-1]
            near = days[newest] - days[members[0]] <= 31
            linked = all(pair in links for pair in pairs)
            if near and linked and all(links[one, newest] == "confirmed" for one in members[:-1]):
                sure = all(links[pair] == "confirmed" for pair in pairs)
                yield Window(members, "confirmed" if sure else "suggested")


def is_part(one: Window, other: Window) -> bool:
    as_strong = other.strength == "confirmed" or one.strength == "suggested"
    return one != other and as_strong and set(one.incidents) <= set(other.incidents)


@given(graphs(), st.integers(2, 4))
def test_the_windows_are_the_maximal_sets_of_the_rule(graph: tuple[list[int], Links], threshold: int) -> None:
    days, links = graph
    every = list(naive(days, links, threshold))
    wanted = {window for window in every if not any(is_part(window, other) for other in every)}
    given_links = [Link(*pair, strength) for pair, strength in links.items()]
    found = escalations(register(days), given_links, days=31, threshold=threshold)
    windows = [window for escalation in found for window in escalation.windows]
    assert sorted(windows) == sorted(wanted)


@given(graphs())
def test_sets_that_share_two_incidents_are_one_matter_and_suggested_ones_join_nothing(
    graph: tuple[list[int], Links],
) -> None:
    days, links = graph
    given_links = [Link(*pair, strength) for pair, strength in links.items()]
    found = escalations(register(days), given_links, days=31, threshold=3)
    for escalation in found:
        sure = [window for window in escalation.windows if window.strength == "confirmed"]
        assert bool(sure) == (escalation.strength == "confirmed")
        members = {position for window in sure or escalation.windows for position in window.incidents}
        assert escalation.incidents == tuple(sorted(members))
    confirmed = [
        (number, window)
        for number, escalation in enumerate(found)
        for window in escalation.windows
        if window.strength == "confirmed"
    ]
    for (number, one), (other_number, other) in combinations(confirmed, 2):
        if len(set(one.incidents) & set(other.incidents)) >= 2:
            assert number == other_number


def test_a_suggested_set_joins_no_confirmed_ones() -> None:
    days = list(range(8))
    sure = [pair for group in ((1, 2, 3, 7), (4, 5, 6, 7)) for pair in combinations(group, 2)]
    links: Links = dict.fromkeys(sure, "confirmed")
    links |= dict.fromkeys([(2, 5), (2, 6), (3, 5), (3, 6)], "suggested")
    given_links = [Link(*pair, strength) for pair, strength in links.items()]
    found = escalations(register(days), given_links, days=31, threshold=3)
    assert [escalation.incidents for escalation in found if escalation.strength == "confirmed"] == [
        (1, 2, 3, 7),
        (4, 5, 6, 7),
    ] or [escalation.incidents for escalation in found][:2] == [(4, 5, 6, 7), (1, 2, 3, 7)]


def test_a_graph_with_more_sets_than_anybody_counts_ends() -> None:
    """Of each three that are not linked with one another one may be chosen: 3 to the 20th sets."""
    days = [number // 2 for number in range(61)]
    apart = {(one, one + step) for one in range(0, 60, 3) for step in (1, 2)} | {
        (one + 1, one + 2) for one in range(0, 60, 3)
    }
    links = [Link(*pair, "confirmed") for pair in combinations(range(61), 2) if pair not in apart]
    found = escalations(register(days), links, days=31, threshold=3)
    assert found[0].strength == "confirmed"
    assert sum(len(escalation.windows) for escalation in found) <= 61 * 20
