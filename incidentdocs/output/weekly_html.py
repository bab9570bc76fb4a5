"""The weekly report as one HTML page that mail clients show: styles inline, nothing fetched, no script."""

from pathlib import Path
from typing import NamedTuple

from incidentdocs.output.file_url import file_url
from incidentdocs.output.item_groups import By
from incidentdocs.output.parts import Line, Part
from incidentdocs.output.terminal import visible
from incidentdocs.output.weekly_text import weekly_parts, weekly_title, weekly_totals
from incidentdocs.reports.weekly import WeeklyReport
from incidentdocs.templating.pages import page

_PAGES = Path(__file__).with_name("pages")


class _Row(NamedTuple):
    """A line of the page; `address` is where its place can be read, None where no address is known."""

    said: str
    place: str
    address: str | None
    urgent: bool


def weekly_html(report: WeeklyReport, *, by: By, pages: str) -> str:
    """Return the report as a page; `pages` is the pattern of the addresses of files, empty without one."""
    values = {
        "title": weekly_title(report),
        "totals": visible(weekly_totals(report)),
        "asks": report.asks,
        "parts": [_part(part, pages) for part in weekly_parts(report, by)],
        "revision": report.revision[:12] if report.revision else None,
    }
    return page(_PAGES, "weekly.html.j2", values).rstrip()


def _part(part: Part, pages: str) -> dict[str, object]:
    groups = [(visible(below), [_row(line, pages) for line in lines]) for below, lines in part.below]
    return {"title": visible(part.title), "groups": groups, "none": part.none}


def _row(line: Line, pages: str) -> _Row:
    address = None if line.gone else file_url(pages, line.document, line.line)
    return _Row(visible(line.said), visible(line.place), address, line.urgent)
