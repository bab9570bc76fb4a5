"""The tables of a configuration about handling an incident: its steps, and who is told of it."""

from collections.abc import Mapping
from dataclasses import field

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
