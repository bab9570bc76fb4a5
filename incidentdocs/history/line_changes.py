"""Which lines of a text are new since an earlier version of it (pure)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

MOST_CELLS = 400_000_000
"""Lines times lines that are compared; of texts with more, all between their common ends counts as new."""

MOST_PAIRS = 10_000
"""So many pairs of files are weighed; among more, only those of the same name are one."""

SAME_FILE = 0.5
"""From this share of common text on, a file that came is one that is gone, as for `git diff -M`."""


class LineChanges(NamedTuple):
    """What changed in a text: the numbers of its new lines, and the lines below which some are gone.

    Both ascend and count from 1; where lines are gone above the first, that is below line 0.
    """

    lines: tuple[int, ...] = ()
    gaps: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines or self.gaps)

    def touch(self, first: int, last: int) -> bool:
        """Return whether a line from `first` to `last` is new."""
        return _any_within(self.lines, first, last)

    def touch_part(self, first: int, last: int) -> bool:
        """Return whether a line from `first` to `last` is new, or one is gone from among them."""
        return self.touch(first, last) or _any_within(self.gaps, first, last)


def _any_within(numbers: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(numbers, first)
    return at < len(numbers) and numbers[at] <= last


def line_changes(before: Sequence[str], after: Sequence[str]) -> LineChanges:
    """Return what has changed from the lines of `before` to those of `after`."""
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    tail = next((at for at in range(least - head) if before[-1 - at] != after[-1 - at]), least - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) * len(new) > MOST_CELLS:
        return LineChanges(tuple(range(head + 1, head + 1 + len(new))), (head,))
    from rapidfuzz.distance import LCSseq

    lines: list[int] = []
    gaps: list[int] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag != "equal":
            lines += range(head + 1 + step.dest_start, head + 1 + step.dest_end)
            gaps += [head + step.dest_start] if step.src_end > step.src_start else []
    return LineChanges(tuple(lines), tuple(dict.fromkeys(gaps)))


def origins(gone: Mapping[str, Sequence[str]], come: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which of the files that have `come` are ones that are `gone` elsewhere, by their paths.

    The lines of both are given by path. The most alike are one first, and each file is one other at most.
    """
    weighed = product(come, gone) if len(gone) * len(come) <= MOST_PAIRS else _namesakes(gone, come)
    counted = {path: Counter(filter(str.strip, lines)) for path, lines in (*gone.items(), *come.items())}
    taken: set[str] = set()
    scored = [(-_common(counted[new], counted[old]), new, old) for new, old in weighed]
    found: dict[str, str] = {}
    for share, new, old in sorted(scored):
        if -share >= SAME_FILE and new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _namesakes(gone: Mapping[str, object], come: Mapping[str, object]) -> list[tuple[str, str]]:
    names = {path.rpartition("/")[2]: path for path in gone}
    return [(path, names[name]) for path in come if (name := path.rpartition("/")[2]) in names]


def _common(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of the characters of two files that stand in lines of both."""
    both = sum(len(line) * count for line, count in (one & other).items())
    all_of_them = sum(len(line) * count for lines in (one, other) for line, count in lines.items())
    return 2 * both / all_of_them if all_of_them else 0.0
