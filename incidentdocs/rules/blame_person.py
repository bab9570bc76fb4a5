"""The rule blame-person."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.blame import blamed
from incidentdocs.documents.prose.people import may_name_somebody
from incidentdocs.documents.prose.phrases import Phrase
from incidentdocs.profiles.profile import ByLanguage
from incidentdocs.rules.rule import Example
from incidentdocs.rules.sentence_rule import SentenceRule

_EN = "# Post-mortem: API down\n\n## Root cause\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n"
_ROSTER = '[people.ana]\nnames = ["Ana Ruiz"]\n'

_TOLD = frozenset({"cause", "lessons"})
"""What the sections are about in which nobody is to blame."""


class BlamePerson(SentenceRule):
    """The root cause and the lessons tell what the system allowed, and not who failed.

    Whoever is named as the one who forgot tells less the next time, and so does everybody who reads it. The same
    hand will slip again, on the same keyboard, while what let it slip stays as it is. Told is a person or a role, a
    handle or a name that the configuration lists, beside a word that blames; that somebody found, decided or repaired
    something may be told with the name.

    Ask what made it possible, easy or likely, and write that.
    """

    name = "blame-person"
    says = "tells who failed, and not what let it happen"
    questions: ClassVar[ByLanguage] = {
        "en": "what made that possible, and what would have stopped it?",
        "fr": "qu'est-ce qui a rendu cela possible, et qu'est-ce qui l'aurait arrêté ?",
    }
    valid = (
        Example(f"{_EN}The runbook left the step out, and nothing checked it. @ana found it in the logs.\n"),
        Example(f"{_EN}It is not true that the on-call engineer forgot the step: it was never written.\n"),
        Example(
            "# Post-mortem: API down\n\n## Timeline\n- 10:15 detection\n- 10:20 the developer deleted the wrong branch\n"
        ),
        Example(f"{_FR}La migration n'avait pas de garde-fou ; Ana Ruiz l'a arrêtée.\n", config=_ROSTER),
    )
    invalid = (
        Example(f"{_EN}@ana forgot to renew the certificate.\n", ("@ana forgot",)),
        Example(f"{_EN}The developer did not test the migration.\n", ("The developer did not test",)),
        Example(
            f"{_FR}Ana Ruiz a oublié de relancer la sauvegarde.\n", ("Ana Ruiz a oublié",), config=_ROSTER
        ),
        Example(
            "# Post-mortem : panne\n\n## Leçons apprises\nL'opérateur n'a pas vérifié le disque.\n",
            ("L'opérateur n'a pas vérifié",),
        ),
    )

    def phrases(self, document: Document) -> Iterator[Phrase]:
        """Yield each clause that tells who failed."""
        roster = document.process.people
        for prose in document.prose:
            if _TOLD.isdisjoint(prose.about) or not may_name_somebody(prose.lowered, roster):
                continue
            for sentence in prose.sentences:
                yield from blamed(sentence, roster)
