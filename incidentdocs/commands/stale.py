"""The runbooks of a commit that nobody has kept up, as the rule about them is set up where they stand."""

from collections.abc import Iterator

from incidentdocs.commands.choosing import Choice
from incidentdocs.commands.committed import Committed
from incidentdocs.commands.incidents import documents_at
from incidentdocs.documents.document import Document
from incidentdocs.history.upkeep import asks_for_reviews, last_kept_up, months_between, reviewed_on
from incidentdocs.history.values import DocumentHistory, History
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.reports.weekly import StaleRunbook
from incidentdocs.rules.runbook_stale import RunbookStale
from incidentdocs.workspace import Workspace


def stale_runbooks(workspace: Workspace, found: Committed, history: History) -> Iterator[StaleRunbook]:
    """Yield the runbooks that the rule runbook-stale would tell of at that commit, where it is asked."""
    kinds = kinds_of(found.reader.profiles.values(), "runbook")
    alive = {each.path: each for each in history.documents if each.alive and each.kind in kinds}
    choice = Choice(workspace.config)
    for document in documents_at(found, alive.keys()):
        for rule in choice.rules([RunbookStale.name], choice.places(document.path)):
            assert isinstance(rule, RunbookStale)
            if asks_for_reviews(document) and not _is_silenced(document):
                yield from _stale(document, alive[document.path], rule.months, workspace)


def _stale(
    document: Document, history: DocumentHistory, months: int, workspace: Workspace
) -> Iterator[StaleRunbook]:
    if history.touched is None:
        return
    today, zone = workspace.process.today, workspace.process.zone
    last = last_kept_up(history.touched, reviewed_on(document), today=today, zone=zone)
    if (old := months_between(last, today)) >= months:
        yield StaleRunbook(
            document=document.path, title=document.title_text or document.path, since=last, months=old
        )


def _is_silenced(document: Document) -> bool:
    line = document.title_span().line
    return any(
        RunbookStale.name in comment.rules and comment.first <= line <= comment.last
        for comment in document.suppressions
    )
