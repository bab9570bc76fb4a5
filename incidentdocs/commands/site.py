"""`incidentdocs site`: a static site of a repository's incidents, for a browser, a share or a web server."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs.commands.committed import Committed, required, since_of
from incidentdocs.commands.incidents import (
    FILES_FOR_A_PROCESS,
    documents_at,
    gathered_at,
    paths_at,
    trigger_of,
)
from incidentdocs.commands.metrics import measured
from incidentdocs.commands.owed import Owed, deadlines_at
from incidentdocs.commands.stale import stale_runbooks
from incidentdocs.editing.generated_folder import write_folder
from incidentdocs.errors import UsageError
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.processes import processes_for, shares
from incidentdocs.reports.escalations import escalations_report
from incidentdocs.reports.items import item_with_events
from incidentdocs.reports.metrics import Facts, Measured, facts_of, last_year, metrics
from incidentdocs.reports.promises import promises_in
from incidentdocs.reports.weekly import StaleRunbook, Week, weekly
from incidentdocs.similarity.gathering import Gathered
from incidentdocs.similarity.reasons import why
from incidentdocs.similarity.recurrences import Recurrences, recurrences
from incidentdocs.similarity.register import Names
from incidentdocs.similarity.windows import links_within
from incidentdocs.site.addresses import PICTURES, picture_of
from incidentdocs.site.pages import FRONT, KeptUp, Neighbour, Site, Told, pages_of
from incidentdocs.site.shown import Shown, shown_of
from incidentdocs.workspace import Workspace, open_workspace

NEIGHBOURS = 5
"""So many similar incidents are told of each."""

_EVER = 200 * 366
"""Days: incidents are alike however far apart they are."""


def run(
    start: Path,
    *,
    output: Path,
    open_it: bool,
    at: str | None,
    as_of: date | None,
    config: Path | None,
    cache: bool,
) -> int:
    """Write the site of what is committed into the folder `output`, and tell where it begins.

    Return the exit code. UsageError where there is no history to read, and for a folder that holds what the
    program has not written.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    _refuse_document_folder(workspace, output)
    found = required(workspace, at, what="site", cache=cache)
    site, pictures = _site(workspace, found)
    files = {path: text.encode("utf-8", "backslashreplace") for path, text in pages_of(site)}
    write_folder(output, {**files, **pictures})
    click.echo(f"{visible(str(output / FRONT))}: {counted(len(site.documents), 'document')}")
    if open_it:
        click.launch(str((output / FRONT).resolve()))
    return 0


def _refuse_document_folder(workspace: Workspace, output: Path) -> None:
    """Raise UsageError where the site would lie among the documents that it is made of."""
    place = output.resolve()
    if place.is_relative_to(workspace.root) and place != workspace.root:
        relative = place.relative_to(workspace.root).as_posix()
        claimed = workspace.given(output / "2026-01-01-page.md", b"").files
        if claimed:
            hint = "name a folder beside the documents, such as incidentdocs-site"
            raise UsageError(f"{relative} is a folder of documents", hint=hint)


def _site(workspace: Workspace, found: Committed) -> tuple[Site, Mapping[str, bytes]]:
    """Return what the site is made of, and the pictures that it shows, by their paths in it."""
    gathered = gathered_at(workspace, found)
    recurring = recurrences(gathered, trigger_of(workspace), workspace.process.today)
    owed = deadlines_at(workspace, found, recurring)
    promises = promises_in(owed.history, workspace.process)
    paths = paths_at(found)
    blobs = _pictures(found)
    read = _read(found, paths, {path: picture_of(path) for path in blobs})
    documents = {each.shown.path: each.shown for each in read}
    incidents = list(measured(recurring, owed, {each.shown.path: each.facts for each in read}))
    stale = tuple(stale_runbooks(workspace, found, owed.history))
    week = Week(promises, owed.deadlines, escalations_report(recurring, promises), stale)
    site = Site(
        name=workspace.root.name,
        as_of=promises.as_of,
        revision=promises.revision,
        source=workspace.config.file_pages,
        documents=documents,
        incidents=list(_told(recurring, incidents)),
        items=[item_with_events(item, promises) for item in promises.items],
        runbooks=list(_runbooks(workspace, owed, documents, stale)),
        leads_to=_leads_to(documents, gathered),
        weekly=weekly(week, since_of(None, found)),
        escalations=week.escalations,
        metrics=metrics(
            incidents, promises, last_year(promises.as_of), undated=len(recurring.register.undated)
        ),
    )
    used = sorted({path for each in documents.values() for path in each.pictures})
    contents = dict(found.checkout.blobs(dict.fromkeys(blobs[path] for path in used)))
    return site, {picture_of(path): contents[blobs[path]] for path in used}


