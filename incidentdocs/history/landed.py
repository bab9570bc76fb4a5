"""What landed in git about the time of an incident: commits, reverts and tags (pure)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Literal, NamedTuple

from incidentdocs.history.commits import ChainCommit, Tag
from incidentdocs.history.dates import landings

Kind = Literal["commit", "revert", "tag"]


class Landed(NamedTuple):
    """Something that landed at `when`: what it says of itself, and the id of its commit."""

    kind: Kind
    when: datetime
    text: str
    commit: str


class During(NamedTuple):
    """The time from `start` until `end`, both included; None where it has no such end."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Return whether a moment lies in it."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment <= self.end)


def landed_during(chain: Sequence[ChainCommit], tags: Iterable[Tag], during: During) -> tuple[Landed, ...]:
    """Return what of a whole chain, and of the tags, landed in some time, oldest first."""
    commits = (each for each in _commits(chain) if during.holds(each.when))
    named = (_tag(tag) for tag in tags if during.holds(tag.made))
    return _in_order((*commits, *named))


def landed_in(
    chain: Sequence[ChainCommit], tags: Iterable[Tag], wanted: Collection[str]
) -> tuple[Landed, ...]:
    """Return the commits of a chain with the `wanted` ids, and the tags of any of these, oldest first."""
    commits = [each for each in _commits(chain) if each.commit in wanted]
    ids = {each.commit for each in commits}
    return _in_order((*commits, *(_tag(tag) for tag in tags if tag.commit in ids)))


def nearest(landed: Sequence[Landed], moment: datetime | None, most: int) -> tuple[Landed, ...]:
    """Return the `most` that landed nearest to a moment, the newest where it is None, oldest first."""
    if moment is None:
        return tuple(landed[-most:])
    chosen = sorted(landed, key=lambda each: abs(each.when - moment))[:most]
    return _in_order(chosen)


def _in_order(landed: Iterable[Landed]) -> tuple[Landed, ...]:
    return tuple(sorted(landed, key=lambda each: each.when))


def _commits(chain: Sequence[ChainCommit]) -> Iterator[Landed]:
    for commit, landing in zip(chain, landings(chain), strict=True):
        kind: Kind = "revert" if _reverts().search(commit.message) else "commit"
        yield Landed(kind, landing.when, _subject(commit.message), commit.id)


def _tag(tag: Tag) -> Landed:
    return Landed("tag", tag.made, tag.name, tag.commit)


def _subject(message: str) -> str:
    """Return the first line of a message; of a forge's merge also what it calls it, and not whose it is."""
    subject, _, body = message.strip().partition("\n")
    merged = _pull_request().match(subject)
    if merged is None:
        return subject
    title = next((line.strip() for line in body.split("\n") if line.strip()), "")
    return f"{merged[1]}: {title}" if title else merged[1]


@cache
def _reverts() -> re.Pattern[str]:
    return re.compile(r"\A\s*Revert\b|^This reverts commit [0-9a-f]{7,64}", re.MULTILINE)


@cache
def _pull_request() -> re.Pattern[str]:
    return re.compile(r"(Merge pull request \S[^\n]{0,200}?) from \S+(?: into \S+)?\s*$")
