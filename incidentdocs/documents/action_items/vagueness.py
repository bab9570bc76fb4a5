"""Whether an action item can be done at all: what it asks for, and how one sees that it is finished."""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.titles import fold

Vague = Literal["attention", "improvement", "investigation"]

_MOST_WORDS = 60
"""An item of more words says what it wants."""


def vagueness(item: ActionItem) -> Vague | None:
    """Return in what way an item is vague, None where it can be done and seen to be done.

    It asks people for *attention*; for an *improvement* of something as a whole; or for an *investigation*
    of which nothing need come. A number, code, a name, a link, or what is to come of it bound an item.
    """
    words = fold(item.description)
    if not words or len(words.split()) > _MOST_WORDS:
        return None
    if _attention().match(words):
        return None if _is_a_control().search(words) else "attention"
    if _is_bounded(item, words):
        return None
    for kind, verbs, most in _OPEN_ENDED:
        if (found := verbs().match(words)) and _counted(words[found.end() :]) <= most:
            return kind
    return None


def _is_bounded(item: ActionItem, words: str) -> bool:
    if item.refs or _exact().search(item.description_text.source):
        return True
    return _outcome().search(words) is not None


def _counted(words: str) -> int:
    """Return how many of the words mean something by themselves."""
    return sum(word not in _SMALL for word in words.split())


_ENGLISH = (
    "a an the our its their this that these those of for in on at to with and or all any some more better"
    " further into about from by it process processes procedure procedures system systems situation problem"
    " problems issue issues incident incidents thing things topic potential possible general overall internal"
)
_FRENCH = (
    "le la les l un une des du de d nos notre son sa ses leur leurs ce cet cette ces en a au aux et ou dans"
    " sur pour par avec plus mieux tout toute tous toutes processus systeme systemes situation probleme"
    " problemes sujet sujets chose choses possible possibles general generale interne internes"
)
_SMALL = frozenset(f"{_ENGLISH} {_FRENCH}".split())
"""Words that bound nothing: small ones, and those under which anything may be understood."""


@cache
def _attention() -> re.Pattern[str]:
    english = (
        r"(?:please )?(?:be|stay|remain) (?:more |very |extra )?"
        r"(?:careful|cautious|vigilant|attentive|mindful|aware)"
        r"|(?:pay|take) (?:more |closer |better |extra )?(?:attention|care)\b|keep an eye\b|try harder"
        r"|(?:remember|do not forget|don t forget) (?:to|not)\b|raise awareness|double check everything"
        r"|communicate better|be better\b"
    )
    french = (
        r"(?:bien )?faire (?:plus |tres |bien )?attention|(?:etre|rester) (?:plus |tres |davantage )?"
        r"(?:attentif|attentifs|vigilant|vigilants|prudent|prudents|rigoureux|vigilante|prudente)"
        r"|(?:bien )?penser a\b|ne (?:pas|plus) oublier|garder un œil|garder un oeil|redoubler de vigilance"
        r"|sensibiliser|mieux communiquer|prendre garde"
    )
    return re.compile(rf"(?:{english}|{french})")


@cache
def _is_a_control() -> re.Pattern[str]:
    """Return what matches the words of a control, which asks nobody for attention."""
    return re.compile(
        r"\b(?:checklist|check list|hook|lint\w*|test\w*|alert\w*|automat\w*|script\w*|review rule)\b"
    )


@cache
def _improvement() -> re.Pattern[str]:
    english = (
        r"(?:improve|enhance|strengthen|optimi[sz]e|better|harden|increase|reinforce|fix|clean up|cleanup)"
    )
    french = r"(?:ameliorer|renforcer|optimiser|consolider|fiabiliser|mieux|augmenter|nettoyer)"
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def _investigation() -> re.Pattern[str]:
    english = (
        r"(?:further )?(?:investigate|investigations?|look into|look at|explore|research|consider|think about"
        r"|discuss|evaluate|study|rethink)"
    )
    french = (
        r"(?:investiguer|investigations?|etudier|reflechir a|reflechir sur|regarder|explorer|evaluer|analyser"
        r"|voir si|discuter)"
    )
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def _observation() -> re.Pattern[str]:
    english = r"(?:monitor|watch|review|check|follow up|figure out|understand)"
    french = r"(?:voir|surveiller|revoir|comprendre|verifier|suivre)"
    return re.compile(rf"(?:{english}|{french})\b")


_OPEN_ENDED: tuple[tuple[Vague, Callable[[], re.Pattern[str]], int], ...] = (
    ("improvement", _improvement, 3),
    ("investigation", _investigation, 4),
    ("investigation", _observation, 2),
)
"""Verbs that nothing ends, and of how many words that mean something what they are about may consist."""


@cache
def _exact() -> re.Pattern[str]:
    """Return what matches something exact: a number, code, a name of an unusual shape, a quotation."""
    return re.compile(r"\d|`|https?://|[\"“«]|\w[_./]\w|[a-z][A-Z]|@\w|\b[A-Z]{2,}\b")


@cache
def _outcome() -> re.Pattern[str]:
    english = r"so that|until|in order to|to avoid|to prevent|if|by"
    french = r"pour que|afin (?:de|que)|jusqu|pour eviter|en [a-z]{2,20}ant"
    english_then = r"and (?:write|document|decide|report|add|record|publish|fix)"
    french_then = r"et (?:l )?(?:ecrire|documenter|decider|ajouter|noter|publier|corriger)"
    return re.compile(rf"\b(?:{english}|{french}|{english_then}|{french_then})\b")
