"""The rule root-cause-thin."""

import re
from collections.abc import Iterator
from dataclasses import field
from functools import cache
from typing import ClassVar

from incidentdocs.documents.answers import answer_in, first_text, points_elsewhere
from incidentdocs.documents.document import Document
from incidentdocs.documents.field_values import says_unknown
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.profiles.roles import role_of, told_by
from incidentdocs.rules.rule import DocumentRule, Example
from incidentdocs.settings.frozen import frozen

_EN = "# Post-mortem: API down\n\n## Root cause\n"
_FR = "# Post-mortem : panne de l'API\n\n## Cause racine\n"


@frozen
class RootCauseThin(DocumentRule):
    """The root cause says why, and not only what was seen.

    *The disk was full* is where the question begins: what filled it, and why did nobody see it? A symptom in a few
    words, without any reason, prevents nothing. Short and exact is fine (*The job that renews the certificate was
    disabled*, *clock skew*), and so is the open word that the cause is not known. Sections with a link, code or a
    table are left alone, and so is a draft.

    Ask why once more, and write the answer.
    """

    words: int = field(
        default=12,
        metadata={
            "description": "A symptom in fewer words must be followed by its reason.",
            "least": 1,
            "most": 100,
        },
    )

    name = "root-cause-thin"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(f"{_EN}The certificate expired because the job that renews it was disabled.\n"),
        Example(f"{_EN}Release 4.2 never closed its connections.\n"),
        Example(f"{_EN}Unknown.\n"),
        Example(f"{_EN}Clock skew.\n"),
        Example(f"{_FR}L'index était fragmenté.\n"),
        Example(f"{_EN}See [the analysis](https://wiki.example.org/4711).\n"),
        Example(f"{_FR}Le cron de rotation était désactivé depuis mars.\n"),
        Example(f"{_FR}Les journaux ont rempli le disque, faute de rotation.\n"),
    )
    invalid = (
        Example(f"{_EN}The disk was full.\n", ("The disk was full.",)),
        Example(f"{_EN}- Database outage\n", ("Database outage",)),
        Example(f"{_FR}Le service ne répondait plus.\n", ("Le service ne répondait plus.",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each root cause that is a few words without a reason."""
        if document.is_draft or role_of(document.profile) not in ("post-mortem", "incident"):
            return
        for section in document.sections:
            if section.profile is None or told_by(section.profile) != ("cause",):
                continue
            answer, text = answer_in(section), first_text(section)
            if text is None or not 0 < len(answer.split()) < self.words:
                continue
            settled = says_unknown(answer) or gives_reason(answer) or points_elsewhere(section)
            if not settled and names_a_symptom(answer) and not document.holds_placeholder(section.body):
                said = " ".join(text.stripped().source.split())
                hint = "ask why once more: what made that possible, and what let it go unseen?"
                message = f"`{said}` says what was seen, and not why"
                yield self.finding(document, text.stripped().span(), message, hint)


def gives_reason(text: str) -> bool:
    """Return whether a text gives a reason, or tells of something that was missing, changed or wrong."""
    return _reason().search(fold(text)) is not None


def names_a_symptom(text: str) -> bool:
    """Return whether a text tells what everybody saw: that something was down, full, slow or failing."""
    return _symptom().search(fold(text)) is not None


@cache
def _symptom() -> re.Pattern[str]:
    english = (
        r"down|full|slow|outages?|downtime|unavailable|unreachable|crash(?:ed|es|ing)?|hung|stuck|dead|broken|failed"
        r"|failing|fails|failures?|errors?|time ?outs?|timed out|overloaded|out of memory|responding|bugs?"
        r"|problems?|issues?|incident|saturated"
    )
    french = (
        r"en panne|pannes?|plein(?:e|s|es)?|lent(?:e|s|es)?|indisponible\w*|injoignable\w*|plant\w+|bloque\w*"
        r"|tombee?s?|hors service|echou\w+|erreurs?|repond(?:ait|aient)?|sature\w*|bogues?|problemes?|surcharge\w*"
    )
    return re.compile(rf"\b(?:{english}|{french})\b")


@cache
def _reason() -> re.Pattern[str]:
    english = (
        r"because|since|due to|caused?|after|when|while|as|by|from|led to|so that|triggered|lack\w*|missing|never"
        r"|not? \w+|no|nothing|nobody|without|too|instead|only|wrong\w*|bad\w*|mis\w+|incorrect\w*|bug|race|leak\w*|regression"
        r"|introduced|changed?|removed|disabled|deleted|forgot\w*|expired|unknown|not known"
    )
    french = (
        r"car|parce que|a cause|cause|du a|due a|dus a|suite a|apres|lors\w*|quand|puisque|provoqu\w+|entrain\w+"
        r"|faute de|en raison|sans|rien|personne|jamais|pas \w+|aucun\w*|trop|manqu\w+|absen\w+|oubli\w*|mauvais\w*|erreur de"
        r"|desactiv\w+|supprim\w+|modifi\w+|introdui\w+|fuite|expire\w*|inconnue?"
    )
    return re.compile(rf"\b(?:{english}|{french})\b")
