"""The steps by which an incident is handled: what each checks, and what it must bring."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("fr", "en")
"""The languages in which the steps of the process are known."""

FIELDS = (
    "response", "oncall", "backup", "devops", "dev", "tester", "severity", "product", "channel", "days",
    "notified", "notified-data-loss", "email",
)  # fmt: skip
"""What a step's texts may name in braces: it is known when an incident is opened."""

MILESTONES = ("detection", "triage", "mitigation", "restored", "root-cause")
"""The ids of the milestones that a step may reach."""


class Step(NamedTuple):
    """One step for incidents of some severities.

    A check of several lines has the things to choose from below its first. A step that is a `gate` must have
    its `output`, from a person, before a later step may be passed; the checks of one that `verifies` show
    that all works again: an incident is not resolved without them. Passing it is the `milestone` of the
    timeline that has this id, none where that is empty.
    """

    id: str
    severities: tuple[str, ...]
    title: str
    checks: tuple[str, ...]
    output: str
    gate: bool = True
    verifies: bool = False
    milestone: str = ""


def steps_for(severity: str, language: str, own: Sequence[Step] = ()) -> tuple[Step, ...]:
    """Return the steps for an incident: those of the team's `own`, else those of the process."""
    return tuple(step for step in own or process_steps(language) if severity in step.severities)


@cache
def process_steps(language: str) -> tuple[Step, ...]:
    """Return the steps of the process in one of LANGUAGES."""
    text = Path(__file__).with_name(f"steps.{language}.toml").read_text(encoding="utf-8")
    return tuple(
        Step(
            step["id"],
            tuple(step["severities"]),
            step["title"],
            tuple(check.strip() for check in step["checks"]),
            step["output"],
            step.get("gate", True),
            step.get("verifies", False),
            step.get("milestone", ""),
        )
        for step in tomllib.loads(text)["steps"]
    )


def filled(step: Step, known: Mapping[str, str]) -> Step:
    """Return a step with the values of FIELDS in the place of their names; what is not known stays."""

    def fill(text: str) -> str:
        return _field().sub(lambda found: known.get(found[1], found[0]), text)

    return step._replace(
        title=fill(step.title), checks=tuple(map(fill, step.checks)), output=fill(step.output)
    )


def unknown_fields(text: str) -> tuple[str, ...]:
    """Return what a text names in braces that is none of FIELDS."""
    return tuple(name for name in _field().findall(text) if name not in FIELDS)


@cache
def _field() -> re.Pattern[str]:
    return re.compile(r"\{([a-z-]{1,40})\}")
