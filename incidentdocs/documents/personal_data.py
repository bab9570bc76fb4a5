"""Whether a document tells that personal data was affected: in a field, or in a sentence of its impact."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.field_values import read_yes_or_no, says_unknown
from incidentdocs.documents.metadata import yes_or_no
from incidentdocs.markdown.blocks import Text, texts_in
from incidentdocs.markdown.inline import mask, plain
from incidentdocs.markdown.places import Span

FIELD = "personal-data"
"""The id of the field that says it, in the front matter or in the impact."""


class Affected(NamedTuple):
    """Where a document tells that personal data was affected; `stated` in a field, and not in a sentence."""

    span: Span
    stated: bool


def affected(document: Document) -> Affected | None:
    """Return where the document first tells that personal data was affected, None where nothing does."""
    if document.profile.role not in ("post-mortem", "incident"):
        return None
    answers = [*_in_front_matter(document), *_in_values(document)]
    if answers:
        return next((found for found in answers if found), None)
    return next(_in_sentences(document), None)


def _in_front_matter(document: Document) -> Iterator[Affected | None]:
    for value in document.written(FIELD):
        answer = yes_or_no(value.field.value)
        if answer is not None:
            yield Affected(value.field.span, stated=True) if answer else None


def _in_values(document: Document) -> Iterator[Affected | None]:
    for value in document.values:
        text = value.text.part(0, len(value.text.source.partition("\n")[0])).stripped()
        words = plain(value.text.source.partition("\n")[0])
        if (
            value.field.id != FIELD
            or not words
            or says_unknown(words)
            or document.holds_placeholder(text.span())
        ):
            continue
        answer = read_yes_or_no(words)
        if isinstance(answer, bool):
            yield Affected(text.span(), stated=True) if answer else None
        elif not _taken_back().search(words):
            yield Affected(text.span(), stated=True)


def _in_sentences(document: Document) -> Iterator[Affected]:
    """Yield the sentences of the impact that say that personal data got out or was lost."""
    for section in document.sections:
        if section.profile and (section.profile.contains == "fields" or "symptom" in section.profile.tells):
            for text in texts_in(section.blocks):
                yield from _in_text(document, text)


def _in_text(document: Document, text: Text) -> Iterator[Affected]:
    if not _data().search(text.source):
        return
    shown = mask(text.source)
    for sentence in _sentence().finditer(shown):
        found = _breach().search(sentence[0])
        if found and not _taken_back().search(sentence[0]):
            start = sentence.start() + found.start()
            span = text.span(start, sentence.start() + found.end())
            if not document.holds_placeholder(span):
                yield Affected(span, stated=False)


_DATA_WORDS = (
    r"personal(?:ly identifiable)? (?:data|information)|\bPII\b"
    r"|donn[ée]es (?:personnelles|[àa] caract[èe]re personnel)"
)


@cache
def _data() -> re.Pattern[str]:
    return re.compile(_DATA_WORDS, re.IGNORECASE)


@cache
def _breach() -> re.Pattern[str]:
    verbs = (
        r"leaked|exposed|disclosed|stolen|exfiltrated|downloaded|accessible|accessed|compromised|lost|sent to"
        r"|published|divulgu[ée]e?s|expos[ée]e?s|vol[ée]e?s|exfiltr[ée]e?s|perdues|compromises|accessibles"
        r"|consult[ée]e?s|publi[ée]e?s|fuit[ée]"
    )
    return re.compile(rf"(?:{_DATA_WORDS})[^.;!?\n]{{0,80}}?\b(?:{verbs})\b", re.IGNORECASE)


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(r"[^.!?;]{1,2000}")


@cache
def _taken_back() -> re.Pattern[str]:
    words = (
        r"no|not|none|never|nor|neither|without|nothing|could|might|may|would|possibl[ey]|potential\w*|risk|if|whether"
        r"|n['’]|ne|aucune?s?|pas|jamais|sans|ni|rien|pourrai\w*|aurai\w*|risque|si|peut-être|éventuel\w*"
    )
    return re.compile(rf"(?<!\w)(?:{words}|\w+n['’]t)(?!\w)|\bn['’]", re.IGNORECASE)
