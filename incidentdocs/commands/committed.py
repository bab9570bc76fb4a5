"""The committed past that reports read, and what stderr is told where there is none, or not of everything."""

from datetime import date, timedelta
from typing import NamedTuple

import click

from incidentdocs.commands.keeping import kept_for
from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.errors import HistoryIncomplete, UsageError
from incidentdocs.history.contents import Versions
from incidentdocs.history.evidence import proved
from incidentdocs.history.history import read_history
from incidentdocs.history.kept import Kept
from incidentdocs.history.paths import pathspecs, shown
from incidentdocs.history.reading import Reader
from incidentdocs.history.repository import Checkout, NotARepository
from incidentdocs.history.values import History
from incidentdocs.output.wording import counted, first_few
from incidentdocs.profiles.claims import claiming
from incidentdocs.reports.promises import Since
from incidentdocs.workspace import Workspace

HEAD = "HEAD"

WEEK = timedelta(days=7)


class Committed(NamedTuple):
    """A repository whose history can be read, at a revision (None: nothing is committed yet)."""

    checkout: Checkout
    revision: str | None
    reader: Reader
    kept: Kept | None

    def history(self) -> History:
        """Return the past of all documents, with what proves in commits that items were done."""
        history = read_history(self.checkout, self.revision, self.reader, kept=self.kept)
        return proved(history, self.checkout, self.kept)

    def publications(self, since: date | None, just_read: Versions) -> History:
        """Return the past of all documents with what deadlines run from; `since` is when judging begins."""
        return read_history(
            self.checkout,
            self.revision,
            self.reader,
            since=since,
            with_restored=True,
            kept=self.kept,
            just_read=just_read,
        )


def committed(workspace: Workspace, at: str | None, *, cache: bool) -> Committed | None:
    """Return what is committed at the revision `at` (None: HEAD), or None where the disk is to be read.

    With `cache` what earlier runs have read of it is not read again.

    That is outside git, and where the configuration turns history off: both are told on stderr, as are
    uncommitted changes to documents. HistoryIncomplete for a shallow or partial clone, UsageError for a
    revision that is not there.
    """
    found = _found(workspace, at, cache=cache)
    if found is None:
        reason = _why_there_is_none(workspace)
        if at is not None:
            raise UsageError(f"--at {at} cannot be read: {reason}", hint="leave it out to read the disk")
        click.echo(f"{reason}: the documents are read from disk, and nothing is told of their past", err=True)
    return found


def required(workspace: Workspace, at: str | None, *, what: str, cache: bool) -> Committed:
    """Return what is committed, as `committed` does; UsageError, naming `what` needs it, where it is not."""
    found = _found(workspace, at, cache=cache)
    if found is None:
        off = workspace.config.history.use == "off"
        remedy = 'write `use = "auto"` below `[history]`' if off else "run it in a git repository"
        raise UsageError(f"{what} reads the history, and {_why_there_is_none(workspace)}", hint=remedy)
    return found


def _found(workspace: Workspace, at: str | None, *, cache: bool) -> Committed | None:
    checkout = None if workspace.config.history.use == "off" else _opened(workspace)
    if checkout is None:
        return None
    revision = checkout.revision(at or HEAD)
    if not checkout.complete:
        raise checkout.incomplete()
    if revision is None:
        click.echo("nothing is committed yet: the history is empty", err=True)
    profiles = workspace.profiles if revision is None else workspace.profiles_at(checkout, revision)
    reader = Reader(profiles, workspace.process, workspace.config.exclude)
    kept = kept_for(checkout, revision, reader) if cache else None
    found = Committed(checkout, revision, reader, kept)
    if at in (None, HEAD):
        _tell_what_is_not_committed(found)
    return found


def _why_there_is_none(workspace: Workspace) -> str:
    off = workspace.config.history.use == "off"
    return "history is off in the configuration" if off else "this is no git repository"


def since_of(written: str | None, found: Committed) -> Since:
    """Return the moment that `--since` names, a day or a revision; without it a week before today.

    UsageError for a day that is not before today and for a revision that is not there.
    """
    process = found.reader.process
    if written is None:
        return Since(process.today - WEEK)
    day = iso_date(written) if len(written) == len("2026-03-14") else None
    if day is None:
        return _since_revision(written, found)
    if day >= process.today:
        hint = f"name a day before {process.today}, or another day with --as-of"
        raise UsageError(f"--since {day} is not before the day of the report", hint=hint)
    return Since(day)


def _since_revision(name: str, found: Committed) -> Since:
    revision = found.checkout.revision(name)
    chain = found.checkout.chain(revision) if revision else ()
    if not chain:
        raise UsageError(f"--since {name}: nothing is committed yet", hint="name a day, as in 2026-03-14")
    day = chain[-1].committed.astimezone(found.reader.process.zone).date()
    return Since(day, frozenset(commit.id for commit in chain))


def _opened(workspace: Workspace) -> Checkout | None:
    try:
        return Checkout.open(workspace.root)
    except NotARepository as error:
        if workspace.config.history.use == "required":
            raise HistoryIncomplete(error.message, hint=error.hint) from error
        return None


def _tell_what_is_not_committed(found: Committed) -> None:
    profiles = found.reader.profiles.values()
    changed = map(shown, found.checkout.uncommitted(pathspecs(profiles)))
    documents = [path for path in changed if claiming(path, profiles, found.reader.exclude)]
    if documents:
        changes = f"uncommitted changes to {counted(len(documents), 'document')}"
        click.echo(f"{changes} are not counted: {first_few(documents)}", err=True)
