"""Where a text tells what people would have done had they known: *should have*, *aurait dû*, *if only*."""

import re
from collections.abc import Iterator

from incidentdocs.documents.prose.people import people_in
from incidentdocs.documents.prose.phrases import Phrase, after, pattern
from incidentdocs.documents.prose.sentences import Sentence
from incidentdocs.process.people import Roster

WORDS = frozenset(
    "valait better should shouldn ought could needed had only aurait auraient aurions aurais eût fallu suffisait fallait si enough".split()
)
"""Any of them is in a section that speaks with hindsight."""

_IRREGULAR = (
    r"known|seen|done|made|been|had|kept|caught|found|thought|told|read|run|put|set|gone|come|taken|written|given|chosen|spoken|begun"
    r"|built|rebuilt|sent|left|held|brought|bought|felt|met|paid|said|sought|stood|taught|understood|won|spent|led|cut|shut|split|become"
    r"|got|gotten|drawn|driven|shown|grown|foreseen|thrown|let|hit|make"
)
_NO_ALERT = r"(?!(?:been (?:paged|alerted|notified|able)|received|gotten|got|had (?:an? )?(?:\w+ )?(?:alert|page|alarm|metric|notification)s?)\b)"
_NO_DEED = r"(?!need\b|speed\b|red\b|feed\b|seed\b|indeed\b|hundred\b)"
_OF_THINGS = (
    r"(?!(?:automated|dedicated|limited|detailed|shared|improved|centrali[sz]ed|enhanced|defined|restricted|standardi[sz]ed|unified"
    r"|isolated|distributed|replicated|managed|versioned|signed|encrypted|named|increased|advanced) "
    r"(?!(?:the|an?|this|that|it|our|them|these|those|their|in|on|at|before|after|for|to|and|by|with)\b)\w)"
)
_MODAL = (
    r"\b(?:(?:should|shouldn't)(?: not| never| really| probably| at least| also| all| both){0,2} have|should've|ought(?: not|n't)? to have"
    r"|needed to have|could have|could've|couldn't have)(?: also| never| just| simply| already| probably| at least| then| all){0,2}"
)
_ACTIVE = rf"{_MODAL} {_NO_ALERT}{_NO_DEED}{_OF_THINGS}(?:\w+ed|\w+pt|{_IRREGULAR})\b"
_HUMAN_DEED = (
    r"(?:tested|reviewed|checked|double-checked|verified|rushed|communicated|addressed|planned|deployed|done|made|discussed|documented"
    r"|announced|noticed|seen|questioned|challenged|asked|escalated|reverted|prioriti[sz]ed|fixed|investigated|considered|foreseen"
    r"|anticipated|thought|prepared|rehearsed|consulted|informed|warned|told|involved|approved|caught|coordinated|followed|spotted"
    r"|respected|insisted on|thought of)"
)
_PASSIVE = rf"{_MODAL} been (?:more |better |properly |fully |carefully |well )?{_HUMAN_DEED}\b"
_BY_HAND = rf"{_MODAL} been \w+ (?:[\w-]+ ){{0,4}}?by (?:hand|us|the team|somebody|someone)\b"
_PREVENTED = r"\bcould(?: have|'ve)(?: easily| also| probably)? (?:been )?(?:easily |entirely )?(?:prevented|avoided)\b"
_QUICKER = (
    r"\bcould(?: have|'ve)(?: also| probably| possibly| perhaps| easily)? (?:led|lead|resulted|brought|given|made)"
    r" [^.;,]{0,30}?\b(?:quicker|faster|shorter|earlier|sooner|swifter|smoother)\b"
)
_IF_ONLY = r"\bif only\b"
_IT_WOULD = r"\bit would(?: have|'ve) been (?:enough|sufficient|better|easy|wise) (?:to|if|had)\b"
_DONE_BETTER = r"\bwe would have (?:done|been) better (?:to|off)\b"
_CARE_TAKEN = r"\b(?:care|attention|steps|measures|action|precautions?|thought) (?:should|could) have been (?:taken|paid|given)\b"
_TEAM = r"(?:we|i|he|she|you|someone|somebody|the team|our team|everybody|everyone|the \w+ team|@[\w-]+)"
_DONE = rf"(?!not\b|need\b)(?:(?:just|simply|already|properly) )?(?:\w+ed|{_IRREGULAR})\b"
_HAD_WE = (
    rf"(?:^|[.,;:] )had {_TEAM} {_DONE}[^.;]{{0,80}}?\b(?:would|could|might)(?: not| never)?(?: have|'ve)\b"
)
_IF_HAD = (
    rf"\bif {_TEAM} had (?:only )?{_DONE}[^.;]{{0,80}}?\b(?:would|could|might)(?: not| never)?(?: have|'ve)\b"
)

