"""A repository's history as data: dated commits and what each does, played into a new repository."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from incidentdocs.errors import Fault
from incidentdocs.history.creation import Repository, Signature
from incidentdocs.settings import read
from incidentdocs.settings.mistakes import SettingsFile
from incidentdocs.settings.toml import parse_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who commits."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change within a file: `old`, which stands in it exactly once, becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit: it renames, then writes files out of the story's texts, then edits, then removes.

    `author` and `landed_by` name people of the story. `landed` is the committer's date, where it is
    another than the author's. Dates know their offset from UTC; paths are relative to the root.
    """

    date: datetime
    author: str
    message: str
    landed: datetime | None = None
    landed_by: str | None = None
    rename: Mapping[str, str] = field(default_factory=dict)
    write: Mapping[str, str] = field(default_factory=dict)
    edit: tuple[Edit, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The commits, oldest first, and who makes them.

    `about` says in a sentence what comes of them, `as_of` is the day on which the reader looks at it.
    """

    about: str
    as_of: date
    people: Mapping[str, Person]
    commits: tuple[Commit, ...]


def read_story(file: Path) -> Story:
    """Return the story that the TOML `file` tells; ConfigError names what is wrong in it."""
    text = file.read_text(encoding="utf-8")
    return read(Story, parse_toml(text, path=file.name), SettingsFile(file.name, text))


def play(story: Story, texts: Path, root: Path) -> None:
    """Make a repository in the folder `root` with the story's commits; `texts` holds the files it writes.

    The ids of the commits are the same on every machine. GitFailed where git is missing or refuses.
    """
    repository = Repository.create(root)
    for commit in story.commits:
        _change(commit, texts, root)
        author = story.people[commit.author]
        committer = story.people[commit.landed_by or commit.author]
        repository.commit_all(
            commit.message,
            author=Signature(author.name, author.email, commit.date),
            committer=Signature(committer.name, committer.email, commit.landed or commit.date),
        )


def _change(commit: Commit, texts: Path, root: Path) -> None:
    for before, after in commit.rename.items():
        (root / after).parent.mkdir(parents=True, exist_ok=True)
        (root / before).rename(root / after)
    for file, text in commit.write.items():
        _write(root / file, (texts / text).read_text(encoding="utf-8"))
    for edit in commit.edit:
        _write(root / edit.file, _edited((root / edit.file).read_text(encoding="utf-8"), edit))
    for file in commit.remove:
        (root / file).unlink()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _edited(text: str, edit: Edit) -> str:
    if text.count(edit.old) != 1:
        message = f"the story edits {edit.file}, which does not hold `{edit.old}` exactly once"
        raise Fault(message, hint="correct the story, or the text that it edits")
    return text.replace(edit.old, edit.new)
