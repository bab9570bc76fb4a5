"""Repositories of every kind are read to the last commit, whatever the user's git and environment say."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from incidentdocs.errors import HistoryIncomplete, IncidentdocsError, UsageError
from incidentdocs.history.changes import fold
from incidentdocs.history.commits import ChainStep
from incidentdocs.history.repository import Checkout, GitFailed, NotARepository, NotContinuous
from tests.history.repositories import Commit, build, git

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PATHSPECS = (":(top,glob)docs/**",)


def tracked(path: str) -> bool:
    return path.startswith("docs/") and path.endswith(".md")


def body(name: str, edits: int = 0) -> bytes:
    """Return a text of twenty lines that is like no other name's, of which `edits` differ."""
    lines = (f"{name} {number} {'edited' if number < edits else 'as it was'}" for number in range(20))
    return "\n".join(lines).encode()


def commit(name: str, parents: str, files: Mapping[str, bytes], message: str = "Words") -> Commit:
    """Return a commit with one letter for its name and for each parent, made so many hours after noon."""
    return Commit(name, tuple(parents), files, NOON + timedelta(hours=ord(name) - ord("a")), message)


def line(*trees: Mapping[str, bytes]) -> list[Commit]:
    """Return commits `a`, `b`, … with these files, each the child of the one before it."""
    names = "abcdefghijklmnopqrstuvwxyz"[: len(trees)]
    return [
        commit(name, parent, files) for name, parent, files in zip(names, ("", *names), trees, strict=False)
    ]


def steps_of(root: Path, revision: str = "HEAD", after: str | None = None) -> list[ChainStep]:
    checkout = Checkout.open(root)
    commit = checkout.revision(revision)
    assert commit is not None
    return list(checkout.steps(commit, tracked=tracked, pathspecs=PATHSPECS, after=after))


def told(steps: Sequence[ChainStep]) -> list[list[tuple[str, ...]]]:
    """Return what each step changes: its status, the path, and the path before where there is one."""
    return [
        [(change.status, change.path, *([change.before] if change.before else [])) for change in step.changes]
        for step in steps
    ]


