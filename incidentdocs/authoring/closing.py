"""What closes a block that swallows the rest of its file, so that nothing below it is lost in it."""

import re
from collections.abc import Sequence

from incidentdocs.markdown.blocks import Block, Code, Html

_ENDS = (
    (r"<!--", "-->"),
    (r"<\?", "?>"),
    (r"<!\[CDATA\[", "]]>"),
    (r"<![A-Za-z]", ">"),
    (r"<pre(?=[ \t>]|$)", "</pre>"),
    (r"<script(?=[ \t>]|$)", "</script>"),
    (r"<style(?=[ \t>]|$)", "</style>"),
    (r"<textarea(?=[ \t>]|$)", "</textarea>"),
)
"""How HTML begins that a blank line does not end, and what ends it."""


def closing(block: Block, lines: Sequence[str]) -> tuple[str, ...]:
    """Return the line that closes `block`, the last one of a part of the file; none where it is closed."""
    match block:
        case Code(fenced=True, closed=False, first=first):
            fence = re.match(r" {0,3}(`{3,}|~{3,})", lines[first - 1])
            return (fence[1],) if fence else ()
        case Html(source=source):
            return _closing_html(source.lstrip())
        case _:
            return ()


def _closing_html(source: str) -> tuple[str, ...]:
    ends = (end for begin, end in _ENDS if re.match(begin, source, re.IGNORECASE | re.MULTILINE))
    end = next(ends, None)
    return (end,) if end and end not in source.casefold().replace("cdata", "CDATA") else ()
