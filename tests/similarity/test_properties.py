"""Laws of likeness: order, writing and what comes later change nothing, and a chain joins no strangers."""

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs.process.publication import Publication
from incidentdocs.similarity.gathering import Gathered
from incidentdocs.similarity.links import STRENGTHS, Bars, Likeness, Link
from incidentdocs.similarity.missing import missing_post_mortems
from incidentdocs.similarity.naming import Decision, Reference
from incidentdocs.similarity.recurrences import Trigger, recurrences
from incidentdocs.similarity.register import register_of
from incidentdocs.similarity.sets import escalations
from incidentdocs.similarity.telling import Telling
from incidentdocs.similarity.vocabulary import phrases
from incidentdocs.similarity.windows import links_within, nearest_links
from incidentdocs.similarity.words import terms_in

FIRST = date(2026, 1, 1)
SAID = """
disk disque plein full réseau network queue_worker pg_wal certificat expiré expired 503 l’API n’est plus
lenteur OOM fuite mémoire leak backup sauvegarde œuvre base de données mise à jour photo zorglub alpha beta
"""
WORDS = SAID.split()

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
keys = st.sampled_from(["", "a", "b"])


@st.composite
def tellings(draw: st.DrawFn, least: int = 0, most: int = 9) -> list[Telling]:
    """Return incidents of some days, with texts and keys from few words, so that many are alike."""
    made = []
    for number in range(draw(st.integers(least, most))):
        day = FIRST + timedelta(days=draw(st.integers(0, 60)))
        named = draw(st.sampled_from(["", "0", "1", "2"]))
        made.append(
            telling(
                number,
                day,
                (draw(texts), draw(texts), draw(texts)),
                mode=draw(keys) or None,
                service=draw(keys),
                runbook=draw(keys),
                related=named if draw(st.booleans()) else "",
                unrelated=named if draw(st.booleans()) else "",
            )
        )
    return made


def telling(
    number: int,
    day: date,
    said: tuple[str, str, str] = ("", "", ""),
    *,
    mode: str | None = None,
    service: str = "",
    runbook: str = "",
    related: str = "",
    unrelated: str = "",
) -> Telling:
    known = phrases()

    def named(name: str) -> tuple[Reference, ...]:
        return (Reference(f"{name}.md", f"{name}.md"),) if name else ()

    return Telling(
        document=f"docs/incidents/{number}.md",
        role="incident",
        heading=said[0],
        day=day,
        severity="SEV3",
        services=frozenset(filter(None, (service,))),
        failure_mode=mode,
        runbooks=frozenset(filter(None, (runbook,))),
        tags=frozenset(),
        related=named(related),
        unrelated=named(unrelated),
        counterparts=(),
        title=terms_in([said[0]], known),
        symptom=terms_in([said[1]], known),
        cause=terms_in([said[2]], known),
        both={},
        texts=said,
        sentence=said[2],
    )


def links_of(told: Sequence[Telling], days: int = 31) -> dict[tuple[str, str], str]:
    likeness = Likeness(register_of(told))
    incidents = likeness.register.incidents
    return {
        (incidents[link.one].document, incidents[link.other].document): link.strength
        for link in links_within(likeness, days, Bars())
    }


@given(tellings(most=14))
def test_the_links_of_a_window_are_what_the_evidence_of_each_pair_says(told: list[Telling]) -> None:
    likeness = Likeness(register_of(told))
    incidents = likeness.register.incidents
    expected = []
    for one, other in combinations(range(len(incidents)), 2):
        evidence = likeness.evidence(one, other)
        strength = evidence.strength(Bars())
        if strength and (incidents[other].day - incidents[one].day).days <= 31:
            expected.append(Link(one, other, strength))
    found = list(links_within(likeness, 31, Bars()))
    assert sorted(found) == sorted(expected)


@given(tellings(most=14), st.integers(1, 3))
def test_the_nearest_links_are_the_surest_then_the_latest_of_all(told: list[Telling], most: int) -> None:
    likeness = Likeness(register_of(told))
    expected: list[Link] = []
    for other in range(len(likeness.register.incidents)):
        strengths = [(likeness.evidence(one, other).strength(Bars()), one) for one in reversed(range(other))]
        links = [
            Link(one, other, wanted)
            for wanted in STRENGTHS
            for strength, one in strengths
            if strength == wanted
        ]
        expected += links[:most]
    assert list(nearest_links(likeness, Bars(), most)) == expected


@given(tellings(most=10), st.randoms())
def test_the_order_of_files_does_not_matter(told: list[Telling], chance: object) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert links_of(shuffled) == links_of(told)
    assert found_in(shuffled) == found_in(told)


