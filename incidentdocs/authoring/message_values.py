"""What messages about an incident may say of it: what its document tells, and what somebody adds."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from incidentdocs.authoring.carrying_over import labelled_impact
from incidentdocs.authoring.communicating import is_over
from incidentdocs.authoring.told_text import first_sentence, harmless, whole_text
from incidentdocs.clock import local_date
from incidentdocs.documents.communications import communications, facts_of
from incidentdocs.documents.document import Document
from incidentdocs.documents.field_values import says_unknown
from incidentdocs.documents.metadata import moment_of
from incidentdocs.documents.notification import FIELD as NOTIFIED
from incidentdocs.documents.notification import WITHIN
from incidentdocs.documents.outage import began, downtime, happened, restored
from incidentdocs.documents.timeline.milestones import DETECTION
from incidentdocs.process.severity import TICKETED
from incidentdocs.profiles.profile import FieldProfile, Told
from incidentdocs.profiles.roles import told_by


class Added(NamedTuple):
    """What somebody says of an incident beside its document; empty where they leave it to that."""

    eta: str = ""
    investigating: str = ""
    cause: str = ""
    users: str = ""
    data: str = ""
    workaround: str = ""
    release: str = ""


class Around(NamedTuple):
    """What a message needs that no document says: when it goes out, and who and what its words mean.

    `post_mortem` is the path of the incident's post-mortem, the one that it will have where there is none;
    `ask` answers questions about data, `assignee` takes the ticket; both are handles. `labelled` are the
    values, such as the users affected, that a post-mortem asks for and an incident may tell as well.
    """

    moment: datetime
    post_mortem: str
    ask: str
    assignee: str
    labelled: Sequence[FieldProfile] = ()


_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "users": "users affectes",
        "no users": "aucun user affecte",
        "loss": "data loss oui",
        "no loss": "data loss non",
        "loss?": "data loss oui/non",
    },
    "en": {
        "users": "users affected",
        "no users": "no users affected",
        "loss": "data loss yes",
        "no loss": "data loss no",
        "loss?": "data loss yes/no",
    },
}

LABELS = "bug, low"
"""The labels of a SEV3's issue; those of another severity say only that it is a bug."""


def message_values(document: Document, added: Added, around: Around) -> dict[str, object]:
    """Return the values for the templates of messages: texts of one line, empty where nothing is known.

    Nobody is called by what a document says: `@channel` and its like are written with another sign.
    """
    process, facts = document.process, facts_of(document)
    days = process.publication.days_for(document.severity) if document.severity else process.publication.days
    answers = {True: "yes", False: "no", None: ""}
    return {
        "severity": document.severity or "",
        "product": harmless(process.product or next(iter(document.words("services")), "")),
        "title": harmless(document.subject or ""),
        "document": harmless(document.path),
        "symptom": _told(document, "symptom"),
        "started": _shown(began(document), around.moment),
        "began": _shown(began(document), around.moment, dated=True),
        "detected": _shown(document.moment("detected") or began(document), around.moment, dated=True),
        "back": _back(document, around.moment),
        "restored": _restored(document, around.moment),
        "downtime": _duration(downtime(document)),
        "investigating": harmless(added.investigating) or _latest(document, around.moment),
        "eta": harmless(added.eta),
        "channel": harmless(process.communication.channel),
        "cause": harmless(added.cause) or _told(document, "cause"),
        "impact": _impact(document, harmless(added.users) or _users(document, around.labelled)),
        "data_loss": answers[facts.data_loss],
        "user_facing": answers[facts.user_facing],
        "personal_data": answers[facts.personal_data],
        "post_mortem": harmless(around.post_mortem),
        "days": days,
        "labels": LABELS if document.severity in (TICKETED, None) else LABELS.split(",", maxsplit=1)[0],
        "assignee": around.assignee,
        "release": harmless(added.release),
        "workaround": harmless(added.workaround) or workaround(document),
        **_data_protection(document, around, harmless(added.data)),
    }


def workaround(document: Document) -> str:
    """Return what the section about the resolution says on one line, commands too, without such a label."""
    section = document.section("resolution")
    return _label().sub("", whole_text(document, section), count=1) if section else ""


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"^(?:workaround|(?:solution de )?contournement)\s?:\s?", re.IGNORECASE)