_AURAIT = r"(?:aurai(?:s|t|ent)|aurions|auriez|eut)"
_AURAIT_DU = rf"\b(?:n')?{_AURAIT}(?: pas| jamais| plutot| donc| peut-etre| bien| sans doute| aussi| tous){{0,2}} du (?!etre )(?:nous |le |la |les |l'|en |y |s'|se |lui |me |m'|mieux |plus |tout |ne pas )*(?!avoir\b|recevoir\b)\w+(?:er|ir|re|oir)\b"
_DEED_FR = (
    r"(?:testee?s?|verifiee?s?|relue?s?|planifiee?s?|faite?s?|annoncee?s?|communiquee?s?|validee?s?|documentee?s?|revue?s?|vue?s?|remarquee?s?|reperee?s?"
    r"|demandee?s?|prevue?s?|suivie?s?|respectee?s?|appliquee?s?|anticipee?s?|discutee?s?|signalee?s?|remontee?s?|escaladee?s?|corrigee?s?|preparee?s?|mergee?s?|deployee?s?"
    r"|consultee?s?|informee?s?|controlee?s?|mise?s? en production|priorisee?s?)"
)
_DU_ETRE = rf"\b(?:n')?{_AURAIT}(?: pas| jamais| plutot| donc){{0,2}} du etre (?:mieux |plus |bien |davantage )?{_DEED_FR}\b"
_PU_EVITER = (
    rf"\b(?<!n'){_AURAIT}(?: tous| sans doute| facilement| peut-etre| aussi)? pu (?:facilement )?(?:l'|les |nous )?"
    r"(?:etre )?(?:facilement )?(?:evite|empeche|prevenu|prevenir|anticipe)r?e?s?\b"
)
_PERMIS = rf"\b{_AURAIT} permis d'(?:eviter|anticiper)|\b{_AURAIT} permis de (?:prevenir|l'eviter)\b"
_FALLU = rf"\b(?:il )?(?:{_AURAIT}) (?:donc |mieux |bien |surtout )?fallu\b"
_SUFFISAIT = (
    r"\bil suffisait (?:pourtant |juste |simplement )?(?:de |d')(?:bien )?(?:lire|relire|verifier|tester|demander|regarder|controler|prevenir|attendre"
    r"|suivre|penser|poser|consulter|y penser|appliquer)\b"
)
_FALLAIT_AVANT = r"\b(?:il )?fallait (?:\w+ )?\w+(?:er|ir|re)\b(?=[^.;]{0,60}\b(?:avant|plus tot|d'abord|simplement|garder l'ancienne)\b)"
_FALLAIT = r"^[\W_]*fallait (?:pas )?\w+(?:er|ir|re)\b"
_SI_SEULEMENT = r"\bsi seulement\b"
_VALAIT_MIEUX = rf"\b{_AURAIT} mieux (?:valu|fait de)\b|\bil valait mieux\b"
_EQUIPE = r"(?:on|nous|l'equipe|les equipes|quelqu'un|j'|je|@[\w-]+)"
_SI_AVAIT = rf"\b(?:si |s'){_EQUIPE} ?(?:avions|avait|avaient|avais) (?!une?\b|des?\b|du\b|plus\b|moins\b|deux\b|tous\b|les?\b|la\b|autre\b)\w+(?:e|i|u|s|t)\b[^.;]{{0,80}}?\b(?:aurai(?:s|t|ent)|aurions)\b"