@given(tellings(least=2, most=10), st.integers(0, 30))
def test_what_is_dated_later_changes_no_link(told: list[Telling], day: int) -> None:
    until = FIRST + timedelta(days=day)
    before = links_of([each for each in told if each.day and each.day <= until])
    after = links_of(told)
    paths = {each.document for each in told if each.day and each.day <= until}
    assert {pair: link for pair, link in after.items() if paths >= set(pair)} == before


@given(st.lists(texts | st.text(max_size=40), max_size=4))
def test_case_accents_and_quotes_do_not_matter(said: list[str]) -> None:
    known = phrases()
    assert terms_in([text.replace("’", "'") for text in said], known) == terms_in(
        [text.replace("'", "’") for text in said], known
    )
    plain = [text for text in said if set(text) <= set("".join(WORDS)) | {" "}]
    same = terms_in(plain, known)
    assert terms_in([text.upper() for text in plain], known) == same
    assert terms_in([unicodedata.normalize("NFD", text) for text in plain], known) == same
    assert terms_in([without_accents(text) for text in plain], known) == same


def without_accents(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )


@given(tellings(least=3, most=12))
def test_the_members_of_a_set_are_all_linked_and_lie_within_the_window(told: list[Telling]) -> None:
    likeness = Likeness(register_of(told))
    incidents = likeness.register.incidents
    links = {(link.one, link.other): link.strength for link in links_within(likeness, 31, Bars())}
    for escalation in escalations(
        likeness.register, links_within(likeness, 31, Bars()), days=31, threshold=3
    ):
        for window in escalation.windows:
            newest = window.incidents[-1]
            assert len(window.incidents) >= 3
            assert (incidents[newest].day - incidents[window.incidents[0]].day).days <= 31
            pairs = list(combinations(window.incidents, 2))
            assert all(pair in links for pair in pairs)
            assert all(links[one, newest] == "confirmed" for one in window.incidents[:-1])
            sure = all(links[pair] == "confirmed" for pair in pairs)
            assert (window.strength == "confirmed") == sure


@given(tellings(least=2, most=10))
def test_not_related_always_wins(told: list[Telling]) -> None:
    register = register_of(told)
    likeness = Likeness(register)
    denied = {frozenset(pair) for pair in register.unrelated}
    assert not any(frozenset((link.one, link.other)) in denied for link in links_within(likeness, 31, Bars()))
    for escalation in escalations(register, links_within(likeness, 31, Bars()), days=31, threshold=3):
        for window in escalation.windows:
            assert not any(frozenset(pair) in denied for pair in combinations(window.incidents, 2))


def found_in(told: Sequence[Telling]) -> list[tuple[str, tuple[str, ...]]]:
    found = recurrences(Gathered(tuple(told)), Trigger(), date(2026, 12, 31))
    incidents = found.register.incidents
    return [
        (each.strength, tuple(incidents[position].document for position in each.incidents))
        for each in found.escalations
    ]


def alike(number: int, day: int, **more: str) -> Telling:
    said = ("Disque plein sur zorglub", "Les sauvegardes échouent", "pg_wal a rempli le disque")
    return telling(number, FIRST + timedelta(days=day), said, **more)


def test_three_within_a_month_escalate_on_the_same_day_of_the_next_month() -> None:
    assert found_in([alike(0, 0), alike(1, 20), alike(2, 31)]) == [("confirmed", paths(0, 1, 2))]
    assert found_in([alike(0, 0), alike(1, 20), alike(2, 32)]) == []


def test_one_more_incident_makes_one_escalation_with_two_windows() -> None:
    told = [alike(0, 0), alike(1, 20), alike(2, 31), alike(3, 40)]
    found = recurrences(Gathered(tuple(told)), Trigger(), date(2026, 12, 31))
    assert [escalation.incidents for escalation in found.escalations] == [(0, 1, 2, 3)]
    assert [window.incidents for window in found.escalations[0].windows] == [(0, 1, 2), (1, 2, 3)]


def test_a_chain_joins_no_strangers() -> None:
    told = [alike(0, 0), alike(1, 5, unrelated="0"), alike(2, 9), alike(3, 12, unrelated="0")]
    assert found_in(told) == [("confirmed", paths(1, 2, 3))]


def paths(*numbers: int) -> tuple[str, ...]:
    return tuple(f"docs/incidents/{number}.md" for number in numbers)


def test_a_failure_mode_that_most_incidents_have_on_a_service_confirms_nothing() -> None:
    def told(number: int, mode: str) -> Telling:
        return telling(number, FIRST + timedelta(days=number), mode=mode, service="a")

    few = [told(number, "down") for number in range(3)]
    assert [strength for strength, _ in found_in(few)] == ["confirmed"]
    many = [told(number, "down") for number in range(24)]
    likeness = Likeness(register_of(many))
    assert likeness.evidence(22, 23).strength(Bars()) == "suggested"
    assert likeness.evidence(2, 3).strength(Bars()) == "confirmed"  # there were not twenty then


