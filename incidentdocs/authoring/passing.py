"""A step of an incident's checklist is ticked, with what it brought, who says so and when."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from incidentdocs.authoring.event_row import inert
from incidentdocs.authoring.new_document import one_line
from incidentdocs.documents.checklist import SAID, Check, Output
from incidentdocs.documents.handling import Taken
from incidentdocs.documents.verification import first_line
from incidentdocs.editing.edits import Edit
from incidentdocs.markdown.places import Span


class Signed(NamedTuple):
    """What a step brought, the handle, with its `@`, of who says so, and when, as it is to be written.

    One that is only `prepared`, as an agent may, stays unticked until a person passes it.
    """

    said: str
    by: str
    when: str
    prepared: bool = False


def passing(taken: Taken, signed: Signed) -> Iterator[Edit]:
    """Yield the edits by which a step has its output, said and signed."""
    output = taken.done.output
    if output is None:
        return
    yield _box(output.check, ticked=not signed.prepared)
    source = first_line(output.check.text)
    begun = source.source.partition(SAID)[0].rstrip()
    said = signed.said or output.said
    yield Edit(source.span(), f"{begun}{SAID}{said} ({signed.by}, {signed.when})")


def as_said(text: str) -> str:
    """Return what somebody typed as one line that is read back as what a step brought."""
    return inert(one_line(text)).replace(SAID.strip(), "-")


def is_signed_like_this(output: Output, signed: Signed) -> bool:
    """Return whether an output, as it was read again, is what was to be written."""
    same = (output.said, output.by, output.when) == (signed.said or output.said, signed.by, signed.when)
    return same and output.check.ticked != signed.prepared


def ticking(checks: Iterable[Check], results: Mapping[Check, str]) -> Iterator[Edit]:
    """Yield the edits that tick `checks`, each with its result, as in `4/4`, where it has one.

    The result takes the place of the one that the check has, or follows it.
    """
    for check in checks:
        yield _box(check, ticked=True)
        if result := results.get(check):
            yield _with_result(check, as_said(result))


def _with_result(check: Check, result: str) -> Edit:
    text = first_line(check.text)
    found = _result().search(text.source) if _result().fullmatch(result) else None
    if found:
        return Edit(text.span(found.start(), found.end()), result)
    end = text.span(len(text.source))
    return Edit(end, f"{SAID}{result}")


@cache
def _result() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/])\d{1,4}/\d{1,4}(?![\w/])")


def _box(check: Check, *, ticked: bool) -> Edit:
    line, column, _, end = check.box
    return Edit(Span(line, column, line, end), "[x]" if ticked else "[ ]")
