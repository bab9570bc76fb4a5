"""The rule detected-by-user."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.answers import answer_in, first_text, is_not_applicable, says_it_did
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.monitoring_question import MONITORING
from incidentdocs.rules.rule import DocumentRule, Example

_EN = (
    "---\ndetected-by: {}\n---\n# Post-mortem: API down\n\n## Why did our monitoring not alert earlier?\n{}\n"
)
_FR = "---\ndetected-by: {}\n---\n# Post-mortem : panne\n\n## Pourquoi notre monitoring n'a pas alerté plus tôt ?\n{}\n"

_TOLD = {"user-report": "users reported it", "logs": "somebody found it in the logs"}


class DetectedByUser(DocumentRule):
    """What users or logs showed first, monitoring did not show: the question why is not *n/a*.

    The front matter says `detected-by: user-report` or `logs`, so no alert came first, and the question has an answer
    that would shorten the next outage.

    Write what would have had to be watched for an alert to come before the users did.
    """

    name = "detected-by-user"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(_EN.format("alert", "n/a")),
        Example(_EN.format("user-report", "The home page is not what we probe; saving was broken.")),
        Example(_FR.format("logs", "La sonde ne regarde que la page d'accueil.")),
    )
    invalid = (
        Example(_EN.format("user-report", "N/A"), ("N/A",)),
        Example(_FR.format("logs", "Sans objet."), ("Sans objet.",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where nobody asks why users or logs came before an alert."""
        told = next(
            (_TOLD[word] for word in map(str.lower, document.words("detected-by")) if word in _TOLD), ""
        )
        for section in document.sections if told else ():
            text = first_text(section) if section.id == MONITORING else None
            answer = answer_in(section)
            if text and (is_not_applicable(answer) or says_it_did(answer)):
                said = " ".join(text.stripped().source.split())
                message = f"{told}, and `{said}` says that monitoring was no matter"
                hint = "write what would have had to be watched for an alert to come first"
                yield self.finding(document, text.stripped().span(), message, hint)