def read(root: Path, *trees: Mapping[str, bytes]) -> list[list[tuple[str, ...]]]:
    build(root, line(*trees))
    return told(steps_of(root))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository with three commits: one document, edited, and moved."""
    root = tmp_path / "small"
    build(root, line({"docs/a.md": body("a")}, {"docs/a.md": body("a", 1)}, {"docs/b.md": body("a", 2)}))
    git(root, "reset", "--quiet", "--hard")
    return root


SMALL = [[("added", "docs/a.md")], [("changed", "docs/a.md")], [("renamed", "docs/b.md", "docs/a.md")]]


# What the commits did


def test_every_commit_of_the_chain_is_told_oldest_first_with_what_it_did_to_tracked_files(
    tmp_path: Path,
) -> None:
    a, b, note = body("a"), body("b"), body("note")
    ids = build(
        tmp_path,
        line(
            {"docs/a.md": a, "notes/n.md": note},
            {"docs/a.md": a, "notes/n.md": body("note", 1)},
            {"docs/a.md": body("a", 1), "docs/b.md": b, "docs/n.txt": note},
            {"docs/b.md": b},
        ),
    )
    steps = steps_of(tmp_path)
    assert [step.commit.id for step in steps] == list(ids.values())
    assert [step.commit.parent for step in steps] == [None, ids["a"], ids["b"], ids["c"]]
    assert told(steps) == [
        [("added", "docs/a.md")],
        [],
        [("changed", "docs/a.md"), ("added", "docs/b.md")],
        [("deleted", "docs/a.md")],
    ]
    blobs = dict(Checkout.open(tmp_path).blobs(c.blob for s in steps for c in s.changes if c.blob))
    assert list(blobs.values()) == [a, body("a", 1), b]


def test_a_commit_is_told_with_its_author_date_and_whole_message(tmp_path: Path) -> None:
    build(tmp_path, [commit("a", "", {"docs/a.md": b"a"}, "Été\n\nRef: #41\n")._replace(author="Élodie")])
    (step,) = steps_of(tmp_path)
    assert (step.commit.author, step.commit.message) == ("Élodie", "Été\n\nRef: #41")
    assert step.commit.committed == NOON


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("docs/a.md", "docs/2026/b.md"),
        ("docs/a.md", "docs/A.md"),
        ("docs/a.txt", "docs/a.md"),
        ("docs/a.MD", "docs/a.md"),
        ("old/a.rst", "docs/a.md"),
    ],
)
def test_a_file_renamed_and_edited_at_once_goes_on(tmp_path: Path, before: str, after: str) -> None:
    found = read(tmp_path, {before: body("a")}, {before: body("a", 2)}, {after: body("a", 6)})
    assert found == [[("added", before)], [("changed", before)], [("renamed", after, before)]]


def test_a_file_that_has_little_left_of_another_is_born(tmp_path: Path) -> None:
    found = read(tmp_path, {"docs/a.md": body("a")}, {"docs/b.md": body("a", 16)})
    assert found == [[("added", "docs/a.md")], [("deleted", "docs/a.md"), ("added", "docs/b.md")]]


def test_a_copy_is_born_even_where_its_source_is_edited_in_the_same_commit(tmp_path: Path) -> None:
    copied = {"docs/a.md": body("a", 1), "docs/b.md": body("a"), "docs/c.md": body("a")}
    found = read(tmp_path, {"docs/a.md": body("a")}, copied)
    assert found[1] == [("changed", "docs/a.md"), ("added", "docs/b.md"), ("added", "docs/c.md")]


def test_a_file_is_followed_through_every_path_that_it_had_outside(tmp_path: Path) -> None:
    assert read(
        tmp_path,
        {"w/a.txt": body("a")},
        {"x/a.txt": body("a", 1)},
        {"y/a.md": body("a", 2)},
        {"y/a.md": body("a", 3), "x/a.txt": body("other")},
        {"docs/a.md": body("a", 4), "x/a.txt": body("other", 1)},
        {"docs/a.md": body("a", 4), "y/a.md": body("another")},
    ) == [
        [("added", "w/a.txt")],
        [("renamed", "x/a.txt", "w/a.txt")],
        [("renamed", "y/a.md", "x/a.txt")],
        [("changed", "y/a.md")],
        [("renamed", "docs/a.md", "y/a.md")],
        [],
    ]


def test_a_file_that_leaves_the_folder_and_comes_back_is_the_same(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {"docs/a.md": body("a")},
        {"attic/a.md": body("a", 1)},
        {"attic/a.md": body("a", 2)},
        {"docs/a.md": body("a", 3)},
    )
    assert found[1:] == [
        [("renamed", "attic/a.md", "docs/a.md")],
        [("changed", "attic/a.md")],
        [("renamed", "docs/a.md", "attic/a.md")],
    ]


def test_a_path_outside_that_two_files_came_from_is_followed_to_the_later_one(tmp_path: Path) -> None:
    build(
        tmp_path,
        line(
            {"x.md": body("a")},
            {"docs/a.md": body("a")},
            {"docs/a.md": body("a"), "x.md": body("b")},
            {"docs/a.md": body("a"), "x.md": body("b", 1)},
            {"docs/a.md": body("a"), "docs/b.md": body("b", 1)},
        ),
    )
    trails = fold(steps_of(tmp_path)).trails
    assert [[(v.step, v.path) for v in trail.versions] for trail in trails] == [
        [(0, "x.md"), (1, "docs/a.md")],
        [(2, "x.md"), (3, "x.md"), (4, "docs/b.md")],
    ]


def test_a_folder_of_many_files_that_moves_in_is_followed_whole(tmp_path: Path) -> None:
    names = [f"{number:03}" for number in range(120)]
    found = read(
        tmp_path,
        {f"old/{int(name) % 7}/{name}.md": body(name) for name in names},
        {f"docs/{name}.md": body(name, 3) for name in names},
    )
    assert found[1] == [("renamed", f"docs/{name}.md", f"old/{int(name) % 7}/{name}.md") for name in names]
    assert len(found[0]) == 120


def test_a_link_is_no_file(tmp_path: Path) -> None:
    build(tmp_path, line({"docs/a.md": body("a")}))
    git(tmp_path, "reset", "--quiet", "--hard")
    (tmp_path / "docs/link.md").symlink_to("a.md")
    commit_as_it_is(tmp_path, "link")
    (tmp_path / "docs/a.md").unlink()
    (tmp_path / "docs/a.md").symlink_to("elsewhere.md")
    (tmp_path / "docs/link.md").unlink()
    (tmp_path / "docs/link.md").write_bytes(body("link"))
    commit_as_it_is(tmp_path, "the other way round")
    assert told(steps_of(tmp_path))[1:] == [[], [("deleted", "docs/a.md"), ("added", "docs/link.md")]]


def commit_as_it_is(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "-c", "user.name=Ada", "-c", "user.email=ada@cabas.example", "commit", "-qm", message)


@pytest.mark.parametrize(
    "name", [b"caf\xe9.md", "été.md".encode(), b"a b\t'\"\\.md", b"two\nlines.md", b"-x :(top).md"]
)
def test_a_path_may_hold_any_bytes(tmp_path: Path, name: bytes) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    blob = git(tmp_path, "hash-object", "-w", "--stdin", given=body("a")).strip()
    folder = git(tmp_path, "mktree", "-z", given=b"100644 blob %s\t%s\0" % (blob, name)).strip()
    for tree in (b"040000 tree %s\told\0" % folder, b"040000 tree %s\tdocs\0" % folder):
        made = git(tmp_path, "mktree", "-z", given=tree).decode().strip()
        parents = ["-p", "HEAD"] if git(tmp_path, "for-each-ref") else []
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@cabas.example")
        head = git(tmp_path, *identity, "commit-tree", made, *parents, "-m", "x").decode().strip()
        git(tmp_path, "update-ref", "HEAD", head)
    path = name.decode(errors="surrogateescape")
    assert told(steps_of(tmp_path)) == [
        [("added", f"old/{path}")],
        [("renamed", f"docs/{path}", f"old/{path}")],
    ]
    checkout = Checkout.open(tmp_path)
    assert checkout.tree(head, PATHSPECS) == {f"docs/{path}": blob.decode()}


# Merges


def test_a_merge_is_compared_with_the_parent_that_is_followed_and_tells_its_sides_oldest_first(
    tmp_path: Path,
) -> None:
    a, b = body("a"), body("b")
    ids = build(
        tmp_path,
        [
            commit("a", "", {"docs/a.md": a, "docs/b.md": b}),
            commit("b", "a", {"docs/a.md": body("a", 1), "docs/b.md": b, "code": b"1"}),
            commit("c", "a", {"docs/a.md": a, "docs/b.md": body("b", 1)}),
            commit("d", "b", {"docs/c.md": body("a", 2), "docs/b.md": b, "code": b"2"}),
            commit(
                "e",
                "cd",
                {"docs/c.md": body("a", 2), "docs/b.md": body("b", 1), "code": b"2"},
                "Merge branch 'x'",
            ),
        ],
    )
    steps = steps_of(tmp_path)
    assert [step.commit.id for step in steps] == [ids["a"], ids["c"], ids["e"]]
    assert told(steps)[1:] == [[("changed", "docs/b.md")], [("renamed", "docs/c.md", "docs/a.md")]]
    assert steps[-1].commit.others == (ids["d"],)
    sides = steps[-1].sides
    assert [(s.commit, s.path, s.before) for s in sides] == [
        (ids["b"], "docs/a.md", None),
        (ids["d"], "docs/c.md", "docs/a.md"),
    ]
    assert [side.committed for side in sides] == [NOON + timedelta(hours=1), NOON + timedelta(hours=3)]
    assert {(side.author, side.message) for side in sides} == {("Ada", "Words")}
    (version,) = [v for trail in fold(steps).trails for v in trail.versions if v.step == 2]
    assert version.sides == sides


def test_of_a_merge_on_a_side_only_what_it_made_itself_is_told(tmp_path: Path) -> None:
    ids = build(
        tmp_path,
        [
            commit("a", "", {"docs/a.md": body("a"), "docs/b.md": body("b")}),
            commit("b", "a", {"docs/a.md": body("a", 1), "docs/b.md": body("b")}),
            commit("c", "a", {"docs/a.md": body("a", 2), "docs/b.md": body("b", 2)}),
            commit(
                "d",
                "bc",
                {"docs/a.md": body("a", 3), "docs/b.md": body("b", 2)},
                "Merge branch 'main' into x",
            ),
            commit("e", "cd", {"docs/a.md": body("a", 3), "docs/b.md": body("b", 2)}, "Merge branch 'x'"),
        ],
    )
    steps = steps_of(tmp_path)
    assert [step.commit.id for step in steps] == [ids["a"], ids["c"], ids["e"]]
    assert [(s.commit, s.path) for s in steps[-1].sides] == [(ids["b"], "docs/a.md"), (ids["d"], "docs/a.md")]


def pulled(root: Path, branch: str) -> list[str]:
    """Return the names of the chain's commits where a pull of `branch` into a local copy is the last one."""
    ids = build(
        root,
        [
            commit("a", "", {"docs/a.md": body("a"), "docs/b.md": body("b")}),
            commit("b", "a", {"docs/a.md": body("a", 1), "docs/b.md": body("b")}),
            commit("c", "a", {"docs/a.md": body("a"), "docs/b.md": body("b", 1)}),
            commit(
                "d", "bc", {"docs/a.md": body("a", 1), "docs/b.md": body("b", 1)}, f"Merge branch '{branch}'"
            ),
        ],
    )
    names = {value: name for name, value in ids.items()}
    return [names[step.commit.id] for step in steps_of(root)]


