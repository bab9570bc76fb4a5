"""Which parent a merge is followed through, and what it lands."""

from datetime import UTC, datetime, timedelta

import pytest

from incidentdocs.history.chain import RawCommit, chain_from, committed, followed_parent, landed_by

MAIN = {"main", "master", "trunk"}


@pytest.mark.parametrize(
    "subject",
    [
        "Merge branch 'main'",
        "Merge branch 'master'",
        "Merge branch 'trunk'",
        "Merge branch 'main' of https://forge.example/team/docs",
        "Merge branch 'main' of /srv/our docs",
        "Merge branch 'main' of forge.example:team/docs into topic",
        "Merge branch 'main' into topic",
        "Merge branch 'main' into 'topic'",
        "Merge branch 'main' into feature/main",
        "Merge remote-tracking branch 'origin/main'",
        "Merge remote-tracking branch 'upstream/main' into topic",
        "Merge branches 'main' and 'x'",
        # A copy of the main line takes in the other copy.
        "Merge branch 'trunk' of forge.example:team/docs into trunk",
        "Merge remote-tracking branch 'origin/trunk' into trunk",
        "Merge branch 'main' into main",
    ],
)
def test_a_merge_that_brings_in_the_main_line_is_followed_there(subject: str) -> None:
    assert followed_parent(subject, ("first", "second", "third"), MAIN) == "second"


@pytest.mark.parametrize(
    "subject",
    [
        "Merge branch 'topic'",
        "Merge branch 'topic' into main",
        "Merge branch 'topic' into 'main'",
        "Merge branch 'feature/main'",
        "Merge branch 'main-window'",
        "Merge branch 'main' into 'main'",  # a forge lands the branch of a fork
        "Merge branch 'master' into main",  # another line is merged into the main one
        "Merge remote-tracking branch 'origin/feature/main'",
        "Merge remote-tracking branch 'main'",
        "Merge pull request #12 from ada/main",
        "Merge commit 'main'",
        "Merge tag 'main'",
        "Merge main",
        "Revert \"Merge branch 'main'\"",
        "Merge branch 'main' and more",
        "",
    ],
)
def test_any_other_merge_is_followed_through_its_first_parent(subject: str) -> None:
    assert followed_parent(subject, ("first", "second"), MAIN) == "first"


def test_of_several_branches_the_one_that_is_the_main_line_is_followed() -> None:
    parents = ("first", "second", "third", "fourth")
    assert followed_parent("Merge branches 'x', 'y' and 'main'", parents, MAIN) == "fourth"
    assert followed_parent("Merge branches 'x' and 'main' into topic", parents, MAIN) == "third"
    assert followed_parent("Merge branches 'x', 'y' and 'main'", parents[:2], MAIN) == "first"


def test_words_alone_make_no_merge() -> None:
    assert followed_parent("Merge branch 'main'", ("first",), MAIN) == "first"
    assert followed_parent("Merge branch 'main'", (), MAIN) is None


def commits(**parents: str) -> dict[str, RawCommit]:
    when = b"1782900000 +0200"
    return {name: RawCommit(tuple(of), b"Ada", when, b"Words\n\nmore") for name, of in parents.items()}


def test_the_chain_is_told_oldest_first_with_what_else_each_merge_has_for_parents() -> None:
    graph = commits(d="bc", c="a", b="a", a="")
    chain = chain_from("d", graph, MAIN)
    assert chain is not None
    assert [(c.id, c.parent, c.others) for c in chain] == [
        ("a", None, ()),
        ("b", "a", ()),
        ("d", "b", ("c",)),
    ]
    assert chain[0].message == "Words\n\nmore"


def test_the_chain_after_a_commit_begins_with_the_next_and_is_none_where_it_does_not_pass_there() -> None:
    graph = commits(d="bc", b="a")
    chain = chain_from("d", graph, MAIN, after="a")
    assert chain is not None
    assert [commit.id for commit in chain] == ["b", "d"]
    assert chain_from("d", graph, MAIN, after="c") is None
    assert chain_from("a", {}, MAIN, after="a") == ()


def test_every_commit_of_a_side_is_landed_once_by_the_first_merge_that_reaches_it() -> None:
    graph = commits(h="fg", g="e", f="be", e="d", d="a", b="a", a="")
    chain = chain_from("h", graph, MAIN)
    assert chain is not None
    assert [(index, set(landed)) for index, landed in landed_by(chain, graph)] == [
        (2, {"d", "e"}),
        (3, {"g"}),
    ]


def test_a_pull_lands_the_commits_of_the_branch_that_it_brought_up_to_date() -> None:
    graph = commits(pull="lm", l="a", m="a", a="")
    graph["pull"] = graph["pull"]._replace(message=b"Merge branch 'main'")
    chain = chain_from("pull", graph, MAIN)
    assert chain is not None
    assert [commit.id for commit in chain] == ["a", "m", "pull"]
    assert list(landed_by(chain, graph)) == [(2, ["l"])]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (b"0 +0000", "1970-01-01T00:00:00+00:00"),
        (b"1782900000 +0545", "2026-07-01T15:45:00+05:45"),
        (b"1782900000 -0330", "2026-07-01T06:30:00-03:30"),
        (b"-86400 +0000", "1969-12-31T00:00:00+00:00"),
        (b"1782900000 +9999", "2026-07-01T10:00:00+00:00"),
        (b"1782900000", "2026-07-01T10:00:00+00:00"),
        (b"", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_a_date_is_read_with_its_offset(when: bytes, told: str) -> None:
    assert committed(when).isoformat() == told


def test_a_date_that_no_calendar_has_is_the_last_one() -> None:
    assert committed(b"9999999999999999 +0000") == datetime.max.replace(tzinfo=UTC)
    assert committed(b"253402300799 +1400").utcoffset() == timedelta(0)
