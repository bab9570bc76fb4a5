"""The rule duration-mismatch."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from incidentdocs.clock import format_duration
from incidentdocs.documents.document import Document
from incidentdocs.documents.impact import Value
from incidentdocs.documents.settled import instants, standing
from incidentdocs.documents.timeline.milestones import RESTORED, milestone_in
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.documents.worded_durations import in_digits
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.blocks import Text
from incidentdocs.process.business_hours import BusinessHours, working_time
from incidentdocs.profiles.profile import MilestoneProfile
from incidentdocs.rules.rule import DocumentRule, Example

DOWNTIME = "downtime"
"""The id of the field that declares how long the service was down."""

START = MilestoneProfile(
    id="start",
    label={"fr": "début", "en": "start"},
    accept=(
        "started", "begin", "beginning", "outage start", "outage starts", "outage started", "outage begins",
        "start of outage", "start of the outage", "incident start", "incident starts", "incident started",
        "début panne", "début de panne", "début de la panne", "début de l'incident", "début incident",
        "début de l'interruption", "début de la coupure", "début de l'indisponibilité", "début du downtime",
    ),
)  # fmt: skip
"""How a timeline names the moment at which an outage began."""

_STARTING = ("start", "begin", "but")
"""A piece of one of them is in every label of that moment, also where an accent stands for itself."""

_IMPACT = "\n## Impact\n- Downtime: "
_TOLD = "# Post-mortem: API\n\n## Timeline\n- 10:15 start\n- 10:40 detection\n- 11:55 service restored\n"
_PANNE = "# Post-mortem : API\n\n## Timeline\n- 10:15 detection\n- 11:00 service restored\n\n## Impact\n- Duree downtime : "


class DurationMismatch(DocumentRule):
    """The declared downtime agrees with the timeline.

    The two numbers are the ones that everybody quotes, and one of them is wrong. Where the timeline names both
    ends of the outage (`start` and `service restored`) a downtime that differs is an error. Otherwise it may
    honestly be longer than from detection to restoration, since an outage begins before anyone sees it, or shorter;
    only beyond the whole timeline is it a warning. A duration in working hours is right as well.

    Correct the downtime or the times, or add the event at which the outage began: `- HH:MM start`.
    """

    name = "duration-mismatch"
    valid = (
        Example(f"{_TOLD}{_IMPACT}1h 40m\n"),
        Example(f"{_PANNE}30m\n"),
        Example(f"{_PANNE}trois quarts d'heure\n"),
        Example(f"{_TOLD}- 14:00 service restored\n{_IMPACT}2h 30m\n"),
    )
    invalid = (
        Example(f"{_TOLD}{_IMPACT}2h 40m\n", ("2h 40m",)),
        Example(f"{_PANNE}3h 0m\n", ("3h 0m",)),
        Example(f"{_TOLD}{_IMPACT}nine hours\n", ("nine hours",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each declared duration that the timeline contradicts."""
        declarations = [
            (value, declared) for value in document.values if (declared := _declared(document, value))
        ]
        if document.timeline is None or not declarations:
            return
        events, sure = document.timeline.events, standing(document)
        whole = _between(sure, sure) if 1 < len(sure) == len(events) else None
        outage = _outage(events, sure)
        for value, declared in declarations:
            if outage and value.field.id == DOWNTIME:
                if not outage.allows(declared, value.text.source, document.process.hours):
                    yield self._contradicted(document, value, declared, outage)
            elif whole and declared > whole.longest + _rounding(value.text.source):
                yield self._too_long(document, value, declared, whole)

    def _contradicted(
        self, document: Document, value: Value, declared: timedelta, outage: "_Stretch"
    ) -> Finding:
        first, last = outage.first.written, outage.last.written
        told = format_duration(outage.told)
        written = _first_line(value)
        message = f"{_quoted(written, declared)} is declared, and it is {told} from `{first}` to `{last}`"
        return self.finding(document, written.span(), message, f"write `{told}`, or correct the times")

    def _too_long(self, document: Document, value: Value, declared: timedelta, whole: "_Stretch") -> Finding:
        told, written = format_duration(whole.told), _first_line(value)
        return self.finding(
            document,
            written.span(),
            f"{_quoted(written, declared)} is longer than the whole timeline, which spans {told}",
            "correct it, or add the event with which it began to the timeline: `- HH:MM start`",
            severity="warning",
        )


