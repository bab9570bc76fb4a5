"""The rule action-item-renumbered."""

from collections.abc import Iterator

from incidentdocs.history.past import Past
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"
_ALERT = "- [ ] AI {}: alert at 80 % of the disk (owner @oncall, due 2026-10-01)\n"
_ALERTE = "- [ ] AI {} : alerter à 80 % du disque (owner @oncall, échéance 2026-10-01)\n"
_ROTATE = "- [ ] AI {}: rotate the logs every night (owner @dev, due 2026-10-08)\n"
_TOURNER = "- [ ] AI {} : tourner les journaux chaque nuit (owner @dev, échéance 2026-10-08)\n"


class ActionItemRenumbered(HistoryRule):
    """An action item of a published document keeps its number.

    Tickets, messages and other documents say *AI 2 of that post-mortem*; when numbers move, they speak of
    another promise without anybody noticing.

    Give the item its first number back. A new item takes the next number that no item has had, wherever it
    stands in the list; what is given up stays in the list with `won't do:` and keeps its number.
    """

    name = "action-item-renumbered"
    valid = (
        Example(
            _EN + _ROTATE.format(2) + _ALERT.format(1),
            versions=(Committed("2026-03-16", _EN + _ALERT.format(1) + _ROTATE.format(2)),),
        ),
    )
    invalid = (
        Example(
            _EN + _ROTATE.format(1) + _ALERT.format(2),
            ("AI 1", "AI 2"),
            versions=(Committed("2026-03-16", _EN + _ALERT.format(1) + _ROTATE.format(2)),),
        ),
        Example(
            _FR + _ALERTE.format(1) + _TOURNER.format(3),
            ("AI 3",),
            versions=(
                Committed("2026-03-16", _FR + _ALERTE.format(1) + _TOURNER.format(2)),
                Committed("2026-04-02", _FR + _ALERTE.format(1) + _TOURNER.format(3)),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each item whose number is not the one that it was published with."""
        for item in past.items("open", "done", "abandoned"):
            if item.renumberings and item.item.number not in (None, item.renumberings[0].before):
                first = item.renumberings[0].before
                moment = past.moment(item.renumberings[-1].landing)
                message = f"the action item was number {first} and was renumbered {moment}"
                where = past.where(item, item.item.number_text)
                yield self.told(where, message, f"write `AI {first}` again")
