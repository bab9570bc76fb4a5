"""Which action items of different documents ask for one thing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.likeness import likeness, text_key
from incidentdocs.history.values import ItemHistory

NEARLY_THE_SAME = 85.0
"""From here on two texts ask for one thing; in one document, where number and place agree, less will do."""

FEWEST_WORDS = 3
"""Shorter texts, such as `add an alert`, ask for one thing in no two documents."""

MOST_SHARING = 200
"""A word that more items have tells none of them from the others."""

_WHOLE = 0.5
"""So much of a longer text is the shorter one that stands in it, word for word."""


def groups(items: Sequence[ItemHistory]) -> Iterator[list[ItemHistory]]:
    """Yield the items that ask for one thing, in their order: each does so with the first of its group.

    They say nearly the same, one quotes the other, they have the same bold title, or they are of one issue.
    """
    known = _Known()
    found: dict[int, list[ItemHistory]] = {}
    for number, item in enumerate(items):
        asked = _asked(item.item)
        first = known.first_like(asked)
        if first is None:
            known.learn(asked, number)
        found.setdefault(number if first is None else first, []).append(item)
    yield from (group for group in found.values() if len(group) > 1)


class _Asked(NamedTuple):
    """What an item asks for: its text as it is compared, that text's words, and what marks the item.

    A text of few words is compared with none, and has no words here.
    """

    key: str
    words: frozenset[str]
    marks: tuple[str, ...]


def _asked(item: ActionItem) -> _Asked:
    key = text_key(item.description)
    words = frozenset(key.split())
    return _Asked(key, words if len(words) >= FEWEST_WORDS else frozenset(), tuple(_marks(item)))


class _Known:
    """The first item of each group so far, by its words and by what marks it."""

    def __init__(self) -> None:
        self.firsts: dict[int, _Asked] = {}
        self.saying: defaultdict[str, list[int]] = defaultdict(list)
        self.marked: dict[str, int] = {}

    def first_like(self, asked: _Asked) -> int | None:
        """Return the number of the first item that asks for the same, None where there is none."""
        marked = (self.marked[mark] for mark in asked.marks if mark in self.marked)
        return min((*marked, *self._saying_the_same(asked)), default=None)

    def _saying_the_same(self, asked: _Asked) -> Iterator[int]:
        shared = Counter(other for word in sorted(asked.words) for other in self.saying[word][:MOST_SHARING])
        for other, count in sorted(shared.items()):
            one = self.firsts[other]
            alike = 2 * count >= len(asked.words) and likeness(asked.key, one.key) >= NEARLY_THE_SAME
            if alike or (count == len(one.words) and _quotes(asked.key, one.key)):
                yield other
                return

    def learn(self, asked: _Asked, number: int) -> None:
        """Remember an item, which is the first of its group."""
        self.firsts[number] = asked
        for mark in asked.marks:
            self.marked.setdefault(mark, number)
        for word in sorted(asked.words):
            self.saying[word].append(number)


def _quotes(long: str, short: str) -> bool:
    return (
        len(short.split()) > FEWEST_WORDS and f" {short} " in f" {long} " and len(short) >= _WHOLE * len(long)
    )


def _marks(item: ActionItem) -> Iterator[str]:
    """Yield what an item has in common only with those that ask for the same: its bold title, its issue."""
    title = _bold_title().match(item.description_text.source)
    if title and len(text_key(title["title"]).split()) >= FEWEST_WORDS:
        yield f"title {text_key(title['title'])}"
    issues = {ref.rstrip("/").casefold() for ref in item.refs if _issue().search(ref)}
    if len(issues) == 1 and not _beside().search(item.description):
        yield f"issue {issues.pop()}"


@cache
def _bold_title() -> re.Pattern[str]:
    ended = r"[:：.](?:\*\*|__)|(?:\*\*|__)\s*(?:[:：.–—-]|\Z)"
    return re.compile(rf"\s*(?:\*\*|__)(?P<title>[^*_\n]{{1,200}}?)(?:{ended})")


@cache
def _beside() -> re.Pattern[str]:
    """Return what matches that an item does not ask for its issue: it waits for it, or looks like it."""
    words = (
        r"block\w*|depend\w*|waiting|after|once|see|cf|relate\w*|like|similar\w*|follow\w*|part of"
        r"|bloqu\w*|d[ée]pend\w*|attend\w*|après|apres|voir|li[ée]e?s?|comme|suite"
    )
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _issue() -> re.Pattern[str]:
    return re.compile(r"/issues/\d{1,9}/?\Z|#\d{1,9}\Z|\A[A-Z][A-Z0-9]{1,9}-\d{1,9}\Z")
