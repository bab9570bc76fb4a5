"""The words, French and English, by which an action item asks for something that nobody could tick."""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

from incidentdocs.documents.action_items.wide_words import BURDENS, CARES, MORE_OF


class Verbs(NamedTuple):
    """Verbs that nothing ends, and how little what follows them may say for an item to be open-ended."""

    kind: Literal["improvement", "investigation"]
    pattern: Callable[[], re.Pattern[str]]
    most: int
    """Of how many words that mean something what follows may consist."""
    of: frozenset[str] = frozenset()
    """Words of which one must follow, none where any may."""
    asks: bool = False
    """Whether a question after the verb says what is to be found."""


@cache
def opening() -> re.Pattern[str]:
    """Return what matches the words with which an item sets out, before it says what is to be done."""
    manner = r"please|also|maybe|perhaps|possibly|probably|aussi|peut etre|merci de|il"
    who = (
        r"we|you|one|everyone|everybody|people|the team|(?:the |all )?(?:developers|devs|engineers|operators)"
        r"|on|nous|tout le monde|chacun|l equipe|les (?:devs|developpeurs|equipes)|let s|let us"
    )
    english = (
        r"should|must|need to|needs to|need|have to|has to|want to|will|shall|could|plan to|try to|try and"
        r"|aim to|continue to|continue|keep(?! an eye)|start to|begin to|work on"
    )
    french = (
        r"devons|devrions|devrons|doit|devrait|devra|faut|faudrait|faudra|voulons|allons|essayer de|tenter de"
        r"|continuer a|continuer de|commencer a|travailler a|travailler sur|prevoir de|en"
    )
    return re.compile(rf"(?:(?:{manner}) ){{0,2}}(?:(?:{who}) )?(?:(?:{english}|{french}) ){{0,2}}(?=\w)")


_CALLS = (
    "careful cautious vigilant vigilants attentive attentives mindful aware attention care harder awareness"
    " everything better more always top attentif attentifs rigoureux rigoureuse rigoureuses prudent prudents"
    " prudente prudentes vigilante vigilantes vigilance prudence mieux garde toujours"
)
CALLS = frozenset(_CALLS.split())
"""Words one of which is in everything that `attention` matches."""


_BEGINNINGS = (
    "impr enha stre opti hard rein stab make amel renf cons fiab rend bett meil mieu incr rais more augm accr"
    " plus dava add set setu ensu have get impl prov ajou mett assu gara veil avoi redu mini lowe limi brin"
    " deal addr tack dimi trai remb fix solv reso secu clea lear corr regl tire inve look expl rese take"
    " dig cons disc reth thin refl revi brai cree repe penc jete prev eval asse stud anal figu unde see etud"
    " comp voir foll talk rega parl moni watc revi chec veri surv suiv avoi evit empe fair reme forg pens"
    " oubl gard sens keep neve eye s work creu revo"
)
BEGINNINGS = frozenset(_BEGINNINGS.split())
"""The first four letters of a word that is in everything that asks for an improvement or an investigation."""


@cache
def attention() -> re.Pattern[str]:
    """Return what matches the beginning of an item that asks people to be better than they are."""
    english = (
        r"(?:be|being|stay|remain) (?:(?:much|more|very|extra) ){0,2}"
        r"(?:careful|cautious|vigilant|attentive|mindful|aware)\b"
        r"|pay (?:(?:much|more|closer|better|extra) ){0,2}attention\b"
        r"|take (?:(?:much|more|better|extra|greater) ){0,2}care(?! of)\b"
        r"|try harder|raise awareness|double check everything|communicate (?:better|more)\b|do better\b"
        r"|always (?:double )?(?:check|verify|test)\b(?: \w+){0,5} before (?:deploy|merg|releas|push|migrat)"
        r"|stay on top of\b"
    )
    french = (
        r"(?:bien )?faire (?:(?:plus|tres|bien|davantage) )?attention\b"
        r"|(?:etre|rester|soyons|restons) (?:(?:plus|tres|davantage) )?"
        r"(?:attentif|attentive|vigilant|prudent|rigoureux|rigoureuse)"
        r"|redoubler de (?:vigilance|prudence)|mieux communiquer|(?:communiquer|faire) mieux|prendre garde"
        r"|attention (?:a|au|aux|lors)\b|toujours (?:bien )?(?:verifier|tester|relire)\b(?: \w+){0,5}"
        r" avant (?:de |la |le |chaque |toute )?(?:deploy|deploi|livr|mise|fusion|pousser|migr)"
    )
    return re.compile(rf"(?:{english}|{french})")


