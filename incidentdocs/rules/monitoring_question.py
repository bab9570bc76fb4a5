"""The rule monitoring-question."""

import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from incidentdocs.documents.action_items.purposes import detects
from incidentdocs.documents.answers import answer_in, first_text, is_no_answer, is_not_applicable
from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.sentences import sentences_of
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import Text, texts_in
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

MONITORING = "monitoring"
"""The id of the section that asks why monitoring did not alert earlier."""

_EN = "# Post-mortem: API down\n\n## Why did our monitoring not alert earlier?\n"
_FR = "# Post-mortem : panne de l'API\n\n## Pourquoi notre monitoring n'a pas alerté plus tôt ?\n"


class MonitoringQuestion(DocumentRule):
    """The question why monitoring did not alert earlier has an answer, and a blind spot has an action item.

    It is the question that shortens the next outage. A dash, *none* or *we don't know* leaves it open. Where the answer
    tells of a blind spot (nothing measured it, no alert was set), one of the action items, open or done, is to
    close it: an alert, a probe, a dashboard.

    Write what monitoring saw and what it could not see. Where it did alert in time, write when.
    """

    name = "monitoring-question"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(
            f"{_EN}The pool's size was measured, and nothing compared it with its limit.\n\n"
            "## Action items\n- [ ] AI 1: alert at 80 % of the pool (owner @dev, due 2026-03-28)\n"
        ),
        Example(f"{_EN}The alert fired within a minute; there was no blind spot.\n"),
        Example(f"---\ndetected-by: alert\n---\n{_EN}n/a\n"),
        Example(f"{_EN}It did.\n"),
        Example(
            f"{_FR}Aucune sonde ne regardait le disque.\n\n"
            "## Action items\n- [x] AI 1 : sonde sur le disque (owner @dev, échéance 2026-03-28)\n"
        ),
    )
    invalid = (
        Example(f"{_EN}n/a\n", ("n/a",)),
        Example(f"{_FR}Bonne question.\n", ("Bonne question.",)),
        Example(
            f"{_EN}The disk was not monitored.\n\n"
            "## Action items\n- [ ] AI 1: rotate the logs (owner @dev, due 2026-03-28)\n",
            ("The disk was not monitored.",),
        ),
        Example(
            f"{_FR}Il n'y avait aucune alerte sur la taille du pool.\n\n"
            "## Action items\n- [ ] AI 1 : agrandir le pool (owner @dev, échéance 2026-03-28)\n",
            ("Il n'y avait aucune alerte sur la taille du pool.",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for an answer that is none, and for a blind spot that nothing is to close."""
        for section in document.sections:
            text = first_text(section) if section.id == MONITORING else None
            if text is None or document.holds_placeholder(section.body):
                continue
            answer = answer_in(section)
            if is_no_answer(answer):
                if not _told_elsewhere(document, answer):
                    yield self._unanswered(document, text)
            elif blind := next(_blind_spots(section), None):
                yield from self._open(document, blind)

    def _unanswered(self, document: Document, text: Text) -> Finding:
        said = " ".join(text.stripped().source.split())
        hint = "write what monitoring saw and what it could not see; where it did alert, write when"
        return self.finding(document, text.stripped().span(), f"`{said}` answers nothing", hint)

    def _open(self, document: Document, blind: Span) -> Iterator[Finding]:
        found = document.action_items
        if found is None or not found.items or any(map(detects, found.items)):
            return
        sections = document.sections_containing("action-items")
        if not any(document.holds_placeholder(section.body) for section in sections):
            item = "alerter quand …" if document.language == "fr" else "alert when …"
            message = "a blind spot is told here, and no action item closes it"
            yield self.finding(document, blind, message, f"add an action item that does: `{item}`")


def _told_elsewhere(document: Document, answer: str) -> bool:
    """Return whether the front matter answers: an alert told of it, or `detected-by-user` tells that none did."""
    return is_not_applicable(answer) and any(document.words("detected-by"))


def _blind_spots(section: Section) -> Iterator[Span]:
    for text in texts_in(section.blocks):
        for sentence in sentences_of(text):
            if _blind().search(fold(sentence.words)):
                yield sentence.span(0, len(sentence.words))


@cache
def _blind() -> re.Pattern[str]:
    seen = r"alerts?|alerting|monitoring|metrics?|probes?|alarms?|dashboards?|checks?"
    english = (
        rf"(?:no|had no|without any?|lack(?:ed|s|ing)? (?:of |an? |any )?|missing) (?:\w+ ){{0,2}}(?:{seen})\b"
        r"|(?:not|never|n t|nt) (?:being )?(?:monitored|measured|watched|alerted on|alerting on)"
        r"|nothing (?:watched|watches|compared|compares|measured|measures|alerted|alerts|monitored|checked)"
        r"|(?:a|our|the|one) blind spot"
    )
    vues = r"alertes?|sondes?|supervision|metriques?|alarmes?|monitoring|surveillance|controles?"
    french = (
        rf"(?:aucune?|pas d|pas de|sans|absence d|absence de|manque d|manque de) (?:{vues})\b"
        r"|(?:pas|jamais|plus) (?:ete )?(?:surveillee?s?|supervisee?s?|mesuree?s?)"
        r"|rien ne (?:surveill|mesur|compar|regard|alert)\w+|(?:un|notre|l|le) angle mort"
    )
    return re.compile(rf"\b(?:{english}|{french})")
