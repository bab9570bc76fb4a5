"""Which section of another profile each section of a document becomes."""

from collections.abc import Sequence
from typing import NamedTuple

from incidentdocs.documents.action_items.reading import read_action_items
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section, known_titles
from incidentdocs.documents.timeline.timeline import read_timeline
from incidentdocs.documents.titles import title_key
from incidentdocs.profiles.profile import Profile, SectionProfile

NOTES = {"en": "Other notes", "fr": "Autres notes"}
"""The title of the section that keeps what has no place, in each language."""


class Places(NamedTuple):
    """The sections that become each of the target's, by its id, and those that become none.

    `notes` is the one that already keeps what has no place.
    """

    placed: dict[str, list[Section]]
    others: tuple[Section, ...]
    notes: Section | None


def place(document: Document, target: Profile) -> Places:
    """Return where the sections of `document` belong under `target`.

    By the target's own titles first, so that what is in its shape stays so; then by the id that the
    document's profile gives them; then by what they contain, where only one can be meant.
    """
    known = known_titles(target)
    placed: dict[str, list[Section]] = {}
    others = []
    for section in document.sections:
        wanted = known.get(title_key(section.visible)) or target.section(section.id or "")
        if wanted:
            placed.setdefault(wanted.id, []).append(section)
        else:
            others.append(section)
    notes = next((section for section in others if is_notes(section.visible)), None)
    for wanted in target.sections:
        if wanted.id not in placed and (own := _by_content(document, target, wanted, others, notes)):
            placed[wanted.id] = [own]
            others.remove(own)
    return Places(placed, tuple(section for section in others if section is not notes), notes)


def is_notes(title: str) -> bool:
    """Return whether a title is that of the section that keeps what has no place."""
    return title_key(title) in map(title_key, NOTES.values())


def _by_content(
    document: Document,
    target: Profile,
    wanted: SectionProfile,
    others: Sequence[Section],
    notes: Section | None,
) -> Section | None:
    """Return the only section that can be `wanted` by what it contains, None where several or none can."""
    if wanted.contains not in ("timeline", "action-items"):
        return None
    if sum(section.contains == wanted.contains for section in target.sections) > 1:
        return None
    free = [section for section in others if section is not notes]
    said = [section for section in free if section.profile and section.profile.contains == wanted.contains]
    unsaid = [section for section in free if section.profile is None]
    found = said or [section for section in unsaid if _holds(section, wanted, document)]
    return found[0] if len(found) == 1 else None


def _holds(section: Section, wanted: SectionProfile, document: Document) -> bool:
    """Return whether a section that no profile knows is plainly a timeline, or plainly promises."""
    section = section._replace(profile=wanted)
    if wanted.contains == "timeline":
        events = read_timeline((section,), day=document.date, zone=document.process.zone).events
        return len(events) > 1 and all(event.start and event.clocked for event in events)
    items = read_action_items((section,)).items
    return bool(items) and all(item.checked is not None or item.owner_text or item.due_text for item in items)
