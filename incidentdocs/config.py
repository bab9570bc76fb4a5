"""The configuration of a repository: `incidentdocs.toml`, or `[tool.incidentdocs]` in `pyproject.toml`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import islice
from typing import Any, Literal

from incidentdocs import clock
from incidentdocs.process.likeness import CONFIRMED, SUGGESTED
from incidentdocs.process.severity import SEVERITIES
from incidentdocs.rules import RULES, load, with_options
from incidentdocs.settings import read
from incidentdocs.settings.globs import glob_mistake
from incidentdocs.settings.mistakes import ENOUGH, KeyPath, Mistake, SettingsFile, instead, quoted
from incidentdocs.settings.toml import parse_toml

CONFIG_FILE = "incidentdocs.toml"
PYPROJECT = "pyproject.toml"
PYPROJECT_TABLE: KeyPath = ("tool", "incidentdocs")
LATEST_EDITION = 1
LONGEST_DEADLINE = 366
"""Days. Whoever waits longer has no deadline."""

FEWEST = 2
"""So many incidents are similar to one another at least."""

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesConfig:
    """Until when a post-mortem is to be published."""

    days: int = field(
        default=7,
        metadata={
            "description": "How many days after service was restored a post-mortem is published at last."
        },
    )
    severities: tuple[str, ...] = field(
        default=("SEV1", "SEV2"),
        metadata={"description": "The severities of the incidents that ask for a post-mortem in time."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationConfig:
    """When similar incidents call for an escalation."""

    threshold: int = field(
        default=3, metadata={"description": "So many similar incidents call for an escalation."}
    )
    window_days: int = field(
        default=31,
        metadata={"description": "The newest of them is at most so many days after the oldest."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarityConfig:
    """From which score on incidents are alike, and what a team calls one thing."""

    suggested: float = field(
        default=SUGGESTED,
        metadata={"description": "From this score on, 0 to 1, two incidents may be alike, which is told."},
    )
    confirmed: float = field(
        default=CONFIRMED,
        metadata={"description": "From this score on two incidents are alike, which counts for escalations."},
    )
    terms: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict,
        metadata={"description": "Terms of the team's own: each with the words and phrases that say it."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureModeConfig:
    """A way to fail that a document may name."""

    runbook: str = field(
        default="",
        metadata={
            "description": "What to do about it: a runbook's name, in which {service} stands for the service."
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one repository; every one has a default."""

    edition: int = field(
        default=1,
        metadata={"description": "The set of rules that run by default; it never changes within an edition."},
    )
    language: Language = field(
        default="en",
        metadata={"description": "The language of new documents and of those that show none: fr or en."},
    )
    timezone: str = field(
        default="UTC",
        metadata={"description": "The time zone of the times in documents, such as Europe/Paris."},
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata={"description": "Files never read: globs relative to the repository's root."},
    )
    history: HistoryConfig = field(
        default_factory=HistoryConfig,
        metadata={"description": "Whether and from when on the past is read from git."},
    )
    deadlines: DeadlinesConfig = field(
        default_factory=DeadlinesConfig,
        metadata={"description": "Until when post-mortems are to be published."},
    )
    escalation: EscalationConfig = field(
        default_factory=EscalationConfig,
        metadata={"description": "When similar incidents call for an escalation."},
    )
    similarity: SimilarityConfig = field(
        default_factory=SimilarityConfig,
        metadata={"description": "From when on incidents are alike, and what the team calls one thing."},
    )
    failure_modes: Mapping[str, FailureModeConfig] = field(
        default_factory=dict,
        metadata={
            "description": "Failure modes beside the known ones, or other runbooks for those, by name."
        },
    )
    rules: Mapping[str, RuleConfig] = field(
        default_factory=dict,
        metadata={"description": "What is decided for single rules, each in a table by its name."},
    )


def read_config(text: str, *, path: str) -> Config:
    """Return the configuration that the file at `path` holds, the defaults where it holds none.

    ConfigError names every mistake with its line and the nearest valid word.
    """
    table = PYPROJECT_TABLE if _is_pyproject(path) else ()
    data = _table(parse_toml(text, path=path), table)
    file = SettingsFile(path, text, table)
    if not table and _table(data, PYPROJECT_TABLE) is not None:
        hint = "write the settings without the table [tool.incidentdocs], which is for pyproject.toml"
        raise file.error([Mistake(PYPROJECT_TABLE, "the settings stand in a table of their own", hint)])
    config = read(Config, {} if data is None else data, file)
    if mistakes := list(islice(_mistakes(config), ENOUGH)):
        raise file.error(mistakes)
    return config


def holds_config(text: str, *, path: str) -> bool:
    """Whether the file holds a configuration: `incidentdocs.toml` always, `pyproject.toml` with its table."""
    if not _is_pyproject(path):
        return True
    return "incidentdocs" in text and _table(parse_toml(text, path=path), PYPROJECT_TABLE) is not None


