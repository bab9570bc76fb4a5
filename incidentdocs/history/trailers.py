"""Lines of commits' messages that name the action item which a commit answers."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

TRAILER = "Action-Item:"
"""The word before `<document>#<number>` in the message of a commit that answers an action item."""


class Trailer(NamedTuple):
    """A line `Action-Item: <document>#<number>` of a commit's message: the commit answers that item."""

    commit: str
    document: str
    number: int

    @property
    def name(self) -> str:
        """The last part of the document's path, as it is written."""
        return PurePosixPath(self.document).name

    def names(self, paths: Iterable[str], number: int | None) -> bool:
        """Return whether it names item `number` of the document that has, or had, `paths`.

        The document may be named by its path, by the end of it, and without its extension.
        """
        return number == self.number and any(_ends_with(path, self.document) for path in paths)


def trailers(messages: Mapping[str, str]) -> tuple[Trailer, ...]:
    """Return every trailer in `messages`, which are by the commits' ids, that names an action item."""
    return tuple(
        Trailer(commit, found["document"].strip(), int(found["number"]))
        for commit, message in messages.items()
        for found in _trailer().finditer(message)
    )


def without_trailers(message: str) -> str:
    """Return a message without its trailers."""
    return _trailer().sub("", message)


def names_of(path: str) -> tuple[str, str]:
    """Return the names by which the document at `path` may be called: with its extension, and without."""
    there = PurePosixPath(path)
    return there.name, there.stem


@cache
def _trailer() -> re.Pattern[str]:
    return re.compile(
        rf"^{TRAILER}(?P<document>[^\r\n]*)#(?P<number>\d{{1,9}})[ \t\r]*$", re.IGNORECASE | re.MULTILINE
    )


def _ends_with(path: str, written: str) -> bool:
    there, asked = PurePosixPath(path), PurePosixPath(written)
    end = there.parts[-len(asked.parts) :] if asked.parts else None
    return end in (asked.parts, (*asked.parts[:-1], asked.name + there.suffix))
