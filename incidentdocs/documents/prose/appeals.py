"""Where a text asks people for care instead of changing what they work with."""

from collections.abc import Iterator

from incidentdocs.documents.prose.phrases import Phrase, after, before, pattern
from incidentdocs.documents.prose.sentences import Sentence

WORDS = frozenset(
    "careful cautious vigilant attentive mindful attention care caution vigilance harder remember forget double sure "
    "think better prudent prudents prudente prudentes vigilants vigilante vigilantes rigoureux rigoureuse rigoureuses "
    "attentif attentifs attentive attentives prudence rigueur penser pensez pensons oublier oubliez oublions vérifier "
    "verifier attentivement diligent veiller thorough rigorous meticulous conscientious disciplined discipline rigor rigour "
    "méticuleux meticuleux soigneux consciencieux garde aware".split()
)
"""Any of them is in a section that asks for care."""

_BEGINS = r"(?:^[\W_]*|[:,;.(-] ?|\b(?:and|et|or|ou|future|on|forward|time|everybody|everyone|all|team|fois|avenir|desormais) ?,? ?)"
_MUST = (
    r"\b(?:must|should|shall|will|'ll|need to|needs to|have to|has to|had better|ought to|let's|let us|please|always|to|just"
    r"|reminded to|asked to)"
)
_DUTY = r"\b(?:must|should|shall|will|'ll|need to|needs to|have to|has to|had better|ought to|let's|let us|please|always|reminded to|asked to)"
_EVEN = r"(?:(?:all|always|also|please|just|really|more|extra|very|especially|particularly|much|even|be|a|bit|little) ){0,3}"
_FR_EVEN = r"(?:(?:bien|plus|tres|encore|toujours|particulierement|davantage|beaucoup|tous|toutes|surtout|aussi|donc) ){0,3}"

_ENGLISH = (
    rf"(?:{_BEGINS}|{_MUST} )(?:we |everyone |everybody )?{_EVEN}(?:be|stay|remain|become|being) {_EVEN}"
    r"(?:careful|cautious|vigilant|attentive|mindful|diligent|thorough|rigorous|meticulous|conscientious|disciplined)\b",
    rf"(?:{_BEGINS}|{_MUST} )(?:we )?{_EVEN}(?:be|become) {_EVEN}(?:more|always|very|particularly|especially) aware of\b",
    rf"(?:{_BEGINS}|{_MUST} |\bneed )(?:we )?(?:be|become|get) (?:much |a lot )?better at (?:always )?"
    r"(?:following|remembering|checking|noticing|spotting|watching|paying|communicating|reviewing|respecting|anticipating)\b",
    rf"(?:{_BEGINS}|{_MUST} ){_EVEN}(?:pay|paying) (?:more |closer |close |extra |better |greater |special |particular )?attention\b"
    r"(?! of| ?:)",
    r"\b(?:more|greater|closer|better|extra) (?:attention|care|caution|vigilance|discipline|rigou?r) (?:is|should be|must be|has to be|needs to be) "
    r"(?:needed|required|paid|given|taken|necessary)\b",
    rf"(?:{_BEGINS}|{_MUST} ){_EVEN}(?:take|exercise|use|show|apply) (?:more|greater|extra|better|utmost|the utmost) "
    r"(?:care|caution|vigilance|attention|discipline|rigou?r)\b",
    rf"(?:{_BEGINS}|{_MUST} )(?:we )?{_EVEN}(?:try|work) (?:even )?harder\b",
    rf"(?:{_BEGINS}|{_DUTY} )(?:we )?{_EVEN}(?:remember|think) to\b",
    r"(?:do not|don't|never|must not|not to|should not|shouldn't) forget (?:to|the|that|about)\b",
    rf"(?:{_BEGINS}|{_DUTY} ){_EVEN}(?:(?:make|be|making) (?:very |really )?sure (?:to|that (?:we|you) )(?: always)? ?(?:double|triple)"
    r"[- ]?check|(?:double|triple)[- ]?check)\b",
)
_FRENCH = (
    rf"\b(?:faire|ferons|ferez|fera|feront|faites|faisons|fassent|fasse|fassions) {_FR_EVEN}attention\b(?! (?:du|de la|des))",
    rf"\b(?:etre|soyez|soyons|soit|soient|sera|serons|serez|seront|rester|restons|restez|resterons|demeurer|se montrer) {_FR_EVEN}"
    r"(?:vigilant|prudent|rigoureu(?:x|se)|attentif|attentive|attentionne|mefiant|meticuleu(?:x|se)|soigneu(?:x|se)|consciencieu(?:x|se)|assidu)e?s?\b",
    r"\bredoubl\w+ (?:de |d')(?:vigilance|attention|prudence|rigueur)\b",
    r"\b(?:faire|ferons|ferez|fera|fassent|faisons) preuve (?:de |d')(?:(?:plus|davantage|une|la) (?:de |d')?)?"
    r"(?:plus )?(?:grande |plus grande )?(?:prudence|vigilance|rigueur|attention)\b",
    r"\b(?:preter|preterons|pretera|accorder|porter) (?:une |plus |davantage )(?:d')?(?:plus grande )?attention\b",
    r"\b(?:plus|davantage) (?:de |d')(?:vigilance|rigueur|prudence|attention) (?:\w+ )?(?:s'impos|est|sont|sera|seront|serai)\w*"
    r"|\bla (?:plus grande )?(?:vigilance|prudence|rigueur) (?:s'impose|est (?:de mise|de rigueur|requise|necessaire))",
    r"\bpren(?:dre|drons|dra|dront|ons|ez) garde (?:a|au|aux|de|d')\b",
    r"\battention a (?:bien|ne pas|toujours) \w+",
    rf"(?:{_BEGINS}|\b(?:faut|faudra|devons|doit|doivent|devront|devrons|veiller a|veillera a|toujours|pour|bien) ){_FR_EVEN}"
    r"(?:penser|pensez|pensons) (?:bien |toujours )?(?:a|au|aux)\b",
    r"\bne (?:(?:faut|faudra|faudrait|devons|devrons|doit|doivent) )?(?:pas|jamais|plus|surtout pas) (?:surtout |jamais )?oublier (?:de|d'|le|la|les|l'|que|un|une)",
    r"\bn'oubli(?:ez|ons) (?:pas|jamais)\b",
    rf"(?:{_BEGINS}|\b(?:faut|faudra|devons|doit|doivent|devront|devrons) )(?:toujours )?bien verifier\b",
)

