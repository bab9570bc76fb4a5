"""When a document was published, and whether that was in time."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incidentdocs.history.lifecycle import DocumentVersions, fold, histories
from incidentdocs.history.publication import Deadline, deadline
from incidentdocs.history.values import DocumentHistory, Landing, Making, Version, VersionFacts
from incidentdocs.process.process import Process
from incidentdocs.process.publication import Publication

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 3, 31)
FINAL = VersionFacts((), False, False, "SEV1", date(2026, 3, 14), ())
DRAFT = FINAL._replace(draft=True)
UNFINISHED = FINAL._replace(holds_placeholders=True)


def moment(when: str) -> datetime:
    return datetime.fromisoformat(f"2026-{when}" if "T" in when else f"2026-{when}T12:00").replace(tzinfo=UTC)


def version(when: str, facts: VersionFacts | None, *sides: tuple[str, VersionFacts | None]) -> Version:
    makings = tuple(Making(f"side {day}", moment(day), "Ops", side) for day, side in sides)
    return Version(Landing(when, moment(when), "Dev", when, moment(when)), "a.md", "blob", facts, makings)


def history(*versions: Version, since: date | None = None) -> DocumentHistory:
    (document,) = histories(fold([DocumentVersions("post-mortem", versions)], zone=PARIS), since=since)
    return document


def published(*versions: Version) -> Landing | None:
    return history(*versions).published


def unknown(*versions: Version, since: date | None = None) -> bool:
    return history(*versions, since=since).unknown


def judged(
    *versions: Version, today: date = TODAY, restored: datetime | None = None, **options: Any
) -> Deadline | None:
    process = Process(zone=PARIS, publication=Publication(**options))
    return deadline(history(*versions)._replace(restored=restored), process, today=today)


def status(*versions: Version, **options: Any) -> tuple[str, int] | None:
    found = judged(*versions, **options)
    return (found.status, found.days_late) if found else None


def test_published_is_the_first_version_that_is_no_draft_and_holds_no_placeholder() -> None:
    versions = [version("03-16", DRAFT), version("03-17", UNFINISHED), version("03-18", FINAL)]
    assert published(*versions, version("03-19", DRAFT), version("03-20", FINAL)) == versions[2].landing
    assert published(*versions[:2]) is None
    assert published(version("03-16", None)) is None


def test_a_merge_names_the_commit_of_its_side_that_published() -> None:
    merge = version("03-25", FINAL, ("03-19", None), ("03-20", DRAFT), ("03-21", FINAL), ("03-22", FINAL))
    landing = published(version("03-16", DRAFT), merge)
    assert landing
    assert (landing.commit, landing.made_by, landing.author) == ("03-25", "side 03-21", "Ops")
    assert judged(merge) == Deadline("SEV1", date(2026, 3, 21), "on-time", landing, 0)


def test_what_arrives_in_a_sweeping_commit_is_unknown() -> None:
    swept = version("03-16", FINAL)._replace(sweeping=True)
    assert unknown(swept, version("03-17", FINAL))
    assert not unknown(version("03-15", DRAFT), swept)
    assert status(swept) == ("unknown", 0)


@pytest.mark.parametrize(("since", "expected"), [("03-13", False), ("03-14", False), ("03-15", True)])
def test_an_incident_before_histories_count_is_unknown(since: str, expected: bool) -> None:
    day = date.fromisoformat(f"2026-{since}")
    assert unknown(version("03-16", FINAL), version("03-17", None), since=day) is expected
    assert not unknown(version("03-16", FINAL._replace(day=None)), since=day)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("03-21", ("on-time", 0)),
        ("03-21T22:59", ("on-time", 0)),
        ("03-21T23:01", ("late", 1)),
        ("03-24", ("late", 3)),
    ],
)
def test_the_last_day_counts_as_on_time_where_the_team_is(when: str, expected: tuple[str, int]) -> None:
    assert status(version("03-16", DRAFT), version(when, FINAL)) == expected


def test_days_run_from_the_restoration_in_the_zone() -> None:
    landed = version("03-23", FINAL)
    found = judged(landed, restored=moment("03-15T23:30"))
    assert found == Deadline("SEV1", date(2026, 3, 23), "on-time", landed.landing)


def test_a_later_correction_of_the_restoration_counts() -> None:
    versions = version("03-24", FINAL), version("03-25", FINAL), version("03-26", None)
    assert status(*versions) == ("late", 3)
    assert status(*versions, restored=moment("03-18")) == ("on-time", 0)
    corrected = FINAL._replace(day=date(2026, 3, 18))
    assert status(version("03-24", FINAL), version("03-25", corrected)) == ("on-time", 0)


@pytest.mark.parametrize(("today", "late"), [("03-21", 0), ("03-22", 1)])
@pytest.mark.parametrize(("facts", "expected"), [(DRAFT, "draft"), (UNFINISHED, "unpublished")])
def test_what_is_not_published_is_late_up_to_today(
    facts: VersionFacts, expected: str, today: str, late: int
) -> None:
    found = judged(version("03-16", facts), today=date.fromisoformat(f"2026-{today}"))
    assert found
    assert (found.status, found.days_late, found.overdue) == (expected, late, late > 0)


def test_what_was_published_late_is_not_overdue() -> None:
    found = judged(version("03-30", FINAL))
    assert found
    assert found.days_late == 9
    assert not found.overdue


def test_without_a_day_to_count_from_nobody_knows() -> None:
    landed = version("03-30", FINAL._replace(day=None))
    assert judged(landed) == Deadline("SEV1", None, "unknown", landed.landing)


def test_severities_and_days_are_the_teams_own() -> None:
    minor = version("03-16", FINAL._replace(severity="SEV3"))
    assert judged(minor) is None
    assert judged(version("03-16", FINAL._replace(severity=None))) is None
    assert status(minor, severities=("SEV3",), days=1) == ("late", 1)
    assert status(version("03-16", FINAL._replace(day=date.max))) == ("on-time", 0)


def test_a_draft_that_was_deleted_has_no_deadline() -> None:
    assert judged(version("03-16", DRAFT), version("03-17", None)) is None
