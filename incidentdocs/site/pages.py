"""The pages of the site, made of what documents and their history tell."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from incidentdocs.clock import format_duration
from incidentdocs.documents.response import Response
from incidentdocs.output.file_url import file_url
from incidentdocs.output.json_text import json_text
from incidentdocs.output.metrics_text import figures, shown_rows
from incidentdocs.output.parts import Line
from incidentdocs.output.report_words import event_details, label, short, state_of
from incidentdocs.output.terminal import visible
from incidentdocs.output.weekly_text import weekly_parts, weekly_totals
from incidentdocs.processes import beside
from incidentdocs.reports.escalations import EscalationsReport
from incidentdocs.reports.metrics import FEW, MetricsReport, MetricsRow
from incidentdocs.reports.model import Event, ItemWithEvents
from incidentdocs.reports.weekly import WeeklyReport
from incidentdocs.site.addresses import address, page_of, root_of
from incidentdocs.site.drawing import months, phases, restoring
from incidentdocs.site.shown import Shown
from incidentdocs.templating.pages import page

_TEMPLATES = Path(__file__).with_name("templates")
_ASSETS = Path(__file__).with_name("assets")

FRONT = "index.html"

PAGES_FOR_A_PROCESS = 200
"""Fewer pages of documents are made sooner than another process has started."""

SECTIONS = (
    (FRONT, "Attention"),
    ("incidents.html", "Incidents"),
    ("board.html", "Action items"),
    ("runbooks.html", "Runbooks"),
    ("escalations.html", "Escalations"),
    ("metrics.html", "Metrics"),
)
"""The pages that each page leads to, with what they are called."""


class Neighbour(NamedTuple):
    """An incident that is like another: its document, and what speaks for it."""

    document: str
    strength: str
    because: tuple[str, ...]


class Told(NamedTuple):
    """An incident as the site lists it; `documents` tell of it, the register's first."""

    day: date
    severity: str | None
    title: str
    documents: tuple[str, ...]
    response: Response
    found: str | None
    alike: tuple[Neighbour, ...] = ()

    @property
    def restored(self) -> str:
        """In what time service was restored, empty where that is not known."""
        return format_duration(self.response.restore) if self.response.restore is not None else ""


class Placed(NamedTuple):
    """An action item, and where it stands on its document's page."""

    item: ItemWithEvents
    anchor: str


class KeptUp(NamedTuple):
    """A runbook, when it was last touched or reviewed, if that is known, and whether it is too long ago."""

    document: str
    since: date | None
    stale: bool


class Site(NamedTuple):
    """All that the site is made of, as of the day `as_of`; `source` is the pattern of files' addresses."""

    name: str
    as_of: date
    revision: str | None
    source: str
    documents: Mapping[str, Shown]
    incidents: Sequence[Told]
    items: Sequence[ItemWithEvents]
    runbooks: Sequence[KeptUp]
    leads_to: Mapping[str, Sequence[str]]
    weekly: WeeklyReport
    escalations: EscalationsReport
    metrics: MetricsReport


