"""The rule counterfactual."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.hindsight import WORDS, hindsight
from incidentdocs.documents.prose.phrases import Phrase
from incidentdocs.profiles.profile import ByLanguage
from incidentdocs.rules.rule import Example
from incidentdocs.rules.sentence_rule import SentenceRule

_EN = "# Post-mortem: API down\n\n## Root cause\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n"


class Counterfactual(SentenceRule):
    """A post-mortem tells what happened, and not what people should have done.

    *They should have tested it* is a world that was not. It explains nothing of why testing did not come to mind, or
    was not possible, in the one that was. What a system is meant to do (*the alert should have fired*) tells of
    a blind spot and is left alone, and so are questions, action items, *could have been worse*, and a sentence that gives its reason.

    Ask what made the other course look right at that moment, and write that.
    """

    name = "counterfactual"
    says = "judges with hindsight, and does not say why it looked right then"
    questions: ClassVar[ByLanguage] = {
        "en": "what made the other course look right at that moment?",
        "fr": "qu'est-ce qui rendait l'autre choix raisonnable à ce moment-là ?",
    }
    valid = (
        Example(f"{_EN}The alert should have fired at 80 %, and its rule named another volume.\n"),
        Example(f"{_EN}It could have been worse: the copy was an hour old.\n"),
        Example(f"{_EN}The page went to half of the team only, so it could have been noticed earlier.\n"),
        Example(f"{_FR}On aurait dû le tester, mais faute d'environnement de test on ne pouvait pas.\n"),
        Example(f"{_FR}La limite devrait être mesurée. Qui aurait dû recevoir l'alerte ?\n"),
    )
    invalid = (
        Example(f"{_EN}We should have tested the migration first.\n", ("should have tested",)),
        Example(f"{_EN}The team could have prevented this.\n", ("could have prevented",)),
        Example(
            f"{_EN}A word to the users could've led to a quicker recovery.\n",
            ("could've led to a quicker",),
        ),
        Example(f"{_EN}It shouldn't have been rushed.\n", ("shouldn't have been rushed",)),
        Example(f"{_FR}On aurait dû relire la procédure.\n", ("aurait dû relire",)),
    )

    def phrases(self, document: Document) -> Iterator[Phrase]:
        """Yield each clause about what people would have done had they known."""
        for prose in document.prose:
            for sentence in prose.sentences_with(WORDS) if "monitoring" not in prose.about else ():
                yield from hindsight(sentence, document.process.people)
