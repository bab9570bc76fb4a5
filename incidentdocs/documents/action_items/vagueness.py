"""Whether an action item can be done at all: what it asks for, and how one sees that it is finished."""

from typing import Literal

from incidentdocs.documents.action_items import vague_words as said
from incidentdocs.documents.action_items import wide_words as wide
from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.titles import fold

Vague = Literal["attention", "improvement", "investigation"]

_MOST_WORDS = 60
"""An item of more words says what it wants."""

_ENOUGH_TO_ASK = 2
"""A question of so many words that mean something ends with its answer."""


def vagueness(item: ActionItem) -> Vague | None:
    """Return in what way an item is vague, None where it can be done and seen to be done.

    It asks people for *attention*; for an *improvement* of something as a whole; or for an *investigation*
    of which nothing need come. A number, code, a link, words after a colon, or what is to come of it bound an
    item; a name alone does not, for PostgreSQL can be watched better in a thousand ways.
    """
    words = fold(item.description)
    if not words or len(words.split()) > _MOST_WORDS:
        return None
    calls = not said.CALLS.isdisjoint(words.split())
    if not calls and (not _may_be_open_ended(words) or _is_exact(item)):
        return None  # as most are, and sooner told than by the patterns
    words = said.opening().sub("", words, count=1)
    if calls and said.attention().match(words):
        return None if said.control().search(words) else "attention"
    if _is_exact(item) or said.outcome().search(words):
        return None
    if said.reminder().match(words):
        return None if said.control().search(words) else "attention"
    return _open_ended(words)


def _is_exact(item: ActionItem) -> bool:
    return bool(item.refs or said.exact().search(item.description_text.source))


def _may_be_open_ended(words: str) -> bool:
    known = not said.BEGINNINGS.isdisjoint(word[:4] for word in words.split())
    return known or _names_no_more_than_a_subject(words)


def _open_ended(words: str) -> Vague | None:
    if _is_a_wish(words) or _names_no_more_than_a_subject(words) or _is_owed(words):
        return "improvement"
    for verbs in said.OPEN_ENDED:
        if verbs.of and verbs.of.isdisjoint(words.split()):
            continue
        if (found := verbs.pattern().match(words)) and _is_open(words[found.end() :].split(), verbs):
            return verbs.kind
    return None


def _is_open(rest: list[str], verbs: said.Verbs) -> bool:
    if verbs.of and verbs.of.isdisjoint(rest):
        return False
    telling = [
        word for word in rest if not any(word in known for known in (wide.SMALL, wide.SUBJECTS, verbs.of))
    ]
    if verbs.asks and not wide.QUESTIONS.isdisjoint(rest) and len(telling) > _ENOUGH_TO_ASK:
        return False
    return len(telling) <= verbs.most


def _is_a_wish(words: str) -> bool:
    """Return whether an item wishes that what happened does not happen, and says nothing else."""
    found = said.wish().match(words)
    rest = words[found.end() :].split() if found else []
    return bool(rest) and all(word in wide.SMALL or word in wide.AGAIN for word in rest)


def _names_no_more_than_a_subject(words: str) -> bool:
    """Return whether an item is the name of a subject alone, or of several, such as `Monitoring`."""
    return all(map(_is_a_subject, said.conjunction().split(words)))


def _is_a_subject(words: str) -> bool:
    telling = [word for word in words.split() if word not in wide.SMALL]
    return len(telling) == 1 and telling[0] in wide.SUBJECTS


def _is_owed(words: str) -> bool:
    """Return whether something is to become better, to be looked at, and the item says no more."""
    if not (found := said.owed().search(words)):
        return False
    before = words[: found.start()].split()
    return sum(word not in wide.SMALL and word not in wide.SUBJECTS for word in before) <= 1
