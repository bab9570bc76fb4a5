"""The rule action-item-dropped."""

from collections.abc import Iterator

from incidentdocs.documents.titles import fold
from incidentdocs.history.past import Past
from incidentdocs.history.replacing import replaced
from incidentdocs.history.values import Event, ItemHistory
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule

SHARED = 0.4
"""The share of the shorter text's words from which another item may be what became of the one that is gone.
It is low, because what may be a rewording must not be called an error: two items that share no subject share
a third of their words at most, `the` and `to`."""

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"
_ALERT = "- [ ] AI 1: alert at 80 % of the disk (owner @oncall, due 2026-10-01)\n"
_ALERTE = "- [ ] AI 1 : alerter à 80 % du disque (owner @oncall, échéance 2026-10-01)\n"
_ROTATE = "- [ ] AI 2: rotate the logs every night (owner @dev, due 2026-10-08)\n"
_TOURNER = "- [ ] AI 2 : tourner les journaux chaque nuit (owner @dev, échéance 2026-10-08)\n"
_BOTH = "- [ ] Rotate the old logs of the proxy and move the database to a disk of its own (owner @dev, due 2026-10-08)\n"
_PIECES = (
    "- [ ] Logrotate for the logs of the proxy, old ones first (owner @dev, due 2026-10-08)\n"
    "- [ ] Give the database its own disk (owner @oncall, due 2026-10-15)\n"
)
_RELEASES = "- [ ] Se réunir pour parler des mises en production (owner @dev, échéance 2026-10-08)\n"
_CALENDRIER = "- [ ] Tenir un calendrier partagé des livraisons (owner @oncall, échéance 2026-10-08)\n"
_REFUSED = "- [ ] AI 2: rotate the logs every night (owner @dev, due 2026-10-08, won't do: they go to the log server)\n"


class ActionItemDropped(HistoryRule):
    """No open action item of a published document goes without a word.

    An item that is deleted was neither done nor given up by anybody: nobody decides that a safeguard will not be
    built, it is just never built. What the working tree drops is an error, for the commit at hand can still
    bring it back. Where another item may be what became of it, and where it was dropped in the past, it is a
    warning. An item whose words still stand in the document, without their bullet, is not gone. Nor is one that
    others took the place of in the same commit, where that was within a day of its first version, when a list
    is still being written, or where several of them say in pieces what it said.

    Write the item back with its number, and tick it, or say `won't do:` and the reason. An item may be
    reworded freely as long as it keeps its number; it may move to another document word for word.
    """

    name = "action-item-dropped"
    severity = "error"
    valid = (
        Example(_EN + _ALERT + _REFUSED, versions=(Committed("2026-03-16", _EN + _ALERT + _ROTATE),)),
        Example(
            f"{_FR}{_ALERTE}- [ ] AI 2 : tourner et compresser les journaux chaque nuit (owner @dev, échéance 2026-10-08)\n",
            versions=(Committed("2026-03-16", _FR + _ALERTE + _TOURNER),),
        ),
        Example(
            f"{_EN}{_ALERT}\nIn the next quarter: rotate the logs every night.\n",
            versions=(Committed("2026-03-16", _EN + _ALERT + _ROTATE),),
        ),
        Example(
            _EN + _ALERT + _PIECES,
            versions=(
                Committed("2026-03-16", _EN + _ALERT + _BOTH),
                Committed("2026-04-02", _EN + _ALERT + _PIECES, "Make one promise a line"),
            ),
        ),
        Example(
            _FR + _ALERTE + _CALENDRIER,
            versions=(
                Committed("2026-03-16", _FR + _ALERTE + _RELEASES),
                Committed("2026-03-16", _FR + _ALERTE + _CALENDRIER, "Précise les actions"),
            ),
        ),
    )
    invalid = (
        Example(
            _EN + _ALERT,
            ("Action items",),
            versions=(Committed("2026-03-16", _EN + _ALERT + _ROTATE),),
        ),
        Example(
            _FR + _TOURNER,
            ("Action items",),
            versions=(
                Committed("2026-03-16", _FR + _ALERTE + _TOURNER),
                Committed("2026-04-02", _FR + _TOURNER, "Range les actions"),
            ),
        ),
        Example(
            _FR + _ALERTE + _CALENDRIER,
            ("Action items",),
            versions=(
                Committed("2026-03-16", _FR + _ALERTE + _RELEASES),
                Committed("2026-04-02", _FR + _ALERTE + _CALENDRIER, "Range les actions"),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each item that was open when it went."""
        for item in past.history.items:
            if item.state == "dropped" and not _still_stands(past, item):
                dropped = next(event for event in reversed(item.events) if event.kind == "dropped")
                if not replaced(past.history.documents, item, dropped.landing):
                    yield self._finding(past, item, dropped)

    def _finding(self, past: Past, item: ItemHistory, dropped: Event) -> Finding:
        successor = None if dropped.landing.committed else _successor(past, item)
        mendable = not dropped.landing.committed and successor is None
        message = f"`{past.label(item)}` was open and was dropped {past.moment(dropped.landing)}"
        if successor is not None:
            message += f"; it may have become `{past.label(successor)}`"
        where = past.where_it_was(item)
        severity = self.severity if mendable else "warning"
        return self.told(where, message, f"write `{_given_up(past, item)}`, or tick it", severity=severity)


def _still_stands(past: Past, item: ItemHistory) -> bool:
    """Return whether the item's words are still in its document: it has lost its bullet, and is not gone."""
    document = past.documents.get(item.document)
    words = fold(item.item.description)
    return (
        document is not None and words != "" and f" {words} " in f" {fold(' '.join(document.source.lines))} "
    )


def _successor(past: Past, gone: ItemHistory) -> ItemHistory | None:
    """Return an item of the working tree that may be what became of `gone`, None where there is none."""
    candidates = (item for item in past.history.items if item is not gone and _changed_now(item))
    return next((item for item in candidates if _may_be(gone, item)), None)


def _changed_now(item: ItemHistory) -> bool:
    return item.state not in ("dropped", "moved") and any(
        not event.landing.committed and event.kind in ("opened", "reworded") for event in item.events
    )


def _may_be(gone: ItemHistory, other: ItemHistory) -> bool:
    number = gone.item.number
    if number is not None and (gone.document, number) == (other.document, other.item.number):
        return True
    one, two = _words(gone), _words(other)
    return len(one & two) >= SHARED * max(min(len(one), len(two)), 1)


def _words(item: ItemHistory) -> set[str]:
    return set(fold(item.item.description).split())


def _given_up(past: Past, gone: ItemHistory) -> str:
    owner = gone.item.owners[0] if gone.item.owners else "@who"
    told = past.label(gone, longest=None)
    return f"- [ ] {told} (owner {owner}, due {gone.item.due or 'YYYY-MM-DD'}, won't do: <reason>)"
