"""A finding: what is wrong, exactly where, what to write instead, and the edits that would mend it."""

from typing import Literal, NamedTuple

from incidentdocs.editing.edits import Edit
from incidentdocs.markdown.places import Span

Severity = Literal["error", "warning"]


class Fix(NamedTuple):
    """The edits that mend one finding, made together or not at all.

    A `safe` fix changes only how something is written, never what it says; any other is made only when it is
    asked for by name, because a person must read what comes of it.
    """

    edits: tuple[Edit, ...]
    safe: bool = True


class Finding(NamedTuple):
    """One defect of one document, found by one rule.

    `path` is relative to the repository's root; `hint` says what to write instead, and `fix` how the
    program can write it, None where only a person can. `fingerprint` is what it is known by in another run,
    given where somebody asks for it. What stands at the span of a `secret` one must not be shown.
    """

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    hint: str
    fix: Fix | None = None
    fingerprint: str = ""
    secret: bool = False

    @property
    def place(self) -> str:
        """Where it begins, as editors and logs understand it: `path:line:column`."""
        return f"{self.path}:{self.span.line}:{self.span.column}"
