"""Work that is shared among processes, where there is enough of it to pay for their start."""

import os
from collections.abc import Sequence
from typing import TypeVar

Work = TypeVar("Work")

_SHARES = 4
"""Each process is given several shares, so that none is left with the slow ones."""


def processes_for(count: int, *, least: int) -> int:
    """Return how many processes `count` pieces of work pay for, of which each has `least` or more to do."""
    return min(count // least, _processors())


def shares(work: Sequence[Work], processes: int) -> list[Sequence[Work]]:
    """Return `work` in pieces of one size, in its order, several for each of the `processes`."""
    size = -(-len(work) // (_SHARES * processes))
    return [work[begin : begin + size] for begin in range(0, len(work), size)]


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(affinity(0)) if affinity else os.cpu_count() or 1
