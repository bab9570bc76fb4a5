"""How a team works, as far as a document's meaning depends on it."""

from datetime import UTC, date, tzinfo
from typing import NamedTuple


class Process(NamedTuple):
    """The zone of local times in documents, the language of a document that shows none, and today.

    Without a known `today` no day lies in the future.
    """

    zone: tzinfo = UTC
    language: str = "en"
    today: date = date.max
