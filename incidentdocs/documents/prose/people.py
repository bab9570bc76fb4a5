"""Whom a sentence names: handles, people of the roster, and roles such as *the on-call engineer*."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from incidentdocs.documents.prose.phrases import pattern
from incidentdocs.documents.prose.sentences import Sentence, compared
from incidentdocs.process.people import Roster


class Named(NamedTuple):
    """Somebody whom `sentence.words[start:end]` names; `is_role` where it is by what they do."""

    start: int
    end: int
    is_role: bool


_HANDLE = r"(?<![\w@/.])@[a-z0-9][\w-]{0,60}(?:\.[\w-]{1,60}){0,3}(?![\w/@])"
_JOBS = (
    r"engineers?|developers?|devs?|programmers?|interns?|trainees?|technicians?|contractors?|consultants?|dbas?|sysadmins?"
    r"|admins?|administrators?|colleagues?|coworkers?|reviewers?|maintainers?|sres?|on-call (?:engineer|developer|person)s?|on-call|oncall|responders?|committers?"
    r"|(?:release|project|product|incident|shift|engineering|team) (?:manager|leader|lead)s?|tech leads?|team leads?|employees?|staff members?"
    r"|operators?"
)
_METIERS = (
    r"developpeu(?:r|se)s?|devs?|ingenieure?s?|stagiaires?|alternante?s?|technicien(?:ne)?s?|prestataires?|prestas?|dba|admin"
    r"|administrat(?:eur|rice)s?|operat(?:eur|rice)s?|exploitante?s?|collegues?|relect(?:eur|rice)s?|astreinte"
    r"|chef(?:fe)? de projet|responsables? (?:d'incident|de projet|d'equipe|technique|d'astreinte)|chef d'equipe|mainteneu(?:r|se)s?|salariee?s?|employee?s?|sre"
)
_WHICH = r"(?:the|an?|our|one|one of our|this|that|another|their|some|several|both|two|three|certain)"
_LEQUEL = (
    r"(?:le |la |l'|une? |notre |nos |ce |cet |cette |les (?:deux |trois )?|deux |trois |plusieurs |certains |certaines |quelques "
    r"|un de nos |des |du |de l'|d'un |d'une |de notre )"
)
_OF_WHAT = r"(?: on[- ]call| on duty| at work| in charge| on shift| of the day)?"
_DE_QUOI = r"(?: (?:d'astreinte|de garde|de permanence|de service|systemes?|reseaux?|web|junior|senior|externe|base de donnees|de l'equipe(?: \w+)?))?"
_ROLE = (
    rf"\b{_WHICH} (?:[\w'-]{{1,30}} ){{0,2}}?(?:{_JOBS})\b{_OF_WHAT}|(?:^|[:,;(] ?)(?:{_JOBS})\b{_OF_WHAT}"
    rf"|\b{_LEQUEL}(?:jeune |nouvel |nouveau |nouvelle )?(?:{_METIERS})\b{_DE_QUOI}|^(?:{_METIERS})\b{_DE_QUOI}"
)
_MACHINE = r"\boperators?$"
"""The name of a program of Kubernetes as well as of somebody; with a word before it, it is the program."""


def people_in(sentence: Sentence, roster: Roster) -> Iterator[Named]:
    """Yield the people whom a sentence names; agents are none."""
    for found in pattern(_HANDLE).finditer(sentence.words):
        person = roster.find(found[0])
        if not person or person.kind == "person":
            yield Named(*found.span(), False)
    if names := _names(roster):
        yield from (Named(*found.span(), False) for found in names.finditer(sentence.words))
    roles = pattern(_ROLE).finditer(sentence.words) if _may_name_a_role(sentence.words) else ()
    for found in roles:
        start = found.start() + len(found[0]) - len(found[0].lstrip(" ,:;("))
        if not (pattern(_MACHINE).search(found[0]) and len(found[0].split()) > len(("the", "operator"))):
            yield Named(start, found.end(), True)


def may_name_somebody(lowered: str, roster: Roster) -> bool:
    """Return whether a text in lower case may name people; False is certain, and sooner told than by its sentences."""
    if "@" in lowered or any(begin in lowered for begin in (*_BEGINNINGS, *_ACCENTED)):
        return True
    names = (name for person in roster.people for name in person.names)
    by_name = any(name.lower() in lowered or compared(name) in lowered for name in names)
    return by_name or not unicodedata.is_normalized("NFC", lowered)


def _may_name_a_role(words: str) -> bool:
    """Return whether the beginning of any job stands in the words: sooner told than by the pattern."""
    return any(begin in words for begin in _BEGINNINGS)


_BEGINNINGS = (
    "engineer develop dev programm intern trainee techni contractor consultant dba admin colleague coworker review "
    "maint sre on-call oncall respond commit manager lead employee staff operat ingen stagi altern presta exploit "
    "colleg responsab relect astreinte chef salari"
).split()
_ACCENTED = "dévelop ingén opérat collèg employé".split()


@lru_cache(maxsize=8)
def _names(roster: Roster) -> re.Pattern[str] | None:
    people = (person for person in roster.people if person.kind == "person")
    names = {compared(name) for person in people for name in person.names if len(name) > len("Al")}
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w@.-])(?:{words})(?![\w@]|-\w)") if words else None
