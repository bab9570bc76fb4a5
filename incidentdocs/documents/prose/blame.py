"""Where a sentence tells who failed: somebody beside a word that blames, as the one who did it."""

import re
from collections.abc import Iterator

from incidentdocs.documents.prose.people import Named, people_in
from incidentdocs.documents.prose.phrases import Phrase, before, pattern
from incidentdocs.documents.prose.sentences import Sentence
from incidentdocs.process.people import Roster

_ADVERBS = (
    r"(?:(?:had|has|have|also|already|again|simply|then|just|still|probably|apparently|unfortunately|obviously|clearly|repeatedly|completely"
    r"|even|himself|herself|on \w+day) ){0,3}"
)
_DEEDS = (
    r"(?:deleted|removed|dropped|wiped|broke|broken|pushed|committed|changed|modified|disabled|stopped|overwrote|overwritten|deployed|merged"
    r"|introduced|destroyed|truncated|unplugged|erased|pulled|cut|typed|clicked|ran|run|restarted|released|edited|applied|caused"
    r"|approved|rebooted|executed|started|selected|chose|entered|turned off|shut down|did|made|left|gave|put)"
)
_WORD = r"(?!(?:that|which|were|who)\b)[\w'@.\ufffc-]+"
_MOT = r"(?!(?:qui|que|qu'\w+|(?:supprime|cree|ajoute|efface|retire|envoye)e?s?)\b)[\w'@.\ufffc-]+"
_NO_REPAIR = (
    r"(?!(?:trouve|retrouve|corrige|remplace|vu|signale|repere|identifie|remarque|detecte|constate|remis|annule|decouvert|isole|ecarte"
    r"|restaure|recupere|recree|explique|montre|indique)\b)"
)
_LAPSES = (
    r"(?:forgot|forgotten|neglected|overlooked|ignored|disregarded|misconfigured|misread|mistyped|misjudged|misunderstood|mishandled|bungled|omitted|fat-fingered"
    r"|botched|messed up|screwed up|failed to|broke(?! (?:the tie|the work|down|off|out|it|up))|caused|skipped|missed (?:the|an?|this|it|both|two|several)|didn't bother|did not bother|crashed"
    r"|(?:made|committed|did) (?:an?|another|several|some) (?:\w+ )?(?:mistake|error|typo|blunder|slip|oversight)s?"
    r"|(?:bypassed|circumvented|violated|broke) (?:the |our )?(?:\w+ )?(?:process|procedure|policy|rules?|review|freeze)"
    r"|introduced (?:an?|the|this) (?:\w+ )?(?:bug|error|typo|regression|mistake|defect)|let (?:the |an? )?(?:\w+ ){1,3}expire"
    r"|(?:mixed up|confused) (?:the|two|both)|(?:was|is|were) responsible for (?:the|this|that) (?:\w+ )?(?:outage|incident|failure|loss|error)"
    r"|(?:was not|wasn't|were not|weren't) (?:careful|paying attention|attentive|thorough|diligent)"
    r"|(?:was|were|been|is) (?:too |very |so )?(?:careless|negligent|inattentive|sloppy|reckless|distracted|asleep|at fault|to blame|the culprit)"
    rf"|(?:accidentally|mistakenly|inadvertently|wrongly|erroneously|unintentionally|carelessly) (?:has |had )?\w+(?: to)?"
    rf"|{_DEEDS} (?:{_WORD} ){{0,6}}?(?:by mistake|by accident|accidentally|inadvertently)\b"
    rf"|{_DEEDS} (?:\w+ ){{0,3}}?the wrong \w+|{_DEEDS} (?:an? )?(?:untested|unreviewed|untried) \w+"
    rf"|{_DEEDS} [^.;:]{{0,60}}?\bwithout (?:an?y? |the |prior |proper )?(?:review|reviewing|reading|testing|tests?|checking|asking|approval"
    r"|approval|permission|telling|notice|verifying|looking|waiting|backup|thinking)\b"
    r"|(?:ran|run|executed|applied|deployed|started) [^.;:]{0,60}?\b(?:on|against|in|to) (?:the )?prod(?:uction)? instead of"
    r"|pushed [^.;:]{0,30}?straight to|took [^.;:]{0,30}?\bdown\b|(?:brought|took) down)\b"
)
_OMISSIONS = (
    r"(?:did not|didn't|had not|hadn't|has not|hasn't|never) (?:even |properly |really |fully |carefully |actually )?"
    r"(?:checked|check|verified|verify|tested|test|read|followed|follow|respected|respect|validated|validate|reviewed|review|looked at"
    r"|look|waited|wait|noticed|notice|asked|ask|paid|pay|bother|bothered|think|communicate|communicated)\b"
)
_OUBLIS = (
    r"(?:(?:a|ont|avait|avaient|aurait) (?:encore |aussi |tout |bien |simplement |visiblement |apparemment |totalement |completement |tout simplement "
    r"|malheureusement |deja |egalement )?"
    r"(?:oublie|neglige|omis|zappe|foire|confondu|contourne (?:la|le|les|l')|laisse (?:le |la |l'|les )?(?:\w+ ){1,3}expirer|tarde a|introduit (?:le|la|l'|une?|cette) ?(?:bug|bogue|erreur|regression|faute)|ignore|casse|provoque|cause|rate|bacle|manque (?:de|a)|mal \w+|fait (?:une|la|des|cette) (?:\w+ )?"
    r"(?:erreur|faute|betise|boulette|manipulation|manip)s?|commis (?:une|la|des) (?:\w+ )?(?:erreur|faute|negligence|maladresse)s?"
    rf"|{_NO_REPAIR}\w+(?:e|i|u|s|t) (?:{_MOT} ){{0,6}}?(?:par erreur|par megarde|par inadvertance|accidentellement)\b"
    rf"|{_NO_REPAIR}\w+(?:e|i|u|s|t) (?:[\w'-]+ ){{0,3}}?(?:le|la|les|au|aux|du|de|un|une|au) mauvaise?s?\b"
    r"|\w+(?:e|i|u|s|t) [^.;:]{0,60}?\bsans (?:la |le |l'|aucune? |meme )?(?:relecture|lire|relire|attendre|tester|test|verifier|verification"
    r"|prevenir|demander|validation|autorisation|accord|sauvegarde|reflechir|controle))"
    r"|(?:s'est|se sont|s'etait) (?:\w+ )?(?:trompee?s?|plantee?s?)|(?:a|ont) (?:par erreur|accidentellement|par megarde) \w+)\b"
)
_MANQUES = (
    r"(?:n'a|n'ont|n'avait|n'avaient|n a) (?:pas|jamais|meme pas|rien) (?:\w+ment |assez |bien )?(?:ete (?:assez )?(?:attentif|vigilant|prudent"
    r"|rigoureux)\w*|verifie|teste|suivi|respecte|lu|relu|controle|attendu|prevenu|valide|pris|fait attention|pense|demande|applique"
    r"|remarque|communique|regarde)\b"
)
_FAILS = rf" ?(?:,? ?(?:who|that|qui) )?{_ADVERBS}(?:{_LAPSES}|{_OMISSIONS}|{_OUBLIS}|{_MANQUES})"
_NO_LAPSE = r"(?! (?:messages?|logs?|budgets?|reports?|rates?|handl\w+|pages?|codes?|track\w+|trees?|tolera\w+|injection|domains?|counts?)\b)"
_WHOSE = (
    r"'s? (?:\w+ )?(?:mistake|error|oversight|negligence|carelessness|typo|blunder|fault|inattention)s?\b"
    + _NO_LAPSE
)
_WHO_DID = (
    rf" ?,? ?(?:who|that|qui) (?:(?:has|had|a|ont|avait) )?(?:tout )?(?:{_DEEDS}|supprime|efface|casse|coupe|pousse|modifie|change|desactive"
    r"|debranche|arrete|ecrase|lance|deploye|detruit|introduit|retire|provoque|cause)\b"
)

