"""Zones as people write them, and time on the business clock."""

from datetime import datetime, timedelta

import pytest

from incidentdocs.clock import likely_zone, parse_duration, written_zone
from incidentdocs.clock import zone as zone_called


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("UTC", 0),
        ("utc", 0),
        ("Z", 0),
        ("GMT", 0),
        ("CET", 1),
        ("CEST", 2),
        ("PST", -8),
        ("UTC+2", 2),
        ("GMT-5", -5),
        ("UTC−5", -5),
        ("+02:00", 2),
        ("-0330", -3.5),
        ("UTC+05:30", 5.5),
        ("Coordinated Universal Time", 0),
        ("Greenwich Mean Time", 0),
        ("Central European Summer Time", 2),
        ("Pacific Standard Time", -8),
    ],
)
def test_a_written_zone_is_an_offset(text: str, hours: float) -> None:
    zone = written_zone(text)
    assert zone is not None
    assert zone.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["Europe/Paris", "heure de Paris", "heures de Paris", "Paris time"])
def test_a_region_knows_its_seasons(text: str) -> None:
    zone = written_zone(text)
    assert zone is not None
    offsets = [zone.utcoffset(datetime(2026, month, 1)) for month in (1, 7)]
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]


@pytest.mark.parametrize(
    "text",
    [
        *("", "Narnia", "UC/Pacific", "../../etc/passwd", "UTC+99", "Etcd", "/", "+2 pods"),
        *("Narnia time", "Response time", "heure de Narnia", "heure de ../Paris", " time", "Mean Time"),
    ],
)
def test_what_is_no_zone_is_none(text: str) -> None:
    assert written_zone(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UC/Pacific", "America/Los_Angeles"),
        ("Eurpoe/Berlin", "Europe/Berlin"),
        ("US/Eastern", "America/New_York"),
        ("Kafka/Zookeeper", None),
        ("/", None),
    ],
)
def test_a_misspelt_region_is_known_by_its_place(text: str, name: str | None) -> None:
    found = likely_zone(text)
    assert found == (zone_called(name) if name else None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pacific time", "America/Los_Angeles"),
        ("Eastern Time", "America/New_York"),
        ("New York time", "America/New_York"),
    ],
)
def test_a_zone_in_words_is_a_region(text: str, name: str) -> None:
    assert written_zone(text) == zone_called(name)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("1h40", 6000), ("1h 40m", 6000), ("10 min 30 s", 630), ("45m", 2700)],
)
def test_a_duration_is_read_by_its_units(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)
