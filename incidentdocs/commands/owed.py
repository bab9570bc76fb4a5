"""Which post-mortems a repository owes, by the history that was read."""

from typing import NamedTuple

from incidentdocs.commands.committed import Committed
from incidentdocs.history.contents import Versions
from incidentdocs.history.values import History
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.reports.deadlines import DeadlinesReport, deadlines
from incidentdocs.similarity.missing import Missing, missing_post_mortems
from incidentdocs.similarity.recurrences import Recurrences
from incidentdocs.workspace import Workspace


class Owed(NamedTuple):
    """The past of all documents, where each post-mortem stands, and all that are missing, also in time."""

    history: History
    deadlines: DeadlinesReport
    missing: tuple[Missing, ...]


def deadlines_at(workspace: Workspace, found: Committed, recurring: Recurrences, just_read: Versions) -> Owed:
    """Return where the post-mortems of a commit stand; those of `recurring` incidents are owed as well.

    What was `just_read` of its documents is not read again.
    """
    since = workspace.judged_since(found.checkout, found.revision, found.kept) if found.revision else None
    history = found.publications(since, just_read)
    missing = tuple(missing_post_mortems(recurring, workspace.process.publication, since=since))
    kinds = kinds_of(found.reader.profiles.values(), "post-mortem")
    return Owed(history, deadlines(history, workspace.process, kinds=kinds, missing=missing), missing)
