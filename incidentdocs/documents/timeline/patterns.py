"""The regular expressions of written times, each compiled when it is first needed."""

import re
from functools import cache


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Return the pattern that `source` writes, whatever the case of what it matches."""
    return re.compile(source, re.IGNORECASE)