_SOMEBODY = (
    r"\b(?:we|i|he|she|you|someone|somebody|everyone|everybody|anyone|anybody|people|management|leadership|board|committee|teams?"
    r"|developers?|devs|engineers?|colleagues?|both of us|all of us|on-call|managers?)(?: (?:all|both|also|really))?,? ?$"
)
_QUELQU_UN = (
    r"\b(?:on|nous|je|j'|vous|tu|quelqu'un|equipes?(?: \w+)?|comite(?: de \w+)?|direction(?: \w+)?|responsables?(?: \w+){0,2}|devs?|managers?"
    r"|prestataire)(?: (?:ne|n'|n))? ?$"
)
_OTHERS = (
    r"\b(?:they|^one|this group|group|department|supplier|vendor|provider|operations|ops|qa|security|support|ils|elles|fournisseur|editeur"
    r"|exploitation|chacun|tous|hebergeur)(?: (?:all|both|also|really|ne|n'))? ?$"
)
_ASKED_OF_PEOPLE = (
    r"\b(?:tested|reviewed|checked|asked|communicated|planned|discussed|documented|announced|questioned|challenged|insisted|informed|warned"
    r"|told|involved|known|thought|read|escalated|coordinated|consulted|tester|verifier|relire|demander|communiquer|planifier|discuter"
    r"|documenter|annoncer|insister|informer|avertir|prevenir|savoir|penser|lire|escalader|consulter|nous prevenir|exiger|associer)$"
)
"""Words that may stand for machines as well, and what is asked of people alone."""
_THINGS = (
    r"\b(?:alert|alarm|alerts|alarms|monitor|monitoring|probe|check|checks|test|tests|job|limit|pipeline|system|canary|dashboard|watchdog"
    r"|alerte|alertes|sonde|supervision|garde-fou|controle|test|tests|tache|pipeline|surveillance|outil|systeme)\b[^,;]{0,30}$"
)
_BY_THINGS = r"[^.;]{0,30}\b(?:automatically|automatiquement|by (?:the|our|an?) (?!team|reviewers?|engineers?|developers?|author|on-call|whole)\w+|at (?:start|startup|start-up|boot|login|run ?time)|(?:on|at|before|after|in) (?:each|every)|par (?:le |la |l'|les |un |une )(?!equipe|relecteur|developpeu|ingenieur|direction|comite|collegue)\w+|a chaque)\b"
_BY_LUCK = r"\b(?:been|lost|had|suffered|ended|faced|missed|gone|needed|crashed|experienced|seen|run)$"
"""What could have happened and did not is no reproach."""
_META = (
    r"(?:\b(?:not|no|never|nor|nobody|no one|doesn't|does not|whether|who|what|which|how|than|ask|asks|asking|opinion|rather than|instead of"
    r"|pas|personne|ni|quoi|qui|quel(?:le|s|les)?|ce que|easy to say|facile de dire|plutot que|demander|savoir si|as if|reflect if)\b|n't\b)[^.;:,]{0,60}$"
)
_REASON = (
    r"\b(?:because|due to|owing to|given that|parce qu|puisqu|faute d[e'])|\b(?:car\b|en raison d[eu'])"
    r"|(?:^|[,;:] )(?:and |et )?(?:so|donc) (?!that\b|much\b|many\b|far\b)"
    r"|(?:^|[,;] )(?:since|as) (?!(?:soon|well|long|far|much|usual|a result|early|quickly|planned|if|\d)\b)"
)
"""What gives a reason in the same sentence: it then tells why, and judges nobody."""