def _restored(document: Document, now: datetime) -> str:
    """Return when the outage ended, nothing where it still lasted or the incident was not yet resolved."""
    if not is_over(document, now):
        return ""
    return _shown(restored(document) or document.moment("resolved"), now, dated=True)


def _back(document: Document, now: datetime) -> str:
    """Return when service was restored of an incident that is not resolved, nothing of any other."""
    end = restored(document)
    return "" if end is None or end > now or is_over(document, now) else _shown(end, now)


def _told(document: Document, told: Told) -> str:
    """Return the first sentence of the sections that tell the symptom, or the cause."""
    sections = (each for each in document.sections if each.profile and told in told_by(each.profile))
    return next(filter(None, (first_sentence(document, section) for section in sections)), "")


def _latest(document: Document, moment: datetime) -> str:
    """Return what happened last up to `moment`, but that something was detected or sent out."""
    sent = {each.event.span for each in communications(document)}
    told = [
        event
        for event in happened(document)
        if event.start and event.start <= moment and event.span not in sent and event.milestone != DETECTION
    ]
    last = max(told, key=lambda event: event.start or moment, default=None)
    return harmless(last.text.source, markdown=True) if last else ""


def _impact(document: Document, users: str) -> str:
    """Return who and what was affected, nothing where neither is known."""
    words, facts = _WORDS.get(document.language, _WORDS["en"]), facts_of(document)
    if users.isdecimal():
        users = f"{users} {words['users']}"
    who = users or {True: words["users"], False: words["no users"], None: ""}[facts.user_facing]
    said = next(map(str, document.fields("data-loss")), "").partition(":")[2].strip()
    loss = f"{words['loss']}: {harmless(said, markdown=True)}" if said else words["loss"]
    lost = {True: loss, False: words["no loss"], None: ""}[facts.data_loss]
    if not (who or lost):
        return ""
    return f"{who or '<' + words['users'] + '>'}, {lost or '<' + words['loss?'] + '>'}"


def _users(document: Document, labelled: Sequence[FieldProfile]) -> str:
    """Return the users affected, as a field or a labelled line of the incident's document tells them."""
    values = (*document.values, *labelled_impact(document, labelled).values())
    said = (value.text.source for value in values if value.field.id == "users")
    known = (text for text in (*map(str, document.fields("users")), *said) if text.strip())
    return harmless(next((text for text in known if not says_unknown(text)), ""), markdown=True)


def _data_protection(document: Document, around: Around, data: str) -> dict[str, str]:
    """Return when the team came to know that personal data is affected, and until when it is to be told."""
    aware = document.moment("detected") or began(document)
    written = next(document.fields(NOTIFIED), "")
    if isinstance(written, bool):
        written = {"fr": ("non", "oui")}.get(document.language, ("no", "yes"))[written]
    moment = moment_of(written)
    return {
        "data": data,
        "aware": _shown(aware, around.moment, dated=True),
        "notify_by": _shown(aware.astimezone(UTC) + WITHIN if aware else None, around.moment, dated=True),
        "notified": _shown(moment, moment, dated=True) if moment else harmless(str(written)),
        "ask": around.ask,
    }


def _shown(moment: datetime | None, now: datetime | None, *, dated: bool = False) -> str:
    """Write a moment in the zone of `now`, on its day the clock alone; a repeated hour has its offset."""
    if moment is None or now is None or local_date(moment, now.tzinfo or UTC) is None:
        return ""
    local = moment.astimezone(now.tzinfo)
    offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
    offset = local.isoformat()[-6:] if len(offsets) > 1 else ""
    same_day = local.date() == now.date() and not dated
    return f"{local:%H:%M}{offset}" if same_day else f"{local:%Y-%m-%d %H:%M}{offset}"


def _duration(taken: timedelta | None) -> str:
    """Write a duration as the process's messages do, such as `1h40m`."""
    if taken is None:
        return ""
    hours, minutes = divmod(int(taken.total_seconds()) // 60, 60)
    return f"{hours}h{minutes}m"