@settings(max_examples=25)
@given(tellings(most=8), st.integers(0, 200))
def test_a_day_in_the_past_sees_what_was_there(told: list[Telling], day: int) -> None:
    until = FIRST + timedelta(days=day)
    seen = recurrences(Gathered(tuple(told)), Trigger(), until)
    alone = recurrences(
        Gathered(tuple(each for each in told if each.day and each.day <= until)), Trigger(), until
    )
    assert seen.escalations == alone.escalations


def test_many_incidents_that_are_all_alike_end_in_time() -> None:
    for a_day in (10, 1500):
        told = [alike(number, number // a_day) for number in range(1500)]
        found = recurrences(Gathered(tuple(told)), Trigger(), date(2026, 12, 31))
        assert [len(escalation.incidents) for escalation in found.escalations] == [1500]


def test_a_failure_mode_that_is_common_on_one_service_still_tells_on_another() -> None:
    many = [
        telling(number, FIRST + timedelta(days=number), mode="down", service="lb") for number in range(20)
    ]
    both = [
        each._replace(services=frozenset({"lb", "pay"}))
        for each in (alike(n, 30 + n, mode="down") for n in (90, 91, 92))
    ]
    texts = [each._replace(title={}, symptom={}, cause={}) for each in both]
    likeness = Likeness(register_of([*many, *texts]))
    evidence = likeness.evidence(20, 21)
    assert (evidence.services, evidence.common) == (("pay",), False)
    assert evidence.strength(Bars()) == "confirmed"


def test_a_post_mortem_of_several_incidents_makes_them_not_alike() -> None:
    shared = telling(9, FIRST, ("Switch", "Everything is down", "The core switch broke"))._replace(
        document="docs/post-mortems/9.md", role="post-mortem"
    )
    named = (Reference("9.md", "docs/post-mortems/9.md"),)
    entries = [
        telling(number, FIRST, (word, "", ""))._replace(counterparts=named)
        for number, word in enumerate(("Portal", "Billing", "Maps"))
    ]
    assert links_of([shared, *entries]) == {}
    assert len(register_of([shared, *entries]).incidents) == 3


def test_a_post_mortem_of_the_same_name_is_that_of_the_folder_beside() -> None:
    told = [
        telling(number, FIRST, (f"{root} {role}", "", ""))._replace(
            document=f"{root}/docs/{role}s/2026-01-01-outage.md",
            role="post-mortem" if number % 2 else "incident",
        )
        for number, (root, role) in enumerate(
            [("a", "incident"), ("a", "post-mortem"), ("b", "incident"), ("b", "post-mortem")]
        )
    ]
    assert [incident.documents for incident in register_of(told).incidents] == [
        (f"{root}/docs/incidents/2026-01-01-outage.md", f"{root}/docs/post-mortems/2026-01-01-outage.md")
        for root in "ab"
    ]


def test_documents_that_each_name_a_whole_set_acknowledge_them_together() -> None:
    told = [alike(0, 0), alike(1, 20), alike(2, 31), alike(3, 40)]

    def decided(*decisions: tuple[int, ...]) -> str | None:
        named = tuple(
            Decision(f"e{n}.md", None, tuple(Reference(path, path) for path in paths(*numbers)))
            for n, numbers in enumerate(decisions)
        )
        found = recurrences(Gathered(tuple(told), named), Trigger(), date(2026, 12, 31))
        decision = found.acknowledging(found.escalations[0])
        return decision.document if decision else None

    assert decided((0, 1, 2), (1, 2, 3)) == "e1.md"
    assert decided((0, 1, 2, 3), (1, 2, 3)) == "e0.md"
    assert decided((0, 1, 2)) is None
    assert decided((0, 1), (2, 3)) is None


def test_a_post_mortem_is_owed_from_the_first_set_that_was_complete() -> None:
    told = [alike(n, 6 * n)._replace(resolved=FIRST + timedelta(days=6 * n)) for n in range(20)]
    found = recurrences(Gathered(tuple(told)), Trigger(), date(2026, 12, 31))
    owed = list(missing_post_mortems(found, Publication(severities=("SEV1",))))
    assert [each.recurring for each in owed] == [True] * 20
    assert owed[0].due == FIRST + timedelta(days=6 * 5 + 7)


@pytest.mark.parametrize(
    "text", ["a.a" * 7000, "a_" * 10_000, "a" * 20_000, "a@" * 10_000, "a://" * 5000, "é." * 9000]
)
def test_endless_words_take_no_time(text: str) -> None:
    assert len(terms_in([text] * 30, phrases())) < 5
