"""The rule personal-data."""

from collections.abc import Iterator
from datetime import datetime

from incidentdocs.clock import format_days
from incidentdocs.documents.document import Document
from incidentdocs.documents.notification import (
    WITHIN,
    Notification,
    explains_delay,
    is_still_to_be_told,
    notifications,
)
from incidentdocs.documents.personal_data import Affected, affected
from incidentdocs.documents.settled import latest
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "---\nseverity: SEV1\npersonal-data: yes\n{}---\n# Post-mortem: exports in the open\n\n## Timeline\n- 10:15 detection\n"
_FR = "# Post-mortem : exports lisibles par tous\n\n## Impact\n- Données personnelles : {}\n"
_INCIDENT = "docs/incidents/2026-03-14-exports-ouverts.md"

_IN_ENGLISH = "The authority was notified on YYYY-MM-DD at HH:MM", "No notification was required: …"
_IN_FRENCH = "La CNIL a été notifiée le AAAA-MM-JJ à HH:MM", "Notification non requise : …"


class PersonalData(DocumentRule):
    """Where personal data was affected, the document says when the authority was told, or why it was not.

    Article 33 of the General Data Protection Regulation (EU 2016/679, RGPD) asks whoever is responsible for the
    data to notify the supervisory authority (the CNIL, the ICO, …) within 72 hours of having become aware of the breach,
    with the reasons of any delay, unless it is unlikely to put the people at risk; and to document either. The
    post-mortem is where this is looked up years later. More than 72 hours from the detection to the
    notification are a warning, unless the document says why. So is a breach that only
    a sentence of the impact tells, and one of an incident whose post-mortem may say more.

    Write it in the front matter, `authority-notified: 2026-03-15 09:00`, in the timeline, or in a sentence: *The
    CNIL was notified on 2026-03-15 at 09:00*, *No notification: the data was encrypted*. The reason of a delay
    stands behind the time, or in a sentence of its own: *Late because the scope was unknown*.
    """

    name = "personal-data"
    completeness = True
    valid = (
        Example(_EN.format("authority-notified: 2026-03-16 18:00\n")),
        Example(_EN.format("authority-notified: not required, the exports were encrypted\n")),
        Example(_EN.format("") + "- 2026-03-15 09:00 ICO notified\n"),
        Example(_EN.format("authority-notified: 2026-03-19 09:00, late because the scope was unknown\n")),
        Example(
            _EN.format("authority-notified: 2026-03-21 09:00\n")
            + "\n## Impact\nThe exports were public. Late because the scope was unknown.\n"
        ),
        Example(
            "---\ndetected: 2026-03-14 10:15\nauthority-notified: 2026-03-21 10:15\n---\n"
            + _FR.format("oui : 40 adresses, notifiées en retard car le périmètre n'était pas connu")
        ),
        Example(_FR.format("oui : 40 adresses") + "\nLa CNIL a été notifiée le 15 mars 2026 à 9 h.\n"),
        Example(_FR.format("oui") + "\nNotification non requise : les exports étaient chiffrés.\n"),
        Example(_FR.format("aucune")),
        Example("# Post-mortem: API down\n\n## Impact\nNo personal data was exposed.\n"),
    )
    invalid = (
        Example(_EN.format(""), ("yes",)),
        Example(_EN.format("authority-notified: 2026-03-18 09:00\n"), ("2026-03-18 09:00",)),
        Example(_FR.format("oui : 40 adresses") + "\nNous avons prévenu la CNIL.\n", ("oui : 40 adresses",)),
        Example(
            "---\nseverity: SEV1\nresolved: 2026-03-14 15:00\npersonal-data: oui\n---\n# Incident : exports ouverts\n",
            ("oui",),
            path=_INCIDENT,
        ),
        Example(
            "# Post-mortem: API down\n\n## Impact\nThe e-mail addresses and other personal data of 40 users were exposed.\n",
            ("personal data of 40 users were exposed",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where nothing tells of the notification, and where it came late."""
        data = affected(document)
        if data is None or is_still_to_be_told(document):
            return
        told = list(notifications(document))
        if not told:
            yield self._untold(document, data)
        else:
            yield from self._late(document, told)

    def _untold(self, document: Document, data: Affected) -> Finding:
        told, reason = _IN_FRENCH if document.language == "fr" else _IN_ENGLISH
        message = "personal data was affected, and nothing says when the authority was told, or why not"
        hint = f"write `{told}`, or `{reason}`"
        elsewhere = document.profile.role == "incident" and document.gives("post-mortem")
        sure = data.stated and not elsewhere
        return self.finding(document, data.span, message, hint, severity=None if sure else "warning")

    def _late(self, document: Document, told: list[Notification]) -> Iterator[Finding]:
        aware = _aware(document)
        if aware is None or any(each.moment is None or each.excused for each in told):
            return
        first = min(told, key=lambda each: each.moment or aware)
        assert first.moment is not None
        taken = first.moment - aware
        if taken > WITHIN and not explains_delay(document):
            message = f"the authority was told {format_days(taken)} after the detection, not within 72 hours"
            late = "en retard car …" if document.language == "fr" else "late because …"
            hint = f"correct the times, or give the reasons of the delay, as article 33 asks: write `{late}`"
            yield self.finding(document, first.span, message, hint, severity="warning")


def _aware(document: Document) -> datetime | None:
    """Return the last moment at which the team may have become aware of the breach, None where that is not told."""
    moment = document.moment("detected")
    if moment or document.timeline is None or document.timeline.disorders or document.wrong_years:
        return moment
    found = (event for event in document.timeline.events if event.milestone == "detection")
    event = next(found, None)
    if event is None or not event.dated or event.first is None or event.start is None:
        return None
    return latest(event)
