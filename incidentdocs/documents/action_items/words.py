"""The words that name an action item's fields, in French and English, and the titles of columns."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from incidentdocs.documents.titles import fold

Kind = Literal["owner", "due", "done", "ref", "reason", "type"]

_REASON = (
    r"won['’]?t\s+(?:do|fix)|wontfix|will\s+not\s+be\s+done|abandon(?:n[ée]e?s?|ed)|ne\s+sera\s+pas\s+faite?s?"
    r"|cancell?ed|annul[ée]e?s?"
)
_OWNER = (
    r"owners?|resp\.?(?=\s|:)|owned\s+by|assignees?|assigned\s+to|responsables?|assign[ée]e?s?\s+[àa]|porteurs?|porteuses?"
    r"|port[ée]e?\s+par|who|qui"
)
_DUE = (
    r"due(?:\s+(?:date|by|on))?|[ée]ch[ée]ance|date\s+limite|deadline|pour\s+le|d['’]ici\s+(?:le|au|à|a)"
    r"|d['’]ici|avant\s+le|by|before"
)
_DONE = (
    r"done(?:\s+on)?|completed(?:\s+on)?|closed(?:\s+on)?|faite?s?(?:\s+le)?|termin[ée]e?s?(?:\s+le)?"
    r"|clos(?:e|es)?(?:\s+le)?"
)
_TYPE = r"types?(?=\s{0,3}[:=：])"  # without a colon it is a word of a sentence
_REF = r"refs?\.?|r[ée]f[ée]rences?|r[ée]fs?\.?|issues?|tickets?|prs?|mrs?|pull\s+requests?|commits?|see|voir"


@cache
def keyword_pattern() -> re.Pattern[str]:
    """Return what matches a field's word, in a group of the field's name, and the colon after it."""
    fields = {"reason": _REASON, "owner": _OWNER, "due": _DUE, "done": _DONE, "ref": _REF, "type": _TYPE}
    words = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in fields.items())
    return re.compile(
        rf"(?<![\w@#/.'’-])(?:{words})(?![\w'’-])(?:\s{{0,3}}(?P<colon>[:=：]))?", re.IGNORECASE
    )


SPELLINGS: Mapping[str, Kind] = {
    "owner": "owner",
    "assignee": "owner",
    "responsable": "owner",
    "due": "due",
    "échéance": "due",
    "deadline": "due",
    "done": "done",
    "ref": "ref",
}
"""The words that a misspelt field was most likely meant to be."""

Column = Literal["number", "description", "owner", "due", "done", "ref", "status", "reason", "bug", "type"]

_COLUMNS: Mapping[Column, str] = {
    "number": "#, no, n, nr, num, id, ai, number, numero, item number, action number",
    "description": "description, action, actions, action item, action items, item, items, task, tasks"
    ", what, todo, tache, taches, quoi, sujet, title, titre, intitule, massnahme, massnahmen, aufgabe"
    ", aufgaben, accion, acciones, tarea, アクション",
    "owner": "owner, owners, owned by, assignee, assigned to, who, responsible, dri, responsable"
    ", responsables, porteur, assigne a, qui, proprietaire, pilote, verantwortlich, verantwortliche"
    ", verantwortlicher, zustandig, wer, encargado, 担当, 担当者",
    "due": "due, due date, due by, due on, deadline, target date, by, by when, when, echeance, date limite"
    ", pour le, pour quand, avant le, d ici le, d ici, date d echeance, quand, delai, eta, fallig, fallig bis"
    ", falligkeit, frist, bis wann, fecha limite, vencimiento, plazo, 期限",
    "done": "done on, date done, completed on, closed on, fait le, termine le, date de fin",
    "ref": "ref, refs, reference, references, issue, issues, ticket, tickets, pr, link, links, lien, liens"
    ", evidence, preuve, commit",
    "status": "status, state, done, progress, statut, etat, fait, avancement, stand, zustand, erledigt"
    ", estado, 状態",
    "reason": "reason, raison, won t do",
    "bug": "bug, bugs",
    "type": "type, types, action type, item type, type d action",
}


@cache
def columns() -> Mapping[str, Column]:
    """Return what a table's column holds, keyed by its folded title."""
    named = ((column, title) for column, titles in _COLUMNS.items() for title in titles.split(", "))
    return {fold(title) or title: column for column, title in named}


_DONE_WORDS = (
    "done, closed, close, complete, completed, finished, resolved, fixed, merged, shipped"
    ", deployed, yes, x, ok, fait, faits, faite, faites, termine, termines, terminee, terminees, clos, close"
    ", closes, ferme, fermes, fermee, fermees, resolu, resolus, resolue, resolues, livre, livres, livree"
    ", livrees, oui, erledigt, abgeschlossen, fertig, ja, hecho, hecha, terminado, terminada, 完了"
)

DONE_WORDS = frozenset(_DONE_WORDS.split(", "))
"""First words of a status that say that an item is done (folded)."""

TICKS = "✅✔☑"
"""Signs that say that an item is done."""
