"""What a document tells of an incident, as much as its likeness to others needs of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from incidentdocs.clock import local_date
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Heading, Text, texts_in
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import Role, Told
from incidentdocs.profiles.roles import role_of, told_by
from incidentdocs.similarity.naming import Reference, key_of, reference, runbook_key, says_none
from incidentdocs.similarity.vocabulary import Phrases
from incidentdocs.similarity.words import terms_in

OTHER = "other"
"""The failure mode of what has none of the others: it makes no two incidents alike."""

LONGEST_SENTENCE = 240
"""Characters of a cause that are shown."""


class Telling(NamedTuple):
    """What one document tells of one incident.

    `day` is that on which the incident began. Services, failure mode, runbooks and tags are keys that
    compare; a failure mode that is not given, or `other`, is none. `title`, `symptom`, `cause` and
    `both` say how often each term is said in those texts, `both` in what tells symptom and cause at once, and
    `texts` are all of them. `sentence` is the first of the root cause. `resolved` is the day on which all was
    over. `ordinal` is the incident's place in its document.
    """

    document: str
    role: Role
    heading: str
    day: date | None
    severity: str | None
    services: frozenset[str]
    failure_mode: str | None
    runbooks: frozenset[str]
    tags: frozenset[str]
    related: tuple[Reference, ...]
    unrelated: tuple[Reference, ...]
    counterparts: tuple[Reference, ...]
    title: Mapping[str, int]
    symptom: Mapping[str, int]
    cause: Mapping[str, int]
    both: Mapping[str, int]
    texts: tuple[str, ...]
    sentence: str
    resolved: date | None = None
    ordinal: int = 0


def read_tellings(document: Document, known: Phrases, boilerplate: frozenset[str]) -> Iterator[Telling]:
    """Yield what `document` tells of incidents: of one, or of each that its profile parts in it.

    `boilerplate` are the lines of templates, folded: what is still theirs is compared with nothing. A
    document that could not be read as text, or is for something else, tells of none.
    """
    role = role_of(document.profile)
    if document.problems or role not in ("post-mortem", "incident"):
        return
    for ordinal, (heading, day, sections) in enumerate(_by_incident(document)):
        texts = {told: list(_texts(document, sections, told, boilerplate)) for told in _TOLD}
        shown = plain(heading.text.source) if heading else document.subject or ""
        yield Telling(
            document=document.path,
            role=role,
            heading=shown,
            day=day,
            severity=document.severity,
            services=_folded(document.words("services")),
            failure_mode=_failure_mode(document),
            runbooks=frozenset(map(runbook_key, document.words("runbooks"))),
            tags=_folded(document.words("cause-tags")),
            related=_references(document, "related"),
            unrelated=_references(document, "not-related"),
            counterparts=_references(document, "post-mortem" if role == "incident" else "incident"),
            title=terms_in([shown], known),
            symptom=terms_in(texts["symptom",], known),
            cause=terms_in(texts["cause",], known),
            both=terms_in(texts["symptom", "cause"], known),
            texts=(shown, *(text for each in texts.values() for text in each)),
            sentence=_first_sentence((*texts["cause",], *texts["symptom", "cause"])),
            resolved=_resolved(document),
            ordinal=ordinal,
        )


_TOLD: tuple[tuple[Told, ...], ...] = (("symptom",), ("cause",), ("symptom", "cause"))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(key for word in words if (key := key_of(word)))


def _failure_mode(document: Document) -> str | None:
    mode = key_of(next(iter(document.words("failure-mode")), ""))
    return None if mode in ("", OTHER) else mode


def _references(document: Document, field: str) -> tuple[Reference, ...]:
    return tuple(reference(word, document.path) for word in document.words(field) if not says_none(word))


def _resolved(document: Document) -> date | None:
    moment = document.moment("resolved")
    return local_date(moment, document.process.zone) if moment else None


def _by_incident(document: Document) -> "Iterator[tuple[Heading | None, date | None, Sequence[Section]]]":
    """Yield the heading, the day and the sections of each incident; without any, those of the document."""
    begun = [incident for section in document.sections for incident in section.incidents]
    begun += [section.incident for section in document.sections if section.incident]
    headings = dict.fromkeys(incident.heading for incident in begun)
    if not headings:
        yield None, _day_of(document), document.sections
    for heading in sorted(headings, key=lambda heading: heading.first):
        incident = next(incident for incident in begun if incident.heading == heading)
        near = document.date
        day = incident.date.on(first=near, last=near) if near else None
        if day is None and incident.date.year is not None:
            day = incident.date.on(first=date.min, last=date.min)
        own = [section for section in document.sections if section.incident == incident]
        yield heading, day or near, own


def _day_of(document: Document) -> date | None:
    """Return the incident's date, else that of the first event that has one."""
    if document.date or not document.timeline:
        return document.date
    days = (event.day for event in document.timeline.events if event.dated and event.day)
    return min(days, default=None)


def _texts(
    document: Document, sections: Sequence[Section], told: tuple[Told, ...], boilerplate: frozenset[str]
) -> Iterator[str]:
    placeholders: dict[int, list[str]] = defaultdict(list)
    for placeholder in document.placeholders:
        placeholders[placeholder.span.line].append(placeholder.text)
    for section in sections:
        if section.profile and told_by(section.profile) == told:
            for text in _values_and_prose(document, section):
                shown = _without_placeholders(text, placeholders)
                rows = (row for row in shown.split("\n") if fold(row) not in boilerplate)
                if words := "\n".join(filter(None, map(plain, rows))):
                    yield words


def _values_and_prose(document: Document, section: Section) -> Iterator[Text]:
    """Yield the texts of a section; of labelled values only the values."""
    values = [
        value
        for value in document.values
        if section.heading.first <= value.label.starts[0].line <= section.last
    ]
    lines = {place.line for value in values for place in (*value.label.starts, *value.text.starts)}
    yield from (value.text for value in values)
    for text in texts_in(section.blocks):
        if text.starts[0].line not in lines:
            yield text


def _without_placeholders(text: Text, placeholders: Mapping[int, Sequence[str]]) -> str:
    source = text.source
    for line in range(text.starts[0].line, text.starts[-1].line + 1):
        for placeholder in placeholders.get(line, ()):
            source = source.replace(placeholder, " ")
    return source


def _first_sentence(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    whole = " ".join(texts[0].split())
    ended = _sentence().match(whole)
    first = ended[0].strip() if ended else whole
    return first if len(first) <= LONGEST_SENTENCE else f"{first[: LONGEST_SENTENCE - 1].rstrip()}…"


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(r".{20,}?[.!?…](?=\s|$)")