def _is_pyproject(path: str) -> bool:
    return path.replace("\\", "/").rpartition("/")[2] == PYPROJECT


def _table(data: Any, table: KeyPath) -> Any:
    for key in table:
        if not isinstance(data, Mapping) or key not in data:
            return None
        data = data[key]
    return data


def _mistakes(config: Config) -> Iterator[Mistake]:
    if not 1 <= config.edition <= LATEST_EDITION:
        hint = f"write edition = {LATEST_EDITION}, the latest one, or install a newer incidentdocs"
        yield Mistake(("edition",), f"there is no edition {config.edition} in this version", hint)
    yield from _zone_mistakes(config.timezone)
    for number, pattern in enumerate(config.exclude):
        if found := glob_mistake(pattern):
            yield Mistake(("exclude", number), f"the glob {quoted(pattern)} {found[0]}", found[1])
    yield from _deadline_mistakes(config.deadlines)
    yield from _escalation_mistakes(config.escalation)
    yield from _similarity_mistakes(config.similarity)
    yield from _failure_mode_mistakes(config.failure_modes)
    for name in config.rules:
        if name not in RULES:
            hint = instead(name, RULES, otherwise="`incidentdocs rules` lists their names")
            yield Mistake(("rules", name), f"no rule is called {quoted(name)}", hint)
        elif options := config.rules[name].options:
            yield from _option_mistakes(name, options)


def _option_mistakes(name: str, options: Mapping[str, Any]) -> Iterator[Mistake]:
    if not fields(load(name)):
        yield Mistake(("rules", name, "options"), f"the rule {name} has no options", "remove them")
        return
    try:
        with_options(name, options)
    except (TypeError, ValueError):
        from incidentdocs.settings.checking import mistakes_in

        for mistake in mistakes_in(load(name), options):
            yield mistake._replace(where=("rules", name, "options", *mistake.where))


def _deadline_mistakes(deadlines: DeadlinesConfig) -> Iterator[Mistake]:
    if not 0 <= deadlines.days <= LONGEST_DEADLINE:
        hint = f"write a number of days from 0 to {LONGEST_DEADLINE}, as in days = 7"
        yield Mistake(("deadlines", "days"), f"no post-mortem is due after {deadlines.days} days", hint)
    for number, severity in enumerate(deadlines.severities):
        if severity not in SEVERITIES:
            known = f"write one of {', '.join(SEVERITIES)}"
            hint = instead(severity, SEVERITIES, otherwise=known)
            yield Mistake(("deadlines", "severities", number), f"no severity is {quoted(severity)}", hint)


def _escalation_mistakes(escalation: EscalationConfig) -> Iterator[Mistake]:
    if escalation.threshold < FEWEST:
        hint = f"write a number from {FEWEST} on, as in threshold = 3"
        yield Mistake(("escalation", "threshold"), f"{escalation.threshold} incidents are no pattern", hint)
    if not 1 <= escalation.window_days <= LONGEST_DEADLINE:
        hint = f"write a number of days from 1 to {LONGEST_DEADLINE}, as in window-days = 31"
        where = ("escalation", "window-days")
        yield Mistake(where, f"{escalation.window_days} days are no window", hint)


def _similarity_mistakes(similarity: SimilarityConfig) -> Iterator[Mistake]:
    for name, score in (("suggested", similarity.suggested), ("confirmed", similarity.confirmed)):
        if not 0 < score <= 1:
            hint = f"write a number above 0 and up to 1, as in {name} = {getattr(SimilarityConfig(), name)}"
            yield Mistake(("similarity", name), f"no score is {score}", hint)
    if similarity.confirmed < similarity.suggested:
        message = f"{similarity.confirmed} is below the score from which on a link is only suggested"
        yield Mistake(("similarity", "confirmed"), message, f"write at least {similarity.suggested}")


def _failure_mode_mistakes(modes: Mapping[str, FailureModeConfig]) -> Iterator[Mistake]:
    for name in modes:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            hint = "write it in lower-case letters, digits and hyphens, as in queue-stuck"
            yield Mistake(("failure-modes", name), f"{quoted(name)} is no name of a failure mode", hint)


def _zone_mistakes(name: str) -> Iterator[Mistake]:
    try:
        clock.zone(name)
    except ValueError:
        yield Mistake(("timezone",), f"no time zone is called {quoted(name)}", _zone_hint(name))


def _zone_hint(name: str) -> str:
    from zoneinfo import available_timezones

    # An abbreviation such as EST is no advice: it may be the clock of another continent.
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    by_city = {zone.rpartition("/")[2].casefold(): zone for zone in zones}
    likely = by_city.get(name.casefold(), name)
    return instead(likely, zones, otherwise='write an IANA name, as in "Europe/Paris", or "UTC"')
