"""An action item is done where its own words say so by a sign, and by nothing else."""

import pytest

from incidentdocs.documents.action_items.reading import ActionItem, read_action_items
from incidentdocs.documents.sections import read_sections
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import built_in


def only(text: str) -> ActionItem:
    _, sections = read_sections(parse(f"## Action items\n{text}\n"), built_in("post-mortem"))
    (item,) = read_action_items(sections).items
    return item


@pytest.mark.parametrize(
    "item",
    [
        "- [x] raise the quota",
        "- ✅ raise the quota",
        "- DONE raise the quota",
        "- DONE: raise the quota",
        "- **DONE** raise the quota",
        "- **DONE:** raise the quota",
        "- [DONE] raise the quota",
        "- (done) raise the quota",
        "- FAIT : raise the quota",
        "- [terminé] raise the quota",
        "- raise the quota ✅",
        "- raise the quota (✔)",
        "- raise the quota - DONE",
        "- raise the quota: DONE.",
        "- raise the quota — **DONE**",
        "- raise the quota (done 2026-04-01)",
        "- raise the quota (Done as of 2026-04-01)",
        "- ~~raise the quota~~",
        "- ~~**raise** the quota~~",
        "1. ~~raise the quota~~",
        "| Action | Owner |\n|---|---|\n| ~~raise the quota~~ | @dev |",
        "| Action | Owner |\n|---|---|\n| raise the quota ✅ | @dev |",
    ],
)
def test_a_sign_settles_the_item_and_is_no_part_of_its_words(item: str) -> None:
    read = only(item)
    assert (read.state, read.description, read.problem) == ("done", "raise the quota", None)


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] ~~raise the quota~~",
        "- done is better than perfect: raise the quota",
        "- Fixed IPs for the nodes",
        "- raise the quota once the migration is done",
        "- show ✅ beside each node that answers",
        "- replace ~~old~~ names in the dashboard",
        "- [DONE](https://example.org/board) is the column to empty",
        "- raise DONE to a status of its own",
        "- a - DONEness",
    ],
)
def test_other_words_settle_nothing(item: str) -> None:
    assert only(item).state == "open"


def test_owner_and_due_date_are_read_beside_a_sign() -> None:
    read = only("- DONE raise the quota (owner @dev, due 2026-04-01)")
    assert (read.state, read.description, read.owners) == ("done", "raise the quota", ("@dev",))
    read = only("- raise the quota (owner @dev, due 2026-04-01) ✅")
    assert (read.state, read.description, read.owners) == ("done", "raise the quota", ("@dev",))


def test_a_status_below_an_item_settles_it() -> None:
    assert only("- raise the quota\n  - Owner: Paula\n  - Status: done").state == "done"
    assert only("- raise the quota\n  - **Stand:** erledigt").state == "done"
    assert only("- raise the quota\n  - Status: in progress").state == "open"


@pytest.mark.parametrize(
    ("item", "owners"),
    [
        ("- [ ] @jane - raise the quota", ("@jane",)),
        ("- [ ] @jane: raise the quota (due 2026-04-01)", ("@jane",)),
        ("- [ ] raise the quota (Mira, due 2026-04-01)", ("Mira",)),
        (
            "| Maßnahme | Verantwortlich | Frist |\n|---|---|---|\n| raise the quota | Mira | 2026-04-01 |",
            ("Mira",),
        ),
    ],
)
def test_an_owner_is_read_where_teams_write_it(item: str, owners: tuple[str, ...]) -> None:
    read = only(item)
    assert (read.owners, read.description, read.problem) == (owners, "raise the quota", None)