_GUILTY = (
    r"(?:\b(?:caused|broken|misconfigured|botched|mishandled|(?:bug|error|typo|regression|defect)s? (?:was |were )?introduced) (?:\w+ ){0,2}?by|\bby (?:mistake|accident|error) by"
    r"|(?<!human\x20)(?<!operator\x20)(?<!user\x20)\b(?:oversight|mistake|error|fault|negligence|carelessness|blunder|slip)s? (?:made |committed )?(?:by|of|from|on the part of)"
    r"|\b(?:fault|blame|responsibility) (?:lies|lay|is|rests) (?:\w+ )?(?:with|on)|\bblame (?:\w+ )?(?:on|for this on)"
    r"|\bbecause of|\bthanks to the negligence of|\bwrong (?:[\w-]+ ){0,4}?"
    rf"(?:{_DEEDS}|used|set|installed|plugged in|configured) by"
    r"|\b(?:causee?s?|provoquee?s?|cassee?s?|baclee?s?|(?:bug|bogue|erreur|regression) introduite?s?) (?:\w+ ){0,2}?par|\bpar (?:erreur|megarde|inadvertance) par"
    r"|\bmauvaise?s? (?:[\w'-]+ ){0,4}?(?:retire|coupe|supprime|efface|choisi|saisi|lance|redemarre|branche|debranche|configure|arrete"
    r"|selectionne|installe|deploye)e?s? par|\bimputables? a|\b(?:par|de|a) la faute (?:de|d'|a)?|\bpar (?:la )?(?:faute|negligence) (?:de|d')?"
    r"|\b(?:erreur|oubli|negligence|maladresse|inattention|etourderie|faute) (?:(?:faite |commise )?(?:de|d'|du a)|(?:faite|commise) par)|\ba cause (?:de|d')) ?$"
)
_GUILTY_OF = r"\b(?:erreur|oubli|negligence|maladresse|inattention|etourderie|faute|a cause) ?$"
_BY_ACCIDENT = (
    r" ?,? ?(?:by (?:mistake|accident)|accidentally|par (?:erreur|megarde|inadvertance)|without (?:any |an? )?(?:review|test|tests|approval|notice|backup)"
    r"|sans (?:la |aucune? )?(?:relecture|test|validation|accord|verification|prevenir|sauvegarde))\b"
)
_BY = r"\b(?:by|par) $"
_OMITTED = r"\b(?:did not|had not|has not|never|n'a|n'ont|n'avait|n'avaient|missed|a rate)\b|n't\b"
_EXPLAINED = r"\b(?:because|since|as (?:the|it|its|no|there|nothing)|for (?:the|it|its|no|there) \w+ (?:was|were|is|had|did)|car|puisque|parce qu|faute d)"
"""What was left undone and then explained by how things were is told as a careful author tells it."""
_AS_PLANNED = r"[^.;:]{0,60}?\b(?:as (?:the|our) \w+ (?:says|said|allows|asks|requires|tells)|as (?:agreed|planned|documented)|comme (?:le|la|l') ?\w+ (?:le )?(?:prevoi|demand|permet|dit|veut)\w*|comme (?:prevu|convenu))\b"
_IT_WAS = r"(?:\bit (?:was|is)|\bc'est|\bc'etait|\bce sont) $"

