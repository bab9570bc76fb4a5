"""The chain of commits that is walked, and what each of its merges landed (pure)."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import NamedTuple

from incidentdocs.history.commits import ChainCommit


class RawCommit(NamedTuple):
    """A commit as git prints it: `when` is its committer date, `<seconds since 1970> <offset>`."""

    parents: tuple[str, ...]
    author: bytes
    when: bytes
    message: bytes


def chain_from(
    revision: str, commits: Mapping[str, RawCommit], main: Collection[str], *, after: str | None = None
) -> tuple[ChainCommit, ...] | None:
    """Return the commits from the root to `revision`, oldest first, each the followed parent of the next.

    A merge is followed through its first parent, unless it brings a branch named in `main` into another
    one. With `after` the chain begins with the commit after that one; None where it does not pass there.
    """
    chain = []
    authors: dict[bytes, str] = {}
    at: str | None = revision
    while at is not None and at != after and at in commits:
        raw = commits[at]
        message = text_of(raw.message)
        followed = followed_parent(message.partition("\n")[0], raw.parents, main)
        others = tuple(parent for parent in raw.parents if parent != followed)
        author = authors.setdefault(raw.author, text_of(raw.author))
        chain.append(ChainCommit(at, followed, others, author, committed(raw.when), message))
        at = followed
    return tuple(reversed(chain)) if at == after else None


def followed_parent(subject: str, parents: Sequence[str], main: Collection[str]) -> str | None:
    """Return the parent that the walk goes on with, which `subject` may name."""
    if len(parents) > 1:
        for place, name in enumerate(_merged_into_another(subject, main), start=1):
            if name in main and place < len(parents):
                return parents[place]
    return parents[0] if parents else None


def _merged_into_another(subject: str, main: Collection[str]) -> tuple[str, ...]:
    """Return the branches that a merge brings in, none when it brings them into the main line."""
    told = _merge().match(subject)
    if told is None:
        return ()
    remote = told["remote"] is not None
    names = tuple(_bare(name, remote=remote) for name in _quoted().findall(told["names"]))
    into = (told["into"] or "").strip()
    # A forge that lands a branch names the main line in quotes; who pulls it into its own copy does not.
    lands = into.strip("'\"") in main and (into[:1] in "'\"" or into not in names)
    return () if lands else names


@cache
def _merge() -> re.Pattern[str]:
    return re.compile(
        r"Merge (?:(?P<remote>remote-tracking )?branch(?:es)? )(?P<names>'[^']*'(?:(?:, | and )'[^']*')*)"
        r"(?: of .+?)?(?: into (?P<into>\S+))?\s*$"
    )


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(r"'([^']*)'")


def _bare(name: str, *, remote: bool) -> str:
    return name.partition("/")[2] if remote else name


def landed_by(
    chain: Sequence[ChainCommit], commits: Mapping[str, RawCommit]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of each merge of the chain with the commits, in no order, that came with it.

    They are those that its other parents reach and its followed parent does not.
    """
    reached = {commit.id for commit in chain}
    for index, commit in enumerate(chain):
        if not commit.others:
            continue
        landed = []
        ahead = list(commit.others)
        while ahead:
            at = ahead.pop()
            if at not in reached and at in commits:
                reached.add(at)
                landed.append(at)
                ahead += commits[at].parents
        if landed:
            yield index, landed


def text_of(raw: bytes) -> str:
    """Return what a commit says, with a mark for every byte that is no UTF-8."""
    return raw.decode(errors="replace")


def committed(when: bytes) -> datetime:
    """Return the aware date that `<seconds since 1970> <offset>` tells, the last one for what is beyond."""
    seconds, _, offset = when.partition(b" ")
    try:
        instant = _EPOCH + timedelta(seconds=int(seconds or b"0"))
        return instant.astimezone(_zone(offset))
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


_EPOCH = datetime.fromtimestamp(0, UTC)


@cache
def _zone(offset: bytes) -> timezone:
    sign = -1 if offset.startswith(b"-") else 1
    try:
        return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5])))
    except ValueError:  # a day or more from UTC, or no offset at all
        return UTC
