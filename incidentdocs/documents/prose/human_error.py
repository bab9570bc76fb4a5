"""Where a text gives human error as the cause, and does not only speak of it."""

from collections.abc import Iterator

from incidentdocs.documents.prose.phrases import Phrase, after, before, pattern
from incidentdocs.documents.prose.sentences import Sentence

WORDS = frozenset(
    "error errors mistake mistakes misunderstanding misunderstandings failure fault erreur erreurs faute fautes défaillance défaillances "
    "defaillance defaillances".split()
)
WHOSE = frozenset(
    "human operator user humaine humaines manip manipulation opérateur operateur exploitant utilisateur".split()
)
"""Any of them, and any of the others, is in a section that gives human error as a cause."""

_ERROR = (
    r"\b(?:human[- ](?:error|errors|mistake|mistakes|failure|fault)|operator (?:error|mistake)"
    r"|(?:erreur|faute|defaillance)s? (?:purement |simplement )?humaines?"
    r"|erreurs? de manip(?:ulation)?(?: (?:de l'(?:operateur|exploitant)|du \w+|d'un \w+))?"
    r"|erreurs? (?:de l'|d'un )(?:operateur|exploitant|utilisateur interne)"
    r"|user error(?= (?:(?:by|from) (?:our|the|my) |was made\b))|user misunderstandings?(?= (?:of|was|were|led|caused)\b))\b"
)
_ARTICLE = r"(?:(?:an?|the|une?|la|l'|some|pure|plain|simple|simply|just|simplement|only|purement|banale|classic) ?){0,3}"

_CAUSAL = (
    r"(?:\b(?:due|owing|thanks|attributed|attributable|down|traced|put(?: it)? down) (?:back )?to"
    r"|\b(?:caused|triggered|introduced|produced|explained|induced) by|\bbecause of|\bresult(?:s|ed)? (?:of|from)"
    r"|\bconsequence of|\b(?:stem\w*|came|comes|arose) from|\b(?:is|was|been|were|being|this one was|boils down to)"
    r"|\bdu?es? a|\bdue?s? a|\bsuite a|\ba la suite d'|\bcause d'|\b(?:cause|provoque|declenche|entraine)e?s? par"
    r"|\bresult\w+ d'|\b(?:vient|viennent|venait|provient|provenait|decoule|decoulait|nait) d'|\battribu\w+ (?:\w+ ){0,3}a|\bimputable a|\b(?:conclut|conclu|revient) a"
    r"|\bevidence|\ba pour (?:origine|cause)|\bs'agi\w+ (?:bien )?d'|\bconsequence d'|\bfruit d'|\b(?:est|etait|c'est|fut)"
    r"|\bin the end it came down to|\b(?:cause|origine?|trigger|reason|declencheur|raison|classification|category)s? ?[:=])"
    r" ?" + _ARTICLE + r"$"
)
_LABEL = (
    r"(?:^|[:=] ?)[\W_]*(?:(?:is|was|by|due to|cause|origine|since|likely|probable|probably) ){0,2}"
    + _ARTICLE
    + "$"
)
_GOES_ON = (
    r" ?(?:$|[.,:;!()\u2013\u2014\u2026-]"
    r"|(?:during|in|on|by|while|when|at|of|from|while|after|before|with|made|lors|pendant|au|sur|dans|a la|a l'|de|du|d'"
    r"|survenue?|commise?|et|and|qui|that|which|comme|by)\b)"
)
_LEADS_ON = (
    r" ?(?:(?:was|were|is|are) (?:the|at the|to blame|responsible|behind)|was made (?:here|by|in|when|while|during)\b"
    r"|of [^.;,]{1,100}? (?:was|were) (?:one |a )?(?:part|cause) of the (?:problem|outage|incident|cause)\b|(?:has |had )?(?:caused|led to|triggered|resulted)"
    r"|(?:est|etait|serait|sont) (?:a l'origine|la cause|en cause|responsable)|a (?:cause|provoque|entraine|conduit|declenche))"
)
_DISCUSSED = (
    r"\b(?:not|no|never|without|nor|neither|cannot|rather than|instead of|beyond|more than|prevent\w*|reduc\w*|lower\w*|avoid\w*"
    r"|limit\w*|risks?|eliminat\w*|remov\w*|minimi[sz]\w*|against|accept\w*|tempting|say|says|saying|speak\w*|blam\w*|would|could"
    r"|might|if|than|pas|aucune?|jamais|sans|plutot que|au lieu|au-dela|evit\w*|empech\w*|reduir\w*|reduit|reduisent|supprim\w*"
    r"|proteg\w*|contre|tent\w+|parler|parle|dire|place|si|serait|aurait|pourrait|plus qu'|prone|tolerat\w*|possibil\w*|room for"
    r"|makes|stop at|moins|ni|diminu\w*)\b|n't\b"
)
_DENIED = r" ?(?:is|was|are|were|isn't|wasn't|est|n'est|ne|n'|does|do|has|can|cannot|peut)\b ?(?:not|no|n't|never|pas|jamais|\w+ (?:pas|rien|jamais))"


def human_errors(sentence: Sentence) -> Iterator[Phrase]:
    """Yield where a sentence gives human error as a cause."""
    if sentence.asks:
        return
    for found in pattern(_ERROR).finditer(sentence.words):
        ahead, behind = before(sentence, found.start()), after(sentence, found.end())
        if pattern(_DISCUSSED).search(ahead) or pattern(_DENIED).match(behind):
            continue
        if _bracketed(sentence, found.start(), found.end()) or _is_cause(
            sentence, found.start(), ahead, behind
        ):
            yield Phrase(sentence, found.start(), found.end())


def _is_cause(sentence: Sentence, start: int, ahead: str, behind: str) -> bool:
    if pattern(_LEADS_ON).match(behind):
        return True
    begins = pattern(_LABEL).search(sentence.words[max(0, start - 70) : start])
    causal = begins or pattern(_CAUSAL).search(ahead)
    return bool(causal and pattern(_GOES_ON).match(behind))


def _bracketed(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether the words stand in brackets at the end, or between commas: *the typo, a human error, …*."""
    ahead = sentence.words[max(0, start - 9) : start]
    if ahead.endswith("("):
        return pattern(r"[^()]{0,60}\) ?[.!]?$").match(sentence.words, end) is not None
    return ahead.endswith((", a ", ", une ")) and sentence.words.startswith(",", end)
