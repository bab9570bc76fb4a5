"""Work that is shared among processes, where there is enough of it to pay for their start."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import ParamSpec, TypeVar

Work = TypeVar("Work")
Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_SHARES = 16
"""Each process is given many shares, so that none is left with the slow ones while the others wait."""


def processes_for(count: int, *, least: int) -> int:
    """Return how many processes `count` pieces of work pay for, of which each has `least` or more to do."""
    return min(count // least, _processors())


def shares(work: Sequence[Work], processes: int) -> list[Sequence[Work]]:
    """Return `work` in pieces of one size, in its order, several for each of the `processes`."""
    size = -(-len(work) // (_SHARES * processes))
    return [work[begin : begin + size] for begin in range(0, len(work), size)]


@contextmanager
def beside(
    pays: bool, work: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs
) -> Iterator[Callable[[], Answer]]:
    """Let `work` be done in another process while this one goes on, where that `pays` and can be.

    Given is what waits for its answer; it raises what the work raised. Otherwise the work is done when its
    answer is asked for.
    """
    if not pays or _processors() < 2:
        yield cache(partial(work, *given, **named))
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1) as pool:
        yield pool.submit(work, *given, **named).result


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(affinity(0)) if affinity else os.cpu_count() or 1
