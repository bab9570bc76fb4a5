"""What one document brings to the site: its text as HTML, its events in time, and what it leads to."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from incidentdocs.clock import format_duration
from incidentdocs.documents.document import Document
from incidentdocs.documents.links import read_links
from incidentdocs.documents.settled import standing
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.markdown.blocks import Block
from incidentdocs.markdown.html import Around, html_of, text_in
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import Role
from incidentdocs.profiles.roles import role_of
from incidentdocs.reports.index import title_of
from incidentdocs.site.addresses import Anchors, Leading

LONGEST_SEARCHED = 6_000
"""Characters of a document's text that can be searched for; most documents are shorter."""

WIDEST_GAP = 5
"""Of how many widths the gaps between events are drawn."""


class ShownEvent(NamedTuple):
    """An event of the timeline as it is drawn.

    `when` is the time as it is written, `since` how long after the first event it was, empty where that is in
    doubt. `gap`, from 0 to `WIDEST_GAP`, is how far it is drawn below the event above.
    """

    when: str
    said: str
    milestone: str
    since: str
    gap: int


class Shown(NamedTuple):
    """A document as the site shows it; `html` is safe, all else is text.

    `leads_to` are the documents to which its text leads, `pictures` those of the repository that it shows.
    """

    path: str
    kind: str
    role: Role
    title: str
    day: date | None
    severity: str | None
    status: str
    services: tuple[str, ...]
    html: str
    text: str
    events: tuple[ShownEvent, ...]
    leads_to: tuple[str, ...]
    pictures: tuple[str, ...]
    problem: str = ""


def shown_of(document: Document, documents: Collection[str], pictures: Mapping[str, str]) -> Shown:
    """Return what the site shows of `document`.

    `documents` are the paths of all documents that have a page, `pictures` where the site has those of the
    repository. A document that cannot be read is shown as it is written, with what is wrong with it.
    """
    leading = Leading(document.path, documents, pictures)
    around = Around(leading.link, leading.picture, Anchors().of)
    readable = not document.problems
    html = html_of(document.source, _body(document), around)
    return Shown(
        path=document.path,
        kind=document.profile.kind,
        role=role_of(document.profile),
        title=title_of(document),
        day=document.date if readable else None,
        severity=document.severity if readable else None,
        status=next(iter(document.words("status")), "") if readable else "",
        services=document.words("services") if readable else (),
        html=html,
        text=text_in(html)[:LONGEST_SEARCHED],
        events=tuple(_events(document)) if readable else (),
        leads_to=tuple(_led_to(document, documents)),
        pictures=tuple(sorted(leading.used)),
        problem="" if readable else document.problems[0].message,
    )


def _body(document: Document) -> Sequence[Block]:
    """Return the blocks below the title, which the page shows by itself."""
    title = range(document.title.first, document.title.last + 1) if document.title else range(0)
    return [block for block in document.source.blocks if block.first not in title]


def _led_to(document: Document, documents: Collection[str]) -> Iterator[str]:
    """Yield each other document to which a link of the text leads, once."""
    seen = {document.path}
    for link in read_links(document.source, document.path):
        for path in (link.path, *link.others):
            if path in documents and path not in seen:
                seen.add(path)
                yield path


def _events(document: Document) -> Iterator[ShownEvent]:
    timeline = document.timeline
    if timeline is None:
        return
    sure = {event.span for event in standing(document)}
    first = before = None
    for event in timeline.events:
        moment = _instant(event) if event.span in sure else None
        first = first or moment
        yield ShownEvent(
            when=event.written,
            said=" ".join(plain(event.text.source).split()),
            milestone=event.milestone or "",
            since=f"+{format_duration(moment - first)}" if moment and first and moment > first else "",
            gap=_gap(moment - before) if moment and before else 0,
        )
        before = moment or before


def _instant(event: Event) -> datetime | None:
    try:
        return event.start.astimezone(UTC) if event.start and event.clocked else None
    except OverflowError:  # a year at the calendar's ends
        return None


def _gap(passed: timedelta) -> int:
    """Return how wide a gap is drawn: a step for about each fourfold time from two minutes on."""
    minutes = passed.total_seconds() / 60
    return 0 if minutes < 2 else min(WIDEST_GAP, int(math.log(minutes / 2, 4)) + 1)
