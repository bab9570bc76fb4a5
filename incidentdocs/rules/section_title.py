"""The rule section-title."""

from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.document import Document
from incidentdocs.documents.retitling import retitled
from incidentdocs.documents.sections import Section
from incidentdocs.documents.timeline.zones import stated_zone
from incidentdocs.documents.titles import title_key, without_note
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.profiles.profile import SectionProfile
from incidentdocs.rules.rule import DocumentRule, Example


class SectionTitle(DocumentRule):
    """A section has the title that its profile gives it, and no other wording of it.

    Whoever looks for the root cause of ten incidents searches for one title. Other wordings are understood
    (`Chronologie`, `RCA`), so nothing is lost; they are only not found by those who search, and a link to the
    section leads nowhere. Case, accents, a number in front, emoji and a note in brackets make no difference, and
    a French title may stand in an English document. What a profile of your own accepts is your
    decision: this rule asks only about the wordings that the built-in profiles understand.

    Write the title as the profile has it; `--fix` does, and keeps the number and the note. It leaves alone
    a heading to which the document has links, and one in a document whose language it cannot tell:
    `--unsafe` changes the first too.
    """

    name = "section-title"
    severity = "warning"
    fixable = True
    valid = (
        Example(
            "# Post-mortem: API\n\n## 1. ROOT CAUSE (confirmed)\nA full disk.\n\n## Customers\nTwo wrote.\n"
        ),
        Example(
            "# Post-mortem : API\n\n## Timeline\n- 10:15 detection\n\n## Blameless statement\nPersonne.\n"
        ),
        Example(
            "# Runbook : disque plein\n\n## Resolution\n1. Purger.\n",
            path="docs/runbooks/runbook-disk-full.md",
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Blameless statement\nIt was nobody's fault.\n\n## 3. Root causes (measured)\nA full disk.\n",
            ("3. Root causes (measured)",),
            fixed="# Post-mortem: API\n\n## Blameless statement\nIt was nobody's fault.\n\n"
            "## 3. Root cause (measured)\nA full disk.\n",
        ),
        Example(
            "# Post-mortem : API\n\n## Mention blameless\nPersonne.\n\nChronologie\n-----------\n- 10:15 detection\n",
            ("Chronologie",),
            fixed="# Post-mortem : API\n\n## Mention blameless\nPersonne.\n\n"
            "Timeline (heures locales)\n-----------\n- 10:15 detection\n",
        ),
        Example(
            "# Post-mortem : API\n\n**Cause racine**\n\nLe disque est plein, et les alertes ne sont pas parties.\n",
            ("Cause racine",),
            fixed="# Post-mortem : API\n\n**Root cause**\n\nLe disque est plein, et les alertes ne sont pas parties.\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each section under another title than its own."""
        for section in document.sections:
            profile = section.profile
            if (
                profile
                and title_key(section.visible) not in _own_keys(profile)
                and _is_lenient(document, profile)
            ):
                yield self._worded(document, section, profile)

    def _worded(self, document: Document, section: Section, profile: SectionProfile) -> Finding:
        certain = document.to_be_written(profile.title)
        title = _honest(certain or document.in_language(profile.title), document, section)
        text = section.heading.text
        change = retitled(text.source, title) if certain else None
        fix = None
        if change:
            edit = Edit(text.span(change.start, change.end), change.title)
            fix = Fix((edit,), safe=not _is_linked_to(document))
        message = f"the title of `{section.visible}` is `{title}`"
        return self.finding(document, text.span(), message, f"write `{title}`", fix=fix)


def _own_keys(profile: SectionProfile) -> set[str]:
    return {title_key(title) for title in profile.title.values()}


def _is_lenient(document: Document, profile: SectionProfile) -> bool:
    """Return whether the other wordings are those that a built-in profile understands, and not a team's own."""
    return _accepted(document.profile.kind).get(profile.id) == profile.accept


@cache
def _accepted(kind: str) -> dict[str, tuple[str, ...]]:
    sections = built_in(kind).sections if kind in BUILT_IN else ()
    return {section.id: section.accept for section in sections}


def _honest(title: str, document: Document, section: Section) -> str:
    """Return `title`, without `(local times)` where the timeline has other times."""
    if section.profile is None or section.profile.contains != "timeline" or without_note(title) == title:
        return title
    events = document.timeline.events if document.timeline else ()
    zones = {event.start.tzinfo for event in events if event.start}
    elsewhere = stated_zone(section.visible, section.blocks) or zones - {document.process.zone}
    return without_note(title) if elsewhere else title


def _is_linked_to(document: Document) -> bool:
    """Return whether the document has links to its own headings, one of which may be this one."""
    return any("](#" in line or 'href="#' in line or "]: #" in line for line in document.source.lines)
