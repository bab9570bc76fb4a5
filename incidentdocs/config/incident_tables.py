"""The tables of a configuration about incidents: their steps, who is told of them, and who is on call."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

from incidentdocs.process.communication import Reason
from incidentdocs.settings.frozen import frozen


@frozen
class StepConfig:
    """One step of handling an incident; the first that is listed replaces all of the process."""

    id: str = field(metadata={"description": "Its name, such as triage."})
    title: str = field(
        metadata={"description": "Its title; {oncall}, {severity} and other words in braces are filled in."}
    )
    severities: tuple[str, ...] = field(
        default=("SEV1", "SEV2"), metadata={"description": "The severities of the incidents that have it."}
    )
    checks: tuple[str, ...] = field(
        default=(),
        metadata={"description": "What is checked, in order; further lines are things to choose from."},
    )
    output: str = field(default="", metadata={"description": "What it must bring."})
    gate: bool = field(
        default=True,
        metadata={"description": "Whether a person must give its output before a later step is passed."},
    )
    verifies: bool = field(
        default=False,
        metadata={"description": "Whether its checks must be ticked before the incident is resolved."},
    )
    milestone: str = field(
        default="",
        metadata={"description": "The milestone of the timeline that passing it is, such as triage."},
    )


@frozen
class NoticeConfig:
    """Who is told of incidents of one severity; what is left out is as the process has it."""

    always: tuple[str, ...] | None = field(
        default=None,
        metadata={"description": "Who is always told: handles, or roles such as backup."},
    )
    data_loss: tuple[str, ...] | None = field(
        default=None, metadata={"description": "Who is told as well where data was lost."}
    )
    email: tuple[Reason, ...] | None = field(
        default=None,
        metadata={
            "description": "When everybody gets an e-mail: always, data-loss, user-facing, personal-data."
        },
    )
    banner: tuple[Reason, ...] | None = field(
        default=None,
        metadata={"description": "When a banner goes up on the status page, in the same words."},
    )


@frozen
class CommunicationConfig:
    """Where the team talks during an incident, to whom, and how often."""

    channel: str = field(
        default="ops",
        metadata={
            "description": "The channel of announcements: a name of [channels], or the channel itself."
        },
    )
    update_minutes: int = field(
        default=30,
        metadata={"description": "How many minutes after one update the next goes out at last."},
    )
    severities: tuple[str, ...] = field(
        default=("SEV1", "SEV2"),
        metadata={"description": "The severities of the incidents that ask for updates."},
    )
    notify: Mapping[str, NoticeConfig] = field(
        default_factory=dict,
        metadata={"description": "Who is told, in a table by the severity."},
    )


@frozen
class OverrideConfig:
    """Somebody who is on call in another's place."""

    who: str = field(default="", metadata={"description": "The handle of who is on call."})
    role: Literal["principal", "backup"] = field(
        default="principal", metadata={"description": "What they are: principal or backup."}
    )
    from_: Any = field(
        default=None,
        metadata={"description": "From when on: a local date and time, or the first day."},
    )
    until: Any = field(
        default=None,
        metadata={"description": "Until when: a local date and time, or the last day, which is included."},
    )


@frozen
class AbsenceConfig:
    """Somebody who is not there for some days."""

    who: str = field(default="", metadata={"description": "The handle of who is not there."})
    from_: date | None = field(default=None, metadata={"description": "The first day of it."})
    until: date | None = field(
        default=None, metadata={"description": "The last day of it, which is included."}
    )


@frozen
class OnCallConfig:
    """Who is on call: always the same, or everybody in turn, a week each."""

    principal: str = field(
        default="", metadata={"description": "Who is always on call, by the handle; nobody without it."}
    )
    backup: str = field(
        default="",
        metadata={"description": "Who stands by in all weeks; in a rotation, without it, the next in order."},
    )
    order: tuple[str, ...] = field(
        default=(),
        metadata={"description": "Who is on call in turn, a week each, by handle; in place of principal."},
    )
    backup_order: tuple[str, ...] = field(
        default=(), metadata={"description": "Who stands by in turn, where it is not the next in order."}
    )
    start: date | None = field(
        default=None, metadata={"description": "The day of the first handover, to the first in order."}
    )
    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] | None = field(
        default=None,
        metadata={"description": "The day of the week of handovers; without it that of start, or mon."},
    )
    handover: str = field(default="09:00", metadata={"description": "When one hands over to the next."})
    timezone: str = field(
        default="", metadata={"description": "The zone of these times; without it that of the documents."}
    )
    overrides: tuple[OverrideConfig, ...] = field(
        default=(),
        metadata={"description": "Who is on call in another's place; that wins over turns and absences."},
    )
    absences: tuple[AbsenceConfig, ...] = field(
        default=(), metadata={"description": "Who is not there, and is replaced by whoever stands by."}
    )
