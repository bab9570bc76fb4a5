"""A scenario: a small repository told commit by commit, with what must be told of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from incidentdocs.settings import read
from incidentdocs.settings.mistakes import SettingsFile
from incidentdocs.settings.toml import parse_toml
from tests.history.repositories import Commit

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))

BEGIN = Commit(
    "begin", (), {"README.md": b"Here be post-mortems.\n"}, datetime(2026, 1, 5, 8, tzinfo=UTC), "Begin"
)
"""The root of every scenario: what arrives with a root commit may have been written anywhere, at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text that stands in a file exactly once, and what it becomes."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """So many files, with their number from 1 wherever the path and the text say `{n}`."""

    count: int
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A commit: `after` names its parents (default: the commit above), `as_in` the commit whose files it has.

    The files are those of the first parent, or of `as_in`, with what the other keys do, in their order here.
    """

    name: str
    date: datetime
    authored: datetime | None = None
    author: str = "Ada"
    message: str = ""
    after: tuple[str, ...] = ()
    as_in: str = ""
    rename: Mapping[str, str] = field(default_factory=dict)
    copy: Mapping[str, str] = field(default_factory=dict)
    write: Mapping[str, str] = field(default_factory=dict)
    numbered: tuple[Numbered, ...] = ()
    edit: tuple[Edit, ...] = ()
    remove: tuple[str, ...] = ()
    line_ends: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What must be told of an action item: `item` is its text in the last version that has it."""

    document: str
    item: str
    state: str
    events: tuple[str, ...]
    number: int | None = None
    successor: str | None = None
    renumbered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must be told of so many documents: the day and the commit of publication, `draft` or `unknown`."""

    path: str
    published: str
    alive: bool = True
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What happens, and what must be told of it on the day `as_of`; `items` are all that there are."""

    about: str
    as_of: date = date(2026, 6, 30)
    since: date | None = None
    commits: tuple[Told, ...]
    items: tuple[Item, ...] = ()
    documents: tuple[Expected, ...] = ()


def read_scenario(file: Path) -> Scenario:
    """Return the scenario that a file tells; ConfigError names what is wrong in it."""
    text = file.read_text(encoding="utf-8")
    return read(Scenario, parse_toml(text, path=file.name), SettingsFile(file.name, text))


def commits(scenario: Scenario) -> Iterator[Commit]:
    """Yield the commits, the root and what they hold included."""
    made = {BEGIN.name: BEGIN}
    yield BEGIN
    above = BEGIN.name
    for told in scenario.commits:
        parents = told.after or (above,)
        files = _changed(dict(made[told.as_in or parents[0]].files), told)
        message = told.message or told.name
        commit = Commit(told.name, parents, files, told.date, message, told.author, told.authored)
        made[told.name] = commit
        above = told.name
        yield commit


def _changed(files: dict[str, bytes], told: Told) -> dict[str, bytes]:
    for before, after in told.rename.items():
        files[after] = files.pop(before)
    for original, copy in told.copy.items():
        files[copy] = files[original]
    for path, text in told.write.items():
        files[path] = text.encode()
    for many in told.numbered:
        for number in range(1, many.count + 1):
            files[many.path.replace("{n}", f"{number:02}")] = many.text.replace("{n}", str(number)).encode()
    for edit in told.edit:
        assert files[edit.file].count(edit.old.encode()) == 1, edit
        files[edit.file] = files[edit.file].replace(edit.old.encode(), edit.new.encode())
    for path in told.remove:
        del files[path]
    if told.line_ends:
        end = {"crlf": b"\r\n", "lf": b"\n"}[told.line_ends]
        files = {path: re.sub(rb"\r?\n", end, content) for path, content in files.items()}
    return files
