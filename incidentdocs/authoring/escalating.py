"""What is known of incidents that keep coming back becomes the beginning of their escalation."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple
from urllib.parse import quote

from incidentdocs.authoring.new_document import as_markdown
from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.editing.edits import Edit
from incidentdocs.similarity.links import Evidence, Likeness
from incidentdocs.similarity.reasons import why
from incidentdocs.similarity.register import Incident
from incidentdocs.similarity.sets import Escalation

MOST_TERMS = 5
MOST_PAIRS = 50
"""So many pairs of a set are looked at for what they share."""


class Open(NamedTuple):
    """An action item that is still open, and the document that has it."""

    document: str
    item: ActionItem


def shared_by(likeness: Likeness, escalation: Escalation, language: str) -> tuple[str, ...]:
    """Return what the incidents of an escalation share, in sentences of `language`."""
    pairs = list(combinations(escalation.incidents, 2))[:MOST_PAIRS]
    told = [why(likeness, one, other) for one, other in pairs]
    words = _FRENCH if language == "fr" else _ENGLISH
    terms = Counter(share.term for each in told for share in each.terms[:MOST_TERMS])
    common = [term for term, count in terms.most_common() if count > 1 or len(told) == 1]
    sentences = _keys([each.evidence for each in told], words)
    return (*sentences, *([f"{words['terms']} {', '.join(common[:MOST_TERMS])}"] if common else ()))


_ENGLISH = {
    "mode": "the same failure mode: {mode} on {services}",
    "runbooks": "the same runbook: {runbooks}",
    "tags": "the same cause tag: {tags}",
    "terms": "words that come back:",
    "open": "still open",
}
_FRENCH = {
    "mode": "le même mode de panne : {mode} sur {services}",
    "runbooks": "le même runbook : {runbooks}",
    "tags": "la même étiquette de cause : {tags}",
    "terms": "mots qui reviennent :",
    "open": "encore ouvert",
}


def _keys(evidence: Sequence[Evidence], words: Mapping[str, str]) -> Iterator[str]:
    keyed = dict.fromkeys((each.mode, each.services) for each in evidence if each.mode and each.services)
    for mode, services in keyed:
        yield words["mode"].format(mode=mode, services=", ".join(services))
    if runbooks := sorted({runbook for each in evidence for runbook in each.runbooks}):
        yield words["runbooks"].format(runbooks=", ".join(runbooks))
    if tags := sorted({tag for each in evidence for tag in each.tags}):
        yield words["tags"].format(tags=", ".join(tags))


def escalation_edits(
    begun: Document, incidents: Sequence[Incident], shared: Iterable[str], open_items: Sequence[Open]
) -> Iterator[Edit]:
    """Yield the edits by which an escalation that was just `begun` names its incidents and what they share.

    Below each incident stand its action items that are still open.
    """
    words = _FRENCH if begun.language == "fr" else _ENGLISH
    listed = [row for incident in incidents for row in _rows(begun.path, incident, open_items, words)]
    filled = {"incidents": "\n".join(listed), "shared": "\n".join(f"- {sentence}" for sentence in shared)}
    for id, text in filled.items():
        section = begun.section(id)
        gaps = [
            gap
            for gap in begun.placeholders
            if section and _within(gap.span.line, section.heading.last, section.last)
        ]
        if text and gaps:
            yield Edit(gaps[0].span, text)


def _within(line: int, first: int, last: int) -> bool:
    return first < line <= last


def _rows(
    path: str, incident: Incident, open_items: Sequence[Open], words: Mapping[str, str]
) -> Iterator[str]:
    severity = f" ({incident.severity})" if incident.severity else ""
    link = quote(posixpath.relpath(incident.document, posixpath.dirname(path)), errors="surrogatepass")
    yield f"- {incident.day}{severity}: [{as_markdown(incident.title)}]({link})"
    for found in open_items:
        if found.document in incident.documents:
            number = f"AI {found.item.number}" if found.item.number is not None else "AI"
            yield f"  - {words['open']}: {number}, {as_markdown(found.item.description)}"
