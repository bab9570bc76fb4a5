"""The rule timeline-zone."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.zone_slips import ZoneSlip
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_UTC = "# Post-mortem: API down\n\n## Timeline (UTC)\n"
_PARIS = "# Post-mortem : panne de l'API\n\n## Timeline (heure de Paris)\n"


class TimelineZone(DocumentRule):
    """The zone that an event writes for itself does not contradict that of its timeline.

    An event may have a zone of its own. But where it is out of order as it is written, and in order in the zone
    that the section states for all, it is the zone that is wrong; and `CEST` in January is an hour that no clock
    of the place showed.

    Write the zone that is meant, or none: the section's then holds.
    """

    name = "timeline-zone"
    severity = "warning"
    valid = (
        Example(f"{_UTC}- 10:15 detection\n- 11:20 CET call from the office\n- 10:40 triage\n"),
        Example(f"{_PARIS}- 10:15 CET detection\n- 09:20 UTC alerte du fournisseur\n- 10:40 triage\n"),
        Example(f"{_UTC}- 10:15 UTC / 11:15 CET detection\n- 10:20 UTC / 11:20 CET triage\n"),
    )
    invalid = (
        Example(
            f"{_UTC}- 10:15 detection\n- 10:20 CET triage\n- 10:40 service restored\n",
            ("CET",),
        ),
        Example(
            f"{_PARIS}- 10:15 CEST detection\n- 10:40 service restored\n",
            ("CEST",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each zone that cannot be meant."""
        for slip in document.zone_slips:
            if not document.holds_placeholder(slip.event.span):
                yield self._season(document, slip) if slip.season else self._at_odds(document, slip)

    def _season(self, document: Document, slip: ZoneSlip) -> Finding:
        message = f"`{slip.word}` was not the zone's time{_on(slip)}: it was `{slip.instead}`"
        hint = f"write `{slip.event.written.replace(slip.word, slip.instead, 1)}`"
        return self.finding(document, slip.span, message, hint)

    def _at_odds(self, document: Document, slip: ZoneSlip) -> Finding:
        written = slip.event.written
        message = f"`{written}` stands out of order, and in order in the zone that the section states"
        bare = " ".join(written.replace(slip.word, "", 1).replace("()", "").split())
        return self.finding(document, slip.span, message, f"write `{bare}`, or correct the time")


def _on(slip: ZoneSlip) -> str:
    return f" on {slip.event.day}" if slip.event.dated else ""
