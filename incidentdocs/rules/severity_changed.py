"""The rule severity-changed."""

import re
from collections.abc import Iterator, Sequence

from incidentdocs.documents.document import Document
from incidentdocs.history.past import Past, Where
from incidentdocs.history.values import Turn
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import Committed, Example, HistoryRule

_EN = "---\nseverity: {}\n---\n# Post-mortem: API down\n\n## Impact\nEverybody was affected.{}\n"
_FR = (
    "---\nseverity: {}\n---\n# Post-mortem : panne de l'API\n\n## Impact\nTous les clients sont touchés.{}\n"
)


class SeverityChanged(HistoryRule):
    """The severity of a published document changes only for a reason that the document gives.

    Severity decides who is called and what is owed, and it was decided by people who were there. Lowered
    later and without a word, it makes a quarter look better than it was.

    Write in the document, in the timeline or the impact, why the severity is now another one; a sentence that
    names the new one is found.
    """

    name = "severity-changed"
    valid = (
        Example(
            _EN.format("SEV2", " Lowered to SEV2 on 2 April: the payments had gone through after all."),
            versions=(Committed("2026-03-16", _EN.format("SEV1", "")),),
        ),
    )
    invalid = (
        Example(
            _EN.format("SEV2", ""), ("SEV2",), versions=(Committed("2026-03-16", _EN.format("SEV1", "")),)
        ),
        Example(
            _FR.format("SEV1", ""),
            ("SEV1",),
            versions=(
                Committed("2026-03-16", _FR.format("SEV3", "")),
                Committed("2026-04-02", _FR.format("SEV1", "")),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each document whose severity is not the published one, and that gives no reason."""
        for history in past.living():
            before = history.turns[0].severity if history.turns else None
            if before and history.turns[-1].severity not in (None, before):
                document = past.documents[history.path]
                if document.severity and not _gives_a_reason(document):
                    yield self._finding(past, document, history.turns, before)

    def _finding(self, past: Past, document: Document, turns: Sequence[Turn], before: str) -> Finding:
        moment = past.moment(_change(turns, document.severity).landing)
        message = f"the severity was {before} when the document was published, and was changed {moment}"
        hint = f"write why in the document: `Severity changed from {before} to {document.severity}: <reason>`"
        if document.language == "fr":
            hint = (
                f"write why in the document: `Sévérité passée de {before} à {document.severity} : <raison>`"
            )
        return self.told(Where(document.path, _span_of_severity(document)), message, hint)


def _change(turns: Sequence[Turn], severity: str | None) -> Turn:
    """Return the first of the last turns that say `severity`."""
    change = turns[-1]
    for turn in reversed(turns):
        if turn.severity != severity:
            break
        change = turn
    return change


def _gives_a_reason(document: Document) -> bool:
    """Return whether the document names its severity below the front matter."""
    front = document.source.front_matter
    lines = document.source.lines[front.last if front else 0 :]
    named = re.compile(rf"\bSEV[ -]?{(document.severity or '')[-1:]}\b", re.IGNORECASE)
    return any(named.search(line) for line in lines)


def _span_of_severity(document: Document) -> Span:
    values = (value for value in document.metadata if value.profile and value.profile.type == "severity")
    return next((value.field.span for value in values), document.title_span())