class _Read(NamedTuple):
    """A document as it was read: what the site shows of it, and what it tells of its incident."""

    shown: Shown
    facts: Facts


def _read(found: Committed, paths: Sequence[str], pictures: Mapping[str, str]) -> list[_Read]:
    """Return every document of the commit, read in several processes where there are many."""
    processes = processes_for(len(paths), least=FILES_FOR_A_PROCESS)
    if processes < 2:
        return _read_share(found, paths, frozenset(paths), pictures)
    from concurrent.futures import ProcessPoolExecutor

    bare = found._replace(kept=None)
    with ProcessPoolExecutor(processes) as pool:
        parts = pool.map(
            _read_share, repeat(bare), shares(paths, processes), repeat(frozenset(paths)), repeat(pictures)
        )
        return [each for part in parts for each in part]


def _read_share(
    found: Committed, share: Sequence[str], paths: Collection[str], pictures: Mapping[str, str]
) -> list[_Read]:
    return [
        _Read(shown_of(document, paths, pictures), facts_of(document))
        for document in documents_at(found, frozenset(share))
    ]


def _pictures(found: Committed) -> Mapping[str, str]:
    """Return the blobs of the pictures of the commit, by path."""
    if found.revision is None:
        return {}
    return found.checkout.tree(found.revision, [f":(top,icase,glob)**/*{kind}" for kind in PICTURES])


def _told(recurring: Recurrences, incidents: Iterable[Measured]) -> Iterator[Told]:
    """Yield each incident of the register as the site lists it, with those that are like it."""
    alike = _alike(recurring)
    register = recurring.register.incidents
    for position, (incident, known) in enumerate(zip(register, incidents, strict=True)):
        yield Told(
            day=incident.day,
            severity=incident.severity,
            title=incident.title or incident.document,
            documents=incident.documents,
            response=known.response,
            found=known.found,
            alike=tuple(
                Neighbour(
                    register[other].document,
                    strength,
                    tuple(why(recurring.likeness, *sorted((position, other))).because),
                )
                for other, strength in alike.get(position, ())
            ),
        )


def _alike(recurring: Recurrences) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Return the incidents most like each, by position: confirmed ones first, then the nearest in time."""
    incidents = recurring.register.incidents
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for link in links_within(recurring.likeness, _EVER, recurring.trigger.bars):
        found[link.one].append((link.other, link.strength))
        found[link.other].append((link.one, link.strength))

    def order(position: int) -> Callable[[tuple[int, str]], tuple[bool, int, int]]:
        day = incidents[position].day
        return lambda each: (each[1] != "confirmed", abs((incidents[each[0]].day - day).days), each[0])

    return {at: sorted(others, key=order(at))[:NEIGHBOURS] for at, others in found.items()}


def _runbooks(
    workspace: Workspace, owed: Owed, documents: Mapping[str, Shown], stale: Iterable[StaleRunbook]
) -> Iterator[KeptUp]:
    """Yield the runbooks by title, with when they were last touched or reviewed."""
    old = {runbook.document: runbook.since for runbook in stale}
    touched = {each.path: each.touched for each in owed.history.documents if each.alive}
    runbooks = [each for each in documents.values() if each.role == "runbook"]
    for runbook in sorted(runbooks, key=lambda each: (each.title.casefold(), each.path)):
        landing = touched.get(runbook.path)
        zone = workspace.process.zone
        day = landing.when.astimezone(zone).date() if landing else None
        yield KeptUp(runbook.path, old.get(runbook.path, day), runbook.path in old)


def _leads_to(documents: Mapping[str, Shown], gathered: Gathered) -> Mapping[str, Sequence[str]]:
    """Return to which documents each leads, by its text's links and by what its front matter names."""
    names = Names(documents)
    leads = {path: dict.fromkeys(each.leads_to) for path, each in documents.items()}
    for named in gathered.named:
        meant = names.meant(named.reference)
        if named.document in leads and len(meant) == 1:
            leads[named.document] |= dict.fromkeys(meant - {named.document})
    return {path: tuple(found) for path, found in leads.items() if found}
