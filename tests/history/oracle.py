"""The past told the slow way: every commit is taken for itself, and every document in it is read anew.

What is absent is judged only where nothing else could have become of it: its text was never changed,
and nothing new stands where it stood.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.reading import Reader
from incidentdocs.history.values import DocumentHistory, History
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.claims import claiming
from tests.history.repositories import git


class Row(NamedTuple):
    """What a document says of one action item, without the words that lead there."""

    path: str
    line: int
    number: int | None
    description: str
    state: str
    due: date | None
    owners: tuple[str, ...]


class Gone(NamedTuple):
    """An item that is no longer in its document, and the state in which it is gone."""

    path: str
    description: str
    state: str


class Moment(NamedTuple):
    """What one commit says: the items of each document and their texts, which are published, every path."""

    items: Mapping[str, tuple[ActionItem, ...]]
    texts: Mapping[str, Counter[str]]
    public: frozenset[str]
    drafts: frozenset[str]
    paths: frozenset[str]

    def adds_items(self, before: "Moment") -> set[str]:
        """Return the documents that have a text which they did not have in the moment `before`."""
        return {path for path, texts in self.texts.items() if texts - before.texts.get(path, NOTHING)}


NOTHING = Counter[str]()


def chain(root: Path, revision: str) -> list[str]:
    """Return the commits from `revision` back to the root, oldest first, by asking each for its parents."""
    commits = []
    at = revision
    while at:
        commits.append(at)
        parents, subject = git(root, "show", "--no-patch", "--format=%P%n%s", at).decode().split("\n")[:2]
        brings_main = re.match(
            r"Merge (branch '(main|master)'|remote-tracking branch 'origin/(main|master)')", subject
        )
        into_main = re.search(r" into '?(main|master)'?$", subject)
        known = parents.split()
        at = known[1] if len(known) > 1 and brings_main and not into_main else (known or [""])[0]
    return commits[::-1]


def moment(root: Path, commit: str, reader: Reader) -> Moment:
    """Read every document of a commit."""
    listed = git(root, "ls-tree", "-r", "-l", "-z", commit).decode(errors="backslashreplace").split("\0")
    tree = {path: told for told, _, path in (entry.partition("\t") for entry in listed if entry)}
    files = {path: int(told.split()[3]) for path, told in tree.items() if told.startswith("100")}
    claims = {path: claiming(path, reader.profiles.values(), reader.exclude) for path in files}
    contents = _contents(root, commit, {path: size for path, size in files.items() if claims[path]})
    documents = [
        read_document(path, parse(contents[path]), profile, reader.process)
        for path, profile in claims.items()
        if profile
    ]
    items = {document.path: tuple(_items_of(document)) for document in documents}
    public = {document.path for document in documents if not (document.is_draft or document.placeholders)}
    drafts = {document.path for document in documents if document.is_draft}
    texts = {path: Counter(item.description for item in there) for path, there in items.items()}
    return Moment(items, texts, frozenset(public), frozenset(drafts), frozenset(tree))


def _items_of(document: Document) -> Iterator[ActionItem]:
    for item in document.action_items.items if document.action_items else ():
        if not document.holds_placeholder(item.description_text.span()):
            yield item


def _contents(root: Path, commit: str, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return the texts of files of known sizes, which git shows one after the other."""
    names = [f"{commit}:{path}" for path in sizes]
    shown = git(root, "show", "--no-textconv", *names) if names else b""
    assert len(shown) == sum(sizes.values())
    texts = {}
    for path, size in sizes.items():
        texts[path], shown = shown[:size].decode("utf-8", "replace"), shown[size:]
    return texts


def present(at: Moment) -> Counter[Row]:
    """Return what the documents of a commit say."""
    return Counter(_row(path, item, item.state) for path, items in at.items.items() for item in items)


class Loss(NamedTuple):
    """What a commit took away, and the documents to which it did anything that may be more than a loss."""

    items: tuple[Gone, ...]
    unclear: frozenset[str]


def losses(moments: Sequence[Moment]) -> list[Loss]:
    """Return what each commit of a chain but the first took away.

    Judged is what a published document had, in a text that stood there once, and lost in a commit that brings
    no other text which it could have become.
    """
    return [_loss(before, after) for before, after in pairwise(moments)]


