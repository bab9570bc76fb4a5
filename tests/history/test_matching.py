"""Items of two versions are one by text, number, owner and date, in this order, whoever writes them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.likeness import NEARLY_THE_SAME, RECOGNISABLE, likeness, text_key
from incidentdocs.history.matching import MOST_PAIRS, pair, pair_same_text
from incidentdocs.history.reading import facts_reader
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in


def items(*lines: str, end: str = "\n") -> tuple[ActionItem, ...]:
    text = end.join(("# Post-mortem: API down", "", "## Action items", *lines, ""))
    return facts_reader(built_in("post-mortem"), Process())("docs/post-mortems/a.md", text).items


def paired(before: Sequence[str], after: Sequence[str], gone: Sequence[str] = ()) -> dict[int, int]:
    return pair(items(*before), items(*after), items(*gone))


def alike(one: str, other: str) -> float:
    return likeness(text_key(one), text_key(other))


REWORDED = [
    ("Ajouter une alerte sur l'espace disque", "Ajouter une alerte quand l'espace disque passe sous 10 %"),
    ("Rotate the TLS certificates automatically", "Automatically rotate the TLS certificates"),
    ("Write a runbook for failover", "Write and rehearse the failover runbook"),
    ("Documenter la procédure de restauration", "Documenter la procédure de restauration des sauvegardes"),
    ("Tester la bascule", "Tester la bascule de la base chaque trimestre"),
    ("Add an alert on disk usage", "Add, with the storage team, an alert on disk usage above 80 %"),
]
RECOGNISED = [
    ("Page the on-call when queue depth grows", "Wake the on-call when the queue gets deep"),
    ("Augmenter le timeout du proxy à 30s", "Augmenter le délai du proxy à 60 secondes"),
    ("Supprimer le cache local", "Remplacer le cache local par Redis"),
    ("Document the restore procedure", "Document how to restore from backup"),
]
OTHERS = [
    ("Ajouter une alerte sur l'espace disque", "Tester la restauration des sauvegardes"),
    ("Ajouter un test de non-régression", "Ajouter un index sur la table commandes"),
    ("Add an alert on disk usage", "Add a test for the payment client"),
    ("Review access rights of the deploy bot", "Raise the memory limit of the worker"),
    ("Alert", "Alert on queue growth"),
    ("Fix it", "Find out who can fix the job that imports orders, and whether it is still needed"),
]


@pytest.mark.parametrize(("one", "other"), REWORDED)
def test_a_rewording_or_an_expansion_is_nearly_the_same(one: str, other: str) -> None:
    assert alike(one, other) >= NEARLY_THE_SAME
    assert alike(one, other) == alike(other, one)
    assert paired([f"- [ ] {one}"], [f"- [ ] {other}"]) == {0: 0}


@pytest.mark.parametrize(("one", "other"), RECOGNISED)
def test_a_freer_rewording_is_recognised_by_its_number_only(one: str, other: str) -> None:
    assert RECOGNISABLE <= alike(one, other) < NEARLY_THE_SAME
    assert paired([f"- [ ] AI 3: {one}"], [f"- [ ] AI 3: {other}"]) == {0: 0}
    assert paired([f"- [ ] {one}"], [f"- [ ] {other}"]) == {}
    assert paired([f"- [ ] AI 3: {one}"], [f"- [ ] AI 4: {other}"]) == {}


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_item_is_another_one_even_under_the_number(one: str, other: str) -> None:
    assert alike(one, other) < RECOGNISABLE
    assert paired([f"- [ ] AI 3: {one}"], [f"- [ ] AI 3: {other}"]) == {}


def test_number_owner_and_due_date_together_tell_a_text_that_nobody_recognises() -> None:
    before = ["- [ ] AI 1: Ajouter une alerte (owner @dev with @bridge-bot, due 2026-04-01)"]
    assert paired(before, ["- [ ] AI 1: Monitor free space (owner @Dev, due 2026-04-01)"]) == {0: 0}
    assert paired(before, ["- [ ] AI 2: Monitor free space (owner @dev, due 2026-04-01)"]) == {}
    assert paired(before, ["- [ ] AI 1: Monitor free space (owner @ops, due 2026-04-01)"]) == {}
    assert paired(before, ["- [ ] AI 1: Monitor free space (owner @dev, due 2026-04-02)"]) == {}
    assert paired(["- [ ] AI 1: Ajouter une alerte"], ["- [ ] AI 1: Monitor free space"]) == {}


def test_the_same_text_goes_before_the_number() -> None:
    before = ["- [ ] AI 1: add an alert on disk usage", "- [ ] AI 2: add an alert on disk usage for prod"]
    after = ["- [ ] AI 1: add an alert on disk usage for prod", "- [ ] AI 2: add an alert on disk usage"]
    assert paired(before, after) == {0: 1, 1: 0}


def test_the_number_goes_before_nearly_the_same_text() -> None:
    before = ["- [ ] AI 1: write the failover runbook"]
    after = ["- [ ] AI 2: write the failover runbooks", "- [ ] AI 1: write the runbook for a failover"]
    assert paired(before, after) == {1: 0}


def test_the_best_match_comes_first() -> None:
    before = ["- [ ] rotate the logs of the worker", "- [ ] rotate the logs of the proxy"]
    after = ["- [ ] rotate the logs of the proxies", "- [ ] rotate the logs of the workers"]
    assert paired(before, after) == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["AI 1: Review", "AI 2: Review"], ["AI 2: Review", "AI 1: Review"], {0: 1, 1: 0}),
        (["AI 1: Review", "AI 2: Review"], ["AI 2: Review"], {0: 1}),
        (["Review", "Review"], ["Review", "Review", "Review"], {0: 0, 1: 1}),
        (["Review (owner @a)", "Review (owner @b)"], ["Review (owner @b)"], {0: 1}),
        (["Review (due 2026-04-01)", "Review"], ["Review", "Review (due 2026-04-01)"], {0: 1, 1: 0}),
    ],
)
def test_identical_texts_are_told_apart_by_number_then_fields_then_place(
    before: list[str], after: list[str], expected: dict[int, int]
) -> None:
    assert paired([f"- [ ] {line}" for line in before], [f"- [ ] {line}" for line in after]) == expected


def test_a_ticked_and_an_open_item_of_one_text_keep_their_boxes_when_they_change_places() -> None:
    assert paired(["- [x] Review", "- [ ] Review"], ["- [ ] Review", "- [x] Review"]) == {0: 1, 1: 0}


def test_what_is_there_goes_before_what_is_gone_and_what_is_gone_comes_back() -> None:
    alert, logs = "- [ ] alert at 80 %", "- [ ] rotate the logs of the proxy"
    assert paired([alert], [alert, logs], [alert, logs]) == {0: 0, 1: 2}
    assert paired(["- [ ] rotate the logs of the worker"], [logs], [logs]) == {0: 1}
    assert paired(["- [ ] Review"], ["- [ ] AI 2: Review"], ["- [ ] AI 2: Review"]) == {0: 0}


def test_number_owner_and_date_alone_bring_nothing_back() -> None:
    old, new = (
        "- [ ] AI 1: Ajouter une alerte (owner @a, due 2026-04-01)",
        "- [ ] AI 1: Mop (owner @a, due 2026-04-01)",
    )
    assert paired([old], [new]) == {0: 0}
    assert paired([], [new], [old]) == {}


def test_a_reformat_changes_no_item() -> None:
    before = items("- [ ] AI 1: Vérifier l'alerte `disk_full` (owner @dev)", "- [ ] AI 2: write a test")
    after = items(
        "1. [ ] **AI 1** : *Verifier* l’alerte",
        "   disk_full (owner @dev)",
        "2. [ ] AI 2: Write  a test",
        end="\r\n",
    )
    assert [text_key(item.description) for item in after] == [text_key(item.description) for item in before]
    assert pair(before, after) == {0: 0, 1: 1}


def test_signs_alone_are_a_text_too() -> None:
    assert text_key("🚀") != text_key("🔥")
    assert paired(["- [ ] 🚀", "- [ ] 🔥"], ["- [ ] 🔥", "- [ ] 🚀"]) == {0: 1, 1: 0}


def test_only_words_move_to_another_document() -> None:
    there = items("- [ ] add an alert", "- [ ] rotate the logs", "- [ ]")
    here = items("- [ ]", "- [ ] Rotate the **logs**", "- [ ] add alerts")
    assert pair_same_text(there, here) == {1: 1}


def test_a_very_long_list_written_anew_takes_no_longer_than_its_lines() -> None:
    count = int(MOST_PAIRS**0.5) + 1
    before = items(*(f"- [ ] AI 1: note {number} of the old list" for number in range(count)))
    after = items(*(f"- [ ] AI 1: note {number} of the new list" for number in range(count)))
    assert pair(before, after) == {number: number for number in range(count)}
    assert pair(before[:1] * count, before[:1] * count) == {number: number for number in range(count)}


def test_a_very_long_text_is_compared_by_its_beginning() -> None:
    assert likeness("a" * 1_000_000, "a" * 1_000_000 + "b") == 100


WORDS = st.sampled_from(["alert", "disk", "journaux", "tourner", "the", "le", "test"])
LINES = st.builds(
    "- [{}] {}{}{}".format,
    st.sampled_from(" x"),
    st.sampled_from(["", "AI 1: ", "AI 2: ", "AI 3: "]),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", " (owner @a, due 2026-04-01)", " (owner @b)"]),
)
LISTS = st.lists(LINES, max_size=6)


@given(LISTS, LISTS, LISTS)
def test_pairs_are_one_to_one_and_the_same_each_time(
    before: list[str], after: list[str], gone: list[str]
) -> None:
    pairs = paired(before, after, gone)
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs) <= set(range(len(after)))
    assert set(pairs.values()) <= set(range(len(before) + len(gone)))
    assert paired(before, after, gone) == pairs


@given(LISTS)
def test_every_item_of_an_unchanged_list_is_itself(lines: list[str]) -> None:
    assert paired(lines, lines) == {index: index for index in range(len(items(*lines)))}


@given(st.data(), st.lists(LINES, max_size=6, unique_by=lambda line: text_key(items(line)[0].description)))
def test_order_line_ends_and_markup_change_nothing(data: st.DataObject, lines: list[str]) -> None:
    order = data.draw(st.permutations(range(len(lines))))
    shuffled = items(*(lines[index].replace("disk", "**Disk**") for index in order), end="\r\n")
    assert pair(items(*lines), shuffled) == dict(enumerate(order))
