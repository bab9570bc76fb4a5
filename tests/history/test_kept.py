"""A reading that goes on from an earlier one tells the same, and reads only what is new."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs.history.evidence import proved
from incidentdocs.history.git_output import LARGEST_BLOB
from incidentdocs.history.history import read_history
from incidentdocs.history.kept import MOST_HEADS, Kept, kept_of
from incidentdocs.history.reading import Reader
from incidentdocs.history.repository import Checkout
from incidentdocs.history.store import Space, Store
from incidentdocs.history.values import History
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, built_in
from tests.history.generated import histories
from tests.history.repositories import Commit, build
from tests.history.scenario import SCENARIOS, commits, read_scenario

READER = Reader({kind: built_in(kind) for kind in BUILT_IN}, Process(today=date(2027, 1, 1)))
PATH = "docs/post-mortems/2026-03-14-{}.md"
TEXT = """\
---
severity: SEV1
---
# Post-mortem: API down

## Action items
- [{}] AI 1: alert at 80 % of the disk (owner @oncall, due 2026-0{}-01)
"""
START = datetime(2026, 3, 16, 12, tzinfo=UTC)


class Watched(Checkout):
    """A checkout that notes which blobs are read."""

    read: list[str]

    def blobs(self, ids: Iterable[str], largest: int = LARGEST_BLOB) -> Iterator[tuple[str, bytes]]:
        wanted = list(ids)
        self.read += wanted
        return super().blobs(wanted, largest)


def watched(root: Path) -> Watched:
    checkout = Watched.open(root)
    assert isinstance(checkout, Watched)
    checkout.read = []
    return checkout


def document(tick: str = " ", month: int = 5) -> bytes:
    return TEXT.format(tick, month).encode()


def line(*files: Mapping[str, bytes], days: Iterable[int] | None = None) -> list[Commit]:
    """Return commits one after the other, each with all its files, a day apart or on the given days."""
    dates = list(days) if days is not None else list(range(len(files)))
    return [
        Commit(f"c{n}", (f"c{n - 1}",) if n else (), held, START + timedelta(days=dates[n]), f"Change {n}")
        for n, held in enumerate(files)
    ]


def read(checkout: Checkout, revision: str, reader: Reader = READER, *, kept: bool = True) -> History:
    store = kept_of(checkout.root, reader) if kept else None
    history = read_history(checkout, revision, reader, with_restored=True, kept=store)
    return proved(history, checkout, store)


def assert_the_same(checkout: Checkout, revision: str, reader: Reader = READER) -> None:
    assert read(checkout, revision, reader) == read(checkout, revision, reader, kept=False), revision


A, B = PATH.format("a"), PATH.format("b")
GROWING = line(
    {"README.md": b"x"},
    {"README.md": b"x", A: document()},
    {"README.md": b"x", A: document(month=6)},
    {"README.md": b"x", A: document("x", month=6), B: document()},
    {"README.md": b"y", A: document("x", month=6), B: document(month=7)},
)


def test_a_second_reading_reads_nothing_and_a_later_one_only_what_is_new(tmp_path: Path) -> None:
    ids = build(tmp_path, GROWING)
    checkout = watched(tmp_path)
    assert len(read(checkout, ids["c3"]).items) == 2
    checkout.read.clear()
    read(checkout, ids["c3"])
    assert checkout.read == []
    assert_the_same(checkout, ids["c4"])
    checkout.read.clear()
    assert read(checkout, ids["c4"]).items[1].item.due == date(2026, 7, 1)
    assert checkout.read == []


def test_only_the_new_version_is_read(tmp_path: Path) -> None:
    ids = build(tmp_path, GROWING)
    checkout = watched(tmp_path)
    read(checkout, ids["c3"])
    checkout.read.clear()
    read(checkout, ids["c4"])
    new = checkout.tree(ids["c4"], [f":(literal){B}"])[B]
    assert set(checkout.read) == {new}


def test_what_is_not_ahead_of_a_checkpoint_is_read_without_it(tmp_path: Path) -> None:
    """On a rewritten branch only the commits are walked anew: versions are known by their content."""
    other = GROWING[:2] + [
        commit._replace(name=f"{commit.name}'", parents=(parent,), message="Rewritten")
        for commit, parent in zip(GROWING[2:], ("c1", "c2'", "c3'"), strict=True)
    ]
    ids = build(tmp_path, [*GROWING, *other[2:]])
    checkout = watched(tmp_path)
    read(checkout, ids["c4"])
    checkout.read.clear()
    told = read(checkout, ids["c4'"])
    assert checkout.read == []
    assert told == read(checkout, ids["c4'"], kept=False)
    assert {event.landing.commit for item in told.items for event in item.events} <= set(ids.values())


def test_an_older_day_and_an_older_commit_are_told_as_they_were(tmp_path: Path) -> None:
    ids = build(tmp_path, GROWING)
    checkout = Checkout.open(tmp_path)
    read(checkout, ids["c4"])
    for day in range(15, 22):
        process = READER.process._replace(today=date(2026, 3, day))
        assert_the_same(checkout, ids["c4"], READER._replace(process=process))
    for commit in ids.values():
        assert_the_same(checkout, commit)


def test_clocks_that_run_backwards_are_told_as_in_one_reading(tmp_path: Path) -> None:
    """A commit dated far ahead moves others until the next one shows that its own clock was wrong."""
    ids = build(tmp_path, line(*(commit.files for commit in GROWING), days=(0, 1, 3_650, 3, 2)))
    checkout = Checkout.open(tmp_path)
    reader = READER._replace(process=Process(today=date(2099, 1, 1)))
    for commit in ids.values():
        assert_the_same(checkout, commit, reader)


def test_a_document_that_becomes_one_of_another_kind_is_read_anew(tmp_path: Path) -> None:
    runbook = "docs/runbooks/runbook-api.md"
    ids = build(tmp_path, line({A: document()}, {A: document(month=6)}, {runbook: document(month=6)}))
    checkout = Checkout.open(tmp_path)
    for commit in ids.values():
        assert_the_same(checkout, commit)


def test_a_working_tree_is_told_after_what_is_kept(tmp_path: Path) -> None:
    ids = build(tmp_path, GROWING)
    checkout = Checkout.open(tmp_path)
    trees = (
        {A: document("x", month=6)},
        {A: document("x", month=6), "docs/runbooks/runbook-b.md": document(month=7)},
    )
    for tree in trees:
        for kept in (None, kept_of(tmp_path, READER), kept_of(tmp_path, READER)):
            told = read_history(checkout, ids["c4"], READER, working_tree=tree, kept=kept)
            assert told == read_history(checkout, ids["c4"], READER, working_tree=tree)


def test_paths_that_are_no_utf_8_are_kept(tmp_path: Path) -> None:
    path = b"docs/post-mortems/2026-03-14-\xe9.md".decode(errors="surrogateescape")
    ids = build(tmp_path, line({"x": b""}))
    checkout = Checkout.open(tmp_path)
    tree_with(tmp_path, path)
    revision = checkout.revision("odd")
    assert revision
    assert ids["c0"]
    for _ in range(2):
        assert [each.path for each in read(checkout, revision).documents] == [
            "docs/post-mortems/2026-03-14-\\xe9.md"
        ]


def tree_with(root: Path, path: str) -> None:
    """Commit a document at a path that need not be UTF-8 to the branch `odd`."""
    from tests.history.repositories import git

    name = path.encode(errors="surrogateescape")
    text = document()
    stream = b"commit refs/heads/odd\ncommitter A <a@b> 1773662400 +0000\ndata 1\nx\n"
    stream += b'M 100644 inline "%s"\ndata %d\n%s\n' % (name.replace(b"\xe9", b"\\351"), len(text), text)
    git(root, "fast-import", "--quiet", given=stream)


def test_another_profile_or_zone_keeps_its_own(tmp_path: Path) -> None:
    ids = build(tmp_path, GROWING)
    checkout = watched(tmp_path)
    read(checkout, ids["c4"])
    for reader in (
        READER._replace(exclude=("docs/post-mortems/*-b.md",)),
        READER._replace(process=READER.process._replace(language="fr")),
        READER._replace(profiles={"post-mortem": built_in("post-mortem")}),
    ):
        checkout.read.clear()
        assert_the_same(checkout, ids["c4"], reader)
        assert checkout.read


@pytest.mark.parametrize("value", [b"", b"{}", b"[1]", b"[[[[", b"\xff", b"9" * 30])
@pytest.mark.parametrize("space", ["facts", "states", "heads", "checkpoints", "references", "restored"])
def test_what_was_tampered_with_is_not_believed(tmp_path: Path, space: Space, value: bytes) -> None:
    ids = build(tmp_path, GROWING)
    checkout = Checkout.open(tmp_path)
    read(checkout, ids["c3"])
    store = store_of(tmp_path)
    store.keep({space: dict.fromkeys(store.all(space), value)})
    assert store.all(space)
    for _ in range(2):
        assert_the_same(checkout, ids["c4"])


def store_of(root: Path) -> Store:
    kept = kept_of(root, READER)
    store = kept._store  # what somebody else would write into
    assert isinstance(kept, Kept)
    return store


def test_old_checkpoints_are_forgotten_with_what_only_they_had(tmp_path: Path) -> None:
    texts = [document(month=1 + n % 9) + b"\n" * n for n in range(2 * MOST_HEADS + 3)]
    ids = build(tmp_path, line(*({"a": b"", A: text} for text in texts)))
    checkout = Checkout.open(tmp_path)
    for commit in ids.values():
        read(checkout, commit)
    store = store_of(tmp_path)
    assert MOST_HEADS <= len(store.all("heads")) <= 2 * MOST_HEADS
    assert store.all("heads").keys() == store.all("checkpoints").keys()
    assert len(store.all("states")) <= 2 * MOST_HEADS
    for commit in ids.values():
        assert_the_same(checkout, commit)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_scenarios_are_told_alike_commit_by_commit(file: Path, tmp_path: Path) -> None:
    ids = build(tmp_path, list(commits(read_scenario(file))))
    checkout = Checkout.open(tmp_path)
    for commit in (*ids.values(), *reversed(ids.values())):
        assert_the_same(checkout, commit)


@settings(max_examples=20)
@given(histories(), st.randoms(use_true_random=False))
def test_generated_histories_are_told_alike_in_any_order(history: list[Commit], random: Random) -> None:
    with TemporaryDirectory() as folder:
        ids = list(build(Path(folder), history).values())
        random.shuffle(ids)
        checkout = Checkout.open(Path(folder))
        for commit in ids:
            assert_the_same(checkout, commit)
