"""Where a document tells when the authority for personal data was told of a breach, or why it was not."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.metadata import MetadataValue, moment_of, yes_or_no
from incidentdocs.markdown.blocks import Text, texts_in
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span

FIELD = "authority-notified"
"""The id of the front matter's field that says when, or why not."""

WITHIN = timedelta(hours=72)
"""After having become aware of a breach, so long there is to notify the authority."""


class Notification(NamedTuple):
    """One place that tells of it: the earliest `moment` that it may mean, None where it gives none.

    `excused` says that it gives a reason: for a delay, or for telling nobody.
    """

    span: Span
    moment: datetime | None
    excused: bool


def notifications(document: Document) -> Iterator[Notification]:
    """Yield what tells when the authority was told, or why it was not."""
    for value in document.written(FIELD):
        yield from _in_field(document, value)
    yield from _in_timeline(document)
    yield from _in_action_items(document)
    events = {event.span.line for event in document.timeline.events} if document.timeline else set()
    for text in _prose(document):
        if text.starts[0].line not in events:
            yield from _in_text(document, text)


def explains_delay(document: Document) -> bool:
    """Return whether a sentence says why the authority was told late: `Late because …`.

    It may leave out of what it speaks, where it begins so or stands behind one that names the authority.
    """
    return any(_explains(text.source) for text in _prose(document))


def _explains(source: str) -> bool:
    if not _delay().search(source):
        return False
    named = False
    for found in _sentence().finditer(source):
        words = found[0]
        named = named or _about().search(words) is not None
        delay = _delay().search(words)
        elliptic = delay is not None and not _word().search(words[: delay.start()])
        if delay and _reason().search(words, delay.end()) and (named or elliptic):
            return True
    return False


def is_still_to_be_told(document: Document) -> bool:
    """Return whether the field is there with a placeholder, which another rule reports."""
    fields = (value.field.span for value in document.metadata if value.id == FIELD)
    return any(document.holds_placeholder(span) for span in fields)


def _in_field(document: Document, value: MetadataValue) -> Iterator[Notification]:
    written, span = value.field.value, value.field.span
    moment = moment_of(written) or (_midnight(written) if isinstance(written, date) else None)
    if moment:
        yield Notification(span, _aware(document, moment), excused=False)
    elif isinstance(written, str) and (yes_or_no(written) is None or len(written.split()) > 1):
        yield Notification(span, _moment_in(document, written), bool(_reason().search(written)))


def _in_timeline(document: Document) -> Iterator[Notification]:
    for event in document.timeline.events if document.timeline else ():
        words = plain(event.text.source)
        if _authority().search(words) and _telling().search(words):
            moment = event.start if event.dated else None
            yield Notification(event.span, moment, excused=bool(_reason().search(words)))


def _in_action_items(document: Document) -> Iterator[Notification]:
    """Yield the action items by which the authority was told; an open one is only a promise."""
    for item in document.action_items.items if document.action_items else ():
        if item.state != "open" and _authority().search(item.description):
            yield Notification(item.span, None, excused=item.state == "abandoned")


def _prose(document: Document) -> Iterator[Text]:
    promises = {section.heading.first for section in document.sections_containing("action-items")}
    yield from texts_in(document.blocks_above)
    for section in document.sections:
        if section.heading.first not in promises:
            yield from texts_in(section.blocks)


def _in_text(document: Document, text: Text) -> Iterator[Notification]:
    if not _about().search(text.source):
        return
    for found in _sentence().finditer(text.source):
        words = found[0]
        named = _authority().search(words) and _telling().search(words)
        none = _no_notification().search(words) and (named or not _customers().search(words))
        excused = bool(_reason().search(words))
        if none or (named and (excused or _when().search(words))):
            start = found.start() + len(words) - len(words.lstrip())
            moment = _moment_in(document, words)
            yield Notification(text.span(start, found.end()), moment, excused or bool(none))


def _moment_in(document: Document, words: str) -> datetime | None:
    """Return the earliest moment that a sentence's ISO date may mean."""
    found = _iso().search(words)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["day"])
        clock = time.fromisoformat(found["clock"].replace("h", ":").zfill(5)) if found["clock"] else time()
    except ValueError:
        return None
    return _aware(document, datetime.combine(day, clock))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _aware(document: Document, moment: datetime) -> datetime | None:
    local = moment if moment.tzinfo else moment.replace(tzinfo=document.process.zone)
    try:
        return local.astimezone(UTC)
    except OverflowError:
        return None


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(
        r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?:[T, ]| at | à | to )\s?(?P<clock>[0-9]{1,2}[:h][0-9]{2}))?"
    )


