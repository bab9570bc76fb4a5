"""The rule data-loss-severity."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.document import Document
from incidentdocs.documents.field_values import lost
from incidentdocs.documents.metadata import yes_or_no
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span
from incidentdocs.process.severity import POLICIES
from incidentdocs.rules.rule import DocumentRule, Example

FIELD = "data-loss"
"""The id of the field that says whether data was lost, in the front matter or the impact."""

_EN = "---\nseverity: {}\n---\n# Post-mortem: orders gone\n\n## Impact\n- Data loss: {}\n"
_FR = "---\nseverity: {}\n---\n# Post-mortem : commandes perdues\n\n## Impact\n- Perte de données : {}\n"


class DataLossSeverity(DocumentRule):
    """An incident in which data was lost is a SEV1.

    The process defines it so: a SEV1 is a service that is down, or data that is being lost; in a SEV2 the loss was
    avoided. The severity decides who is told and how soon, and what was lost is lost for the customers
    as well. What came back from a backup, or may have been lost, is left alone, and so is a team whose own definition
    of SEV1 does not speak of data.

    Correct the severity, or say in the data loss what was recovered.
    """

    name = "data-loss-severity"
    severity = "warning"
    valid = (
        Example(_EN.format("SEV1", "yes: 12 orders")),
        Example(_EN.format("SEV2", "yes: 12 orders, all restored from the backup")),
        Example(_FR.format("SEV2", "non : évitée grâce à la réplique")),
        Example(_FR.format("SEV2", "oui : 0 commande, 3 doublons corrigés")),
        Example(
            _EN.format("SEV2", "yes: 12 orders"),
            config='[severity.SEV1]\ndefinition = "all customers are affected"\n',
        ),
    )
    invalid = (
        Example(_EN.format("SEV2", "yes: 12 orders"), ("SEV2",)),
        Example(_FR.format("SEV3", "partielle : les commandes de 20h55 à 21h12"), ("SEV3",)),
        Example(
            "---\nseverity: SEV2\nstarted: 2026-03-14 14:02\ndata-loss: oui\n---\n# Incident : commandes perdues\n",
            ("SEV2",),
            path="docs/incidents/2026-03-14-commandes-perdues.md",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where data was lost and the severity is not SEV1."""
        if document.severity in (None, "SEV1") or not _is_asked(document):
            return
        written = next(_losses(document), None)
        span = _severity_span(document)
        if written and span:
            message = (
                f"data was lost (`{written}`), and a {document.severity} is an incident without such a loss"
            )
            hint = "write `SEV1`, or say in the data loss what was recovered"
            yield self.finding(document, span, message, hint)


def _is_asked(document: Document) -> bool:
    """Return whether the team's SEV1 is about data, as the process's is."""
    definition = document.process.policy("SEV1").definition
    return definition == POLICIES["SEV1"].definition or bool(_data().search(definition))


@cache
def _data() -> re.Pattern[str]:
    return re.compile(r"\b(?:data|donn[ée]es?)\b", re.IGNORECASE)


def _losses(document: Document) -> Iterator[str]:
    """Yield what says that data was lost for good."""
    for value in document.values:
        if (
            value.field.id == FIELD
            and value.parsed is True
            and not document.holds_placeholder(value.text.span())
        ):
            words = " ".join(plain(line) for line in value.text.source.split("\n"))
            if not _is_doubtful(words):
                yield plain(value.text.source.split("\n")[0])
    for field in document.written(FIELD):
        if not field.problem and yes_or_no(field.field.value):
            words = "yes" if field.field.value is True else str(field.field.value)
            if not _is_doubtful(words):
                yield words


def _is_doubtful(words: str) -> bool:
    """Return whether a yes is taken back: nothing was lost in the end, or nobody knows."""
    after = lost(words).split()
    return after[:1] in (["0"], ["no"], ["none"], ["aucune"], ["aucun"]) or bool(
        _taken_back().search(fold(words))
    )


@cache
def _taken_back() -> re.Pattern[str]:
    words = (
        r"recover(?:ed|y|able)|restor\w+|replay\w*|rebuil[dt]\w*|regenerat\w+|avoid\w*|backups?|nothing|not lost|no loss"
        r"|temporar\w+|possibl[ey]|potential\w*|may|might|could|unknown|test data|cache[ds]?|drafts? only"
        r"|recupere\w*|restaure\w*|rejoue\w*|reconstrui\w+|evite\w*|sauvegardes?|rien|sans perte|aucune perte|temporaire\w*"
        r"|possible\w*|potentiel\w*|peut etre|inconnu\w*|donnees de test"
    )
    return re.compile(rf"\b(?:{words})\b")


def _severity_span(document: Document) -> Span | None:
    """Return where the severity stands."""
    metadata = (value for value in document.metadata if value.profile and value.profile.type == "severity")
    in_front = (value.field.span for value in metadata)
    labelled = (value.text.span() for value in document.labelled if value.field.type == "severity")
    span = next(in_front, None) or next(labelled, None)
    return None if span is None or document.holds_placeholder(span) else span
