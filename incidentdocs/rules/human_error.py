"""The rule human-error."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.human_error import WHOSE, WORDS, human_errors
from incidentdocs.documents.prose.phrases import Phrase
from incidentdocs.profiles.profile import ByLanguage
from incidentdocs.rules.rule import Example
from incidentdocs.rules.sentence_rule import SentenceRule

_EN = "# Post-mortem: API down\n\n## Root cause\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n"


class HumanError(SentenceRule):
    """Human error is where the question begins, and never the cause.

    People err a few times in an hour, whoever they are. What turned this slip into an outage is a command
    that asks for no confirmation, two names that look alike, a night without sleep, and each of these can be changed.

    Ask what made the slip easy, and what should have caught it.
    """

    name = "human-error"
    says = "is given as a cause"
    questions: ClassVar[ByLanguage] = {
        "en": "what made the slip easy, and what was to catch it?",
        "fr": "qu'est-ce qui a rendu l'erreur facile, et qu'est-ce qui devait l'arrêter ?",
    }
    valid = (
        Example(f"{_EN}We do not take human error for a cause: the two hosts differ by one letter.\n"),
        Example(f"{_EN}A confirmation would reduce the risk of human error.\n"),
        Example(f"{_EN}The rate of user errors was high. A clearer page prevents user misunderstandings.\n"),
        Example(f"{_FR}Ce n'est pas une erreur humaine : la commande ne demande aucune confirmation.\n"),
    )
    invalid = (
        Example(f"{_EN}The outage was due to human error.\n", ("human error",)),
        Example(f"{_EN}Root cause: operator error.\n", ("operator error",)),
        Example(f"{_EN}User error was made here by taking the wrong tag.\n", ("User error",)),
        Example(
            f"{_EN}User misunderstanding of the tag was one part of the problem.\n",
            ("User misunderstanding",),
        ),
        Example(f"{_FR}Erreur humaine lors de la migration.\n", ("Erreur humaine",)),
    )

    def phrases(self, document: Document) -> Iterator[Phrase]:
        """Yield each human error that a sentence gives as a cause."""
        for prose in document.prose:
            for sentence in prose.sentences_with(WORDS) if not WHOSE.isdisjoint(prose.words) else ():
                yield from human_errors(sentence)
