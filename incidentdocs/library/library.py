"""All documents of a repository at one moment, which is what reports ask."""

from datetime import date
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.process.process import Process


class Library(NamedTuple):
    """The documents, ordered by path, and the process they follow."""

    documents: tuple[Document, ...]
    process: Process

    @property
    def today(self) -> date:
        """The day that counts as today."""
        return self.process.today
