"""Which action item of one version is which of the next."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.history.likeness import NEARLY_THE_SAME, RECOGNISABLE, likeness, text_key

MOST_PAIRS = 10_000
"""So many pairs are weighed at a time; a document with more is written anew, and time grows as the square."""

_Items = Mapping[int, ActionItem]
_Candidate = tuple[tuple[float, ...], int, int]
"""How good a pair is (lower is better), and the indexes of its old and its new item."""


def pair(
    before: Sequence[ActionItem], after: Sequence[ActionItem], gone: Sequence[ActionItem] = ()
) -> dict[int, int]:
    """Return for the index of each item in `after` that is not new its index in `before`, then `gone`.

    `gone` are items of older versions that may come back; what was there until now goes before them. Items
    are one by the same text, else by the same number with text that is still recognisable or with the same
    owner and due date, else by nearly the same text.
    """
    old = dict(enumerate((*before, *gone)))
    new = dict(enumerate(after))
    pairs: dict[int, int] = {}
    for candidates in (_same_text, _same_number, _near_text):
        if old and new:
            pairs |= _best(candidates(old, new, len(before)), old, new)
    return pairs


def pair_same_text(before: Sequence[ActionItem], after: Sequence[ActionItem]) -> dict[int, int]:
    """Return for the index of each item in `after` the index of the one in `before` with the same text."""
    old, new = (
        {index: item for index, item in enumerate(items) if text_key(item.description)}
        for items in (before, after)
    )
    return _best(_same_text(old, new, len(before)), old, new)


def same_text(one: ActionItem, other: ActionItem) -> bool:
    """Return whether two items say the same to a reader who minds neither case, accents nor markup."""
    return text_key(one.description) == text_key(other.description)


def same_owners(one: ActionItem, other: ActionItem) -> bool:
    """Return whether the same persons own both items, in any order."""
    return one.owners == other.owners or _folded(one.owners) == _folded(other.owners)


def _best(
    candidates: Iterable[_Candidate], old: dict[int, ActionItem], new: dict[int, ActionItem]
) -> dict[int, int]:
    """Return the best of the candidates that take each item once, and take those out of `old` and `new`."""
    pairs: dict[int, int] = {}
    for _, first, second in sorted(candidates):
        if first in old and second in new:
            del old[first], new[second]
            pairs[second] = first
    return pairs


def _same_text(old: _Items, new: _Items, present: int) -> Iterator[_Candidate]:
    """Yield the pairs of one text: those of one number first, then those that differ least, then by place."""
    for first, second in _pairs(old, new, lambda item: text_key(item.description)):
        one, other = old[first], new[second]
        differences = (one.due != other.due) + (one.state != other.state) + (not same_owners(one, other))
        yield (first >= present, not _one_number(one, other), differences), first, second


def _same_number(old: _Items, new: _Items, present: int) -> Iterator[_Candidate]:
    for first, second in _pairs(old, new, lambda item: item.number):
        one, other = old[first], new[second]
        alike = likeness(text_key(one.description), text_key(other.description))
        if alike >= RECOGNISABLE or (first < present and _one_promise(one, other)):
            yield (first >= present, -alike), first, second


def _near_text(old: _Items, new: _Items, present: int) -> Iterator[_Candidate]:
    for first, second in _pairs(old, new, lambda item: bool(text_key(item.description)) or None):
        alike = likeness(text_key(old[first].description), text_key(new[second].description))
        if alike >= NEARLY_THE_SAME:
            yield (first >= present, -alike), first, second


def _one_number(one: ActionItem, other: ActionItem) -> bool:
    return one.number is not None and one.number == other.number


def _folded(names: tuple[str, ...]) -> set[str]:
    return {name.casefold() for name in names}


def _one_promise(one: ActionItem, other: ActionItem) -> bool:
    return bool(one.owners and one.due and one.due == other.due) and same_owners(one, other)


def _pairs(
    old: _Items, new: _Items, key: Callable[[ActionItem], Hashable | None]
) -> Iterator[tuple[int, int]]:
    """Yield the indexes of old and new items with one key, not None: all pairs; of too many, by place."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index, item in old.items():
        groups[key(item)].append(index)
    wanted: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index, item in new.items():
        wanted[key(item)].append(index)
    for value, seconds in wanted.items():
        firsts = groups.get(value, []) if value is not None else []
        if len(firsts) * len(seconds) > MOST_PAIRS:
            yield from zip(firsts, seconds, strict=False)
        else:
            yield from ((first, second) for first in firsts for second in seconds)
