"""The rule action-item-reopened."""

from collections.abc import Iterator

from incidentdocs.history.past import Past
from incidentdocs.history.values import Event, ItemHistory
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule

_EN = (
    "# Post-mortem: API down\n\n## Action items\n- [{}] AI 1: alert at 80 % (owner @oncall, due 2026-10-01)\n"
)
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n- [{}] AI 1 : alerter à 80 % (owner @oncall, échéance 2026-10-01)\n"


class ActionItemReopened(HistoryRule):
    """What was ticked stays ticked.

    Between the tick and its removal everybody counted on a safeguard that was not there, and the item has no
    new date by which it will be. It is reported for as long as the item is open.

    Tick the item again once it is done. Where only a part was missing, let the item be done and write
    what is left as an item of its own, with a number and a due date of its own.
    """

    name = "action-item-reopened"
    valid = (
        Example(
            _EN.format("x"),
            versions=(
                Committed("2026-03-16", _EN.format("x")),
                Committed("2026-04-02", _EN.format(" ")),
                Committed("2026-04-09", _EN.format("x")),
            ),
        ),
    )
    invalid = (
        Example(
            _EN.format(" "),
            ("AI 1: alert at 80 % (owner @oncall, due 2026-10-01)",),
            versions=(
                Committed("2026-03-16", _EN.format(" ")),
                Committed("2026-04-02", _EN.format("x")),
                Committed("2026-04-20", _EN.format(" "), "The alert never fired"),
            ),
        ),
        Example(
            _FR.format(" "),
            ("AI 1 : alerter à 80 % (owner @oncall, échéance 2026-10-01)",),
            versions=(
                Committed("2026-03-16", _FR.format(" ")),
                Committed("2026-04-02", _FR.format("x")),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each open item that was done before."""
        for item in past.items("open"):
            reopened = _reopened(item)
            if reopened:
                message = f"the action item was ticked, and opened again {past.moment(reopened.landing)}"
                hint = "tick it, and write what is left to do as an item with a number of its own"
                yield self.told(past.where(item), message, hint)


def _reopened(item: ItemHistory) -> Event | None:
    """Return the event that opened a done item again."""
    settled = [event for event in item.events if event.kind in ("done", "abandoned", "reopened")]
    was_ticked = [event.kind for event in settled[-2:]] == ["done", "reopened"]
    return settled[-1] if was_ticked else None
