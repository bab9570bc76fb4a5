"""Numbers with their nouns, and names in a row, as sentences want them."""

from collections.abc import Sequence

from incidentdocs.output.terminal import visible

NAMED = 3
"""Of many names, how many are told."""


def counted(number: int, noun: str) -> str:
    """Return `1 error`, `2 errors`, `0 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def times(number: int) -> str:
    """Return `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def first_few(names: Sequence[str]) -> str:
    """Return the first of `names`, visible, with `…` for those that are left out."""
    more = ", …" if len(names) > NAMED else ""
    return ", ".join(map(visible, names[:NAMED])) + more
