"""A finding: what is wrong, exactly where, and what to write instead."""

from typing import Literal, NamedTuple

from incidentdocs.markdown.places import Span

Severity = Literal["error", "warning"]


class Finding(NamedTuple):
    """One defect of one document, found by one rule.

    `path` is relative to the repository's root; `hint` says what to write instead.
    """

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    hint: str
