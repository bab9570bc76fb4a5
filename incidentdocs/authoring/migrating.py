"""A document becomes one of another profile: its own lines in that profile's order, and nothing lost."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from incidentdocs.authoring.closing import closing
from incidentdocs.authoring.margins import Lines, directives_above, margins, without_directives
from incidentdocs.authoring.migrated_front_matter import front_matter_lines
from incidentdocs.authoring.migrated_headings import (
    SECTION,
    at_least,
    at_level,
    relevelled,
    renamed,
    words,
)
from incidentdocs.authoring.migrated_title import title_lines
from incidentdocs.authoring.placing import NOTES, place
from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section, known_titles, outermost_sections
from incidentdocs.documents.timeline.zones import stated_zone
from incidentdocs.documents.titles import title_key, without_note
from incidentdocs.errors import Fault
from incidentdocs.markdown.blocks import Heading
from incidentdocs.profiles.profile import Profile, SectionProfile

STILL_TO_WRITE = ("TODO",)
AS_WRITTEN = at_least(1)


def language_under(document: Document, target: Profile) -> str:
    """Return the language, one of the target's, that `document` is written in under `target`.

    It is that of the target's own titles where all that it requires are there, else the document's.
    """
    languages = list(dict.fromkeys(language for section in target.sections for language in section.title))
    ranks = {language: _rank(document, target, language) for language in languages}
    shaped = max(languages, key=lambda language: ranks[language] or (), default=None)
    if shaped and ranks[shaped]:
        return shaped
    wanted = (document.language, document.process.language, *languages, document.language)
    return next(language for language in wanted if language in languages or not languages)


def _rank(document: Document, target: Profile, language: str) -> tuple[int, bool, bool] | None:
    """Return how well a document shows the target's shape in a language, None where a section is missing."""
    shown = {title_key(section.visible) for section in document.sections}
    there = [section for section in target.sections if title_key(section.title.get(language, "")) in shown]
    if not there or any(section.required and section not in there for section in target.sections):
        return None
    title = document.title.text.source if document.title else ""
    begins = (form.partition("{")[0] for form in target.titles.get(language, ()))
    return len(there), any(map(title.startswith, begins)), language == document.language


def migrated(document: Document, text: str, target: Profile, model: Document | None = None) -> str:
    """Return `text`, which `document` was read from, in the shape of `target`.

    `model` is what the target's template writes, read under the target: a required section that is
    missing gets what stands there. Line ends, the byte order mark and a missing newline at the end are
    kept. Raises Fault, rather than lose a word.
    """
    title, sections = outermost_sections(document.source, document.profile, target)
    whole = replace(document, title=title, sections=sections)
    parts = _Migration(whole, target, model).parts()
    lines = _joined(part for part in parts if any(line.strip() for line in part))
    ending = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    last = ending if lines and (text.endswith(("\n", "\r")) or not text.strip("\ufeff")) else ""
    result = "\ufeff" * text.startswith("\ufeff") + ending.join(lines) + last
    _refuse_loss(document, text, result)
    return result


