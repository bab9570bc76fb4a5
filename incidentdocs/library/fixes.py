"""The fixes of findings are made in a text, a rule at a time, until there is nothing more to mend."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from incidentdocs.editing.edits import Edit, edited
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span

MOST_ROUNDS = 60
"""How often a text is read again at most. Each section may be moved once, and each rule asked a few times."""


class Fixed(NamedTuple):
    """A text with its fixes made, how many they are, and the findings that are left in it."""

    text: str
    made: int
    left: tuple[Finding, ...]


def with_fixes(text: str, find: Callable[[str], Sequence[Finding]], *, unsafe: bool) -> Fixed:
    """Return `text` with all fixes made of what is found in it, those that are not safe only with `unsafe`.

    `find` returns the findings in a text, in the order of their places. Fixes that touch one another are made
    one after the other. One after which its rule finds as much as before is not made at all.
    """
    findings, made = tuple(find(text)), 0
    refused: set[str] = set()
    for _ in range(MOST_ROUNDS):
        mended = _next_to_mend(findings, refused, unsafe=unsafe)
        if not mended:
            break
        rule = mended[0].rule
        changed = edited(text, _edits(mended))
        found = tuple(find(changed))
        if _of(rule, found) >= _of(rule, findings):
            refused.add(rule)
            continue
        text, findings, made = changed, found, made + len(mended)
        refused.clear()
    return Fixed(text, made, findings)


def is_fixed(finding: Finding, *, unsafe: bool) -> bool:
    """Return whether a finding has a fix that is made, with or without those that are not safe."""
    return finding.fix is not None and (finding.fix.safe or unsafe)


def _next_to_mend(findings: Iterable[Finding], refused: set[str], *, unsafe: bool) -> list[Finding]:
    """Return the findings of one rule whose fixes can be made together: up to the first that cannot."""
    open_ = [
        finding for finding in findings if is_fixed(finding, unsafe=unsafe) and finding.rule not in refused
    ]
    taken: list[Span] = []
    chosen: list[Finding] = []
    for finding in open_:
        if finding.rule != open_[0].rule:
            continue
        spans = [edit.span for edit in finding.fix.edits] if finding.fix else []
        if any(_touches(span, taken) for span in spans):
            break
        for span in spans:
            insort(taken, span)
        chosen.append(finding)
    return chosen


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    """Return whether `span` touches one of those that are taken, which touch none of each other."""
    at = bisect_left(taken, span)
    after = at < len(taken) and taken[at][:2] <= span[2:]
    return after or (at > 0 and span[:2] <= taken[at - 1][2:])


def _edits(findings: Iterable[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.fix for edit in finding.fix.edits]


def _of(rule: str, findings: Iterable[Finding]) -> int:
    return sum(finding.rule == rule for finding in findings)