@cache
def reminder() -> re.Pattern[str]:
    """Return what matches the beginning of an item that trusts somebody's memory, or eyes."""
    english = r"(?:remember to|remember that|(?:do not|don t|never) forget)\b|keep an eye\b"
    french = (
        r"(?:bien )?penser a\b|(?:ne )?(?:pas|plus|jamais) oublier\b|garder (?:un œil|un oeil|a l esprit)\b"
        r"|sensibiliser\b"
    )
    return re.compile(rf"(?:{english}|{french})")


@cache
def control() -> re.Pattern[str]:
    """Return what matches the words of a control, or of something to be made, either of which one sees."""
    english = (
        r"check ?lists?|hooks?|lint\w*|tests?|alert(?:er?)?|automat\w*|scripts?|templates?"
        r"|workshops?|trainings?"
        r"|reminders?|calendar|block\w*|refus\w*|requir\w*|add|create|write|document|update"
        r"|replace|remove|renew"
    )
    french = (
        r"listes? de controle|modeles?|ateliers?|formations?|rappels?|calendrier|verrou\w*|bloqu\w*|exig\w*"
        r"|ajouter|creer|ecrire|documenter|mettre a jour|remplacer|supprimer|renouveler|installer|activer"
    )
    return re.compile(rf"\b(?:{english}|{french})\b")


@cache
def wish() -> re.Pattern[str]:
    """Return what matches the beginning of a wish: that something be, or not be."""
    english = r"make sure|ensure|prevent|avoid"
    french = r"s assurer|veiller a|faire en sorte|eviter|empecher"
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def owed() -> re.Pattern[str]:
    """Return what matches the end of an item that says only that something has still to be done about it."""
    english = (
        r"(?:should|must|needs? to|has to|have to|to) be "
        r"(?:improved|better|investigated|discussed|reviewed|looked (?:into|at)|strengthened)"
    )
    french = (
        r"(?:doit|doivent|devrait|devraient) etre (?:amelior|renforc|revu|etudi|fiabilis)\w*"
        r"|a (?:ameliorer|renforcer|fiabiliser|revoir|etudier|investiguer|discuter|creuser|voir)"
    )
    return re.compile(rf"\b(?:{english}|{french}|improvements?|improved|amelioree?s?)$")


@cache
def exact() -> re.Pattern[str]:
    """Return what matches something exact: a number, code, an address, a quotation, what follows a colon."""
    then = r"(?:[:;(–—→=]|\s-|->)\s{0,9}\w{1,99}[^\w:;(–—→=\n]{1,9}\w"
    return re.compile(rf"\d|`|https?://|[\"“«]|\w[_./]\w|@\w|{then}")


@cache
def outcome() -> re.Pattern[str]:
    """Return what matches what is to come of an item, how it is done, or when it ends."""
    english = (
        r"so that|so it|until|unless|once|as soon as|in order to|by|with (?:an?|one|two)|via"
        r"|through|using|such as|for example|e g"
        r"|if(?! (?:it (?:is|s) )?(?:possible|needed|necessary))|instead of|rather than"
        r"|to (?:avoid|prevent|use|show|tell|detect|catch|fail|alert|allow|handle|reject"
        r"|retry|cover|include|make)"
    )
    french = (
        r"pour (?:que|ne|[a-z]{2,20}(?:er|ir|re))|afin (?:de|que)|jusqu|des que|en [a-z]{2,20}ant|grace a"
        r"|au moyen|par exemple|au lieu de|plutot que|avec (?:une?|deux|trois)"
    )
    english_then = (
        r"and (?:then )?(?:write|document|decide|report|add|record|publish|fix|choose|open|share|agree|set"
        r"|apply|create|replace|remove|file|update|list|propose|present|implement|alert)"
    )
    french_then = r"et (?!amelior|renforc|fiabilis|optimis)(?:l |la |le |les |en )?[a-z]{2,20}(?:er|ir|re)"
    return re.compile(rf"\b(?:{english}|{french}|{english_then}|{french_then})\b")


@cache
def conjunction() -> re.Pattern[str]:
    """Return what matches the words that join two subjects."""
    return re.compile(r" (?:and|or|et|ou) ")


