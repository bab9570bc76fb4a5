"""What rules about all documents ask: the incidents, what keeps coming back, and who names whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.history.past import FIRST_LINE, Past
from incidentdocs.markdown.places import Span
from incidentdocs.process.process import Process
from incidentdocs.similarity.gathering import Gathered
from incidentdocs.similarity.recurrences import Recurrences
from incidentdocs.similarity.sets import Escalation

RECENT = timedelta(days=366)
"""A set of incidents the newest of which is older asks for nothing any more: whoever adopts the program on an
old repository is not told to decide what nobody remembers."""


Told = Mapping[str, Mapping[str, Sequence[Any]]]
"""What rules have gathered of documents, by the rules' names and the documents' paths."""


class Overview(NamedTuple):
    """A repository with all its documents, as it stands on disk.

    `documents` are those that can be read, by path; each is read when it is asked for. `present` are the names in
    documents, and those that rules look for, that are there: files of the repository, and its folders with a
    slash at the end. `past` is None without a history. Of incidents before `since` no post-mortem is asked.
    `told` is what each rule gathered of each document, by the rule's name and the document's path. `services` are those of the code's Compose files, None where they
    are not known.
    """

    gathered: Gathered
    recurrences: Recurrences
    documents: Mapping[str, Document]
    process: Process
    present: frozenset[str] = frozenset()
    past: Past | None = None
    since: date | None = None
    told: Mapping[str, Mapping[str, Sequence[Any]]] = {}
    services: frozenset[str] | None = None

    def title(self, path: str) -> Span:
        """Return where the title of the document at `path` stands."""
        return self.documents[path].title_span() if path in self.documents else FIRST_LINE

    def recent(self) -> Iterator[Escalation]:
        """Yield the confirmed escalations that are not of long ago."""
        for escalation in self.recurrences.escalations:
            newest = self.recurrences.register.incidents[escalation.incidents[-1]]
            if escalation.strength == "confirmed" and self.process.today - newest.day <= RECENT:
                yield escalation