def test_a_pull_of_the_main_line_moves_nobodys_dates_but_the_pullers(tmp_path: Path) -> None:
    assert pulled(tmp_path, "main") == ["a", "c", "d"]
    steps = steps_of(tmp_path)
    assert told(steps)[1:] == [[("changed", "docs/b.md")], [("changed", "docs/a.md")]]
    assert [side.path for side in steps[-1].sides] == ["docs/a.md"]


def test_the_main_line_is_what_the_origin_says(tmp_path: Path) -> None:
    assert pulled(tmp_path / "x", "trunk") == ["a", "b", "d"]
    git(tmp_path / "x", "update-ref", "refs/remotes/origin/trunk", "HEAD")
    git(tmp_path / "x", "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert [step.commit.others for step in steps_of(tmp_path / "x")][-1] == (
        git(tmp_path / "x", "rev-parse", "HEAD^1").decode().strip(),
    )


def test_where_no_branch_has_a_usual_name_the_main_line_is_the_branch_of_head(tmp_path: Path) -> None:
    pulled(tmp_path, "trunk")
    second = git(tmp_path, "rev-parse", "HEAD^2").decode().strip()
    git(tmp_path, "branch", "--quiet", "-m", "main", "trunk")
    assert steps_of(tmp_path)[1].commit.id == second


