"""Which paths and globs a settings file may name: those inside the repository, with forward slashes."""

import re

MOST_STARS = 3
"""In one name, and `**` in one glob; the time of a match grows with their power."""


def glob_mistake(pattern: str) -> tuple[str, str] | None:
    """Return what is wrong with a glob relative to the root, and the hint; None if nothing is."""
    if not pattern.strip() or not pattern.isprintable():
        return "is empty or not printable", 'write a path, as in "docs/runbooks"'
    if "\\" in pattern:
        return "has backslashes", f'write "{pattern.replace(chr(92), "/")}"'
    if pattern.startswith(("/", "~")) or re.match(r"[A-Za-z]:", pattern):
        return "is not relative to the repository's root", f'write "{_relative(pattern)}"'
    if ".." in pattern.split("/"):
        return "leaves the repository", "write a path below the repository's root, without .."
    if max(part.count("*") for part in pattern.split("/")) > MOST_STARS or pattern.count("**") > MOST_STARS:
        return f"has more than {MOST_STARS} stars", "write several globs with fewer stars"
    return None


def _relative(pattern: str) -> str:
    return re.sub(r"^(?:~|[A-Za-z]:|/)+", "", pattern) or "**"
