"""The rule timeline-dst."""

from collections.abc import Iterator
from datetime import timedelta

from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.timeline import Disorder, Event
from incidentdocs.documents.timeline.zone_slips import is_repeated_hour
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_FR = "# Post-mortem : panne de l'API\n\n## Timeline\n"
_EN = "# Post-mortem: API down\n\n## Timeline (Europe/Paris)\n"
_MARCH = "docs/post-mortems/2026-03-29-api-down.md"
_OCTOBER = "docs/post-mortems/2026-10-25-api-down.md"


class TimelineDst(DocumentRule):
    """In the nights when the clocks change, every time is one that they showed.

    In spring an hour is missing: no clock showed a time in it. In autumn an hour comes twice, and times in it are
    read so that the events stand in order, where they can. Either way, what is left is off by an hour.

    Write the time that the clocks showed, or add the zone that is meant: `02:30 UTC`, `02:30 CEST`.
    """

    name = "timeline-dst"
    severity = "warning"
    valid = (
        Example(
            f"{_FR}- 01:50 detection\n- 03:10 triage\n", path=_MARCH, config='timezone = "Europe/Paris"\n'
        ),
        Example(
            f"{_FR}- 02:50 detection\n- 02:10 triage\n- 02:20 mitigation start\n- 03:05 service restored\n",
            path=_OCTOBER,
            config='timezone = "Europe/Paris"\n',
        ),
        Example(f"{_FR}- 02:30 detection\n- 02:40 triage\n", path=_MARCH),
        Example(f"{_EN}- 00:30 UTC detection\n- 01:10 UTC triage\n", path=_MARCH),
    )
    invalid = (
        Example(
            f"{_FR}- 01:50 detection\n- 02:30 triage\n- 03:40 service restored\n",
            ("02:30",),
            path=_MARCH,
            config='timezone = "Europe/Paris"\n',
        ),
        Example(
            f"{_EN}- 02:50 detection\n- 02:10 triage\n- 02:40 mitigation start\n- 02:20 service restored\n",
            ("02:20",),
            path=_OCTOBER,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each time that no clock showed, and each that makes no order in an hour shown twice."""
        timeline = document.timeline
        for event in timeline.events if timeline else ():
            if event.skipped and not event.problem and not document.holds_placeholder(event.span):
                yield self._skipped(document, event)
        for disorder in timeline.disorders if timeline else ():
            if is_repeated_hour(disorder):
                yield self._repeated(document, disorder)

    def _skipped(self, document: Document, event: Event) -> Finding:
        assert event.end is not None
        shown = event.end - timedelta(seconds=1)
        message = f"no clock showed `{event.written}` on {event.day}: the hour was skipped"
        hint = f"write `{shown:%H:%M}`, or add the zone that is meant: `{event.written} UTC`"
        return self.finding(document, event.span, message, hint)

    def _repeated(self, document: Document, disorder: Disorder) -> Finding:
        event, before = disorder.event, disorder.before
        message = (
            f"`{event.written}` comes before `{before.written}` above, whichever of the two hours"
            f" that the clocks showed on {event.day} is meant"
        )
        zones = " or ".join(f"`{event.written} {name}`" for name in _zones(event))
        return self.finding(document, event.span, message, f"write which it is, {zones}, or correct the time")


def _zones(event: Event) -> tuple[str, str]:
    """Return the names of the zone before and after the change, as offsets where it has no names."""
    assert event.first is not None
    first, last = (event.first.replace(fold=fold) for fold in (0, 1))
    names = [str(moment.tzname()) for moment in (first, last)]
    if all(name.isalpha() for name in names):
        return names[0], names[1]
    return f"UTC{first:%z}", f"UTC{last:%z}"