# Going on after a commit


def test_what_comes_after_a_commit_is_the_end_of_the_whole(small: Path) -> None:
    whole = steps_of(small)
    for index, step in enumerate(whole, start=1):
        assert steps_of(small, after=step.commit.id) == whole[index:]


def test_after_a_commit_beside_the_chain_nothing_can_be_told(tmp_path: Path) -> None:
    pulled(tmp_path, "main")
    beside = git(tmp_path, "rev-parse", "HEAD^1").decode().strip()
    with pytest.raises(NotContinuous):
        steps_of(tmp_path, after=beside)


def test_where_a_file_comes_from_outside_its_past_is_to_be_read_first(tmp_path: Path) -> None:
    ids = build(tmp_path, line({"old.md": body("a")}, {"docs/a.md": body("a")}))
    with pytest.raises(NotContinuous):
        steps_of(tmp_path, after=ids["a"])


# Kinds of repositories


def test_a_linked_worktree_is_read(small: Path, tmp_path: Path) -> None:
    git(small, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), "HEAD~1")
    assert Checkout.open(tmp_path / "linked" / "docs").root == (tmp_path / "linked").resolve()
    assert told(steps_of(tmp_path / "linked")) == SMALL[:2]


def test_a_bare_repository_is_read(small: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(small), "bare.git")
    assert Checkout.open(tmp_path / "bare.git").root == (tmp_path / "bare.git").resolve()
    assert told(steps_of(tmp_path / "bare.git")) == SMALL