_NOT_ASKED = (
    r"\b(?:not|no|never|cannot|nobody|rather than|instead of|telling|tell|people to|asking|asks?|asked|hoping|than|que de|without|depends? on|rel(?:y|ies|ied) on"
    r"|ne|n'\w+|plutot que|au lieu|sans|personne|demander|demande d'|repose\w* sur|compter sur|suffi\w+|inutile|ni|n'avons"
    r"|if|when|unless|used to|hard|difficult|easy|impossible|expect\w*|trust\w*|difficile|impossible|facile)\b|n't\b"
)
_CONDITION = r"^[\W_]*(?:if|when) [^,;:]{1,100}, ?$"
"""When to be careful: what follows is asked of people all the same."""
_REFUSED = (
    r"[^.;:]{0,60}?(?:\b(?:is|are|does|do|will|was|has|have|can) ?(?:not|n't|never|no)\b|\bcannot\b"
    r"|\b(?:ne|n')(?: ?[a-z']+){1,2} (?:pas|rien|personne|plus|jamais|aucune?|que)\b"
    r"|\bn'(?:\w+) (?:pas|rien|jamais)\b|\b(?:est|devient|etait) (?:desormais|maintenant|le|la|l'|un|une|ce)\b|\bne (?:suffi|prot)\w+)"
)
_OF_THINGS = (
    r"\b(?:rollout|deploy\w*|release|migration|upgrade|script|tool|job|process|system|pipeline|client|code|parser|deploiement|livraison"
    r"|bascule|outil|systeme|processus|mise a jour)s?(?: (?:should|must|will|shall|has to|needs to|doit|devra))?(?: (?:then|now|also|donc))? ?$"
)


def appeals(sentence: Sentence) -> Iterator[Phrase]:
    """Yield where a sentence asks for care, once for each appeal."""
    if sentence.asks:
        return
    taken = 0
    found = (match for phrase in (*_ENGLISH, *_FRENCH) for match in pattern(phrase).finditer(sentence.words))
    for match in sorted(found, key=lambda match: match.span()):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" ,:;.(-*_>+\t!?\ufffc"))
        ahead, behind = before(sentence, start), after(sentence, match.end())
        if match.start() >= taken and not _denied(ahead, behind):
            yield Phrase(sentence, start, match.end())
            taken = match.end()


def _denied(ahead: str, behind: str) -> bool:
    ahead = pattern(_CONDITION).sub("", ahead)
    about_things = pattern(_OF_THINGS).search(ahead)
    return bool(about_things or pattern(_NOT_ASKED).search(ahead) or pattern(_REFUSED).match(behind))
