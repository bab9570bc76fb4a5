"""The rule exhortation."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.appeals import WORDS, appeals
from incidentdocs.documents.prose.phrases import Phrase
from incidentdocs.profiles.profile import ByLanguage
from incidentdocs.rules.rule import Example
from incidentdocs.rules.sentence_rule import SentenceRule

_EN = "# Post-mortem: API down\n\n## Lessons learned\n"
_FR = "# Post-mortem : panne de l'API\n\n## Leçons apprises\n"


class Exhortation(SentenceRule):
    """What is learned is a change of what people work with, and no appeal to be more careful.

    Everybody was careful, until the one time. Attention is no control: it cannot be checked, and it is
    gone by Thursday. In action items the same is what `action-item-vague` asks.

    Ask what would have shown, stopped or undone the slip, and write that as a lesson and an action item.
    """

    name = "exhortation"
    says = "asks people for attention, which is no control"
    questions: ClassVar[ByLanguage] = {
        "en": "what would show it, stop it or undo it?",
        "fr": "qu'est-ce qui le montrerait, l'empêcherait ou l'annulerait ?",
    }
    valid = (
        Example(f"{_EN}A check in the pipeline finds what attention misses.\n"),
        Example(f"{_EN}Telling people to be more careful changes nothing.\n"),
        Example(f"{_EN}The dashboard makes people more aware of the queue. A rebase is better at merging.\n"),
        Example(f"{_EN}We need to be better at keeping jobs apart, each in its own queue.\n"),
        Example(f"{_EN}If the label differs, being careful is not enough.\n"),
        Example(f"{_FR}Un garde-fou, plutôt que de faire plus attention.\n"),
    )
    invalid = (
        Example(f"{_EN}If a disk is replaced, be very careful with the labels.\n", ("be very careful",)),
        Example(f"{_EN}We should be more aware of side effects.\n", ("should be more aware of",)),
        Example(f"{_EN}We need to be better at communicating.\n", ("need to be better at communicating",)),
        Example(f"{_EN}We must be more careful with migrations.\n", ("must be more careful",)),
        Example(f"{_FR}Il faut faire plus attention lors des mises à jour.\n", ("faire plus attention",)),
        Example(f"{_FR}Ne pas oublier de prévenir l'équipe.\n", ("Ne pas oublier de",)),
    )

    def phrases(self, document: Document) -> Iterator[Phrase]:
        """Yield each appeal to attention in a section of prose."""
        for prose in document.prose:
            for sentence in prose.sentences_with(WORDS):
                yield from appeals(sentence)
