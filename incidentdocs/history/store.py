"""What was read of a repository, kept for the next time: values by key in a database that may be lost."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Literal, TypeVar

from incidentdocs.editing.writing import create
from incidentdocs.errors import IncidentdocsError

FOLDER = ".incidentdocs_cache"
"""Beside the documents it belongs to: who deletes a checkout deletes what was kept of it."""

DATABASE = "history.sqlite"

MOST_DIGESTS = 4
"""So many ways of reading are kept, the last ones used: a branch with a profile of its own is another way."""

_OWN_FILES = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# See https://bford.info/cachedir/\n",
}
"""Neither git nor a backup takes the folder along."""

_APPLICATION = 0x1D0C5
_VERSION = 1

_WAIT = 10.0
"""Seconds to wait for another run; who would wait longer reads anew."""

_MOST_KEYS = 500
"""Keys in one question: SQLite takes at least 999 values."""

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS digests (id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT UNIQUE, used INTEGER);
CREATE TABLE IF NOT EXISTS kept (
    digest INTEGER REFERENCES digests (id) ON DELETE CASCADE,
    space TEXT,
    key TEXT,
    value BLOB,
    UNIQUE (digest, space, key)
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""

_FOUND = "SELECT key, value FROM kept WHERE digest = ? AND space = ?"
_USE = "UPDATE digests SET used = (SELECT coalesce(max(used), 0) + 1 FROM digests) WHERE digest = ?"
_FORGET_OLD = "DELETE FROM digests WHERE id NOT IN (SELECT id FROM digests ORDER BY used DESC LIMIT ?)"

Space = Literal["facts", "restored", "references", "trailers", "adopted", "states", "heads", "checkpoints"]

Found = TypeVar("Found")


class Store:
    """Values by key, in spaces, of one way of reading the repository at `root`, for which `digest` stands.

    It is a convenience: where the database cannot be used nothing is found in it and nothing is kept, and
    one that is broken or another program's is thrown away. Several runs may share it.
    """

    def __init__(self, root: Path, digest: str) -> None:
        self._folder = root / FOLDER
        self._root = root
        self._digest = digest
        self._usable = all(
            (_is_absent_or(S_ISDIR, self._folder), *(_is_absent_or(S_ISREG, file) for file in self._files()))
        )

    def found(self, space: Space, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are kept under those of the `keys` that have one."""

        def ask(database: sqlite3.Connection, digest: int) -> dict[str, bytes]:
            values: dict[str, bytes] = {}
            wanted = list(keys)
            for begin in range(0, len(wanted), _MOST_KEYS):
                some = wanted[begin : begin + _MOST_KEYS]
                marks = ",".join("?" * len(some))
                query = f"{_FOUND} AND key IN ({marks})"
                values.update(database.execute(query, (digest, space, *some)))
            return values

        return self._asked(ask, {})

    def all(self, space: Space) -> dict[str, bytes]:
        """Return everything that is kept in `space`, by key."""

        def ask(database: sqlite3.Connection, digest: int) -> dict[str, bytes]:
            return dict(database.execute(_FOUND, (digest, space)))

        return self._asked(ask, {})

    def keep(self, values: Mapping[Space, Mapping[str, bytes]]) -> None:
        """Keep values under their keys in each space, all of them or none."""

        def write(database: sqlite3.Connection, digest: int) -> None:
            for space, of_space in values.items():
                rows = ((digest, space, key, value) for key, value in of_space.items())
                database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)

        self._written(write)

    def forget(self, keys: Mapping[Space, Iterable[str]]) -> None:
        """Keep no longer what is kept under `keys` of each space."""

        def write(database: sqlite3.Connection, digest: int) -> None:
            for space, of_space in keys.items():
                rows = ((digest, space, key) for key in of_space)
                database.executemany("DELETE FROM kept WHERE digest = ? AND space = ? AND key = ?", rows)

        self._written(write)

    def discard(self) -> None:
        """Throw the database away, and use none any more."""
        self._usable = False
        for file in self._files():
            with suppress(OSError):
                file.unlink()

    def _asked(self, ask: Callable[[sqlite3.Connection, int], Found], otherwise: Found) -> Found:
        def work(database: sqlite3.Connection) -> Found:
            database.execute("BEGIN")
            row = database.execute("SELECT id FROM digests WHERE digest = ?", (self._digest,)).fetchone()
            return ask(database, row[0]) if row else otherwise

        return self._safely(work, otherwise) if (self._folder / DATABASE).is_file() else otherwise

    def _written(self, write: Callable[[sqlite3.Connection, int], None]) -> None:
        def work(database: sqlite3.Connection) -> None:
            database.execute("BEGIN IMMEDIATE")
            write(database, self._used(database))
            database.execute("COMMIT")

        if self._usable and self._made():
            self._safely(work, None)

    def _used(self, database: sqlite3.Connection) -> int:
        """Return the number of this store's digest, which is now the last one used."""
        database.execute("INSERT OR IGNORE INTO digests (digest) VALUES (?)", (self._digest,))
        database.execute(_USE, (self._digest,))
        database.execute(_FORGET_OLD, (MOST_DIGESTS,))
        (number,) = database.execute("SELECT id FROM digests WHERE digest = ?", (self._digest,)).fetchone()
        return int(number)

    def _safely(self, work: Callable[[sqlite3.Connection], Found], otherwise: Found) -> Found:
        """Return what `work` does with the database, else `otherwise`, and then use it no more."""
        if not self._usable:
            return otherwise
        try:
            with closing(self._connected()) as database:
                return work(database)
        except sqlite3.OperationalError:  # another run holds it, or the disk takes no more
            self._usable = False
        except sqlite3.DatabaseError:  # it is broken, or no database at all
            self.discard()
        return otherwise

    def _connected(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._folder / DATABASE, timeout=_WAIT, isolation_level=None)
        try:
            self._prepare(database)
        except BaseException:
            database.close()
            raise
        return database

    def _prepare(self, database: sqlite3.Connection) -> None:
        """See to it that the database is one of this program's and of this version of it."""
        database.execute("BEGIN")  # so that another run does not make it between these questions
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = database.execute("PRAGMA application_id").fetchone()
        (version,) = database.execute("PRAGMA user_version").fetchone()
        database.execute("COMMIT")
        if tables and (application, version) != (_APPLICATION, _VERSION):
            raise sqlite3.DatabaseError("another program's, or another version's")
        if not tables:
            database.executescript(_SCHEMA)
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("PRAGMA synchronous = NORMAL")

    def _made(self) -> bool:
        """Return whether the folder is there, made where it is not."""
        try:
            self._folder.mkdir(exist_ok=True)
            for name, text in _OWN_FILES.items():
                if not os.path.lexists(self._folder / name):
                    create(self._root, f"{FOLDER}/{name}", text)
        except (OSError, IncidentdocsError):  # it may be another run that made them
            return self._folder.is_dir()
        return True

    def _files(self) -> Sequence[Path]:
        return [self._folder / f"{DATABASE}{end}" for end in ("", "-journal", "-wal", "-shm")]


def program_digest() -> str:
    """Return what stands for the program that reads: one that may read otherwise has another."""
    digest = hashlib.sha256()
    for file in sorted(file for name in _READING for file in _PACKAGE.joinpath(name).rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


_PACKAGE = Path(__file__).parents[1]
_READING = ("documents", "history", "markdown", "process", "profiles")
"""The packages that decide what is kept; a version's number would not tell two commits of it apart."""


def _is_absent_or(kind: Callable[[int], bool], path: Path) -> bool:
    """Return whether nothing or something of a `kind` is at `path`, itself and not through a link."""
    try:
        return kind(path.lstat().st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False