_ANYBODY = (
    ("if only", _IF_ONLY),
    ("it would", _IT_WOULD),
    ("had ", _HAD_WE),
    ("if ", _IF_HAD),
    ("fallu", _FALLU),
    ("suffisait", _SUFFISAIT),
    ("fallait", _FALLAIT_AVANT),
    ("fallait", _FALLAIT),
    ("seulement", _SI_SEULEMENT),
    ("mieux", _VALAIT_MIEUX),
    ("we would", _DONE_BETTER),
    ("been", _CARE_TAKEN),
    ("aur", _SI_AVAIT),
)
_PREVENTABLE = (("could", _PREVENTED), ("could", _QUICKER), (" pu ", _PU_EVITER), ("permis", _PERMIS))
_UNDONE = (("been", _PASSIVE), ("been", _BY_HAND), (" du ", _DU_ETRE))
_NOT_DONE = ((" have ", _ACTIVE), ("'ve ", _ACTIVE), (" du ", _AURAIT_DU))
"""Phrases, each with what it cannot do without; *have* and its short form stand for one phrase together."""


def hindsight(sentence: Sentence, roster: Roster) -> Iterator[Phrase]:
    """Yield where a sentence tells what people would have done, once for each clause that does.

    None does in a sentence that gives a reason itself.
    """
    if sentence.asks:
        return
    taken = 0
    found = sorted(_found(sentence, roster))
    if found and pattern(_REASON).search(sentence.words):
        return
    for start, end in found:
        if start >= taken and not pattern(_META).search(sentence.words[max(0, start - 80) : start]):
            yield Phrase(sentence, start, end)
            taken = end


def _found(sentence: Sentence, roster: Roster) -> Iterator[tuple[int, int]]:
    for match in _matches(sentence, *_ANYBODY):
        yield _span(match)
    for match in _matches(sentence, *_PREVENTABLE):
        if not _about_things(sentence, match):
            yield _span(match)
    for match in _matches(sentence, *_UNDONE):
        if not _by_things(sentence, match):
            yield _span(match)
    for match in _matches(sentence, *_NOT_DONE):
        if _about_people(sentence, match, roster):
            yield _span(match)


def _matches(sentence: Sentence, *phrases: tuple[str, str]) -> Iterator[re.Match[str]]:
    """Yield where phrases stand, each of which is looked for only where what it cannot do without is there."""
    for needed, phrase in phrases:
        if needed in sentence.words:
            yield from pattern(phrase).finditer(sentence.words)


def _span(match: re.Match[str]) -> tuple[int, int]:
    start = match.start() + len(match[0]) - len(match[0].lstrip(" .,;:"))
    return start, match.end()


def _about_people(sentence: Sentence, match: re.Match[str], roster: Roster) -> bool:
    """Return whether the subject of the verb is somebody: a pronoun, a team, a role or a person who is named."""
    if "could" in match[0] and pattern(_BY_LUCK).search(match[0]):
        return False
    ahead = sentence.words[max(0, match.start() - 80) : match.start()]
    if pattern(_SOMEBODY).search(ahead) or pattern(_QUELQU_UN).search(ahead):
        return True
    if pattern(_OTHERS).search(ahead) and pattern(_ASKED_OF_PEOPLE).search(match[0]):
        return True
    return any(
        named.end <= match.start() and not sentence.words[named.end : match.start()].strip()
        for named in people_in(sentence, roster)
    )


def _about_things(sentence: Sentence, match: re.Match[str]) -> bool:
    return pattern(_THINGS).search(sentence.words[max(0, match.start() - 80) : match.start()]) is not None


def _by_things(sentence: Sentence, match: re.Match[str]) -> bool:
    return pattern(_BY_THINGS).match(after(sentence, match.end())) is not None
