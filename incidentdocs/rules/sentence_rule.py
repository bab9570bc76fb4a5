"""A rule about what sentences say, whose findings ask a question instead."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.phrases import Phrase
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.profiles.profile import ByLanguage
from incidentdocs.rules.rule import DocumentRule


class SentenceRule(DocumentRule):
    """A question that the sentences of a document answer.

    `says` is what a phrase that is found says, as the message goes on behind it; `questions` are what to ask
    instead. Whether a sentence blames is judged by its words alone, which no error may rest on.
    """

    severity: ClassVar[Severity] = "warning"
    says: ClassVar[str]
    questions: ClassVar[ByLanguage]

    def phrases(self, document: Document) -> Iterator[Phrase]:
        """Yield the phrases of `document` that this rule finds, also those that are still to be written."""
        raise NotImplementedError

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each phrase, with what to ask in its place."""
        for phrase in self.phrases(document):
            if not document.holds_placeholder(phrase.span):
                message = f"`{phrase.written}` {self.says}"
                question = document.in_language(self.questions)
                yield self.finding(document, phrase.span, message, f"ask instead: {question}")
