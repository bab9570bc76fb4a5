"""Work that is shared among processes, where there is enough of it to pay for their start."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from incidentdocs.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection

Piece = TypeVar("Piece")
Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_SHARES = 16
"""Each process is given many shares, so that none is left with the slow ones while the others wait."""

_SMALLEST = 8
"""No share is smaller than this part of what pays for a process: a share has a start of its own to pay."""


def in_shares(
    work: Callable[[Sequence[Piece]], Answer], pieces: Sequence[Piece], *, least: int
) -> list[Answer]:
    """Return what `work` makes of shares of the `pieces`, in their order, each of them once.

    They are shared among several processes where each has `least` pieces or more to do; else there is one
    share. UsageError where the system stops one of the processes.
    """
    processes = min(len(pieces) // least, _processors())
    if processes < 2:
        return [work(pieces)]
    size = max(-(-len(pieces) // (_SHARES * processes)), least // _SMALLEST)
    with _pool(processes) as pool:
        return list(pool.map(work, [pieces[begin : begin + size] for begin in range(0, len(pieces), size)]))


@contextmanager
def beside(
    pays: bool, work: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs
) -> Iterator[Callable[[], Answer]]:
    """Let `work` be done in another process while this one goes on, where that `pays` and can be.

    Given is what waits for its answer; it raises what the work raised, and UsageError where the system stops
    the process. Otherwise the work is done when its answer is asked for.
    """
    if not pays or _processors() < 2:
        yield cache(partial(work, *given, **named))
        return
    from multiprocessing import Pipe, Process

    answers, sender = Pipe(duplex=False)
    # A process of its own and no pool: what is given is most often there without being sent.
    process = Process(target=_answer, args=(sender, partial(work, *given, **named)))
    process.start()
    sender.close()
    try:
        yield cache(partial(_received, answers))
    finally:
        process.kill()  # nobody waits for an answer that was not asked for
        process.join()
        answers.close()


def _answer(sender: "Connection", work: Callable[[], object]) -> None:
    """Send what `work` returns, or raises; an interruption is told of by who waits for it."""
    with suppress(KeyboardInterrupt):
        try:
            sender.send((work(), None))
        except Exception as error:
            sender.send((None, error))


def _received(answers: "Connection") -> Any:
    try:
        answer, error = answers.recv()
    except EOFError:
        raise _stopped() from None
    if error is not None:
        raise error
    return answer


def _stopped() -> UsageError:
    return UsageError(
        "the system stopped a process that read documents, as it does where memory runs out",
        hint="give the run more memory",
    )


@contextmanager
def _pool(processes: int) -> Iterator["ProcessPoolExecutor"]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(processes) as pool:
        try:
            yield pool
        except BrokenProcessPool as error:
            raise _stopped() from error


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(affinity(0)) if affinity else os.cpu_count() or 1