def test_a_submodule_is_read_for_itself_and_is_no_file_of_what_holds_it(small: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    git(tmp_path, "init", "--quiet", "outer")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(small), "docs/inner.md")
    commit_as_it_is(outer, "submodule")
    assert told(steps_of(outer)) == [[]]
    assert told(steps_of(outer / "docs/inner.md")) == SMALL


def test_a_detached_head_is_read(small: Path) -> None:
    git(small, "checkout", "--quiet", "--detach", "HEAD~1")
    assert told(steps_of(small)) == SMALL[:2]
    assert told(steps_of(small, "main")) == SMALL


def test_a_repository_with_long_ids_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_bytes(body("a"))
    commit_as_it_is(tmp_path, "one")
    (tmp_path / "docs/a.md").rename(tmp_path / "docs/b.md")
    commit_as_it_is(tmp_path, "two")
    (added, renamed) = steps_of(tmp_path)
    assert len(added.commit.id) == 64
    assert told([added, renamed]) == [[("added", "docs/a.md")], [("renamed", "docs/b.md", "docs/a.md")]]
    checkout = Checkout.open(tmp_path)
    tree = checkout.tree(renamed.commit.id, PATHSPECS)
    assert list(checkout.blobs(tree.values())) == [(tree["docs/b.md"], body("a"))]


def test_inside_a_hook_of_another_repository_the_folders_own_is_read(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "other", line({"docs/z.md": body("z")}))
    for name, value in {
        "GIT_DIR": tmp_path / "other/.git",
        "GIT_WORK_TREE": tmp_path / "other",
        "GIT_INDEX_FILE": tmp_path / "other/.git/index",
        "GIT_OBJECT_DIRECTORY": tmp_path / "other/.git/objects",
        "GIT_PREFIX": "docs/",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NAMESPACE": "x",
    }.items():
        monkeypatch.setenv(name, str(value))
    assert told(steps_of(small)) == SMALL


def test_grafts_and_replaced_commits_change_no_past(small: Path) -> None:
    first, second, third = git(small, "rev-list", "--reverse", "HEAD").decode().split()
    (small / ".git/info").mkdir(exist_ok=True)
    (small / ".git/info/grafts").write_text(f"{third} {first}\n")
    git(small, "replace", "--graft", second)
    assert told(steps_of(small)) == SMALL


