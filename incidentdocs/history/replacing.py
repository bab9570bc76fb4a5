"""Whether other action items took the place of one that is gone, so that its promise was not dropped."""

from collections.abc import Iterable, Sequence

from incidentdocs.documents.titles import fold
from incidentdocs.history.tracks import CORRECTION
from incidentdocs.history.values import DocumentHistory, ItemHistory, Landing

PIECE = 2
"""So many words of an item a piece of it has at least: one word is shared by many."""

COVERED = 0.7
"""The share of an item's words that its pieces have together."""

_SHARED = (
    "a an and as at be by for from in into is it of on or our so that the their then this to we with"
    " au aux avec ce ces d dans de des du en est et il l la le les leur nos notre ou par pour que qui s sur"
    " un une"
)
"""Words that any two items share."""


def replaced(documents: Iterable[DocumentHistory], gone: ItemHistory, dropped: Landing) -> bool:
    """Return whether the commit that took an item away put others of its document in its place.

    Within a day of an item's first version its list is still being written, and new items take its place
    whatever they say; later, only those do that say in pieces what it said.
    """
    new = [
        item
        for document in documents
        if document.path == gone.document
        for item in document.items
        if item.opened and item.opened.commit == dropped.commit
    ]
    if not new or gone.opened is None:
        return False
    return dropped.earliest - gone.opened.earliest <= CORRECTION or _is_split(gone, new)


def _is_split(gone: ItemHistory, new: Sequence[ItemHistory]) -> bool:
    """Return whether two items or more share out the words of another, each with one that no other has."""
    words = _words(gone)
    pieces = [words & _words(item) for item in new]
    pieces = [piece for piece in pieces if len(piece) >= PIECE]
    own = [piece for piece in pieces if not any(piece <= other for other in pieces if other is not piece)]
    return len(own) > 1 and len(frozenset().union(*own)) >= COVERED * len(words)


def _words(item: ItemHistory) -> frozenset[str]:
    return frozenset(fold(item.item.description).split()) - frozenset(_SHARED.split())
