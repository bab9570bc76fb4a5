"""What a profile says about one kind of document, as frozen values."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from incidentdocs.settings.frozen import frozen

ByLanguage = Mapping[str, str]
"""A word or sentence in each language, keyed by its two-letter code."""

Content = Literal["prose", "timeline", "action-items", "fields", "steps", "checklist", "metadata"]
FieldType = Literal[
    "text",
    "list",
    "choice",
    "date",
    "moment",
    "due",
    "people",
    "severity",
    "duration",
    "count",
    "yes-no",
    "cost",
]
"""`date` is the day of the incident, `due` any other day, such as that until which something is promised."""

Ask = Literal["checkbox", "number", "owner", "due", "type"]
Role = Literal["post-mortem", "incident", "runbook", "escalation", "other"]
Told = Literal["symptom", "cause"]
DateOrder = Literal["day-month", "month-day"]


@frozen
class FieldProfile:
    """One labelled value: a line such as `- Downtime: 1h 40m`, or a key of the front matter.

    `values` are the allowed words of a `choice`; `accept` are labels understood beside `label`. For
    severities in `required_for` a document must give it where others need not. Metadata
    that the front matter does not give is looked for under its labels, in lines and tables, above the first
    section and in sections that contain `metadata`. `words` are a team's own words for severities, each with
    the one that it stands for: `P1`, `major`.
    """

    id: str
    label: ByLanguage = field(default_factory=dict)
    accept: tuple[str, ...] = ()
    type: FieldType = "text"
    values: tuple[str, ...] = ()
    required: bool = False
    required_for: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@frozen
class MilestoneProfile:
    """A moment that a timeline must name, such as *service restored*.

    `missing` is the severity of its absence from a SEV1's or SEV2's timeline, `nothing` where it may be
    absent; `unless` are phrases that answer for it, such as *root cause unknown*.
    """

    id: str
    label: ByLanguage
    accept: tuple[str, ...] = ()
    missing: Literal["error", "warning", "nothing"] = "error"
    unless: tuple[str, ...] = ()


@frozen
class SectionProfile:
    """One section: its id, its canonical title per language, and what it contains.

    `placeholders` are the template's own words that must not be left in it; `mention` is the
    text that the section should hold, where it has one; `asks` is what every action item in it
    must carry. `columns` are the titles, beside the known ones, of a table's columns that hold an action
    item's `number`, `description`, `owner`, `due`, `done`, `ref`, `status`, `reason` or `type`. `tells`
    says what its words tell of an incident, by which incidents are compared; without it, the section's id
    does.
    """

    id: str
    title: ByLanguage
    accept: tuple[str, ...] = ()
    required: bool = True
    contains: Content = "prose"
    placeholders: tuple[str, ...] = ()
    fields: tuple[FieldProfile, ...] = ()
    milestones: tuple[MilestoneProfile, ...] = ()
    asks: tuple[Ask, ...] = ("checkbox", "number", "owner", "due")
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mention: ByLanguage = field(default_factory=dict)
    tells: tuple[Told, ...] = ()


@frozen
class IncidentsProfile:
    """Where the incidents of a document that tells of several begin: at headings of `level` with a date.

    `title` is the pattern of such a heading, in which `{date}` stands for a date in any form.
    """

    level: int
    title: str = "{date} {title}"


@frozen
class Profile:
    """What one kind of document must have.

    `folders` are globs relative to the repository's root; `filename` and `titles` are patterns in
    which `{date}`, `{year}`, `{number}`, `{slug}` and `{title}` stand for what varies, and an
    empty one accepts anything. `extensions` are without their dot ("" for none at all).
    `ordered` says whether sections must come in the profile's order; `incidents` where in a document
    another incident begins, None where each document tells of one. `role` says what such documents are for
    in the process; without it, the kind's name and contents do. As long as the metadata field `open_until`
    has no value, a document is still being written. `dates` says what `03/04/2026` means: without
    that it may be either day, and only a person can make an ISO date of it.
    """

    kind: str
    name: ByLanguage
    folders: tuple[str, ...]
    role: Role | None = None
    filename: str = ""
    extensions: tuple[str, ...] = ("md", "markdown")
    exclude: tuple[str, ...] = ()
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metadata: tuple[FieldProfile, ...] = ()
    sections: tuple[SectionProfile, ...] = ()
    ordered: bool = True
    placeholders: tuple[str, ...] = ()
    incidents: IncidentsProfile | None = None
    open_until: str = ""
    dates: DateOrder | None = None

    @property
    def title_forms(self) -> tuple[str, ...]:
        """The patterns of titles in all languages."""
        return tuple(form for of_language in self.titles.values() for form in of_language)

    def section(self, id: str) -> SectionProfile | None:
        """Return the section called `id`, or None where the profile has none."""
        return next((section for section in self.sections if section.id == id), None)
