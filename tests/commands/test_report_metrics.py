"""`incidentdocs report metrics` over a real repository whose figures were computed by hand."""

import csv
import json
from io import StringIO
from typing import Any

import jsonschema
import pytest

from incidentdocs.output.schemas import MADE
from tests.commands.conftest import Committed

CONFIG = 'language = "en"\ntimezone = "Europe/Paris"\n'


def post_mortem(title: str, timeline: str, items: str, *, found: str, service: str, cost: str) -> str:
    return (
        f"---\nseverity: SEV1\nservices: [{service}]\nfailure-mode: {title.split(maxsplit=1)[0].lower()}\n"
        f"detected-by: {found}\nstatus: published\n---\n\n"
        f"# Post-mortem: {title}\n\n## Timeline\n\n{timeline}\n## Impact\n\n- Estimated cost: {cost}\n\n"
        f"## Action items\n\n{items}"
    )


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", CONFIG)
    committed.commit("2026-01-02")
    first = (
        "- [ ] AI 1: alert on the disk (owner @dev, due 2026-02-20)\n"
        "- [ ] AI 2: rotate the logs (owner @dev, due 2026-02-10)\n"
    )
    disk = "docs/post-mortems/2026-02-01-disk-full.md"
    timeline = (
        "- 13:50 errors\n- 14:00 detection\n- 14:05 triage\n"
        "- 14:20 mitigation start\n- 15:00 service restored\n"
    )

    def text(items: str) -> str:
        return post_mortem("Disk full", timeline, items, found="alert", service="photos", cost="~300 €")

    committed.write(disk, text(first))
    committed.commit("2026-02-04")
    done = first.replace("[ ] AI 1", "[x] AI 1").replace("2026-02-10", "2026-03-10")
    committed.write(disk, text(done))
    committed.commit("2026-02-18")
    again = "- 10:00 detection\n- 10:15 triage\n- 12:00 service restored\n"
    item = "- [ ] AI 1: bigger disk (owner @ops, due 2026-04-01)\n"
    front = "severity: SEV1\npost-mortem: 2026-02-20-disk-again\nstarted: 2026-02-20T09:30"
    entry = f"---\n{front}\n---\n\n# Incident: No photos\n"
    committed.write("docs/incidents/2026-02-20-no-photos.md", entry)
    committed.write(
        "docs/post-mortems/2026-02-20-disk-again.md",
        post_mortem("Disk full again", again, item, found="user-report", service="photos", cost="$100"),
    )
    committed.commit("2026-02-28")
    return committed


def metrics(repository: Committed, *options: str) -> str:
    ran = repository.run("report", "metrics", "--as-of", "2026-03-20", *options)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def spread(row: dict[str, Any], name: str) -> tuple[float | None, float | None, int]:
    told = row[name]
    return told["median"], told["p90"], told["n"]


def test_the_figures_are_those_computed_by_hand(repository: Committed) -> None:
    told = json.loads(metrics(repository, "--format", "json"))
    jsonschema.validate(told, MADE["metrics"]())
    assert (told["first"], told["last"]) == ("2025-04-01", "2026-03-20")
    whole, quarter = told["rows"]
    assert (whole["severity"], whole["quarter"], quarter["quarter"]) == ("SEV1", None, "2026-Q1")
    assert whole["incidents"] == 2  # the incident and its post-mortem are one
    assert spread(whole, "detect_seconds") == (1200, 1800, 2)
    assert spread(whole, "acknowledge_seconds") == (600, 900, 2)
    assert spread(whole, "mitigate_seconds") == (1200, 1200, 1)
    assert spread(whole, "restore_seconds") == (5400, 7200, 2)
    assert spread(whole, "publish_days") == (5.5, 8, 2)
    assert whole["found_by_alert"] == {"count": 1, "n": 2, "few": True}
    assert whole["repeats"] == {"count": 1, "n": 2, "few": True}
    assert (whole["items"], whole["slips"]) == (3, 1)
    assert whole["closed_in_time"] == {"count": 1, "n": 1, "few": True}
    assert spread(whole, "open_days") == (32, 44, 2)
    assert [(cost["currency"], cost["total"]) for cost in whole["costs"]] == [("EUR", 300), ("USD", 100)]


def test_text_says_what_rests_on_few(repository: Committed) -> None:
    told = metrics(repository)
    assert told.startswith("Incident metrics from 2025-04-01 to 2026-03-20\n2 incidents\n\nSEV1, 2026-Q1: ")
    assert "time to restore           median 1h 30m, p90 2h 0m  (n=2 incidents, fewer than five)" in told
    assert "came back                 1 of 2, 50 %  (n=2 incidents, fewer than five)" in told
    assert "done within due           1 of 1, 100 %  (n=1 item, fewer than five incidents)" in told
    assert "@dev" not in told


def test_markdown_and_sheets_say_the_same(repository: Committed) -> None:
    markdown = metrics(repository, "--format", "markdown")
    assert "| time to detect | median 20m, p90 30m | n=2 incidents, fewer than five |" in markdown
    rows = list(csv.DictReader(StringIO(metrics(repository, "--format", "csv"))))
    assert {row["figure"] for row in rows} >= {"detect_seconds", "repeats", "cost EUR"}
    restored = next(row for row in rows if row["figure"] == "restore_seconds")
    assert (restored["median"], restored["p90"], restored["n"]) == ("5400.0", "7200.0", "2")


def test_a_time_is_chosen(repository: Committed) -> None:
    told = metrics(repository, "--from", "2026-02-02", "--to", "2026-02-28")
    assert "\n1 incident\n" in told
    empty = metrics(repository, "--to", "2026-01-31")
    assert empty == "Incident metrics from 2025-04-01 to 2026-01-31\nno incident began in this time\n"
    refused = repository.run("report", "metrics", "--from", "2026-03-01", "--to", "2026-02-01")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (
        2,
        "error: --to 2026-02-01 is before --from 2026-03-01",
    )
