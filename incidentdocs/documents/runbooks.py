"""What sections of a runbook are for, and whether they say how to check and how to undo."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Block, Code, texts_in, walk

_RESOLVING = frozenset(
    ("resolution", "mitigation", "remediation", "repair", "fix", "restore", "recovery", "response", "actions")
)
_ESCALATING = frozenset(("escalation", "escalate", "contacts", "contact"))


def resolutions(document: Document) -> Iterator[Section]:
    """Yield the sections of steps that put things right: those called so, else all but the first."""
    steps = document.sections_containing("steps")
    named = [section for section in steps if _RESOLVING & _words(section)]
    yield from named or steps[1:]


def escalations(document: Document) -> Iterator[Section]:
    """Yield the sections that say whom to call, by their ids or by the titles that these stand for."""
    for section in document.sections:
        titles = section.profile.title.values() if section.profile else ()
        named = any(_ESCALATING & set(fold(title).split()) for title in titles)
        if section.profile and (_ESCALATING & _words(section) or named):
            yield section


def _words(section: Section) -> set[str]:
    return set((section.id or "").split("-"))


def said_in(blocks: Iterable[Block]) -> str:
    """Return all that `blocks` say, code included, folded."""
    return " ".join(map(fold, _pieces(tuple(blocks))))


def says(blocks: Iterable[Block], asked: Callable[[str], bool]) -> bool:
    """Return whether any text or code in `blocks`, folded, says what is `asked`."""
    return any(asked(fold(piece)) for piece in _pieces(tuple(blocks)))


def _pieces(blocks: tuple[Block, ...]) -> Iterator[str]:
    yield from (text.source for text in texts_in(blocks))
    yield from (block.source for block in walk(blocks) if isinstance(block, Code))


def tells_to_check(folded: str) -> bool:
    """Return whether folded words tell what to look at, or what is to be seen, once something is done."""
    return _check().search(folded) is not None


def tells_to_undo(folded: str) -> bool:
    """Return whether folded words tell what undoes something, what keeps it, or that nothing undoes it."""
    return _undo().search(folded) is not None


@cache
def _check() -> re.Pattern[str]:
    english = (
        r"verif\w+|check\w*|confirm\w*|ensure|make sure|expect\w*|should|must|until|healthcheck|health|smoke"
        r"|curl|monitor\w*|watch|validat\w*|test\w*|observe|returns?|prints?|shows?|clears?|status"
        r"|wait(?:s|ing|ed)? (?:for|until|till|that)|proves?|recover\w*"
    )
    french = (
        r"control\w+|attendu\w*|atten(?:dre|dez) (?:que?|l|la|le|les|d|un|une)|doit|doivent|devrai\w+"
        r"|assure\w*|surveill\w+|essay\w+|essai|valid\w+|normale|affiche\w*|montre\w*|repond\w*|jusqu"
        r"|preuve|prouve\w*|constat\w+|regard\w+|observ\w+"
    )
    command = r"pg isready|ping|docker compose ps|get pods|4 4 ok"
    return re.compile(rf"\b(?:{english}|{french}|{command})\b")


@cache
def _undo() -> re.Pattern[str]:
    english = (
        r"roll(?:s|ed|ing)? ?back\w*|rollback\w*|revert\w*|undo\w*|undone|(?:ir)?reversible\w*|restor\w+"
        r"|permanent\w*|back ?up\w*|backed up|snapshot\w*|destructive|(?:is|are|will be) lost|lose\w*"
        r"|data loss|for good|no way back|re ?creat\w+|rebuil\w+|safe(?:ly)?|no longer needed|copy"
    )
    french = (
        r"retour arriere|annul\w+|revenir|irreversible\w*|reversible\w*|restaur\w+|sauvegard\w+|instantane\w*"
        r"|destruct\w+|definitiv\w+|defaire|perdu\w*|perte\w*|sans retour|recre\w+|reconstru\w+"
        r"|sans danger|copi\w+"
    )
    return re.compile(rf"\b(?:{english}|{french})\b")
