"""The tables of a configuration: every setting in them with what it means."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

from incidentdocs.process.likeness import CONFIRMED, SUGGESTED
from incidentdocs.settings.frozen import frozen

LATEST_EDITION = 1

LONGEST_DEADLINE = 366
"""Days. Whoever waits longer has no deadline."""

LONGEST_HORIZON = 3660
"""Days. An action item that may take longer is none."""


@frozen
class RuleConfig:
    """What a repository decides about one rule; None leaves it as the edition has it."""

    enabled: bool | None = field(
        default=None, metadata={"description": "Whether the rule runs; without it, what the edition says."}
    )
    severity: Literal["error", "warning"] | None = field(
        default=None, metadata={"description": "How grave a finding of the rule is: error or warning."}
    )
    options: Mapping[str, Any] = field(
        default_factory=dict,
        metadata={"description": "The rule's own options, which its page lists."},
    )


@frozen
class PerPathConfig:
    """What is decided of rules for some documents only."""

    paths: tuple[str, ...] = field(
        default=(),
        metadata={"description": "The documents that it holds for: globs relative to the repository's root."},
    )
    rules: Mapping[str, RuleConfig] = field(
        default_factory=dict,
        metadata={"description": "What is decided for single rules there, each in a table by its name."},
    )


@frozen
class HistoryConfig:
    """Whether the past is read from git, and from when on it counts."""

    use: Literal["auto", "required", "off"] = field(
        default="auto",
        metadata={
            "description": "Whether git's history is read: auto, where there is one; required, which refuses"
            " to go on without; or off, never."
        },
    )
    since: date | None = field(
        default=None,
        metadata={
            "description": "The first day of incidents whose publication is judged; without it, the day this"
            " configuration was first committed."
        },
    )


@frozen
class DeadlinesConfig:
    """Until when a post-mortem is to be published."""

    days: int = field(
        default=7,
        metadata={
            "description": "How many days after service was restored a post-mortem is published at last.",
            "least": 0,
            "most": LONGEST_DEADLINE,
        },
    )
    severities: tuple[str, ...] = field(
        default=("SEV1", "SEV2"),
        metadata={"description": "The severities of the incidents that ask for a post-mortem in time."},
    )


@frozen
class EscalationConfig:
    """When similar incidents call for an escalation."""

    threshold: int = field(
        default=3,
        metadata={
            "description": "So many similar incidents call for an escalation.",
            "least": 2,
            "most": 1000,
        },
    )
    window_days: int = field(
        default=31,
        metadata={
            "description": "The newest of them is at most so many days after the oldest.",
            "least": 1,
            "most": LONGEST_DEADLINE,
        },
    )


@frozen
class SimilarityConfig:
    """From which score on incidents are alike, and what a team calls one thing."""

    suggested: float = field(
        default=SUGGESTED,
        metadata={
            "description": "From this score on two incidents may be alike, which is told.",
            "above": 0,
            "most": 1,
        },
    )
    confirmed: float = field(
        default=CONFIRMED,
        metadata={
            "description": "From this score on two incidents are alike, which counts for escalations.",
            "above": 0,
            "most": 1,
        },
    )
    terms: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict,
        metadata={"description": "Terms of the team's own: each with the words and phrases that say it."},
    )


@frozen
class FailureModeConfig:
    """A way to fail that a document may name."""

    runbook: str = field(
        default="",
        metadata={
            "description": "What to do about it: a runbook's name, in which {service} stands for the service."
        },
    )


@frozen
class ProcessConfig:
    """What the team runs, and how far it is."""

    product: str = field(
        default="", metadata={"description": "The product's name, as messages about an incident have it."}
    )
    phase: int = field(
        default=1,
        metadata={
            "description": "The phase of the product: below 3 response targets are best effort, from 3 on"
            " a missed one is an error.",
            "least": 0,
            "most": 1000,
        },
    )


@frozen
class PersonConfig:
    """Somebody who owns action items or is called: the table's name is the handle, without its @."""

    names: tuple[str, ...] = field(
        default=(), metadata={"description": "How documents write the name, the usual one first."}
    )
    emails: tuple[str, ...] = field(default=(), metadata={"description": "The e-mail addresses."})
    role: str = field(
        default="", metadata={"description": "What they do in an incident, such as oncall or backup."}
    )
    kind: Literal["person", "agent"] = field(
        default="person",
        metadata={"description": "person, also for a team, or agent, which owns nothing alone."},
    )
    from_: date | None = field(
        default=None, metadata={"description": "Their first day; without it they were always there."}
    )
    until: date | None = field(
        default=None, metadata={"description": "Their last day; without it they are still there."}
    )


@frozen
class SeverityConfig:
    """What is asked for incidents of one severity; what is left out is as the process has it."""

    definition: str = field(default="", metadata={"description": "What incidents have this severity."})
    aliases: tuple[str, ...] = field(
        default=(), metadata={"description": "Other words for it that documents may write, such as P1."}
    )
    response: str = field(
        default="",
        metadata={"description": "How soon after detection triage begins, such as 15m or 4h."},
    )
    clock: Literal["wall", "business"] | None = field(
        default=None,
        metadata={"description": "Whether that is on the wall clock, or in business hours."},
    )
    publication_days: int | None = field(
        default=None,
        metadata={
            "description": "How many days there are to publish the post-mortem; else deadlines.days.",
            "least": 0,
            "most": LONGEST_HORIZON,
        },
    )
    due_days: int | None = field(
        default=None,
        metadata={
            "description": "How many days after the incident its action items are due at last.",
            "least": 0,
            "most": LONGEST_HORIZON,
        },
    )


@frozen
class BusinessHoursConfig:
    """When the team works, for targets that are counted in business hours."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = field(
        default=("mon", "tue", "wed", "thu", "fri"),
        metadata={"description": "The days of the week: mon, tue, wed, thu, fri, sat, sun.", "fewest": 1},
    )
    opens: str = field(default="09:00", metadata={"description": "When a working day begins."})
    closes: str = field(default="18:00", metadata={"description": "When a working day ends."})
    timezone: str = field(
        default="", metadata={"description": "The zone of these hours; without it that of the documents."}
    )
    country: str = field(
        default="",
        metadata={
            "description": "Whose public holidays are free, as an ISO code: FR, or FR-57 with the part of it."
        },
    )


@frozen
class RepositoryConfig:
    """What else the repository holds."""

    code: str = field(
        default="",
        metadata={
            "description": "The folder of the code that runbooks speak of, relative to the root: . for all."
        },
    )


@frozen
class NotifyConfig:
    """Where reports are sent, and how often that is tried."""

    targets: Mapping[str, str] = field(
        default_factory=dict,
        metadata={
            "description": 'Addresses as apprise has them, each with a name: ops = "$OPS_SLACK". One that'
            " begins with $ is that of the environment's variable, so that no secret is committed."
        },
    )
    attempts: int = field(
        default=3,
        metadata={"description": "How often a target that fails is tried at most.", "least": 1, "most": 10},
    )
    wait_seconds: float = field(
        default=2,
        metadata={
            "description": "Seconds before the second attempt; each later one waits twice as long.",
            "least": 0,
            "most": 60,
        },
    )