def test_the_users_git_runs_nothing_and_changes_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    spy.chmod(0o755)
    (tmp_path / ".gitconfig").write_text(
        f"[core]\n\tfsmonitor = {spy}\n\tpager = {spy}\n\thooksPath = {tmp_path}\n"
        f"[core]\n\tattributesFile = {tmp_path}/attr\n"
        f"[diff]\n\texternal = {spy}\n\torderFile = {spy}\n"
        "[diff]\n\trenames = false\n\trenameLimit = 1\n\trelative = true\n"
        f'[diff "x"]\n\ttextconv = {spy}\n\tcommand = {spy}\n[pager]\n\tlog = {spy}\n\tdiff-tree = {spy}\n'
        "[log]\n\tshowSignature = true\n\tdate = relative\n\tdecorate = full\n[color]\n\tui = always\n"
        "[format]\n\tpretty = oneline\n[i18n]\n\tlogOutputEncoding = UTF-16\n"
        f"[alias]\n\trev-list = !{spy}\n\tdiff-tree = !{spy}\n\tcat-file = !{spy}\n"
    )
    (tmp_path / "attr").write_text("*.md diff=x -text\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    for name in ("PAGER", "GIT_PAGER", "GIT_EXTERNAL_DIFF"):
        monkeypatch.setenv(name, str(spy))
    assert told(steps_of(small)) == SMALL
    checkout = Checkout.open(small)
    blobs = [change.blob for step in steps_of(small) for change in step.changes if change.blob]
    assert [content for _, content in checkout.blobs(blobs)] == [body("a"), body("a", 1), body("a", 2)]
    assert not ran.exists()


def test_many_renames_at_once_are_found_whatever_limit_the_user_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitconfig").write_text("[diff]\n\trenameLimit = 1\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    names = [f"{number:02}" for number in range(30)]
    before = {f"docs/{name}.md": body(name) for name in names}
    found = read(tmp_path / "x", before, {f"docs/x/new{name}.md": body(name, 2) for name in names})
    assert {change[0] for change in found[1]} == {"renamed"}


# Messages and contents that are hard to read


def test_a_message_in_another_encoding_and_a_name_in_none_are_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    tree = git(tmp_path, "mktree").strip()
    raw = b"tree %s\nauthor J\xe9r\xf4me <j> 1782900000 +0200\ncommitter X <x> 99999999999999 +9999\n" % tree
    raw += b"encoding ISO-8859-1\n\n\xc9t\xe9\n"
    head = (
        git(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=raw)
        .decode()
        .strip()
    )
    git(tmp_path, "update-ref", "HEAD", head)
    (step,) = steps_of(tmp_path)
    assert (step.commit.message, step.commit.author) == ("Été", "Jérôme")
    assert step.commit.committed.tzinfo is not None


def test_a_blob_too_large_for_a_document_is_empty_and_what_follows_is_read(tmp_path: Path) -> None:
    build(tmp_path, line({"docs/a.md": b"x" * 3_000_000, "docs/b.md": b"", "docs/c.md": b"\0c\n"}))
    checkout = Checkout.open(tmp_path)
    head = checkout.revision()
    assert head is not None
    tree = checkout.tree(head, PATHSPECS)
    assert [content for _, content in checkout.blobs(tree[path] for path in sorted(tree))] == [
        b"",
        b"",
        b"\0c\n",
    ]


# What cannot be read


def test_a_revision_is_a_commit_by_any_of_its_names(small: Path) -> None:
    checkout = Checkout.open(small)
    head = git(small, "rev-parse", "HEAD").decode().strip()
    git(small, "-c", "user.name=A", "-c", "user.email=a@cabas.example", "tag", "-a", "-m", "x", "v1")
    assert {checkout.revision(name) for name in ("HEAD", "main", "v1", head[:9], "@", "main~0")} == {head}


@pytest.mark.parametrize(
    "name", ["nain", "", "-h", "--all", "^main", "main..main", "HEAD:docs", "a\0b", "a\nb", "f" * 40]
)
def test_what_names_no_commit_is_told_with_the_nearest_name_there_is(small: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        Checkout.open(small).revision(name)
    assert caught.value.exit_code == 2
    if name == "nain":
        assert caught.value.hint == "did you mean main?"


def test_a_repository_without_a_commit_has_no_revision(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    checkout = Checkout.open(tmp_path)
    assert checkout.revision() is None
    assert checkout.complete
    with pytest.raises(UsageError):
        checkout.revision("main")


def test_a_broken_head_is_no_empty_history(small: Path) -> None:
    (small / ".git/refs/heads/main").write_text("no id\n")
    with pytest.raises(GitFailed, match="broken"):
        Checkout.open(small).revision()


def test_a_folder_in_no_repository_and_one_that_is_not_there_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NotARepository, match="in no git repository"):
        Checkout.open(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        Checkout.open(tmp_path / "nowhere")


def remove_object(root: Path, name: str) -> None:
    loose = root / ".git/objects" / name[:2] / name[2:]
    if not loose.exists():
        for pack in (root / ".git/objects/pack").glob("*.pack"):
            moved = pack.rename(root / "taken.pack")
            git(root, "unpack-objects", "-q", given=moved.read_bytes())
            moved.unlink()
            pack.with_suffix(".idx").unlink()
    loose.unlink()


@pytest.mark.parametrize("what", ["HEAD~1", "HEAD~1^{tree}", "HEAD~1:docs"])
def test_a_missing_commit_or_tree_is_told_and_no_history_is_made_of_the_rest(small: Path, what: str) -> None:
    head = Checkout.open(small).revision()
    remove_object(small, git(small, "rev-parse", what).decode().strip())
    with pytest.raises(GitFailed) as caught:
        list(Checkout.open(small).steps(head or "", tracked=tracked, pathspecs=PATHSPECS))
    assert "git fsck" in caught.value.hint


def test_a_missing_and_a_broken_blob_are_told(small: Path) -> None:
    blob = git(small, "rev-parse", "HEAD:docs/b.md").decode().strip()
    remove_object(small, blob)
    with pytest.raises(GitFailed, match=f"{blob} is missing"):
        list(Checkout.open(small).blobs([blob]))
    (small / ".git/objects" / blob[:2]).mkdir(exist_ok=True)
    (small / ".git/objects" / blob[:2] / blob[2:]).write_bytes(b"broken")
    with pytest.raises(GitFailed, match="git cat-file"):
        list(Checkout.open(small).blobs([blob]))


@pytest.fixture
def wrapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a git of its own: what is in the file `before` runs first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "before").write_text("")
    (folder / "git").write_text(f'#!/bin/sh\n. {folder}/before\nexec {shutil.which("git")} "$@"\n')
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_an_owner_whom_git_does_not_trust_is_told_with_the_command_that_mends_it(
    small: Path, tmp_path: Path, wrapped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wrapped / "before").write_text("export GIT_TEST_ASSUME_DIFFERENT_OWNER=1\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(IncidentdocsError, match="does not trust the owner") as caught:
        Checkout.open(small)
    remedy = f"git config --global --add safe.directory {small.resolve()}"
    assert (caught.value.hint, caught.value.exit_code) == (f"run `{remedy}`", 2)
    subprocess.run(remedy.split(), check=True)
    assert told(steps_of(small)) == SMALL


def test_the_number_of_processes_does_not_grow_with_the_commits(tmp_path: Path, wrapped: Path) -> None:
    trees = [{f"docs/{n}.md": body(str(n), edits) for n in range(edits)} for edits in range(1, 20)]
    trees.append({f"docs/x/{n}.md": body(str(n), 19) for n in range(19)})
    build(tmp_path / "x", line(*trees))
    (wrapped / "before").write_text(f'echo "$@" >> {tmp_path}/calls\n')
    steps_of(tmp_path / "x")
    assert len((tmp_path / "calls").read_text().splitlines()) <= 9


def test_who_stops_reading_leaves_no_process_behind(tmp_path: Path, wrapped: Path) -> None:
    build(tmp_path / "x", line({f"docs/{n}.md": body(str(n)) for n in range(2000)}))
    checkout = Checkout.open(tmp_path / "x")
    tree = checkout.tree(checkout.revision() or "", PATHSPECS)
    (wrapped / "before").write_text(f"echo $$ > {tmp_path}/process\n")
    blobs = checkout.blobs(tree.values())
    next(blobs)
    process = int((tmp_path / "process").read_text())
    os.kill(process, 0)
    del blobs
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


# Clones that left something out


def test_a_shallow_clone_is_not_complete_and_the_remedies_are_told(small: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{small}", "shallow")
    checkout = Checkout.open(tmp_path / "shallow")
    assert not checkout.complete
    error = checkout.incomplete()
    assert isinstance(error, HistoryIncomplete)
    assert error.exit_code == 4
    for remedy in ("git fetch --unshallow", "fetch-depth: 0", "Forgejo", "GitHub", "GIT_DEPTH: 0", "GitLab"):
        assert remedy in error.hint
    git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    assert Checkout.open(tmp_path / "shallow").complete


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_partial_clone_is_read_as_far_as_it_goes_and_nothing_is_fetched(
    small: Path, tmp_path: Path, left_out: str
) -> None:
    git(small, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"--filter={left_out}", f"file://{small}", "partial")
    before = sorted(partial.rglob("*"))
    checkout = Checkout.open(partial)
    head = checkout.revision()
    assert head is not None
    assert not checkout.complete
    with pytest.raises(HistoryIncomplete) as caught:
        list(checkout.steps(head, tracked=tracked, pathspecs=PATHSPECS))
    assert "git fetch --refetch --no-filter" in caught.value.hint
    blob = git(small, "rev-parse", "HEAD:docs/b.md").decode().strip()
    with pytest.raises(HistoryIncomplete):
        list(checkout.blobs([blob]))
    assert sorted(partial.rglob("*")) == before
    git(partial, "fetch", "--quiet", "--refetch", "--no-filter")
    assert Checkout.open(partial).complete
    assert told(steps_of(partial)) == SMALL
