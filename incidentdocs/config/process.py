"""How a team works, as its configuration says."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from incidentdocs import clock
from incidentdocs.config import Config
from incidentdocs.config.incident_tables import NoticeConfig, StepConfig
from incidentdocs.config.people import roster_of
from incidentdocs.config.tables import BusinessHoursConfig, SeverityConfig
from incidentdocs.process.business_hours import WEEKDAYS, BusinessHours
from incidentdocs.process.communication import NOTICES, Communication, Notice
from incidentdocs.process.people import Roster
from incidentdocs.process.process import Process
from incidentdocs.process.publication import Publication
from incidentdocs.process.severity import POLICIES, Policy
from incidentdocs.process.steps import Step

if TYPE_CHECKING:
    from incidentdocs.process.oncall import OnCall


def process_of(config: Config, today: date) -> Process:
    """Return the process that `config`, which holds no mistakes, describes, on the day `today`."""
    people = roster_of(config.people)
    return Process(
        zone=clock.zone(config.timezone),
        language=config.language,
        today=today,
        product=config.process.product,
        phase=config.process.phase,
        people=people,
        policies={name: _policy(policy, config.severity.get(name)) for name, policy in POLICIES.items()},
        hours=_hours(config.business_hours),
        channels=config.channels,
        publication=_publication(config),
        code=config.repository.code,
        communication=_communication(config),
        steps=tuple(_step(step) for step in config.steps),
        oncall=_oncall(config, people),
    )


def severity_words(config: Config) -> Mapping[str, str]:
    """Return the words that the team has for severities, each with the one that it stands for."""
    return {word: name for name, severity in config.severity.items() for word in severity.aliases}


def _policy(policy: Policy, decided: SeverityConfig | None) -> Policy:
    if decided is None:
        return policy
    response = clock.parse_duration(decided.response)
    return Policy(
        decided.definition or policy.definition,
        policy.response if response is None else response,
        decided.clock or policy.clock,
        policy.due_days if decided.due_days is None else decided.due_days,
    )


def _communication(config: Config) -> Communication:
    decided = config.communication
    return Communication(
        config.channels.get(decided.channel) or f"#{decided.channel.removeprefix('#')}",
        timedelta(minutes=decided.update_minutes),
        decided.severities,
        {name: _notice(notice, decided.notify.get(name)) for name, notice in NOTICES.items()},
    )


def _notice(notice: Notice, decided: NoticeConfig | None) -> Notice:
    if decided is None:
        return notice
    return Notice(
        notice.always if decided.always is None else decided.always,
        notice.data_loss if decided.data_loss is None else decided.data_loss,
        notice.email if decided.email is None else decided.email,
        notice.banner if decided.banner is None else decided.banner,
    )


def _step(step: StepConfig) -> Step:
    return Step(
        step.id,
        step.severities,
        step.title,
        step.checks,
        step.output,
        step.gate and bool(step.output),
        step.verifies,
        step.milestone,
    )


def _oncall(config: Config, people: Roster) -> "OnCall | None":
    """Return who is on call; nothing about it is imported where nobody is configured to be."""
    if not config.oncall.principal and not config.oncall.order:
        return None
    from incidentdocs.config.oncall import oncall_of

    return oncall_of(config.oncall, people, clock.zone(config.oncall.timezone or config.timezone))


def _hours(hours: BusinessHoursConfig) -> BusinessHours:
    return BusinessHours(
        frozenset(map(WEEKDAYS.index, hours.days)),
        time.fromisoformat(hours.opens),
        time.fromisoformat(hours.closes),
        clock.zone(hours.timezone) if hours.timezone else None,
        hours.country,
    )


def _publication(config: Config) -> Publication:
    days = {name: severity.publication_days for name, severity in config.severity.items()}
    own = {name: number for name, number in days.items() if number is not None}
    return Publication(config.deadlines.days, config.deadlines.severities, own)
