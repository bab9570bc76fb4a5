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


def _path(day: str) -> str:
    return f"docs/post-mortems/{day}-disk-full.md"


class RecurringActionItem(LibraryRule):
    """The same action item is not promised again in post-mortem after post-mortem.

    An item that is asked for a second time was not done the first time, and the incident that it should have
    prevented came back. A third copy prevents nothing either; one of them, with somebody who has the time, does.
    Two items ask for the same where they say nearly the same, where one quotes the other, and where they have the
    same bold title or the same issue. Post-mortems of one day may share an item.

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
                # What is asked for twice on one day was asked for once: nobody had the time to do it.
                older = [other for other, before in zip(copies, days, strict=True) if before < day]
                if older:
                    yield self._finding(overview.past, item, older)

    def _finding(self, past: Past, copy: ItemHistory, others: Sequence[ItemHistory]) -> Finding:
        where = past.where(copy, copy.item.description_text)
        oldest = others[0]
        documents = len({item.document for item in others})
        more = f" and {documents - 1} more" if documents > 1 else ""
        number = f"AI {oldest.item.number} of " if oldest.item.number is not None else ""
        message = f"the same is asked for, and still open, in {number}{oldest.document}{more}"
        hint = f"do it once: finish the older one, or close this one with `won't do: see {number}{oldest.document}`"
        return self.at(where.path, where.span, message, hint)
