"""What shows that all works again after an incident, and what of it is still to be seen."""

import re
from functools import cache

from incidentdocs.documents.checklist import Check
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.inline import mask_code

_BEFORE = ("", ":", "：", "—", "=", "(")
"""A count is a check's value, or counts what it names; any other fraction may be a day."""

_FAR = 500


def first_line(text: Text) -> Text:
    """Return the first line of a check, without the things to choose from that may stand below."""
    return text.part(0, len(text.source.partition("\n")[0])).stripped()


def does_not_apply(check: Check) -> bool:
    """Return whether a check says that there is nothing to check: `n/a: reason`, or struck through."""
    source = first_line(check.text).source
    return "~~" in source or _not_applicable().search(f" {fold(source)} ") is not None


def found_short(check: Check) -> Text | None:
    """Return the count of which less than all is there: `3/4`, but no day such as `03/14`."""
    text = first_line(check.text)
    source = mask_code(text.source)[:_FAR]
    for found in _count().finditer(source):
        stands = source[: found.start()].rstrip()[-1:] in _BEFORE or found["found"] is not None
        if stands and int(found["some"]) < int(found["whole"]):
            return text.part(found.start("some"), found.end("whole"))
    return None


def holds(check: Check) -> bool:
    """Return whether a check shows that all works, and found no less than all, or has nothing to show."""
    return does_not_apply(check) or (check.ticked and found_short(check) is None)


@cache
def _count() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w/.,-])(?P<some>\d{1,3})\s?/\s?(?P<whole>\d{1,3})(?![\w/-]|[.,]\d)"
        r"(?P<found>\s?(?i:ok|up|healthy|green|pass(?:ed)?|sains?|verts?|services?|checks?)\b)?"
    )


@cache
def _not_applicable() -> re.Pattern[str]:
    return re.compile(
        r" (?:n a|sans objet|non applicable|not applicable|does not apply|ne s applique pas|skipped because) "
    )
