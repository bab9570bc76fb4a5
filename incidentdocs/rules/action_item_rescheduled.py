"""The rule action-item-rescheduled."""

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from incidentdocs.history.past import Past
from incidentdocs.history.values import Event
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule
from incidentdocs.settings.frozen import frozen

_EN = "# Post-mortem: API down\n\n## Action items\n- [ ] AI 1: alert at 80 % (owner @oncall, due {})\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n- [ ] AI 1 : alerter à 80 % (owner @oncall, échéance {})\n"


@frozen
class ActionItemRescheduled(HistoryRule):
    """An open action item keeps its due date, or changes it before the day has passed and not more than twice.

    A date that moves each time it comes near is no plan. It is the item that is too large, too vague or not
    wanted, and the next incident will find it as it is. Dates that are corrected within a day, before
    publication, or brought forward are no delay. Once the item is done or given up, nothing is reported.

    Do it, split what can be done by a date off into an item of its own, or say `won't do:` and the reason. The past
    cannot be mended: a comment with a reason says that it is known.
    """

    times: int = field(
        default=2,
        metadata={
            "description": "How often a date may be put off before its day has passed.",
            "least": 0,
            "most": 100,
        },
    )

    name: ClassVar[str] = "action-item-rescheduled"
    valid: ClassVar[tuple[Example, ...]] = (
        Example(
            _EN.format("2026-10-15"),
            versions=(
                Committed("2026-03-16", _EN.format("2026-04-15")),
                Committed("2026-04-10", _EN.format("2026-10-15"), "The alert waits for the new disks"),
            ),
        ),
        Example(_FR.format("2026-10-15"), versions=(Committed("2026-03-16", _FR.format("2026-10-30")),)),
    )
    invalid: ClassVar[tuple[Example, ...]] = (
        Example(
            _EN.format("2026-10-15"),
            ("2026-10-15",),
            versions=(
                Committed("2026-03-16", _EN.format("2026-04-15")),
                Committed("2026-04-10", _EN.format("2026-05-15")),
                Committed("2026-05-10", _EN.format("2026-06-15")),
                Committed("2026-06-10", _EN.format("2026-10-15")),
            ),
        ),
        Example(
            _FR.format("2026-10-15"),
            ("2026-10-15",),
            versions=(
                Committed("2026-03-16", _FR.format("2026-04-15")),
                Committed("2026-04-20", _FR.format("2026-10-15")),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each open item that was put off too often, or too late."""
        for item in past.items("open"):
            delays = [event for event in item.reschedules if _puts_off(event)]
            message = self._message(past, delays)
            if message:
                hint = "do it, split it, or write `won't do: <reason>` after its due date"
                yield self.told(past.where(item, item.item.due_text), message, hint)

    def _message(self, past: Past, delays: list[Event]) -> str | None:
        if len(delays) > self.times:
            return f"the due date was put off {len(delays)} times, at first it was {delays[0].before}"
        late = next((event for event in delays if event.after_due), None)
        if late is None:
            return None
        return f"the due date {late.before} had passed when it was put off {past.moment(late.landing)}"


def _puts_off(event: Event) -> bool:
    """Return whether a change of the due date makes it later, or takes it away."""
    return event.before is not None and (event.after is None or event.after > event.before)