_SPARED = (
    r"(?:\b(?:not|no|never|nor|neither|nobody|rather than|instead of|if|unless|whether|would|could|even|pas|aucune?|jamais|ni|si"
    r"|plutot que|personne|que ce soit|avant que)\b|n't\b)[^,;:]{0,40}$"
)
_OBJECT = r"\b(?:of|from|for|with|to|than|like|by|in|de|par|avec|pour|chez|comme|avant|apres) $"
_OF_ONES = r"^(?:du|de l'|de notre|d'un|d'une|des) ?"


def blamed(sentence: Sentence, roster: Roster) -> Iterator[Phrase]:
    """Yield where a sentence tells who failed, with the word that blames."""
    if sentence.asks:
        return
    taken = 0
    for named in sorted(people_in(sentence, roster)):
        ahead = before(sentence, named.start)
        if named.start < taken or pattern(_SPARED).search(ahead):
            continue
        found = _failing(sentence, named, ahead) or _held_guilty(sentence, named, ahead)
        if found:
            taken = found.end
            yield found


def _failing(sentence: Sentence, named: Named, ahead: str) -> Phrase | None:
    """Return the person and what they failed in, None where they stand for another word or did not fail."""
    name = sentence.words[named.start : named.end]
    if whose := pattern(_WHOSE).match(sentence.words, named.end):
        return Phrase(sentence, named.start, whose.end())
    if pattern(_IT_WAS).search(ahead) and (did := pattern(_WHO_DID).match(sentence.words, named.end)):
        return Phrase(sentence, named.start, did.end())
    if pattern(_OBJECT).search(ahead) or pattern(_OF_ONES).match(name):
        return None
    fails = pattern(_FAILS).match(sentence.words, named.end)
    if not fails or (_may_be_program(name) and "failed to" in fails[0]) or _has_a_reason(sentence, fails):
        return None
    return Phrase(sentence, named.start, fails.end())


def _has_a_reason(sentence: Sentence, fails: re.Match[str]) -> bool:
    """Return whether it was done as planned, or what was left undone is explained by how things were."""
    if pattern(_AS_PLANNED).match(sentence.words, fails.end()):
        return True
    left_undone = pattern(_OMITTED).search(fails[0])
    return bool(left_undone and pattern(_EXPLAINED).search(sentence.words, fails.end()))


def _may_be_program(name: str) -> bool:
    return name.endswith(("operator", "operators"))


def _held_guilty(sentence: Sentence, named: Named, ahead: str) -> Phrase | None:
    """Return the person and the words before that say it was them, None where there are none."""
    name = sentence.words[named.start : named.end]
    of_one = pattern(_OF_ONES).match(name) and not name.endswith(("operateur", "exploitant"))
    guilty = pattern(_GUILTY).search(ahead) or (of_one and pattern(_GUILTY_OF).search(ahead))
    if guilty and not (name.endswith("operateur") and "erreur" in guilty[0]):
        return Phrase(sentence, named.start - len(ahead) + guilty.start(), named.end)
    by = pattern(_BY).search(ahead)
    accident = pattern(_BY_ACCIDENT).match(sentence.words, named.end) if by else None
    if by and accident:
        return Phrase(sentence, named.start - len(ahead) + by.start(), accident.end())
    return None