@cache
def _sentence() -> re.Pattern[str]:
    """Return what matches a sentence: up to a full stop before white space, save that of `art. 33`."""
    return re.compile(r"(?:[^.!?\n]|\n(?!\n)|(?<=\bart)\.|[.!?](?!\s|$)){1,2000}")


_NAMES = (
    r"CNIL|ICO|AEPD|BfDI|CNPD|FDPIC|PFPDT|APD|GBA|DPA|DPC|Garante|Datenschutz\w*"
    r"|data[ -]protection (?:commission(?:er)?|agency|office)|regulators?|authorit(?:y|ies)"
    r"|autorit[ée]s?|r[ée]gulateurs?|art(?:icle|\.) ?33"
)


@cache
def _authority() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_NAMES})(?!\w)", re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_NAMES})(?!\w)|notif", re.IGNORECASE)


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(
        r"notif|\btold|\btell|inform|\breport|declar|déclar|\bfiled|saisi|prévenu|prevenu|avert|signal|alert",
        re.IGNORECASE,
    )


@cache
def _reason() -> re.Pattern[str]:
    words = (
        r"because|since|as the|as no|due to|car|parce que?|puisque?|en raison|delay\w*|retard|reasons?"
        r"|not (?:required|needed|necessary|due|notifiable)|no need|unlikely|no risk|encrypted"
        r"|anonymi[sz]ed|pseudonymi[sz]ed|not applicable|n/a"
        r"|non (?:requise?|n[ée]cessaire|notifiable)"
        r"|pas (?:été )?(?:requise?|n[ée]cessaire|lieu)|sans (?:objet|risque)|aucun risque|chiffr[ée]e?s?"
        r"|anonymis[ée]e?s?"
    )
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _delay() -> re.Pattern[str]:
    """Return what matches that something came late; why it did comes behind it."""
    english = (
        r"late|later than|belated(?:ly)?|delay(?:ed)?"
        r"|(?:after|beyond|over|more than|missed|not within) (?:the )?72"
    )
    french = (
        r"en retard|(?:avec|ce|le|du|un) retard|tardi(?:f|ve|vement)|retard[ée]e"
        r"|plus de 72|au[- ]del[àa] (?:de|des) 72|apr[èe]s (?:les )?72"
    )
    return re.compile(rf"(?<!\w)(?:{english}|{french})(?!\w)", re.IGNORECASE)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]")


@cache
def _no_notification() -> re.Pattern[str]:
    """Return what matches that nobody was to be notified, whatever the order of the words."""
    no = r"(?:no|not|without|against|unnecessary|aucune|pas|non|sans|inutile|ni)"
    return re.compile(rf"\b{no}\b[^.]{{0,60}}\bnotif|\bnotif\w{{0,12}}\b[^.]{{0,60}}\b{no}\b", re.IGNORECASE)


@cache
def _customers() -> re.Pattern[str]:
    who = r"customers?|clients?|users?|utilisat(?:eur|rice)s?|personnes concernées|status page|slack|alerts?"
    return re.compile(rf"\b(?:{who})\b", re.IGNORECASE)


@cache
def _when() -> re.Pattern[str]:
    words = (
        r"same day|next day|jour m[êe]me|lendemain|within \d|sous \d|\d{1,3} ?h(?:ours|eures)?\b"
        r"|immediately|aussit[ôo]t|imm[ée]diatement"
    )
    months = r"jan|feb|fév|fev|mar|apr|avr|mai|may|jun|juin|jul|juil|aug|août|aout|sep|oct|nov|dec|déc"
    dates = (
        rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}\b|\d{{1,2}}[:h]\d\d"
        rf"|\d{{1,2}}(?:er|st|nd|rd|th)? (?:of )?(?:{months})|(?:{months})[a-zéû]{{0,8}}\.? \d{{1,2}}\b"
    )
    return re.compile(rf"(?:{dates}|\b(?:{words}))", re.IGNORECASE)
