"""What was sent out about an incident, as the events of its timeline record it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple, get_args

from incidentdocs.documents.document import Document
from incidentdocs.documents.personal_data import FIELD as PERSONAL_DATA
from incidentdocs.documents.personal_data import affected
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.inline import plain
from incidentdocs.process.communication import Facts
from incidentdocs.profiles.profile import ByLanguage

Kind = Literal["announce", "update", "resolved", "banner", "banner-removed", "email", "ticket"]

LABELS: Mapping[Kind, ByLanguage] = {
    "announce": {"fr": "annonce", "en": "announcement"},
    "update": {"fr": "mise à jour", "en": "update"},
    "resolved": {"fr": "résolution", "en": "resolved"},
    "banner": {"fr": "bannière posée", "en": "banner up"},
    "banner-removed": {"fr": "bannière retirée", "en": "banner removed"},
    "email": {"fr": "e-mail à tous", "en": "e-mail to all"},
    "ticket": {"fr": "ticket", "en": "ticket"},
}
"""How an event says what was sent out, in each language, after *communication*."""

_IN, _TO = {"fr": "dans", "en": "in"}, {"fr": "à", "en": "to"}
_BEGIN = {"fr": "communication : ", "en": "communication: "}
_LONGEST = 500


class Sent(NamedTuple):
    """One communication: its kind, the event that records it, and the handles, with `@`, of who was told."""

    kind: Kind
    event: Event
    people: tuple[str, ...]


def communications(document: Document) -> tuple[Sent, ...]:
    """Return what the timeline says was sent out, in the file's order."""
    events = document.timeline.events if document.timeline else ()
    return tuple(sent for event in events if (sent := _sent(event)))


def facts_of(document: Document) -> Facts:
    """Return what an incident's document says of whom it concerns, which decides who is told."""
    personal = document.answer(PERSONAL_DATA)
    if personal is None and affected(document):
        personal = True
    return Facts(document.answer("data-loss"), document.answer("user-facing"), personal)


def on_call_of(document: Document) -> Mapping[str, str]:
    """Return who was on call for an incident, as its document says: handles without `@`, by role."""
    found: dict[str, str] = {}
    for role in ("oncall", "backup"):
        word = next(iter(document.words(role)), "")
        if document.process.people.find(word) or is_handle(word):
            found[role] = document.process.people.handle_of(word)
    return found


def is_handle(word: str) -> bool:
    """Return whether `word`, with or without its `@`, is a handle that a communication may name."""
    return _handle().fullmatch(f"@{word.removeprefix('@')}") is not None


def communication_text(kind: Kind, language: str, *, where: str = "", people: Iterable[str] = ()) -> str:
    """Return the text of the event that records a communication, which `communications` reads back.

    `where` is the channel, or what a ticket is called; `people` are the handles of those told. It is English
    in a language that has no words for it.
    """
    language = language if language in _BEGIN else "en"
    place = f" {where}" if kind == "ticket" else f" {_IN[language]} {where}"
    told = ", ".join(people)
    to = f", {_TO[language]} {told}" if told else ""
    return f"{_BEGIN[language]}{LABELS[kind][language]}{place if where else ''}{to}"


def _sent(event: Event) -> Sent | None:
    begun = _opening().match(event.text.source[:_LONGEST])
    if begun is None:
        return None
    said = plain(event.text.source[begun.end() : _LONGEST])
    words = f"{fold(said)} "
    found = (kind for kind, label in _labels() if words.startswith(f"{label} "))
    kind = next(found, None)
    return Sent(kind, event, tuple(_people(said))) if kind else None


@cache
def _labels() -> tuple[tuple[Kind, str], ...]:
    """Return every label, folded, the longest first."""
    labels = ((kind, fold(label)) for kind in get_args(Kind) for label in LABELS[kind].values())
    return tuple(sorted(labels, key=lambda label: -len(label[1])))


def _people(said: str) -> Iterator[str]:
    yield from dict.fromkeys(found.rstrip(".") for found in _handle().findall(said))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"(?i:communication)\s{0,2}:\s{0,2}")


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@])@\w[\w./-]{0,99}")