@cache
def _improving() -> re.Pattern[str]:
    english = (
        r"improv(?:e|ing|ed|ements?)|enhanc(?:e|ing|ed|ements?)|strengthen(?:ing)?|optimi[sz](?:e|ing|ation)"
        r"|harden(?:ing)?|reinforc(?:e|ing)|stabili[sz](?:e|ing)"
        r"|make(?= (?:\w+ ){1,4}(?:more|better|safer|faster|easier|simpler|clearer))"
    )
    french = (
        r"amelior(?:er|ations?)|renforc(?:er|ement)|optimis(?:er|ation)|consolid(?:er|ation)"
        r"|fiabilis(?:er|ation)|stabilis(?:er|ation)"
        r"|rendre(?= (?:\w+ ){1,4}(?:plus|mieux|meilleur))"
    )
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def _bettering() -> re.Pattern[str]:
    english = r"(?:(?:have|get|add|write|create) )?better(?! (?:to|than))"
    french = r"(?:(?:avoir|ajouter|ecrire|mettre en place) (?:une? |de |des )?)?meilleure?s?"
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def _doing_better() -> re.Pattern[str]:
    return re.compile(r"mieux\b")


@cache
def _increasing() -> re.Pattern[str]:
    english = r"increas(?:e|ing)|rais(?:e|ing)|(?:(?:add|write|do|have|get|create) )?more"
    french = r"augmenter|augmentation|accroitre|(?:(?:ajouter|ecrire|faire|avoir) )?(?:plus de|davantage de?)"
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def _having() -> re.Pattern[str]:
    english = r"add|set up|setup|ensure|have|implement|provide"
    return re.compile(rf"(?:{english}|ajouter|mettre en place|assurer|garantir|veiller a|avoir)\b")


@cache
def _reducing() -> re.Pattern[str]:
    english = r"reduc(?:e|ing)|minimi[sz](?:e|ing)|lower|limit|bring down|deal with|address|tackle"
    return re.compile(rf"(?:{english}|reduire|reduction|minimiser|limiter|diminuer|traiter|rembourser)\b")


@cache
def _mending() -> re.Pattern[str]:
    english = r"fix|solve|resolve|secure|clean up|address|deal with|learn from"
    return re.compile(
        rf"(?:{english}|corriger|resoudre|regler|nettoyer|traiter|securiser|tirer les lecons)\b"
    )


@cache
def _investigating() -> re.Pattern[str]:
    english = (
        r"(?:further )?investigat(?:e|ing|ions?)|look(?:ing)? (?:deeper )?(?:into|at)|explor(?:e|ing)"
        r"|research|(?:take|have) a (?:closer |deeper )?look (?:into|at)"
        r"|dig (?:deeper )?into|consider|discuss|rethink"
        r"|think(?:ing)? (?:more )?about|reflect on|reflect|revisit|brainstorm"
    )
    french = (
        r"investig(?:uer|ations?)|(?:reflechir|reflexion) (?:a|sur)|une reflexion (?:a|sur)|explorer"
        r"|creuser(?! une? )|discuter|repenser|se pencher sur|jeter un (?:œil|oeil|coup d œil|coup d oeil)"
    )
    return re.compile(rf"(?:{english}|(?:prevoir )?(?:{french}))\b")


@cache
def _reflecting() -> re.Pattern[str]:
    """Return what matches a question that is only to be thought about, which no answer ends."""
    return re.compile(r"(?:reflect(?: on)? (?=(?:how|why|what|whether)\b)|reflechir (?:a )?(?=comment\b))")


@cache
def _judging() -> re.Pattern[str]:
    english = r"evaluat(?:e|ing)|assess|study|analy[sz]e|figure out|understand(?:ing)?|see (?:if|what|how)"
    french = r"etudier|evaluer|analyser|comprendre|voir (?:si|comment|ce qu|ce que)"
    return re.compile(rf"(?:{english}|{french})\b")


@cache
def _following() -> re.Pattern[str]:
    english = r"follow up|talk (?:to|with|about)"
    return re.compile(rf"(?:{english}|voir avec|regarder|parler (?:a|au|aux|avec|de|du)|parler)\b")


@cache
def _watching() -> re.Pattern[str]:
    english = r"monitor|watch|review|check|verify"
    return re.compile(rf"(?:{english}|voir|surveiller|revoir|verifier|suivre)\b")


OPEN_ENDED = (
    Verbs("improvement", _improving, 3),
    Verbs("improvement", _bettering, 3, of=MORE_OF),
    Verbs("improvement", _doing_better, 1),
    Verbs("improvement", _increasing, 2, of=MORE_OF),
    Verbs("improvement", _having, 0, of=CARES - {"tests", "testing", "documentation", "automation"}),
    Verbs("improvement", _reducing, 1, of=BURDENS),
    Verbs("improvement", _mending, 0),
    Verbs("investigation", _reflecting, 7),
    Verbs("investigation", _investigating, 4, asks=True),
    Verbs("investigation", _judging, 2, asks=True),
    Verbs("investigation", _following, 1),
    Verbs("investigation", _watching, 0),
)
"""Verbs that nothing ends, those that say the most before those that say less."""