def pages_of(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every page and of what pages need; one site makes the same texts."""
    items = _by_document(site.items)
    many = len(site.documents) >= PAGES_FOR_A_PROCESS
    with beside(many, _document_pages, site, items) as document_pages:
        yield FRONT, _page(site, FRONT, "front", _front(site))
        yield "incidents.html", _page(site, "incidents.html", "incidents", _incidents(site))
        yield "board.html", _page(site, "board.html", "board", _board(site, items))
        yield "runbooks.html", _page(site, "runbooks.html", "runbooks", {"runbooks": site.runbooks})
        yield "escalations.html", _page(site, "escalations.html", "escalations", _escalations(site))
        yield "metrics.html", _page(site, "metrics.html", "metrics", _metrics(site))
        yield "search.html", _page(site, "search.html", "search", {})
        yield "assets/search-data.js", _search_data(site)
        for asset in sorted(_ASSETS.iterdir()):
            yield f"assets/{asset.name}", asset.read_text(encoding="utf-8")
        yield from document_pages()


def _document_pages(site: Site, items: Mapping[str, Sequence[Placed]]) -> list[tuple[str, str]]:
    """Return the path and the text of each document's page."""
    linked_from: dict[str, list[str]] = defaultdict(list)
    for source, targets in site.leads_to.items():
        for target in targets:
            linked_from[target].append(source)
    told_in = {path: incident for incident in site.incidents for path in incident.documents}

    def made(path: str, shown: Shown) -> str:
        values = {
            "shown": shown,
            # Made by the renderer that takes whatever acts for text.
            "body": Markup(shown.html),  # noqa: S704
            "source": file_url(site.source, path, 1),
            "incident": told_in.get(path),
            "phases": phases(told_in[path].response) if path in told_in else (),
            "items": items.get(path, ()),
            "leads_to": site.leads_to.get(path, ()),
            "linked_from": sorted(linked_from.get(path, ())),
        }
        return _page(site, page_of(path), "document", values)

    return [(page_of(path), made(path, shown)) for path, shown in site.documents.items()]


def _page(site: Site, path: str, template: str, values: Mapping[str, object]) -> str:
    return page(
        _TEMPLATES,
        f"{template}.html.j2",
        {
            "site": site,
            "path": path,
            "root": root_of(path),
            "sections": SECTIONS,
            "to": partial(address, path),
            "document_page": page_of,
            "document_title": partial(_title, site),
            "label": label,
            "short": short,
            "state_of": state_of,
            "event_said": event_said,
            "few": FEW,
            **values,
        },
    )


def _title(site: Site, path: str) -> str:
    """Return what a document is called, its path where it has no page."""
    return visible(site.documents[path].title) if path in site.documents else visible(path)


def _by_document(items: Iterable[ItemWithEvents]) -> Mapping[str, Sequence[Placed]]:
    found: dict[str, list[Placed]] = defaultdict(list)
    for item in items:
        placed = found[item.document]
        placed.append(Placed(item, f"item-{len(placed) + 1}"))
    return found


def _front(site: Site) -> Mapping[str, object]:
    def line(told: Line) -> Mapping[str, object]:
        there = not told.gone and told.document in site.documents
        return {
            "said": told.said,
            "place": told.place,
            "urgent": told.urgent,
            "page": told.document if there else None,
        }

    parts = [
        {"title": part.title, "none": part.none, "lines": [line(each) for each in part.lines]}
        for part in weekly_parts(site.weekly, "document")
    ]
    return {"parts": parts, "totals": weekly_totals(site.weekly), "recent": _latest(site.incidents)[:5]}


def _latest(incidents: Iterable[Told]) -> Sequence[Told]:
    return sorted(incidents, key=attrgetter("day", "documents"), reverse=True)


def _incidents(site: Site) -> Mapping[str, object]:
    chart = months(((told.day, told.severity) for told in site.incidents), site.as_of)
    return {"chart": chart, "incidents": _latest(site.incidents), "undated": site.escalations.undated}


def _board(site: Site, by_document: Mapping[str, Sequence[Placed]]) -> Mapping[str, object]:
    """Return the action items, those that are late first, and what they can be narrowed to."""
    placed = sorted((each for items in by_document.values() for each in items), key=_urgency)
    items = [each.item for each in placed]

    def values(of: Callable[[ItemWithEvents], Iterable[str | None]]) -> Sequence[str]:
        return sorted({value for item in items for value in of(item) if value})

    services = {path: shown.services for path, shown in site.documents.items()}
    filters = [
        ("state", "State", sorted({board_state(item) for item in items}, key=_STATES.index)),
        ("severity", "Severity", values(lambda item: [item.severity])),
        ("service", "Service", values(lambda item: services.get(item.document, ()))),
        ("owner", "Owner", values(lambda item: item.owners)),
    ]
    return {"items": placed, "filters": filters, "services": services, "board_state": board_state}


_STATES = ("overdue", "open", "done", "abandoned", "dropped", "moved")


def board_state(item: ItemWithEvents) -> str:
    """Return where an item stands, in a word that the board narrows by."""
    return "overdue" if item.days_overdue else item.state


def _urgency(placed: Placed) -> tuple[int, date, str, int]:
    item = placed.item
    return _STATES.index(board_state(item)), item.due or date.max, item.document, item.line


def event_said(event: Event) -> str:
    """Return what happened to an item, in words."""
    joined = {"rescheduled": ": ", "reassigned": ": ", "moved": " "}.get(event.event, ", ")
    return joined.join((event.event, *event_details(event)))


def _escalations(site: Site) -> Mapping[str, object]:
    return {"escalations": site.escalations.escalations}


def _metrics(site: Site) -> Mapping[str, object]:
    """Return the figures of each severity: a row for each figure, a column for each time."""
    severities: dict[str | None, list[MetricsRow]] = defaultdict(list)
    for row in shown_rows(site.metrics):
        severities[row.severity].append(row)
    groups = []
    for severity, rows in severities.items():
        told = [{figure.name: figure for figure in figures(row)} for row in rows]
        names = dict.fromkeys(name for column in told for name in column)
        cells = [(name, [column.get(name) for column in told]) for name in names]
        chart = restoring(site.metrics, severity)
        groups.append({"severity": severity, "rows": rows, "figures": cells, "chart": chart})
    return {"groups": groups}


def _search_data(site: Site) -> str:
    """Return the script that gives the search what it looks through: `file://` pages may fetch nothing."""
    entries = [
        {
            "page": page_of(path),
            "title": visible(shown.title),
            "kind": shown.kind,
            "day": shown.day.isoformat() if shown.day else "",
            "severity": shown.severity or "",
            "text": visible(shown.text),
        }
        for path, shown in site.documents.items()
    ]
    return f"window.incidentdocsPages = {json_text(entries)};\n"
