"""The rule human-error."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.human_error import WHOSE, WORDS, human_errors
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Root cause\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n"


class HumanError(DocumentRule):
    """Human error is where the question begins, and never the cause.

    People err a few times in an hour, whoever they are. What turned this slip into an outage is a command
    that asks for no confirmation, two names that look alike, a night without sleep, and each of these can be changed.

    Ask what made the slip easy, and what should have caught it.
    """

    name = "human-error"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(f"{_EN}We do not take human error for a cause: the two hosts differ by one letter.\n"),
        Example(f"{_EN}A confirmation would reduce the risk of human error.\n"),
        Example(f"{_FR}Ce n'est pas une erreur humaine : la commande ne demande aucune confirmation.\n"),
    )
    invalid = (
        Example(f"{_EN}The outage was due to human error.\n", ("human error",)),
        Example(f"{_EN}Root cause: operator error.\n", ("operator error",)),
        Example(f"{_FR}Erreur humaine lors de la migration.\n", ("Erreur humaine",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each sentence that gives human error as a cause."""
        for prose in document.prose:
            if WHOSE.isdisjoint(prose.words):
                continue
            for sentence in prose.sentences_with(WORDS):
                for phrase in human_errors(sentence):
                    if not document.holds_placeholder(phrase.span):
                        question = (
                            "qu'est-ce qui a rendu l'erreur facile, et qu'est-ce qui devait l'arrêter ?"
                            if document.language == "fr"
                            else "what made the slip easy, and what was to catch it?"
                        )
                        message = f"`{phrase.written}` is given as a cause"
                        yield self.finding(document, phrase.span, message, f"ask instead: {question}")
