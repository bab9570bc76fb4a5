"""The days on which commits count, where clocks are wrong (pure)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from incidentdocs.history.commits import ChainCommit
from incidentdocs.history.values import Landing


class Counted(NamedTuple):
    """When a commit counts; `corrected` where that is not its own date."""

    when: datetime
    corrected: bool


def landings(commits: Iterable[ChainCommit], after: datetime | None = None) -> tuple[Landing, ...]:
    """Return how each commit of a chain, oldest first, landed; each is said to be made by itself.

    They come after a commit that landed at `after`, None where they are the whole chain.
    """
    chain = tuple(commits)
    counted = counted_dates([commit.committed for commit in chain], after)
    return tuple(
        Landing(commit.id, when, commit.author, commit.id, when, corrected)
        for commit, (when, corrected) in zip(chain, counted, strict=True)
    )


def may_follow(commits: Iterable[ChainCommit], landed: datetime) -> bool:
    """Return whether commits land by their own dates alone, after a chain whose last landing is `landed`.

    Where one is dated earlier, another run of dates may be the longest, and all landings may be others.
    """
    return all(commit.committed >= landed for commit in commits)


def counted_dates(dates: Sequence[datetime], after: datetime | None = None) -> tuple[Counted, ...]:
    """Return when commits with these committer dates, oldest first, count: the dates never go back.

    The longest run of dates that do not go back stands, among several one that ends earliest. A date
    outside it becomes that of the kept one before it, `after` where that one came earlier, else the first.
    """
    kept = longest_run([date.timestamp() for date in dates])
    return tuple(_counted(dates, kept, after))


def longest_run(values: Sequence[float]) -> list[int]:
    """Return the indexes of the longest run of `values`, taken in order but not all, that never falls."""
    lowest: list[float] = []  # by length of a run, the lowest value that one can end with
    ends: list[int] = []  # and the index of that value
    before: list[int] = []  # by index, the index that comes before it in its run
    for index, value in enumerate(values):
        length = bisect_right(lowest, value)
        before.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    run = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]


def _counted(dates: Sequence[datetime], kept: Sequence[int], after: datetime | None) -> Iterator[Counted]:
    standing = set(kept)
    latest = after or (dates[kept[0]] if kept else None)
    for index, date in enumerate(dates):
        if index in standing or latest is None:
            latest = date
            yield Counted(date, corrected=False)
        else:
            yield Counted(latest, corrected=True)
