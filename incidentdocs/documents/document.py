"""A document as rules and reports see it: its sections, metadata and what its readers found in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from incidentdocs.documents.action_items.reading import ActionItems, read_action_items
from incidentdocs.documents.impact import Value, read_labelled, read_values
from incidentdocs.documents.metadata import (
    MetadataValue,
    date_in,
    is_draft,
    labelled_date,
    labelled_draft,
    labelled_severity,
    moment_of,
    read_metadata,
    severity_in,
    words_of,
    yes_or_no,
)
from incidentdocs.documents.near_titles import near_misses
from incidentdocs.documents.placeholders import Placeholder, find_placeholders
from incidentdocs.documents.prose.prose import Prose, read_prose
from incidentdocs.documents.sections import USUAL_LEVEL, Section, read_sections
from incidentdocs.documents.signposts import is_signpost
from incidentdocs.documents.spoken_language import leading_languages, spoken_language
from incidentdocs.documents.suppressions import Suppression, read_suppressions
from incidentdocs.documents.timeline.misdated import Known
from incidentdocs.documents.timeline.timeline import Timeline, read_timeline
from incidentdocs.documents.timeline.years import WrongYear, wrong_years
from incidentdocs.documents.timeline.zone_slips import ZoneSlip, zone_slips
from incidentdocs.documents.title_patterns import day_in_title, read_title, words_of_title
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.blocks import Block, Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Problem, Span
from incidentdocs.markdown.source import Source
from incidentdocs.process.process import Process
from incidentdocs.profiles.file_names import Named, day_in_name, read_filename
from incidentdocs.profiles.profile import ByLanguage, Content, Profile


@dataclass(frozen=True)
class Document:
    """One file that a profile claims, as it was read; each reader runs when it is first asked.

    `path` is relative to the repository's root, with forward slashes. `problems` are what kept the
    file from being read as text; a document that has any is judged by nothing else.
    """

    path: str
    profile: Profile
    process: Process
    source: Source
    title: Heading | None
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def language(self) -> str:
        """The language whose titles the headings use most; else that of its words, else the process's."""
        leading = leading_languages(self._titles_by_language)
        if len(leading) > 1 and (spoken := spoken_language(self.source.lines, self._titles_by_language)):
            return spoken
        return self.process.language if self.process.language in leading or not leading else leading[0]

    @cached_property
    def certain_language(self) -> str | None:
        """The language that the document is written in, None where its titles and words leave a doubt."""
        title = self.title_text or ""
        begins = {
            language: any(title.startswith(form.partition("{")[0]) for form in forms)
            for language, forms in self.profile.titles.items()
        }
        scores = {
            language: score + begins.get(language, False)
            for language, score in self._titles_by_language.items()
        }
        return spoken_language(self.source.lines, scores)

    @cached_property
    def _titles_by_language(self) -> dict[str, int]:
        """How many headings are the profile's titles of each language."""
        shown = {section.id: title_key(section.visible) for section in self.sections}
        scores: dict[str, int] = {}
        for section in self.profile.sections:
            for language, title in section.title.items():
                scores[language] = scores.get(language, 0) + (shown.get(section.id) == title_key(title))
        return scores

    @cached_property
    def metadata(self) -> tuple[MetadataValue, ...]:
        """The front matter's fields."""
        return read_metadata(self.source, self.profile)

    @property
    def severity(self) -> str | None:
        """`SEV1`, `SEV2` or `SEV3`, None where the document gives none that can be read."""
        return severity_in(self.metadata) or labelled_severity(self.labelled)

    @cached_property
    def is_draft(self) -> bool:
        """Whether the document calls itself a draft, or tells of what is not over yet."""
        until = self.profile.open_until
        still_open = until != "" and not self.gives(until)
        return still_open or is_draft(self.metadata) or labelled_draft(self.labelled)

    @cached_property
    def filename(self) -> Named | None:
        """What the file's name says, None where it does not follow the profile's pattern."""
        return read_filename(self.path, self.profile)

    @cached_property
    def named(self) -> Named | None:
        """What the title says, None where there is none or it follows none of the profile's patterns."""
        return read_title(self.title_text, self.profile) if self.title_text is not None else None

    @cached_property
    def title_text(self) -> str | None:
        """What the title says, without markup: the heading, or the front matter's where there is none."""
        if self.title:
            return plain(self.title.text.source)
        field = self.source.front_matter.get("title") if self.source.front_matter else None
        return field.value if field and isinstance(field.value, str) and field.value else None

    @cached_property
    def subject(self) -> str | None:
        """What the title is about: its words without those that every title of the kind has."""
        title = self.title_text
        return (words_of_title(title, self.profile.title_forms) or title) if title else None

    @cached_property
    def date(self) -> date | None:
        """The incident's date: what a field says, else the file's name, else the title."""
        said = date_in(self.metadata) or labelled_date(self.labelled)
        return (
            said
            or day_in_name(self.path, self.profile)
            or (self.named.day if self.named else None)
            or (day_in_title(self.title_text) if self.title_text else None)
        )

    @property
    def blocks_above(self) -> tuple[Block, ...]:
        """The blocks above the first section, all of them where there is none."""
        first = self.sections[0].heading.first if self.sections else None
        return tuple(block for block in self.source.blocks if first is None or block.first < first)

    @cached_property
    def labelled(self) -> tuple[Value, ...]:
        """The metadata that lines and tables give, above the first section or in sections meant for it."""
        sections = (section.blocks for section in self.sections_containing("metadata"))
        places = (self.blocks_above, *sections) if self.profile.metadata else ()
        return tuple(value for blocks in places for value in read_labelled(blocks, self.profile.metadata))

    @cached_property
    def timeline(self) -> Timeline | None:
        """The events of the timeline, None where the document has no such section."""
        sections = self.sections_containing("timeline")
        return read_timeline(sections, day=self.date, zone=self.process.zone) if sections else None

    @cached_property
    def wrong_years(self) -> tuple[WrongYear, ...]:
        """The events of the timeline whose year cannot be."""
        known = Known(self.date, self.filename.year if self.filename else None, self.process.today)
        return wrong_years(self.timeline, known) if self.timeline else ()

    @cached_property
    def zone_slips(self) -> tuple[ZoneSlip, ...]:
        """The events of the timeline whose own zone cannot be meant."""
        return zone_slips(self.timeline, self.process.zone) if self.timeline else ()

    @cached_property
    def action_items(self) -> ActionItems | None:
        """The action items, None where the document has no such section."""
        sections = self.sections_containing("action-items")
        return read_action_items(sections, self.source.definitions) if sections else None

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The labelled values, such as the downtime, of the sections that hold fields."""
        return read_values(self.sections_containing("fields"))

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """The sections that tell of an incident in sentences; those of a runbook tell of none."""
        return read_prose(self.profile, self.sections)

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """What is still to be filled in."""
        items = self.action_items.items if self.action_items else ()
        values = (text for item in items for text in item.values)
        return find_placeholders(self.profile, self.metadata, self.title, self.sections, values)

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments that silence a rule."""
        return read_suppressions(self.source, self.sections)

    @cached_property
    def misnamed(self) -> dict[str, Section]:
        """The sections of the team's own whose titles are nearly those of missing ones, by the missing id."""
        return near_misses(self.sections, self.profile)

    @cached_property
    def is_signpost(self) -> bool:
        """Whether the document only says where something has moved, or that it is used no more."""
        return is_signpost(self.source.blocks, self.sections)

    @cached_property
    def section_level(self) -> int:
        """The level of the headings that begin sections: 2, unless all that the profile knows are deeper."""
        levels = (section.heading.level for section in self.sections if section.id and not section.incident)
        return max(USUAL_LEVEL, min(levels, default=USUAL_LEVEL))

    def heading(self, title: str) -> str:
        """Return the heading to write for a section called `title`, such as `## Impact`."""
        return f"{'#' * self.section_level} {title}"

    def fields(self, id: str) -> Iterator[object]:
        """Yield the values of the metadata field `id`, of the front matter and of labelled lines.

        The profile need not know the field: a team that has its own profile may write `related` all the same.
        What is empty, cannot be read or is still a placeholder is left out.
        """
        yield from (value.field.value for value in self.written(id) if not value.problem)
        for labelled in self.labelled:
            if labelled.field.id == id and labelled.parsed is not None:
                yield labelled.parsed

    def written(self, id: str) -> Iterator[MetadataValue]:
        """Yield the front matter's fields `id` that have a value, readable or not, and no placeholder."""
        for value in self.metadata:
            if value.id == id and not value.empty and not self.holds_placeholder(value.field.span):
                yield value

    def words(self, id: str) -> tuple[str, ...]:
        """Return the words of the metadata field `id`, be it one or a list of them."""
        return tuple(word for value in self.fields(id) for word in words_of(value))

    def gives(self, id: str) -> bool:
        """Return whether the metadata field `id` has a value."""
        return next(self.fields(id), None) is not None

    def moment(self, id: str) -> datetime | None:
        """Return the date and time that the metadata field `id` gives, by default in the process's zone."""
        found = (moment for value in self.fields(id) if (moment := moment_of(value)))
        moment = next(found, None)
        if moment is None or moment.tzinfo:
            return moment
        return moment.replace(tzinfo=self.process.zone)

    def answer(self, id: str) -> bool | None:
        """Return what the metadata field `id` answers, None where it says neither yes nor no."""
        found = (answer for value in self.fields(id) if (answer := yes_or_no(value)) is not None)
        return next(found, None)

    def section(self, id: str) -> Section | None:
        """Return the first section with the profile's `id`, None where the document has none."""
        return next((section for section in self.sections if section.id == id), None)

    def sections_containing(self, content: Content) -> tuple[Section, ...]:
        """Return the sections that the profile says contain `content`, such as `timeline`."""
        return tuple(
            section for section in self.sections if section.profile and section.profile.contains == content
        )

    def holds_placeholder(self, span: Span) -> bool:
        """Return whether a placeholder stands anywhere in `span`: a value that is still to be written."""
        start, end = span[:2], span[2:]
        return any(found.span[:2] < end and start < found.span[2:] for found in self.placeholders)

    def in_language(self, words: ByLanguage) -> str:
        """Return the words of the document's own language, or of the first language that has any."""
        return words.get(self.language) or next(iter(words.values()), "")

    def to_be_written(self, words: ByLanguage) -> str | None:
        """Return the words of the language that the document is written in, None where it is in doubt.

        Where `words` are the same in all languages there is no doubt.
        """
        if len(set(words.values())) == 1:
            return next(iter(words.values()))
        return words.get(self.certain_language) if self.certain_language else None

    def title_span(self) -> Span:
        """Return the span of the title, of the first block's line where there is none."""
        if self.title:
            return self.title.text.span()
        if self.title_text and self.source.front_matter and (field := self.source.front_matter.get("title")):
            return field.span
        return self.source.line_span(self.source.blocks[0].first if self.source.blocks else 1)


def read_document(
    path: str, source: Source, profile: Profile, process: Process, problems: tuple[Problem, ...] = ()
) -> Document:
    """Return the document that a parsed file at `path` is under its profile."""
    title, sections = read_sections(source, profile)
    return Document(path, profile, process, source, title, sections, problems)
