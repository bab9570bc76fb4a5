"""The rule recurring-action-item."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import ClassVar

from incidentdocs.history.likeness import likeness, text_key
from incidentdocs.history.past import Past
from incidentdocs.history.values import ItemHistory
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Committed, Example, LibraryRule

NEARLY_THE_SAME = 85.0
"""From here on two texts ask for one thing. Within one document less will do, where a number and a place agree."""

FEWEST_WORDS = 3
"""Shorter texts, such as `add an alert`, ask for one thing in no two documents."""

MOST_SHARING = 200
"""A word that more items have tells none of them from the others."""

_EN = """\
---
severity: SEV2
---
# Post-mortem: {}

## Action items
- [ ] AI 1: {} (owner @oncall, due 2026-10-01)
"""
_FR = """\
---
severity: SEV2
---
# Post-mortem : {}

## Action items
- [ ] AI 1 : {} (owner @oncall, échéance 2026-10-01)
"""
_ALERT = "Alert at 80 % of the disk of docmost"
_ALERTE = "Alerter à 80 % du disque de docmost"


def _path(day: str) -> str:
    return f"docs/post-mortems/{day}-disk-full.md"


class RecurringActionItem(LibraryRule):
    """The same action item is not promised again in post-mortem after post-mortem.

    An item that is asked for a second time was not done the first time, and the incident that it should have
    prevented came back. A third copy prevents nothing either; one of them, with somebody who has the time, does.

    Do the older one, or say why it will not be done; then close the copy: `won't do: see AI 1 of` that document.
    """

    name = "recurring-action-item"
    severity: ClassVar[Severity] = "warning"
    asks_history = True
    valid = (
        Example(
            _EN.format("Disk full", _ALERT),
            path=_path("2026-09-01"),
            beside=(
                (_path("2026-03-14"), _EN.format("Disk full", "Rotate the logs of docmost every night")),
            ),
            versions=(Committed("2026-09-02", _EN.format("Disk full", _ALERT)),),
        ),
        Example(
            _EN.format("Disk full", _ALERT),
            path=_path("2026-09-01"),
            beside=((_path("2026-03-14"), _EN.format("Disk full", _ALERT).replace("[ ]", "[x]")),),
            versions=(Committed("2026-09-02", _EN.format("Disk full", _ALERT)),),
        ),
    )
    invalid = (
        Example(
            _EN.format("Disk full", _ALERT),
            (_ALERT,),
            path=_path("2026-09-01"),
            beside=((_path("2026-03-14"), _EN.format("Disk full again", "Alert at 80% of docmost's disk")),),
            versions=(Committed("2026-09-02", _EN.format("Disk full", _ALERT)),),
        ),
        Example(
            _FR.format("disque plein", _ALERTE),
            (_ALERTE,),
            path=_path("2026-09-01"),
            beside=((_path("2026-03-14"), _FR.format("disque plein", _ALERTE)),),
            versions=(Committed("2026-09-02", _FR.format("disque plein", _ALERTE)),),
        ),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding at the newest copy of each open item that several incidents' documents ask for."""
        if overview.past is None:
            return
        incidents = overview.recurrences.register.incidents
        of_document = {path: at for at, incident in enumerate(incidents) for path in incident.documents}
        items = [item for item in overview.past.items("open") if item.document in of_document]
        items.sort(key=lambda item: (of_document[item.document], item.document, item.item.line))
        for copies in _groups(items):
            others = [
                item for item in copies if of_document[item.document] != of_document[copies[-1].document]
            ]
            if others:
                yield self._finding(overview.past, copies[-1], others)

    def _finding(self, past: Past, newest: ItemHistory, others: Sequence[ItemHistory]) -> Finding:
        where = past.where(newest, newest.item.description_text)
        oldest = others[0]
        documents = len({item.document for item in others})
        more = f" and {documents - 1} more" if documents > 1 else ""
        number = f"AI {oldest.item.number} of " if oldest.item.number is not None else ""
        message = f"the same is asked for, and still open, in {number}{oldest.document}{more}"
        hint = f"do it once: finish the older one, or close this one with `won't do: see {number}{oldest.document}`"
        return self.at(where.path, where.span, message, hint)


def _groups(items: Sequence[ItemHistory]) -> Iterator[list[ItemHistory]]:
    """Yield the items that ask for one thing, in their order: each is nearly the same as the first of its group."""
    saying: dict[str, list[int]] = defaultdict(list)
    groups: dict[int, list[ItemHistory]] = {}
    for number, item in enumerate(items):
        key = text_key(item.item.description)
        words = set(key.split())
        if len(words) < FEWEST_WORDS:
            continue
        shared = Counter(other for word in sorted(words) for other in saying[word][:MOST_SHARING])
        likely = sorted(other for other, count in shared.items() if 2 * count >= len(words))
        first = next((other for other in likely if _same(key, items[other])), number)
        groups.setdefault(first, []).append(item)
        if first == number:
            for word in words:
                saying[word].append(number)
    yield from (group for group in groups.values() if len(group) > 1)


def _same(key: str, other: ItemHistory) -> bool:
    return likeness(key, text_key(other.item.description)) >= NEARLY_THE_SAME
