"""The rule update-cadence."""

import re
from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from functools import cache

from incidentdocs.clock import format_duration
from incidentdocs.documents.communications import communication_text
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import handling
from incidentdocs.documents.settled import instants
from incidentdocs.documents.timeline.milestones import RESTORED
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

_MINUTE = timedelta(minutes=1)
_ANOTHER_TIME = timedelta(days=60)
"""Where more than this lies between two events, one of them has a wrong date, which another rule tells."""

_FAR = 500

_PATH = "docs/incidents/2026-03-14-disk-full.md"
_FR = "---\nseverity: SEV1\nresolved: 2026-03-14 03:20\n---\n# Incident : disque plein\n\n## Timeline\n- 02:05 detection\n"
_EN = "---\nseverity: SEV2\n---\n# Incident: API slow\n\n## Timeline\n- 14:05 detection\n"


class UpdateCadence(DocumentRule):
    """While a SEV1 or SEV2 burns, one update follows another within half an hour.

    Whoever waits for a service and hears nothing asks, and whoever is asked does not repair. An update that says only that
    nothing has changed answers everybody at once. The time counts from the first communication until the service is
    restored or the incident resolved; one that is still open is judged by what it has recorded. An event that tells it in
    words of its own, such as `told everybody in #ops`, counts as well. `[communication]` sets another time, or other
    severities.

    Record the update that went out in between. Where there was none, a comment says why:
    `<!-- incidentdocs: ignore[update-cadence] reason -->`.
    """

    name = "update-cadence"
    severity = "warning"
    valid = (
        Example(
            f"{_FR}- 02:10 communication : annonce dans #ops\n- 02:40 communication : mise à jour dans #ops\n"
            "- 03:05 service restored\n- 04:30 communication : résolution dans #ops\n",
            path=_PATH,
        ),
        Example(
            f"{_EN}- 14:10 communication: announcement in #ops\n- 15:00 communication: update in #ops\n",
            path=_PATH,
            config="[communication]\nupdate-minutes = 60\n",
        ),
        Example(f"{_EN}- 14:40 triage\n- 17:00 service restored\n", path=_PATH),
    )
    invalid = (
        Example(
            f"{_FR}- 02:10 communication : annonce dans #ops\n- 02:55 communication : mise à jour dans #ops\n"
            "- 03:10 service restored\n",
            ("02:55",),
            path=_PATH,
        ),
        Example(
            f"{_EN}- 14:10 communication: announcement in #ops\n- 14:20 mitigation start\n"
            "- 15:05 the rollback failed\n",
            ("15:05",),
            path=_PATH,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each stretch in which an update was due and none is recorded."""
        asked = document.process.communication
        if document.severity not in asked.severities or not (handled := handling(document)):
            return
        updates = [sent.event for sent in handled.of("announce", "update", "resolved")]
        events = _sure(document)
        told = {event.span for event in updates}
        if told and told <= {event.span for event in events}:
            over = {sent.event.span for sent in handled.of("resolved")}
            burning = [event for event in events if not _is_after(event, document.moment("resolved"))]
            also = {event.span for event in burning if _says_so(event, asked.channel)}
            for since, until in _stretches(burning, told, also, over, document.moment("resolved")):
                yield from self._late(document, since, until)

    def _late(self, document: Document, since: Event, until: Event | datetime) -> Iterator[Finding]:
        ends = until.start if isinstance(until, Event) else until
        if not document.process.communication.every < _at_least(since, ends) < _ANOTHER_TIME:
            return
        every = format_duration(document.process.communication.every)
        taken = format_duration(instants(ends)[0] - instants(since.start)[0])
        text = communication_text("update", document.language, where=document.process.communication.channel)
        yield self.finding(
            document,
            until.span if isinstance(until, Event) else since.span,
            f"no update is recorded for {taken} after `{since.written}`; a {document.severity} asks for one every {every}",
            f"add the one that went out: `- HH:MM {text}`, or say why there was none:"
            f" `<!-- incidentdocs: ignore[{self.name}] reason -->`",
        )


def _sure(document: Document) -> list[Event]:
    """Return the events whose minute is known, none where their order or their days are in doubt."""
    timeline = document.timeline
    if timeline is None or timeline.disorders or timeline.incidents > 1 or document.wrong_years:
        return []
    doubtless = (event for event in timeline.events if event.start and event.clocked and event.dated)
    return [
        event
        for event in doubtless
        if not (event.placeholder or event.problem or event.skipped or event.unknown)
    ]


def _says_so(event: Event, channel: str) -> bool:
    """Return whether an event tells in words of its own that people were told how things stand."""
    said = plain(event.text.source[:_FAR])
    return channel.casefold() in said.casefold() or _telling().search(f" {fold(said)} ") is not None


def _is_after(event: Event, moment: datetime | None) -> bool:
    return moment is not None and instants(event.start)[0] > instants(moment)[-1]


def _stretches(
    events: list[Event], told: Set[Span], also: Set[Span], over: Set[Span], resolved: datetime | None
) -> Iterator[tuple[Event, Event | datetime]]:
    """Yield each communication with what ends the wait for the next one.

    That is the next one, or one `also` told in words of its own, the restoration (after which nothing burns
    until somebody communicates again), the resolution, or the last that an open incident has recorded.
    """
    since: Event | None = None
    for event in events:
        restored = event.milestone == RESTORED
        if event.span in told or restored or (since and event.span in also):
            if since:
                yield since, event
            since = None if restored or event.span in over else event
    if since and (resolved or events[-1] is not since):
        yield since, resolved or events[-1]


def _at_least(since: Event, until: datetime | None) -> timedelta:
    """Return how long an event was before a moment at least, by what its minute leaves open."""
    assert since.start is not None
    assert since.end is not None
    begins = max(since.end, since.start + _MINUTE)
    apart = (end - begin for end in instants(until) for begin in instants(begins))
    return min((each for each in apart if each >= timedelta(0)), default=timedelta(0))


@cache
def _telling() -> re.Pattern[str]:
    """Match folded words that tell that news went out; that may also mean less, which then is let pass."""
    english = r"updates?|updated|announce\w{0,8}|informed|notified|told|status page"
    french = r"mises? a jour|annonc\w{1,6}|informe\w{0,3}|prevenu\w{0,2}|communique\w{0,2}|page de statut"
    return re.compile(rf" (?:{english}|{french}) ")
