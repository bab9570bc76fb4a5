"""`incidentdocs site`: a static site of a repository's incidents, for a browser, a share or a web server."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain
from pathlib import Path

import click

from incidentdocs.commands.committed import Committed, required, since_of
from incidentdocs.commands.incidents import FILES_FOR_A_PROCESS, told_and_seen, trigger_of, versions_at
from incidentdocs.commands.metrics import measured
from incidentdocs.commands.owed import Owed, deadlines_at
from incidentdocs.commands.stale import stale_runbooks
from incidentdocs.documents.document import Document
from incidentdocs.editing.generated_folder import write_folder
from incidentdocs.errors import UsageError
from incidentdocs.history.paths import shown
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.processes import beside
from incidentdocs.reports.escalations import escalations_report
from incidentdocs.reports.items import item_with_events
from incidentdocs.reports.metrics import Facts, Measured, facts_of, last_year, metrics
from incidentdocs.reports.promises import promises_in
from incidentdocs.reports.weekly import StaleRunbook, Week, weekly
from incidentdocs.similarity.gathering import Gathered
from incidentdocs.similarity.links import STRENGTHS, Strength
from incidentdocs.similarity.reasons import because
from incidentdocs.similarity.recurrences import Recurrences, recurrences
from incidentdocs.similarity.register import Names
from incidentdocs.similarity.windows import nearest_links
from incidentdocs.site.addresses import PICTURES, picture_of
from incidentdocs.site.pages import FRONT, KeptUp, Neighbour, Site, Told, pages_of
from incidentdocs.site.shown import Shown, shown_of
from incidentdocs.workspace import Workspace, open_workspace

LARGEST_PICTURE = 10_000_000
"""Bytes. A larger one keeps whoever opens the page waiting, and is not shown."""

POINTER = b"version https://git-lfs.github.com/spec/"
LARGEST_POINTER = 1024
"""How a file begins that Git LFS has in place of another, and the bytes that it has at most.

https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
"""

NEIGHBOURS = 3
"""So many older incidents are told of each that are like it."""


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
    if not site.documents:
        click.echo("no document found, nothing is shown: incidentdocs lint tells where it looked", err=True)
    pages = {path: text.encode("utf-8", "backslashreplace") for path, text in pages_of(site)}
    copies = _copies(found, pictures)  # of which there may be too many to be held at once
    write_folder(output, (*pages, *map(picture_of, pictures)), chain(pages.items(), copies))
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


def _site(workspace: Workspace, found: Committed) -> tuple[Site, Mapping[str, str]]:
    """Return what the site is made of, and the blobs of the pictures that it shows, by path."""
    versions = versions_at(found)
    paths = frozenset(shown(version.path) for version in versions)
    blobs = _pictures(found)
    look = partial(_seen, paths, {path: picture_of(path) for path in blobs})
    told, seen = told_and_seen(workspace, found, versions, look)
    documents = {each.path: each for each, _ in seen}
    facts = {each.path: said for each, said in seen}
    recurring = recurrences(told.gathered, trigger_of(workspace), workspace.process.today)
    many = len(documents) >= FILES_FOR_A_PROCESS
    with beside(many, _neighbours, recurring) as neighbours:
        owed = deadlines_at(workspace, found, recurring, told.versions)
        promises = promises_in(owed.history, workspace.process)
        incidents = list(measured(recurring, owed, facts))
        stale = tuple(stale_runbooks(workspace, found, owed.history))
        week = Week(promises, owed.deadlines, escalations_report(recurring, promises), stale)
        listed = list(_listed(recurring, incidents, neighbours()))
    site = Site(
        name=workspace.root.name,
        as_of=promises.as_of,
        revision=promises.revision,
        source=workspace.config.file_pages,
        documents=documents,
        incidents=listed,
        items=[item_with_events(item, promises) for item in promises.items],
        runbooks=list(_runbooks(workspace, owed, documents, stale)),
        leads_to=_leads_to(documents, told.gathered),
        weekly=weekly(week, since_of(None, found)),
        escalations=week.escalations,
        metrics=metrics(
            incidents, promises, last_year(promises.as_of), undated=len(recurring.register.undated)
        ),
    )
    used = sorted({path for each in documents.values() for path in each.pictures})
    return site, {path: blobs[path] for path in used}


def _seen(documents: Collection[str], pictures: Mapping[str, str], document: Document) -> tuple[Shown, Facts]:
    """Return what the site shows of a document, and what that tells of its incident."""
    return shown_of(document, documents, pictures), facts_of(document)


def _pictures(found: Committed) -> Mapping[str, str]:
    """Return the blobs of the pictures of the commit that can be shown, by path.

    One that is too large to be looked at is none, nor is what Git LFS leaves in a picture's place.
    """
    if found.revision is None:
        return {}
    tree = found.checkout.tree(found.revision, [f":(top,icase,glob)**/*{kind}" for kind in PICTURES])
    sizes = found.checkout.sizes(dict.fromkeys(tree.values()))
    small = [blob for blob, size in sizes.items() if size <= LARGEST_POINTER]
    pointers = {blob for blob, content in found.checkout.blobs(small) if content.startswith(POINTER)}
    usable = {blob for blob, size in sizes.items() if 0 < size <= LARGEST_PICTURE} - pointers
    return {path: blob for path, blob in tree.items() if blob in usable}


def _copies(found: Committed, pictures: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield where the site has each of the `pictures`, whose blobs are given by path, and its content."""
    paths: dict[str, list[str]] = defaultdict(list)
    for path, blob in pictures.items():
        paths[blob].append(picture_of(path))
    for blob, content in found.checkout.blobs(paths, LARGEST_PICTURE):
        yield from ((path, content) for path in paths[blob])


def _listed(
    recurring: Recurrences, incidents: Iterable[Measured], neighbours: Iterable[Sequence[Neighbour]]
) -> Iterator[Told]:
    """Yield each incident of the register as the site lists it, with those that are like it."""
    for incident, known, alike in zip(recurring.register.incidents, incidents, neighbours, strict=True):
        yield Told(
            day=incident.day,
            severity=incident.severity,
            title=incident.title or incident.document,
            documents=incident.documents,
            response=known.response,
            found=known.found,
            alike=tuple(alike),
        )


def _neighbours(recurring: Recurrences) -> list[Sequence[Neighbour]]:
    """Return for each incident of the register those that are like it, with what speaks for it."""
    alike = _alike(recurring)
    register = recurring.register.incidents
    reasons = cache(partial(because, recurring.likeness))
    return [
        [
            Neighbour(register[other].document, strength, reasons(min(position, other), max(position, other)))
            for other, strength in alike.get(position, ())
        ]
        for position in range(len(register))
    ]


def _alike(recurring: Recurrences) -> Mapping[int, Sequence[tuple[int, Strength]]]:
    """Return for each incident those like it, confirmed ones first, then by how near in time they are.

    That are the older ones most like it, and the newer ones of which it is one of these: whoever is led from
    one to another finds the way back.
    """
    incidents = recurring.register.incidents
    found: dict[int, list[tuple[int, Strength]]] = defaultdict(list)
    for one, other, strength in nearest_links(recurring.likeness, recurring.trigger.bars, NEIGHBOURS):
        found[one].append((other, strength))
        found[other].append((one, strength))

    def ordered(position: int) -> Sequence[tuple[int, Strength]]:
        day = incidents[position].day
        return sorted(
            found[position],
            key=lambda each: (STRENGTHS.index(each[1]), abs((incidents[each[0]].day - day).days), each[0]),
        )

    return {position: ordered(position) for position in found}


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
