"""Where an incident stands: what was done, what is next, and by when."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from incidentdocs.documents.checklist import Check
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import Handling, Taken, handling, is_resolved
from incidentdocs.documents.outage import began, downtime, happened, restored
from incidentdocs.documents.timeline.milestones import TRIAGE
from incidentdocs.documents.verification import first_line
from incidentdocs.process.business_hours import working_time
from incidentdocs.reports.model import Model

_MINUTE = timedelta(minutes=1)


class StepStanding(Model):
    """One step of the checklist."""

    number: int
    """Its number."""
    title: str
    """Its title."""
    expected: str
    """What it must bring; empty where it asks for nothing."""
    passed: bool
    """Whether a person has passed it."""
    said: str
    """What it brought, or what an agent has prepared; empty where nothing."""
    by: str
    """The handle, with its `@`, of who said so."""
    when: str
    """When, as the document has it."""
    checks: list[str]
    """The checks that are not ticked, each with what there is to choose from on lines of its own."""


class MilestoneStanding(Model):
    """One milestone that the timeline has."""

    id: str
    """Its name, such as triage."""
    at: datetime
    """When it was."""


class ResponseStanding(Model):
    """How the triage stands against the severity's target."""

    minutes: int
    """So many minutes after detection triage begins at last."""
    clock: Literal["wall", "business"]
    """Whether all minutes count, or those of business hours."""
    taken: int
    """So many minutes have passed until triage, or until now."""
    status: Literal["met", "missed", "open"]
    """Whether it was met; open while there is time."""


class UpdateStanding(Model):
    """When the next update goes out."""

    last: datetime | None
    """When the last communication went out, null where none did."""
    due: datetime
    """Until when the next one goes out."""
    late: bool
    """Whether that has passed."""


class Standing(Model):
    """Where one incident stands."""

    document: str
    """The document, relative to the repository's root."""
    title: str
    """What broke."""
    severity: str | None
    """Its severity, null where the document gives none."""
    status: Literal["open", "resolved"]
    """Whether it is resolved."""
    began: datetime | None
    """When it began, as far as is known."""
    resolved: datetime | None
    """When it was resolved."""
    minutes: int | None
    """How many minutes it lasts, or the service was down; null where that is not known."""
    oncall: list[str]
    """Who answers for it."""
    backup: list[str]
    """Who helps."""
    steps: list[StepStanding]
    """The steps of its checklist, in order."""
    next: int | None
    """The number of the step that is next, null where all are passed or there are none."""
    milestones: list[MilestoneStanding]
    """The milestones of the timeline, in order."""
    response: ResponseStanding | None
    """The response target; null where no detection or no severity is told."""
    update: UpdateStanding | None
    """The next update; null where none is asked for."""
    post_mortem_due: date | None
    """The last day on which the post-mortem is published in time; null while it is open, or gets none."""


class StandingReport(Standing):
    """What `incidentdocs incident status` tells of one incident."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: datetime
    """The moment at which it stands so."""


class IncidentsReport(Model):
    """What `incidentdocs incident list` tells: incidents, the latest first."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: datetime
    """The moment at which they stand so."""
    incidents: list[Standing]
    """The incidents that are open, or all."""


def standing(document: Document, now: datetime) -> Standing:
    """Return where the incident that `document` tells of stands at `now`."""
    handled = handling(document)
    resolved = is_resolved(document)
    return Standing(
        document=document.path,
        title=document.subject or document.path,
        severity=document.severity,
        status="resolved" if resolved else "open",
        began=began(document),
        resolved=document.moment("resolved"),
        minutes=_minutes(document, now, resolved=resolved),
        oncall=list(document.words("oncall")),
        backup=list(document.words("backup")),
        steps=[_step(taken) for taken in handled.steps] if handled else [],
        next=next_step(handled),
        milestones=list(_milestones(document)),
        response=_response(document, now),
        update=None if resolved else _update(document, handled, now),
        post_mortem_due=_due(document) if resolved else None,
    )


def standing_report(document: Document, now: datetime) -> StandingReport:
    """Return where one incident stands at `now`, as a report."""
    return StandingReport(**dict(standing(document, now)), as_of=now)


def incidents_report(documents: Iterable[Document], now: datetime) -> IncidentsReport:
    """Return where incidents stand at `now`, the latest first."""
    return IncidentsReport(as_of=now, incidents=[standing(document, now) for document in documents])


def next_step(handled: Handling | None) -> int | None:
    """Return the number of the step to do next, the first that is not passed; None where all are."""
    steps = handled.steps if handled else ()
    return next((each.done.number for each in steps if not each.passed), None)


def _minutes(document: Document, now: datetime, *, resolved: bool) -> int | None:
    if resolved or restored(document):
        taken = downtime(document)
    else:
        start = began(document)
        taken = now.astimezone(UTC) - start.astimezone(UTC) if start else None
    return taken // _MINUTE if taken and taken >= timedelta() else None


def _step(taken: Taken) -> StepStanding:
    done, output = taken.done, taken.done.output
    return StepStanding(
        number=done.number,
        title=done.title,
        expected=output.expected if output else "",
        passed=taken.passed,
        said=output.said if output else "",
        by=output.by if output else "",
        when=output.when if output else "",
        checks=[_asked(check) for check in done.checks if not check.ticked],
    )


def _asked(check: Check) -> str:
    return "\n".join(first_line(text).source for text in (check.text, *check.choices))


def _milestones(document: Document) -> Iterator[MilestoneStanding]:
    for event in happened(document):
        if event.milestone and event.first:
            yield MilestoneStanding(id=event.milestone, at=event.first)


def _response(document: Document, now: datetime) -> ResponseStanding | None:
    detected = document.moment("detected") or _first(document, "detection")
    if document.severity is None or detected is None:
        return None
    policy, zone = document.process.policy(document.severity), document.process.zone
    triage = _first(document, TRIAGE)
    end = triage or now
    if policy.clock == "wall":
        taken = end.astimezone(UTC) - detected.astimezone(UTC)
    else:
        taken = working_time(detected.astimezone(zone), end.astimezone(zone), document.process.hours)
    late = taken > policy.response
    return ResponseStanding(
        minutes=policy.response // _MINUTE,
        clock=policy.clock,
        taken=max(taken // _MINUTE, 0),
        status="missed" if late else "met" if triage else "open",
    )


def _first(document: Document, milestone: str) -> datetime | None:
    found = (event.first for event in happened(document) if event.milestone == milestone)
    return next(found, None)


def _update(document: Document, handled: Handling | None, now: datetime) -> UpdateStanding | None:
    """Return when the next update goes out, None where none is asked for any more."""
    asked, zone = document.process.communication, document.process.zone
    if document.severity not in asked.severities or restored(document):
        return None
    sent = handled.of("announce", "update") if handled else ()
    moments = [each.event.first for each in sent if each.event.first]
    last = max(moments, default=None, key=lambda moment: moment.astimezone(UTC))
    since = last or document.moment("detected") or began(document)
    if since is None:
        return None
    due = (since.astimezone(UTC) + asked.every).astimezone(zone)
    return UpdateStanding(last=last, due=due, late=now.astimezone(UTC) > due.astimezone(UTC))


def _due(document: Document) -> date | None:
    days = document.process.publication.days_for(document.severity)
    end = restored(document) or document.moment("resolved")
    if days is None or end is None:
        return None
    return end.astimezone(document.process.zone).date() + timedelta(days=days)
