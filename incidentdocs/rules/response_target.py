"""The rule response-target."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from incidentdocs.clock import format_duration
from incidentdocs.documents.document import Document
from incidentdocs.documents.settled import instants, latest, standing
from incidentdocs.documents.timeline.milestones import DETECTION, TRIAGE
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.library.finding import Finding
from incidentdocs.process.business_hours import working_time
from incidentdocs.process.severity import Policy
from incidentdocs.rules.rule import DocumentRule, Example

_ANOTHER_TIME = timedelta(days=60)
"""Where more than this lies between two milestones, one of them has a wrong date, which another rule tells."""

_SEV1 = "---\nseverity: SEV1\n---\n# Post-mortem: API down\n\n## Timeline\n"
_SEV2 = "---\nseverity: SEV2\n---\n# Post-mortem : panne de l'API\n\n## Timeline\n"


class ResponseTarget(DocumentRule):
    """Triage begins within the time that the severity asks for after the detection.

    The process promises 15 minutes of clock for a SEV1, 4 and 24 hours on the business clock for SEV2 and SEV3, unless
    the configuration says otherwise. To reach a target exactly is to meet it, and a time written with `~` counts as
    early as it may have been. From phase 3 on, when customers rely on it, a missed target is an error.

    Correct whichever time is wrong. Where the answer was late, an action item or a comment says why:
    `<!-- incidentdocs: ignore[response-target] reason -->`.
    """

    name = "response-target"
    severity = "warning"
    valid = (
        Example(f"{_SEV1}- 10:15 detection\n- 10:30 triage\n"),
        Example(f"{_SEV1}- 10:15 detection\n- ~10:40 triage\n"),
        Example(f"{_SEV2}- 2026-03-13 17:30 detection\n- 2026-03-16 09:45 triage\n"),
        Example(f"{_SEV1}- 10:15 detection\n- 11:40 triage\n", config='[severity.SEV1]\nresponse = "2h"\n'),
    )
    invalid = (
        Example(f"{_SEV1}- 10:15 detection\n- 10:31 triage\n", ("10:31",)),
        Example(
            f"{_SEV2}- 2026-03-13 10:30 detection\n- 2026-03-13 14:45 triage : équipe alertée\n",
            ("2026-03-13 14:45",),
            config="[process]\nphase = 3\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where the first triage came too late after the first detection."""
        severity = document.severity
        if severity is None or document.timeline is None:
            return
        ends = _first(document.timeline.events, DETECTION), _first(document.timeline.events, TRIAGE)
        detection, triage = ends
        if detection is None or triage is None:
            return
        events = standing(document)
        if detection not in events or triage not in events:
            return
        policy = document.process.policy(severity)
        start, end = latest(detection), instants(triage.start)[0]
        taken = _taken(document, policy, start, end)
        if taken <= policy.response or end - start > _ANOTHER_TIME:
            return
        asked = f"{format_duration(policy.response)}{_clock(policy)}"
        message = f"triage began {format_duration(taken)}{_clock(policy)} after `{detection.written}`; a {severity} asks for {asked}"
        yield self.finding(
            document,
            triage.span,
            message,
            "correct the times, or say why it was late: `<!-- incidentdocs: ignore[response-target] reason -->`",
            severity="error" if document.process.phase >= 3 else None,
        )


def _first(events: Sequence[Event], milestone: str) -> Event | None:
    return next((event for event in events if event.milestone == milestone), None)


def _taken(document: Document, policy: Policy, start: datetime, end: datetime) -> timedelta:
    if policy.clock == "wall":
        return end - start
    first, last = (moment.astimezone(document.process.zone) for moment in (start, end))
    return working_time(first, last, document.process.hours)


def _clock(policy: Policy) -> str:
    return " of working time" if policy.clock == "business" else ""
