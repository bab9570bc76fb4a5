"""What a configuration says that cannot be, each with its key and what to write instead."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date
from typing import TYPE_CHECKING, NamedTuple

from incidentdocs import clock
from incidentdocs.config.incident_mistakes import communication_mistakes, step_mistakes
from incidentdocs.config.incident_tables import OnCallConfig
from incidentdocs.config.process_mistakes import (
    channel_mistakes,
    code_mistakes,
    hours_mistakes,
    listed_severity_mistakes,
    people_mistakes,
    severity_mistakes,
)
from incidentdocs.config.rule_mistakes import baseline_mistakes, per_path_mistakes, rule_mistakes
from incidentdocs.config.tables import (
    LATEST_EDITION,
    FailureModeConfig,
    SimilarityConfig,
)
from incidentdocs.settings.globs import glob_mistake
from incidentdocs.settings.mistakes import Mistake, instead, quoted

if TYPE_CHECKING:
    from incidentdocs.config import Config


class _Pages(NamedTuple):
    """What the address of a page says: an example, what is put in, and what that is."""

    example: str
    place: str
    stands: str


_RULE_PAGES = _Pages("https://docs.example.org/rules/{rule}", "{rule}", "a rule's name stands")
_FILE_PAGES = _Pages(
    "https://git.example.org/team/ops/src/branch/main/{path}#L{line}", "{path}", "a file's path stands"
)


class Around(NamedTuple):
    """What a configuration stands in: the day today in UTC, and what tells whether its root has a folder."""

    today: date
    has_folder: Callable[[str], bool]


def mistakes_of(config: "Config", around: Around | None = None) -> Iterator[Mistake]:
    """Yield everything in `config` that is of the right type and cannot be all the same.

    Without what is `around`, as where the text alone is known, nothing is asked of it.
    """
    if not 1 <= config.edition <= LATEST_EDITION:
        hint = f"write edition = {LATEST_EDITION}, the latest one, or install a newer incidentdocs"
        yield Mistake(("edition",), f"there is no edition {quoted(config.edition)} in this version", hint)
    yield from _zone_mistakes(config.timezone, "timezone")
    for number, pattern in enumerate(config.exclude):
        if found := glob_mistake(pattern):
            yield Mistake(("exclude", number), f"the glob {quoted(pattern)} {found[0]}", found[1])
    yield from _page_mistakes("rule-pages", config.rule_pages, _RULE_PAGES)
    yield from _page_mistakes("file-pages", config.file_pages, _FILE_PAGES)
    yield from listed_severity_mistakes(("deadlines", "severities"), config.deadlines.severities)
    yield from _similarity_mistakes(config.similarity)
    yield from _failure_mode_mistakes(config.failure_modes)
    yield from people_mistakes(config.people)
    yield from severity_mistakes(config.severity)
    yield from hours_mistakes(config.business_hours)
    if config.business_hours.timezone:
        yield from _zone_mistakes(config.business_hours.timezone, "business-hours", "timezone")
    yield from _oncall_mistakes(config)
    yield from communication_mistakes(config.communication)
    yield from step_mistakes(config.steps)
    yield from code_mistakes(config.repository.code, around.has_folder if around else None)
    yield from channel_mistakes(config.channels)
    if around and config.history.since:
        yield from _since_mistakes(config.history.since, around.today)
    yield from rule_mistakes(config.rules)
    yield from per_path_mistakes(config.per_path)
    yield from baseline_mistakes(config.baseline)


def _since_mistakes(since: date, today: date) -> Iterator[Mistake]:
    if clock.lies_ahead(since, today):
        message = f"{since} has not come yet: nothing would be judged"
        yield Mistake(("history", "since"), message, f"write a day that has come, as in since = {today}")


def _oncall_mistakes(config: "Config") -> Iterator[Mistake]:
    if config.oncall == OnCallConfig():
        return
    from incidentdocs.config.oncall_mistakes import oncall_mistakes
    from incidentdocs.config.people import roster_of

    if config.oncall.timezone:
        yield from _zone_mistakes(config.oncall.timezone, "oncall", "timezone")
    try:
        zone = clock.zone(config.oncall.timezone or config.timezone)
    except ValueError:  # which is told
        zone = UTC
    yield from oncall_mistakes(config.oncall, roster_of(config.people), zone)


def _page_mistakes(key: str, pages: str, pattern: _Pages) -> Iterator[Mistake]:
    if pages and not re.fullmatch(r"https?://[!-;=?-~]+", pages):
        yield Mistake(
            (key,), f"{quoted(pages)} is no address of a page", f'write one as in {key} = "{pattern.example}"'
        )
    elif pages and pages.count(pattern.place) != 1:
        instead = quoted(f"{pages.rstrip('/')}/{pattern.place}")
        hint = f"write {pattern.place} where {pattern.stands}, as in {instead}"
        yield Mistake((key,), f"the address does not say where {pattern.stands}", hint)


def _similarity_mistakes(similarity: SimilarityConfig) -> Iterator[Mistake]:
    if similarity.confirmed < similarity.suggested:
        message = f"{similarity.confirmed} is below the score from which on a link is only suggested"
        hint, beside = f"write at least {similarity.suggested}", (("similarity", "suggested"),)
        yield Mistake(("similarity", "confirmed"), message, hint, beside)


def _failure_mode_mistakes(modes: Mapping[str, FailureModeConfig]) -> Iterator[Mistake]:
    for name in modes:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
            hint = "write it in lower-case letters, digits and hyphens, as in queue-stuck"
            yield Mistake(("failure-modes", name), f"{quoted(name)} is no name of a failure mode", hint)


def _zone_mistakes(name: str, *where: str) -> Iterator[Mistake]:
    try:
        clock.zone(name)
    except ValueError:
        yield Mistake(where, f"no time zone is called {quoted(name)}", _zone_hint(name))


def _zone_hint(name: str) -> str:
    from zoneinfo import available_timezones

    # An abbreviation such as EST is no advice: it may be the clock of another continent.
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    by_city = {zone.rpartition("/")[2].casefold(): zone for zone in zones}
    likely = by_city.get(name.casefold(), name)
    return instead(likely, zones, otherwise='write an IANA name, as in "Europe/Paris", or "UTC"')