class _Stretch(NamedTuple):
    """The time from one event to another, as short and as long as their precision allows."""

    first: Event
    last: Event
    shortest: timedelta
    longest: timedelta
    told: timedelta

    def allows(self, declared: timedelta, written: str, hours: BusinessHours) -> bool:
        """Return whether a duration agrees, on the wall clock or on the business clock."""
        slack = _rounding(written)
        if self.shortest - slack <= declared <= self.longest + slack:
            return True
        assert self.first.start is not None
        assert self.last.end is not None
        worked = working_time(self.first.start, self.last.end.astimezone(self.first.start.tzinfo), hours)
        return abs(worked - declared) <= slack + self.longest - self.shortest


def _outage(events: Sequence[Event], sure: Sequence[Event]) -> _Stretch | None:
    """Return the time from the start that the timeline names to the restoration, None where it names not both.

    Only of its ends need it be `sure` when they were: what else has a date that cannot be changes nothing.
    """
    likely = (event for event in events if any(word in event.text.source.lower() for word in _STARTING))
    starts = [event for event in likely if milestone_in(event.text.source, (START,))]
    ends = [event for event in events if event.milestone == RESTORED]
    known = {event.span for event in sure}
    if not (starts and ends) or not known.issuperset(event.span for event in (*starts, *ends)):
        return None
    stretch = _between(starts[:1], ends)
    return stretch if stretch.longest > timedelta(0) else None


def _between(firsts: Sequence[Event], lasts: Sequence[Event]) -> _Stretch:
    """Return the time from the earliest of `firsts` to `lasts`: to any of them, where a relapse repeats it."""
    first = min(firsts, key=lambda event: instants(event.start)[0])
    last = max(lasts, key=lambda event: instants(event.end)[-1])
    soonest = min(instants(event.start)[0] for event in lasts)
    shortest = soonest - instants(first.end)[-1]
    longest = instants(last.end)[-1] - instants(first.start)[0]
    told = instants(last.start)[0] - instants(first.start)[0]
    return _Stretch(first, last, shortest, longest, told)


def _declared(document: Document, value: Value) -> timedelta | None:
    """Return the duration that a value declares exactly; none at all contradicts nothing."""
    doubtful = value.problem or document.holds_placeholder(value.text.span())
    if doubtful or not isinstance(value.parsed, timedelta) or _inexact().search(value.text.source):
        return None
    return value.parsed or None


@cache
def _inexact() -> re.Pattern[str]:
    words = (
        r"env|environ|approx\w*|about|around|roughly|almost|nearly|over|under|more than|less than|up to|at least"
        r"|presque|près|plus de|moins de|jusqu|au moins|intermitt?\w*|partial\w*|partiel\w*"
    )
    return re.compile(rf"[~≈<>?+]|\b(?:{words})\b", re.IGNORECASE)


def _rounding(written: str) -> timedelta:
    """Return by how much a duration may have been rounded: it is as precise as its smallest unit."""
    if not re.search(r"\d", written):
        written = in_digits(written)
    if re.search(r"(?i)\d\s?m|\d\s?h\s?\d", written):
        return timedelta(minutes=1)
    return timedelta(minutes=30) if re.search(r"(?i)\d\s?h", written) else timedelta(hours=12)


def _first_line(value: Value) -> Text:
    """Return what is underlined: the value without its continuation lines."""
    return value.text.part(0, len(value.text.source.partition("\n")[0])).stripped()


def _quoted(written: Text, declared: timedelta) -> str:
    """Quote a duration in its author's words, and where they differ as the timeline's is told too."""
    told = format_duration(declared)
    return f"`{written.source}`" + f" ({told})" * (told not in written.source)
