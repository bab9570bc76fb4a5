"""Which action items of several documents ask for one thing, and which only look so."""

from collections.abc import Callable

import pytest

from incidentdocs.history.past import Past
from incidentdocs.library.finding import Finding
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.recurring_action_item import RecurringActionItem
from incidentdocs.rules.rule import Committed, Example
from incidentdocs.similarity.gathering import gather
from incidentdocs.similarity.recurrences import Trigger, recurrences

PastOf = Callable[..., Past]
TEXT = "---\nseverity: SEV2\n---\n# Post-mortem: {}\n\n## Action items\n{}"


def path(day: str, name: str = "disk-full") -> str:
    return f"docs/post-mortems/{day}-{name}.md"


def found(past_of: PastOf, *documents: tuple[str, str]) -> list[str]:
    """Return where findings stand, of documents that each have a path and an item, and land on their day."""
    landed = [(where, f"- [ ] {item}\n", where.rpartition("/")[2][:10]) for where, item in documents]
    return sorted(finding.path for finding in told(past_of, *landed))


def told(past_of: PastOf, *documents: tuple[str, str, str]) -> list[Finding]:
    """Return what is found in documents that each have a path, items, and the day on which they landed."""
    examples = [
        Example(text, path=where, versions=(Committed(day, text),))
        for where, items, day in documents
        if (text := TEXT.format(where, items))
    ]
    return list(RecurringActionItem().check(overview(past_of(*examples))))


def overview(past: Past) -> Overview:
    gathered = gather(past.documents.values())
    found = recurrences(gathered, Trigger(), past.process.today)
    return Overview(gathered, found, past.documents, past.process, frozenset(past.documents), past, told={})


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
def test_items_ask_for_the_same(older: str, newer: str, same: bool, past_of: PastOf) -> None:
    copies = found(past_of, (path("2026-03-14"), older), (path("2026-09-01"), newer))
    assert copies == [path("2026-09-01")] * same


def test_each_later_copy_is_told(past_of: PastOf) -> None:
    days = ("2026-03-14", "2026-05-14", "2026-09-01")
    item = "Alert when no invoice was printed for a day"
    assert found(past_of, *((path(day), item) for day in days)) == [path(day) for day in days[1:]]


def test_what_two_post_mortems_of_one_day_ask_for_is_asked_for_once(past_of: PastOf) -> None:
    item = "Alert when no invoice was printed for a day"
    one, other = path("2026-03-14", "shop-down"), path("2026-03-14", "bank-down")
    assert found(past_of, (one, item), (other, item)) == []
    later = path("2026-09-01")
    assert found(past_of, (one, item), (other, item), (later, item)) == [later]


ITEM = "Alert when no invoice was printed for a day"


@pytest.mark.parametrize(("landed", "again"), [("2026-03-16", False), ("2026-03-17", True)])
def test_what_landed_on_one_day_was_promised_once(landed: str, again: bool, past_of: PastOf) -> None:
    older = (path("2026-03-14"), f"- [ ] {ITEM}\n", "2026-03-16")
    newer = (path("2026-03-15"), f"- [ ] {ITEM}\n", landed)
    assert bool(told(past_of, older, newer)) is again


@pytest.mark.parametrize(
    ("older", "message", "name"),
    [
        (f"- [ ] {ITEM}\n", "the same is asked for, and still open, in {0}", "{0}"),
        (f"- {ITEM}\n", "the same was asked for in {0}", "{0}"),
        (f"- [ ] AI 2: {ITEM}\n", "the same is asked for, and still open, in AI 2 of {0}", "AI 2 of {0}"),
        (
            f"1. Restart it\n\nLater:\n\n1. {ITEM}\n",
            "the same was asked for in {0}:11, `Alert when no invoice was printed…`",
            "“Alert when no invoice was printed…” in {0}",
        ),
    ],
)  # fmt: skip
def test_the_older_one_is_named_so_that_it_is_found(
    older: str, message: str, name: str, past_of: PastOf
) -> None:
    old, new = path("2026-03-14"), path("2026-09-01")
    (finding,) = told(past_of, (old, older, "2026-03-15"), (new, f"- [ ] {ITEM}\n", "2026-09-02"))
    assert finding.message == message.format(old)
    assert finding.hint.endswith(f"`won't do: see {name.format(old)}`")
