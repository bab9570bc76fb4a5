"""The rule recurring-action-item."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from incidentdocs.history.alike import groups
from incidentdocs.history.past import Past
from incidentdocs.history.values import ItemHistory
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Committed, Example, LibraryRule

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

_FIRST_WORDS = 6
"""By so many words an item is known in its document."""


def _path(day: str) -> str:
    return f"docs/post-mortems/{day}-disk-full.md"


class RecurringActionItem(LibraryRule):
    """The same action item is not promised again in post-mortem after post-mortem.

    An item that is asked for a second time was not done the first time, and the incident that it should have
    prevented came back. A third copy prevents nothing either; one of them, with somebody who has the time, does.
    Two items ask for the same where they say nearly the same, where one quotes the other, and where they have the
    same bold title or the same issue. Post-mortems of one day may share an item, and so may those that were
    committed on one day: what was promised together was promised once.

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
        Example(
            _FR.format("disque plein, suite", _ALERTE),
            path=_path("2025-12-30"),
            beside=((_path("2025-12-29"), _FR.format("disque plein", _ALERTE)),),
            versions=(Committed("2026-01-01", _FR.format("disque plein, suite", _ALERTE)),),
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
        """Yield a finding at each open item that the document of an older incident asks for already."""
        if overview.past is None:
            return
        incidents = overview.recurrences.register.incidents
        of_document = {path: at for at, incident in enumerate(incidents) for path in incident.documents}
        items = [item for item in overview.past.items("open") if item.document in of_document]
        items.sort(key=lambda item: (of_document[item.document], item.document, item.item.line))
        for copies in groups(items):
            days = [incidents[of_document[item.document]].day for item in copies]
            for item, day in zip(copies, days, strict=True):
                older = [
                    other
                    for other, before in zip(copies, days, strict=True)
                    if before < day and _was_there(overview.past, other, item)
                ]
                if older:
                    yield self._finding(overview.past, item, older)

    def _finding(self, past: Past, copy: ItemHistory, others: Sequence[ItemHistory]) -> Finding:
        where = past.where(copy, copy.item.description_text)
        oldest = others[0]
        documents = len({item.document for item in others})
        more = f" and {documents - 1} more" if documents > 1 else ""
        place, name = _named(past, oldest)
        # Where nothing shows the state of the older one it may have been done long ago.
        asked = "is asked for, and still open," if oldest.item.stated else "was asked for"
        hint = f"do it once: finish the older one, or close this one with `won't do: see {name}`"
        return self.at(where.path, where.span, f"the same {asked} in {place}{more}", hint)


def _was_there(past: Past, older: ItemHistory, newer: ItemHistory) -> bool:
    """Return whether one item had landed before the day of the other: what came together was asked for once."""
    if older.opened is None or newer.opened is None:
        return False
    zone = past.process.zone
    return older.opened.when.astimezone(zone).date() < newer.opened.earliest.astimezone(zone).date()


def _named(past: Past, item: ItemHistory) -> tuple[str, str]:
    """Return how a message names an item, and how its copy may: by its number where its document has one such.

    Where several lists are numbered from 1 it is named by its line, and by its first words, which stay.
    """
    number = item.item.number
    if number is None:
        return item.document, item.document
    own = (other for other in past.items("open", "done", "abandoned") if other.document == item.document)
    if sum(other.item.number == number for other in own) == 1:
        return (f"AI {number} of {item.document}",) * 2
    words = item.item.description.split()
    first = " ".join(words[:_FIRST_WORDS]) + "…" * (len(words) > _FIRST_WORDS)
    return f"{item.document}:{item.item.line}, `{first}`", f"“{first}” in {item.document}"
