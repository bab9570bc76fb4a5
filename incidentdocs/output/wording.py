"""Numbers and their nouns, as sentences want them."""


def counted(number: int, noun: str) -> str:
    """Return `1 error`, `2 errors`, `0 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def times(number: int) -> str:
    """Return `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
