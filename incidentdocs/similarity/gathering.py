"""What all documents of a repository tell of incidents, decide about them, and say is to be done."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.profiles.profile import Role
from incidentdocs.profiles.roles import role_of
from incidentdocs.similarity.naming import Decision, Named, read_decision, read_names
from incidentdocs.similarity.telling import Telling, read_tellings
from incidentdocs.similarity.vocabulary import Phrases, phrases


class Gathered(NamedTuple):
    """What documents tell of incidents, the escalations among them, the runbooks, and what names what.

    `incidents` are the paths of all documents of incidents, `runbooks` those of the runbooks.
    """

    tellings: tuple[Telling, ...] = ()
    decisions: tuple[Decision, ...] = ()
    incidents: tuple[str, ...] = ()
    runbooks: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()

    def joined(self, other: "Gathered") -> "Gathered":
        """Return what both hold."""
        return Gathered(
            self.tellings + other.tellings,
            self.decisions + other.decisions,
            self.incidents + other.incidents,
            self.runbooks + other.runbooks,
            self.named + other.named,
        )


def gather(
    documents: Iterable[Document], known: Phrases | None = None, boilerplate: frozenset[str] = frozenset()
) -> Gathered:
    """Return what `documents` tell, by the terms that are `known` (None: those of every repository).

    `boilerplate` are the lines of templates, folded, which tell nothing.
    """
    known = known or phrases()
    tellings: list[Telling] = []
    decisions: list[Decision] = []
    paths: dict[Role, list[str]] = defaultdict(list)
    named: list[Named] = []
    for document in documents:
        paths[role_of(document.profile)].append(document.path)
        tellings += read_tellings(document, known, boilerplate)
        decisions += filter(None, (read_decision(document),))
        named += read_names(document)
    incidents = (*paths["incident"], *paths["post-mortem"])
    return Gathered(tuple(tellings), tuple(decisions), incidents, tuple(paths["runbook"]), tuple(named))
