"""What one version of a document says, as far as its history needs it, read from as little as will do."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.action_items.placing import moved_down
from incidentdocs.documents.action_items.reading import read_action_items
from incidentdocs.documents.bold_titles import bold_title
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.placeholders import may_hold_placeholders
from incidentdocs.documents.sections import Section, known_titles
from incidentdocs.documents.timeline.milestones import RESTORED
from incidentdocs.documents.titles import title_key
from incidentdocs.history.outline import Known, bullets, may_refer, outline
from incidentdocs.history.reviews import review_reader
from incidentdocs.history.values import VersionFacts
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.profile import Profile


class Reader(NamedTuple):
    """How documents are found in a repository and read: what a workspace says, as values."""

    profiles: Mapping[str, Profile]
    process: Process
    exclude: tuple[str, ...] = ()


ReadFacts = Callable[[str, str], VersionFacts]
"""Returns the facts of a version, given its path and its text."""

_KEPT = 256
"""What has been read of so many pieces is at hand: of a few documents, which are read one after the other."""


def facts_reader(profile: Profile, process: Process) -> ReadFacts:
    """Return the reader of versions of documents of `profile`.

    Of a version only what stands above its sections, the headings and the sections of action items and
    metadata are read as Markdown, each for itself, and what has not changed since a version before is not
    read again. Where the headings are not plain to see, something may be a placeholder, or an item may
    refer to what is defined elsewhere, all of it is read.
    """
    known = _judge(profile)
    items_of = _items_reader(profile, process)
    review_of = review_reader(profile)

    @lru_cache(_KEPT)
    def read_frame(path: str, frame: str) -> VersionFacts:
        return _facts(read_document(path, parse(frame), profile, process), holds_placeholders=False)

    def read(path: str, text: str) -> VersionFacts:
        may_hold = may_hold_placeholders(text, profile)
        found = None if may_hold or profile.incidents else outline(text, known)
        if found is None or may_refer(found.sections, text):
            return facts_of(read_document(path, parse(text), profile, process), text)
        items = [moved_down(item, above) for above, section in found.sections for item in items_of(section)]
        return review_of(read_frame(path, found.frame)._replace(items=tuple(items)), text)

    return read


_NEEDS: Mapping[str, Literal["items", "metadata"]] = {"action-items": "items", "metadata": "metadata"}


def _judge(profile: Profile) -> Callable[[str], Known]:
    sections = known_titles(profile)

    @lru_cache(_KEPT)
    def judge(heading: str) -> Known:
        bold = bold_title(heading)
        title = heading[slice(*bold)] if bold else heading.strip("# \t")
        section = sections.get(title_key(plain(title)))
        return Known(section is not None, _NEEDS.get(section.contains, "") if section else "")

    return judge


def _items_reader(profile: Profile, process: Process) -> Callable[[str], tuple[ActionItem, ...]]:
    """Return what reads the items of a section without placeholders, given its text from the heading on."""

    @lru_cache(_KEPT)
    def section_of(text: str) -> Section:
        return read_document("", parse(text), profile, process).sections[0]

    @lru_cache(_KEPT)
    def items_alone(heading: str, bullet: str) -> tuple[ActionItem, ...]:
        section = section_of(heading)._replace(blocks=parse(bullet).blocks)
        return read_action_items((section,)).items

    @lru_cache(_KEPT)
    def items_of(text: str) -> tuple[ActionItem, ...]:
        heading = text.partition("\n")[0]
        alone = [(above, items_alone(heading, bullet)) for above, bullet in bullets(text)]
        if alone and all(items for _, items in alone):
            return tuple(moved_down(item, above) for above, items in alone for item in items)
        return read_action_items((section_of(text),)).items

    return items_of


def facts_of(document: Document, text: str) -> VersionFacts:
    """Return what a version says that was read as a whole, with its text."""
    may_hold = may_hold_placeholders(text, document.profile)
    facts = _facts(document, holds_placeholders=may_hold and bool(document.placeholders))
    return review_reader(document.profile)(facts, text)


def restored_at(document: Document) -> datetime | None:
    """Return when service was restored, else the last event, by the timeline; None where it tells neither."""
    events = [event for event in document.timeline.events if event.end] if document.timeline else []
    dated = [event for event in events if event.dated]
    ends = [event.start for event in dated if event.milestone == RESTORED] or [event.start for event in dated]
    return max((end for end in ends if end), default=None)


def _facts(document: Document, *, holds_placeholders: bool) -> VersionFacts:
    return VersionFacts(
        items=tuple(promised_items(document)),
        draft=document.is_draft,
        holds_placeholders=holds_placeholders,
        severity=document.severity,
        day=document.date,
        sections=tuple(section.id for section in document.sections if section.id),
    )


def promised_items(document: Document) -> Iterator[ActionItem]:
    """Yield the items that say what is to be done, and those that somebody gave a due date all the same."""
    for item in document.action_items.items if document.action_items else ():
        if item.due or not document.holds_placeholder(item.description_text.span()):
            yield item
