"""A repository's commits become the past of its documents: what was promised, and what became of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from incidentdocs.history.checkpoint import Checkpoint, Needed, Progress, go_on, landings_after, progress
from incidentdocs.history.collection import without_collection
from incidentdocs.history.commits import ChainStep
from incidentdocs.history.contents import NOTHING_READ, Contents, Versions
from incidentdocs.history.kept import Head, Kept
from incidentdocs.history.lifecycle import histories
from incidentdocs.history.paths import pathspecs, shown
from incidentdocs.history.reading import Reader
from incidentdocs.history.repository import Checkout
from incidentdocs.history.values import DocumentHistory, History, Landing
from incidentdocs.history.walking import NotContinuous
from incidentdocs.history.working_tree import WorkingTree, uncommitted, uncommitted_landing
from incidentdocs.profiles.claims import claiming


@without_collection()
def read_history(
    checkout: Checkout,
    revision: str | None,
    reader: Reader,
    *,
    since: date | None = None,
    with_restored: bool = False,
    working_tree: WorkingTree | None = None,
    kept: Kept | None = None,
    just_read: Versions = NOTHING_READ,
) -> History:
    """Return the past of all documents at `revision` as of the process's today; None: nothing is committed.

    What landed later has not happened. Documents whose incident is dated before `since` are never said to
    be published late. `with_restored` reads when service was restored too, for each document's last version.
    `working_tree` becomes the version after the last one, which has not landed. What `kept` holds of an
    earlier reading is not read again, nor is what was `just_read`. HistoryIncomplete and GitFailed as the
    checkout raises them.
    """
    today = reader.process.today
    reading = _Reading(checkout, revision, reader, kept, just_read) if revision else None
    last = reading.committed() if reading else None
    if reading is None or last is None:
        return History(revision, today, ())
    if working_tree is not None:
        last = reading.with_working_tree(last, working_tree)
    told = histories(last.documents, since=since)
    if with_restored:
        told = tuple(reading.with_restored(last, told))
    counted = (document for document in told if not _is_later(document, today))
    return History(revision, today, tuple(sorted(counted, key=lambda document: document.path)))


class _Reading:
    """One reading of the past of a repository at a revision."""

    def __init__(
        self, checkout: Checkout, revision: str, reader: Reader, kept: Kept | None, just_read: Versions
    ) -> None:
        self._checkout = checkout
        self._revision = revision
        self._reader = reader
        self._kept = kept
        self._contents = Contents(checkout, reader, kept, just_read)
        self._kind_of = _kinds(reader)
        self._own: Mapping[str, bytes] = {}

    def committed(self) -> Checkpoint | None:
        """Return what the chain leaves of all documents, None where nothing of it has landed yet."""
        for head in self._heads():
            try:
                return self._after(head)
            except NotContinuous:
                continue
        return self._after(None)

    def with_working_tree(self, last: Checkpoint, tree: WorkingTree) -> Checkpoint:
        """Return what `tree` leaves of all documents after `last`."""
        there = {path: file.blob for path, file in last.files.there.items()}
        step, self._own = uncommitted(tree, there, self._revision)
        process = self._reader.process
        landing = uncommitted_landing(last.landed, process.today, process.zone)
        try:
            return self._folded(progress(last, [step], [landing], self._kind_of))
        except NotContinuous:
            steps = list(self._steps(None))
            landed = self._landed(steps, None)
            told = progress(None, [*steps[: len(landed)], step], [*landed, landing], self._kind_of)
            return self._folded(told)

    def with_restored(self, last: Checkpoint, told: tuple[DocumentHistory, ...]) -> Iterator[DocumentHistory]:
        """Yield the documents of `last`, each with when service was restored."""
        needed = {
            file.trail: Needed(last.documents[file.trail].kind, path, file.blob)
            for path, file in last.files.there.items()
        }
        found = self._contents.restored(needed.values(), self._own)
        for number, document in enumerate(told):
            there = needed.get(number)
            yield document._replace(restored=found[there]) if there else document

    def _heads(self) -> Iterator[Head]:
        if self._kept:
            yield from self._kept.heads(self._checkout.main_branches, self._reader.process.today)

    def _after(self, head: Head | None) -> Checkpoint | None:
        """Return what the chain leaves, going on from `head`; NotContinuous where that cannot be."""
        steps = list(self._steps(head))
        landed = self._landed(steps, head)
        before = self._kept.checkpoint(head) if head and self._kept else None
        if head and not before:
            raise NotContinuous
        if not landed:
            return before
        last = self._folded(progress(before, steps[: len(landed)], landed, self._kind_of))
        if self._kept and len(landed) == len(steps):
            self._kept.keep_checkpoint(last, self._checkout.main_branches, self._reader.process.zone)
        return last

    def _steps(self, head: Head | None) -> Iterator[ChainStep]:
        return self._checkout.steps(
            self._revision,
            tracked=lambda path: self._kind_of(path) is not None,
            pathspecs=pathspecs(self._reader.profiles.values()),
            after=head.commit if head else None,
        )

    def _landed(self, steps: list[ChainStep], head: Head | None) -> tuple[Landing, ...]:
        process = self._reader.process
        return landings_after(steps, head.landed if head else None, zone=process.zone, until=process.today)

    def _folded(self, told: Progress) -> Checkpoint:
        facts = self._contents.facts(told.needed(), self._own)
        return go_on(told, facts, self._reader.process.zone)


def _kinds(reader: Reader) -> Callable[[str], str | None]:
    @cache
    def kind_of(path: str) -> str | None:
        profile = claiming(shown(path), reader.profiles.values(), reader.exclude)
        return profile.kind if profile else None

    return kind_of


def _is_later(document: DocumentHistory, today: date) -> bool:
    day = document.last.day if document.last else None
    return day is not None and day > today
