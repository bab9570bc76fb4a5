"""A title in any script becomes a short readable file name in ASCII."""

import re

from incidentdocs.errors import UsageError

LONGEST = 60
"""Characters of a slug: enough to tell incidents apart, short enough for every file system."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for its devices."""


def slug(title: str) -> str:
    """Return `title` in lower-case ASCII letters and digits, its words joined by hyphens.

    UsageError where nothing of it can be written so.
    """
    from anyascii import anyascii

    apart = re.sub(r"['’`]", " ", title)
    # What apostrophes are there now stand for letters of other scripts, and part no words.
    words = re.findall(r"[a-z0-9]+", re.sub(r"['`]", "", anyascii(apart)).lower())
    if not words:
        raise UsageError(
            f"no file name can be made of the title {title[:60]!r}", hint="use some letters or digits"
        )
    name = _shortened(words)
    return f"{name}-document" if name in _RESERVED else name


def _shortened(words: list[str]) -> str:
    name = words[0][:LONGEST]
    for word in words[1:]:
        if len(name) + 1 + len(word) > LONGEST:
            break
        name = f"{name}-{word}"
    return name