def _joined(parts: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of all parts, with a blank line or more, as there were, between two of them."""
    lines: list[str] = []
    for part in parts:
        blank = 0
        while lines and not lines[-1].strip():
            lines.pop()
            blank += 1
        lines += [*([""] * max(1, blank) if lines else []), *part]
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _refuse_loss(document: Document, text: str, result: str) -> None:
    # The number before a section's title, which may go, is no word.
    lost = sorted(word for word in words(text) - words(result) if not word.isdecimal())
    if lost:
        named = ", ".join(lost[:5])
        hint = "this is a fault of the program: please report it with the document"
        raise Fault(f"{document.path} would lose these words: {named}", hint=hint)


class _Migration:
    """One document on its way to another profile."""

    def __init__(self, document: Document, target: Profile, model: Document | None) -> None:
        self.document = document
        self.source = document.source
        self.target = target
        self.model = model
        self.language = language_under(document, target)
        self.known = known_titles(target)
        self.places = place(document, target)
        self.margins = margins(document)
        lines = [section.heading.first for section in document.sections]
        bodies = [self._body(section) for section in document.sections]
        above = [self.margins.directives, *(directives_above(document, body) for body in bodies)]
        self.directives = dict(zip(lines, above, strict=False))
        self.bodies = {
            line: without_directives(body, document) for line, body in zip(lines, bodies, strict=True)
        }
        # With nothing below they silence nothing, and are not to begin to.
        self.idle = above[-1]

    def parts(self) -> Iterator[Sequence[str]]:
        """Yield the parts of the result, from top to bottom, between which a blank line stands."""
        below = _trimmed(self._written(self.margins.below))
        yield front_matter_lines(self.document, self.target)
        yield from (_begun(self._written(lines)) for lines in self.margins.before)
        yield [*title_lines(self.document, self.target, self.language), *below]
        homeless = list(self._homeless())
        title = NOTES.get(self.language, NOTES["en"])
        home = self.known.get(title_key(title))
        for wanted in self.target.sections:
            yield from self._section(wanted, homeless if wanted is home else [])
        if home is None and (homeless or self.places.notes):
            yield from self._notes(title, homeless)
        yield self.idle

    def _section(self, wanted: SectionProfile, homeless: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
        """Yield a section of the target with what becomes it, or what is still to be written."""
        sections = self.places.placed.get(wanted.id, ())
        title = wanted.title.get(self.language) or next(iter(wanted.title.values()))
        if sections:
            first = sections[0].heading
            title = self._honest(title, wanted, sections[0])
            heading = renamed(first, self.source, title, still=lambda name: self._names(wanted, name))
            yield [*self.directives[first.first], *heading, *self._content(sections[0], SECTION)]
            yield from map(self._deeper, sections[1:])
            if (
                wanted.required
                and not homeless
                and not any(self._says(section, wanted) for section in sections)
            ):
                yield _trimmed(self._still_to_write(wanted))
        elif homeless:
            yield [f"## {title}"]
        elif wanted.required:
            yield [f"## {title}", *self._still_to_write(wanted)]
        yield from homeless

    def _honest(self, title: str, wanted: SectionProfile, section: Section) -> str:
        """Return `title`, without `(local times)` where the timeline states a zone of its own."""
        bare = without_note(title)
        stated = wanted.contains == "timeline" and stated_zone(section.visible, section.blocks)
        return bare if stated and self._names(wanted, bare) else title

    def _notes(self, title: str, homeless: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
        notes = self.places.notes
        if notes is None:
            yield [f"## {title}"]
            yield from homeless
            return
        moved = [part for part in homeless if part in self._moved()]
        heading = [
            *self.directives[notes.heading.first],
            *at_level(notes.heading, self.source.lines, SECTION),
        ]
        content = self._content(notes, SECTION)
        yield from [heading, *moved, content] if moved else [[*heading, *content]]
        yield from homeless[len(moved) :]

    def _homeless(self) -> Iterator[Sequence[str]]:
        """Yield what has no place of its own: text from before the first section, and sections."""
        yield from self._moved()
        yield from map(self._deeper, self.places.others)

    def _moved(self) -> list[list[str]]:
        moved = (_trimmed(self._written(lines)) for lines in self.margins.moving)
        return [lines for lines in moved if lines]

    def _deeper(self, section: Section) -> list[str]:
        """Return a section as a part of another one."""
        heading = at_level(section.heading, self.source.lines, SECTION + 1)
        return [*self.directives[section.heading.first], *heading, *self._content(section, SECTION + 1)]

    def _content(self, section: Section, level: int) -> list[str]:
        """Return what stands below a section's heading, which is of `level` now."""
        deeper = at_least(level + 1, deeper=level - SECTION)
        return self._written(self.bodies[section.heading.first], deeper)

    def _written(self, lines: Lines, level: Callable[[Heading], int] = AS_WRITTEN) -> list[str]:
        """Return the file's `lines`, less the document's title, with what swallows others closed."""
        ends = closing(lines.blocks[-1], self.source.lines) if lines.blocks else ()
        title = self.document.title
        if title is None or not lines.first <= title.first <= lines.last:
            return [*relevelled(self.source, *lines, level), *ends]
        above, below = lines.until(title.first), lines.since(title.last + 1)
        # The blank line keeps apart what the title kept apart.
        parts = (relevelled(self.source, *above, level), [""], relevelled(self.source, *below, level), ends)
        return [line for part in parts for line in part]

    def _says(self, section: Section, wanted: SectionProfile) -> bool:
        return says_something(section._replace(profile=wanted, blocks=self._body(section).blocks))

    def _body(self, section: Section) -> Lines:
        own = tuple(block for block in section.blocks if block is not self.document.title)
        return Lines(section.heading.last + 1, section.last, own)

    def _names(self, wanted: SectionProfile, title: str) -> bool:
        return self.known.get(title_key(title)) is wanted

    def _still_to_write(self, wanted: SectionProfile) -> Sequence[str]:
        """Return what the template leaves to be filled in under the section's heading."""
        section = self.model.section(wanted.id) if self.model else None
        body = self.model.source.lines[section.heading.last : section.last] if self.model and section else ()
        return body if _trimmed(body) else STILL_TO_WRITE


def _begun(lines: Sequence[str]) -> list[str]:
    """Return `lines` from the first that is not blank."""
    return list(dropwhile(lambda line: not line.strip(), lines))


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Return `lines` without the blank ones at either end."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    return list(lines[written[0] : written[-1] + 1]) if written else []
