"""Which action items of several documents ask for one thing, and which only look so."""

from collections.abc import Callable

import pytest

from incidentdocs.rules.overview import Overview
from incidentdocs.rules.recurring_action_item import RecurringActionItem
from incidentdocs.rules.rule import Committed, Example

OverviewOf = Callable[[Example], Overview]
TEXT = "---\nseverity: SEV2\n---\n# Post-mortem: {}\n\n## Action items\n{}"


def path(day: str, name: str = "disk-full") -> str:
    return f"docs/post-mortems/{day}-{name}.md"


def found(overview_of: OverviewOf, *documents: tuple[str, str]) -> list[str]:
    """Return where findings stand, of documents that each have a path and an item."""
    *beside, (own, line) = [(where, TEXT.format(where, f"- [ ] {item}\n")) for where, item in documents]
    versions = (Committed("2026-09-02", line),)
    example = Example(line, path=own, beside=tuple(beside), versions=versions)
    return sorted(finding.path for finding in RecurringActionItem().check(overview_of(example)))


@pytest.mark.parametrize(
    ("older", "newer", "same"),
    [
        (
            "**Set limits for all containers**: nobody knows what they need",
            "**Set limits for all containers:** this was planned for the summer, and did not happen",
            True,
        ),
        ("**Limits**: for all containers of the shop", "**Limits**: of the bank for card payments", False),
        (
            "Probe the queue ([issue](https://git.example/ops/app/issues/41))",
            "Uptime and alerts: https://git.example/ops/app/issues/41",
            True,
        ),
        ("Probe the queue (ops/app#41)", "Alert on what waits too long (ops/app#41)", True),
        ("Probe the queue (ops/app#41)", "Alert on what waits too long (ops/app#411)", False),
        ("Probe the queue (ops/app#41)", "Alert the team, which is blocked on ops/app#41", False),
        (
            "Probe the queue (https://git.example/ops/app/pull/41)",
            "Read what waits too long (https://git.example/ops/app/pull/41)",
            False,
        ),
        (
            "Alert when no invoice was printed for a day",
            "AI 4 of March, again: alert when no invoice was printed for a day",
            True,
        ),
        ("Alert when a disk is full", "Alert when a disk is full of invoices that nobody reads", False),
    ],
)  # fmt: skip
def test_items_ask_for_the_same(older: str, newer: str, same: bool, overview_of: OverviewOf) -> None:
    copies = found(overview_of, (path("2026-03-14"), older), (path("2026-09-01"), newer))
    assert copies == [path("2026-09-01")] * same


def test_each_later_copy_is_told(overview_of: OverviewOf) -> None:
    days = ("2026-03-14", "2026-05-14", "2026-09-01")
    item = "Alert when no invoice was printed for a day"
    assert found(overview_of, *((path(day), item) for day in days)) == [path(day) for day in days[1:]]


def test_what_two_post_mortems_of_one_day_ask_for_is_asked_for_once(overview_of: OverviewOf) -> None:
    item = "Alert when no invoice was printed for a day"
    one, other = path("2026-03-14", "shop-down"), path("2026-03-14", "bank-down")
    assert found(overview_of, (one, item), (other, item)) == []
    later = path("2026-09-01")
    assert found(overview_of, (one, item), (other, item), (later, item)) == [later]
