"""The rule action-item-evidence."""

from collections.abc import Iterator

from incidentdocs.history.past import Past
from incidentdocs.history.values import Event, ItemHistory
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule

_EN = "# Post-mortem: API down\n\n## Action items\n- [{}] AI 1: alert at 80 % (owner @oncall, due 2026-10-01{})\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n- [{}] AI 1 : alerter à 80 % (owner @oncall, échéance 2026-10-01{})\n"


class ActionItemEvidence(HistoryRule):
    """What is ticked shows the work: an address, an issue or a commit.

    A tick alone says that somebody believed it. Whoever reads the post-mortem after the next incident wants
    to see the alert, the pull request, the change.

    Write `ref` and an address, an issue's number or a commit after the due date. As good is the message of the
    commit that ticks the item, where it has one of these, or a commit with the line
    `Action-Item: <document>#<number>` at the end of its message, such as
    `Action-Item: docs/post-mortems/2026-03-14-api-down.md#1`. A tick that is not committed yet may still get such
    a message, and is not reported; nor is what was written down without a box after it had been done.
    """

    name = "action-item-evidence"
    valid = (
        Example(
            _EN.format("x", ", ref #41"),
            versions=(
                Committed("2026-03-16", _EN.format(" ", "")),
                Committed("2026-04-02", _EN.format("x", ", ref #41"), "Alert at 80 %"),
            ),
        ),
        Example(
            _FR.format("x", ""),
            versions=(
                Committed("2026-03-16", _FR.format(" ", "")),
                Committed("2026-04-02", _FR.format("x", ""), "Alerte à 80 %, voir #41"),
            ),
        ),
        Example(_EN.format("x", ""), versions=(Committed("2026-03-16", _EN.format(" ", "")),)),
        Example(
            _EN.replace("- [{}] ", "- ✅ ").format(""),
            versions=(Committed("2026-03-16", _EN.replace("- [{}] ", "- ✅ ").format("")),),
        ),
    )
    invalid = (
        Example(
            _EN.format("x", ""),
            ("AI 1: alert at 80 % (owner @oncall, due 2026-10-01)",),
            versions=(
                Committed("2026-03-16", _EN.format(" ", "")),
                Committed("2026-04-02", _EN.format("x", ""), "Tick what is done"),
            ),
        ),
        Example(
            _FR.format("x", ""),
            ("AI 1 : alerter à 80 % (owner @oncall, échéance 2026-10-01)",),
            versions=(
                Committed("2026-03-16", _FR.format(" ", "")),
                Committed("2026-04-02", _FR.format("x", ""), "Coche ce qui est fait"),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each item that a commit ticked and nothing proves."""
        for document in past.living():
            arrived = document.born if document.unknown else None
            for item in document.items:
                done = _ticked(item)
                if not done or done.landing == arrived or _tells_what_was_done(item, done):
                    continue
                if not item.item.refs and not done.evidence:
                    told = "was done when it was first written" if _came_done(item, done) else "was ticked"
                    message = f"the action item {told} {past.moment(done.landing)} without evidence"
                    after = "after its due date" if item.item.due_text else "at its end"
                    hint = f"write `ref <URL, #issue or commit>` {after}"
                    yield self.told(past.where(item), message, hint)


def _tells_what_was_done(item: ItemHistory, done: Event) -> bool:
    """Return whether an item has no box and was done when it was first written: it was no promise."""
    return item.item.checked is None and _came_done(item, done)


def _came_done(item: ItemHistory, done: Event) -> bool:
    return item.opened is not None and done.landing.commit == item.opened.commit


def _ticked(item: ItemHistory) -> Event | None:
    """Return the event by which a done item was ticked last, None where it is not done or not landed."""
    if item.state != "done":
        return None
    done = next((event for event in reversed(item.events) if event.kind == "done"), None)
    return done if done and done.landing.committed else None
