"""What history rules ask: the past, with the working tree as its last version, and where things stand now."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.history.publication import Deadline, deadline
from incidentdocs.history.values import DocumentHistory, History, ItemHistory, Landing
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Span
from incidentdocs.process.process import Process

FIRST_LINE = Span(1, 1, 1, 1)

SHORT = 7
"""The digits of a commit's id that people are shown."""

LONGEST = 60
"""Characters of an item's description that a message quotes."""


class Where(NamedTuple):
    """Where a finding stands: a document's path and a place in it."""

    path: str
    span: Span


class Past(NamedTuple):
    """The past of a repository, in which what the working tree holds beyond `HEAD` is the last version.

    `documents` are those of the working tree that can be read, by path; each is read when it is asked for,
    which costs more than its history: ask for the one that a finding is about. Judged is the publication of
    post-mortems from the day `since` on; `kinds` are theirs, None for all.
    """

    history: History
    documents: Mapping[str, Document]
    process: Process
    since: date | None = None
    kinds: frozenset[str] | None = None

    def living(self) -> Iterator[DocumentHistory]:
        """Yield the history of every document that is there; `documents` has it as it stands."""
        for history in self.history.documents:
            if history.alive and history.path in self.documents:
                yield history

    def items(self, *states: str) -> Iterator[ItemHistory]:
        """Yield the action items of documents that are there, those in one of `states`."""
        for history in self.living():
            yield from (item for item in history.items if item.state in states)

    def deadline(self, history: DocumentHistory) -> Deadline | None:
        """Return by when a document was to be published and whether it was, None where it need not be."""
        if self.kinds is not None and history.kind not in self.kinds:
            return None
        return deadline(history, self.process, today=self.process.today)

    def moment(self, landing: Landing) -> str:
        """Return when and by which commit something was made, and landed where that differs."""
        if not landing.committed:
            return "in the working tree"
        made = f"on {self._day(landing.earliest)} ({landing.made_by[:SHORT]})"
        if landing.made_by == landing.commit:
            return made
        return f"{made}, landed on {self._day(landing.when)} ({landing.commit[:SHORT]}),"

    def _day(self, when: datetime) -> date:
        return when.astimezone(self.process.zone).date()

    def where(self, item: ItemHistory, text: Text | None = None) -> Where:
        """Return where an item stands that is there, or where its `text` does."""
        return Where(item.document, text.span() if text else item.item.span)

    def where_it_was(self, item: ItemHistory) -> Where:
        """Return where to speak of an item that is gone: its section's heading, else the first line."""
        document = self.documents.get(item.document)
        sections = document.sections_containing("action-items") if document else ()
        return Where(item.document, sections[0].heading.text.span() if sections else FIRST_LINE)

    def label(self, item: ItemHistory, longest: int | None = LONGEST) -> str:
        """Return an item's number and description, as its document writes them, of some length at most."""
        told = item.item.description
        if longest is not None and len(told) > longest:
            told = f"{told[: longest - 1].rstrip()}…"
        document = self.documents.get(item.document)
        colon = " :" if document and document.language == "fr" else ":"
        return told if item.item.number is None else f"AI {item.item.number}{colon} {told}"
