"""What is kept between runs: found again, shared, and lost without harm."""

import os
import sqlite3
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from incidentdocs.history import store as store_module
from incidentdocs.history.store import DATABASE, FOLDER, MOST_DIGESTS, Store


def database(root: Path) -> Path:
    return root / FOLDER / DATABASE


def test_what_is_kept_is_found_by_the_same_way_of_reading(tmp_path: Path) -> None:
    Store(tmp_path, "one").keep({"facts": {"a": b"1", "b": b"2"}, "states": {"a": b"3"}})
    assert Store(tmp_path, "one").found("facts", ["a", "c"]) == {"a": b"1"}
    assert Store(tmp_path, "one").all("facts") == {"a": b"1", "b": b"2"}
    assert Store(tmp_path, "one").found("states", ["a"]) == {"a": b"3"}
    assert Store(tmp_path, "two").all("facts") == {}


def test_more_keys_than_one_question_takes_are_found(tmp_path: Path) -> None:
    values = {str(number): b"%d" % number for number in range(3_000)}
    Store(tmp_path, "one").keep({"facts": values})
    assert Store(tmp_path, "one").found("facts", values) == values


def test_a_later_value_replaces_the_earlier_one_and_can_be_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path, "one")
    store.keep({"facts": {"a": b"1", "b": b"1"}})
    store.keep({"facts": {"a": b"2"}})
    store.forget({"facts": ["b", "c"]})
    assert store.all("facts") == {"a": b"2"}


def test_nothing_is_written_where_nothing_is_kept(tmp_path: Path) -> None:
    assert Store(tmp_path, "one").found("facts", ["a"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_neither_git_nor_a_backup_takes_the_folder(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    Store(tmp_path, "one").keep({"facts": {"a": b"1"}})
    told = subprocess.run(
        ["git", "status", "--porcelain"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert told.stdout == ""
    tag = (tmp_path / FOLDER / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_only_the_last_ways_of_reading_are_kept(tmp_path: Path) -> None:
    names = [str(number) for number in range(MOST_DIGESTS + 2)]
    for name in names:
        Store(tmp_path, name).keep({"facts": {"a": name.encode()}})
    found = {name for name in names if Store(tmp_path, name).all("facts")}
    assert found == set(names[2:])
    with sqlite3.connect(database(tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (MOST_DIGESTS,)
    connection.close()


@pytest.mark.parametrize("content", [b"no database at all" * 1_000, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_broken_database_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    Store(tmp_path, "one").keep({"facts": {"a": b"1"}})
    database(tmp_path).write_bytes(content)
    assert Store(tmp_path, "one").all("facts") == {}
    store = Store(tmp_path, "one")
    store.keep({"facts": {"a": b"2"}})
    assert Store(tmp_path, "one").all("facts") == {"a": b"2"}


def test_a_database_that_is_broken_inside_is_thrown_away(tmp_path: Path) -> None:
    Store(tmp_path, "one").keep({"facts": {str(n): os.urandom(500) for n in range(500)}})
    content = bytearray(database(tmp_path).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database(tmp_path).write_bytes(content)
    assert Store(tmp_path, "one").all("facts") == {}
    assert not database(tmp_path).exists()


@pytest.mark.parametrize(
    "statement", ["PRAGMA user_version = 99", "PRAGMA application_id = 7", "DROP TABLE kept"]
)
def test_another_program_s_or_version_s_database_is_not_read(tmp_path: Path, statement: str) -> None:
    Store(tmp_path, "one").keep({"facts": {"a": b"1"}})
    with sqlite3.connect(database(tmp_path)) as connection:
        connection.execute(statement)
    connection.close()
    assert Store(tmp_path, "one").all("facts") == {}


def test_who_waits_too_long_for_another_run_goes_on_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_WAIT", 0.05)
    Store(tmp_path, "one").keep({"facts": {"a": b"1"}})
    with sqlite3.connect(database(tmp_path), isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        store = Store(tmp_path, "one")
        assert store.all("facts") == {}
        store.keep({"facts": {"b": b"2"}})
    holder.close()
    assert Store(tmp_path, "one").all("facts") == {"a": b"1"}


def _keep(root: Path, number: int) -> None:
    Store(root, "one").keep({"facts": {f"{number}-{part}": b"1" for part in range(200)}})


def test_runs_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(_keep, [tmp_path] * 12, range(12)))
    assert len(Store(tmp_path, "one").all("facts")) == 12 * 200


def test_a_link_in_the_folder_s_place_leads_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / FOLDER).symlink_to(outside)
    Store(root, "one").keep({"facts": {"a": b"1"}})
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", [DATABASE, f"{DATABASE}-journal"])
def test_a_link_in_the_database_s_place_leads_nowhere(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / name).symlink_to(outside)
    store = Store(tmp_path, "one")
    store.keep({"facts": {"a": b"1"}})
    assert store.all("facts") == {}
    assert outside.read_bytes() == b"precious"


def test_a_file_in_the_folder_s_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("mine")
    store = Store(tmp_path, "one")
    store.keep({"facts": {"a": b"1"}})
    assert store.all("facts") == {}
    assert (tmp_path / FOLDER).read_text() == "mine"
