"""Numbers and their nouns, as sentences want them."""


def counted(number: int, noun: str) -> str:
    """Return `1 error`, `2 errors`, `0 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