def gone(losses: Sequence[Loss]) -> Iterator[Gone]:
    """Yield what must be told as gone at the end: lost by a document that from there on only loses items."""
    unclear: set[str] = set()
    for loss in reversed(losses):
        unclear |= loss.unclear
        yield from (item for item in loss.items if item.path not in unclear)


def _loss(before: Moment, after: Moment) -> Loss:
    added = after.adds_items(before)
    # A file that goes while another comes may have become that one.
    renamed = before.items.keys() - after.paths if after.paths - before.paths else set()
    public = () if added else sorted(before.public & before.adds_items(after))
    return Loss(
        tuple(item for path in public for item in _lost(path, before, after)), frozenset(added | renamed)
    )


def _lost(path: str, before: Moment, after: Moment) -> Iterator[Gone]:
    for item in before.items[path]:
        once = before.texts[path][item.description] == 1
        if once and item.description not in after.texts.get(path, NOTHING):
            yield Gone(path, item.description, "dropped" if item.state == "open" else item.state)


class Openings:
    """When each item that is there was opened, by its document's path and its text, where that is certain.

    It is where the text came to a document that had lost nothing so far, by a commit that took nothing away,
    and has stood there once ever since; one that goes and comes back, and nothing else does, has not lost it.
    """

    def __init__(self, first: Moment) -> None:
        self.known: dict[tuple[str, str], int] = {}
        self._has_lost: set[str] = set()
        self._now = first
        self._take_in(first, 0, sorted(first.texts))

    def go_on(self, moment: Moment, index: int) -> None:
        """Take in the next commit of the chain, with its index."""
        before, self._now = self._now, moment
        added, lost = moment.adds_items(before), before.adds_items(moment)
        came, went = moment.paths - before.paths, before.paths - moment.paths
        unclear = (went if came or added else set()) | (came if went or lost else set())
        # What comes while another file goes may be that one, with all that it has lost.
        self._has_lost |= lost | went | (came if went else set())
        self.known = {
            (path, text): since
            for (path, text), since in self.known.items()
            if path not in unclear and moment.texts.get(path, {text: 1})[text] == 1
        }
        if not went and not lost:
            self._take_in(moment, index, sorted(added - self._has_lost), before)

    def _take_in(
        self, moment: Moment, index: int, paths: Sequence[str], before: Moment | None = None
    ) -> None:
        for path in paths:
            new = moment.texts[path] - (before.texts.get(path, NOTHING) if before else NOTHING)
            self.known |= {(path, text): index for text in new if moment.texts[path][text] == 1}


def told_present(history: History) -> Counter[Row]:
    """Return what `history` says is there, in the state that its events leave."""
    return Counter(
        _row(document.path, item.item, item.state)
        for document in history.documents
        for item in document.items[: _there(document)]
    )


def told_gone(history: History) -> set[Gone]:
    """Return what `history` says is no longer there."""
    return {
        Gone(document.path, item.item.description, item.state)
        for document in history.documents
        for item in document.items[_there(document) :]
    }


def told_openings(history: History) -> dict[tuple[str, str], str]:
    """Return the commit that opened each item that is there, by its document's path and its text."""
    return {
        (document.path, item.item.description): item.opened.commit
        for document in history.documents
        for item in document.items[: _there(document)]
        if item.opened
    }


def told_events(history: History, commits: Collection[str]) -> set[tuple[str, str]]:
    """Return the kinds of events that `history` tells of each of the `commits`.

    A due date's change is left out: whether it is a correction is told by dates that later commits may mend.
    """
    events = (event for item in history.items for event in item.events if event.kind != "rescheduled")
    return {(event.kind, event.landing.commit) for event in events if event.landing.commit in commits}


def _there(document: DocumentHistory) -> int:
    """Return how many items the document has; those that are gone come after them."""
    return len(document.items) - document.gone


def _row(path: str, item: ActionItem, state: str) -> Row:
    return Row(path, item.line, item.number, item.description, state, item.due, item.owners)
