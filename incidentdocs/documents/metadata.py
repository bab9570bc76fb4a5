"""What the front matter says, field by field, beside what the profile asks of each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from incidentdocs.documents.field_values import read_moment, read_yes_or_no
from incidentdocs.documents.impact import Value
from incidentdocs.documents.titles import fold
from incidentdocs.errors import nearest
from incidentdocs.markdown.front_matter import Field, FrontMatter
from incidentdocs.markdown.places import Problem
from incidentdocs.markdown.source import Source
from incidentdocs.process.severity import SEVERITIES, severity_of
from incidentdocs.profiles.profile import FieldProfile, FieldType, Profile

DRAFT_WORDS = ("draft", "brouillon")
_SOME_DAY = date(2026, 3, 14)


class MetadataValue(NamedTuple):
    """One field of the front matter; `profile` is None for a field of the team's own."""

    profile: FieldProfile | None
    field: Field
    problem: Problem | None = None

    @property
    def id(self) -> str:
        """The profile's id of the field, its key where the profile does not know it."""
        return self.profile.id if self.profile else self.field.key

    @property
    def empty(self) -> bool:
        """Whether the field is there without a value."""
        return self.field.value in (None, "", [], {})


def read_metadata(source: Source, profile: Profile) -> tuple[MetadataValue, ...]:
    """Return the fields of the front matter, each with what is wrong with its value."""
    if source.front_matter is None:
        return ()
    profiles = {key: field for field in profile.metadata for key in (field.id, *field.accept)}
    front = source.front_matter
    return tuple(_value(profiles.get(field.key), field, front) for field in front.fields)


def _value(profile: FieldProfile | None, field: Field, front: FrontMatter) -> MetadataValue:
    bare = MetadataValue(profile, field)
    if profile is None or bare.empty:
        return bare
    return MetadataValue(profile, field, _problem(profile, field, front))


def _problem(profile: FieldProfile, field: Field, front: FrontMatter) -> Problem | None:
    if profile.type == "choice":
        return _choice_problem(profile, field)
    if profile.type == "severity":
        return _severity_problem(profile, field, front)
    return _PROBLEMS.get(profile.type, _scalar_problem)(field, front)


def _severity_problem(profile: FieldProfile, field: Field, front: FrontMatter) -> Problem | None:
    if isinstance(field.value, str) and severity_of(field.value, profile.words):
        return None
    if isinstance(field.value, list | dict):
        return _scalar_problem(field, front, SEVERITIES[1])
    return Problem(field.span, f"`{field.value}` is no severity", f"write one of {', '.join(SEVERITIES)}")


def _choice_problem(profile: FieldProfile, field: Field) -> Problem | None:
    if not isinstance(field.value, list | dict) and str(field.value).casefold() in profile.values:
        return None
    near = nearest(str(field.value), profile.values)
    hint = f"write `{near}`" if near else f"write one of {', '.join(profile.values)}"
    return Problem(field.span, f"`{field.value}` is no {field.key} that the profile knows", hint)


def _date_problem(field: Field, front: FrontMatter) -> Problem | None:
    if isinstance(field.value, date):
        return None
    example = front.row(field.key, _SOME_DAY)
    hint = f"write `{example.replace(str(_SOME_DAY), 'YYYY-MM-DD')}`, such as `{example}`"
    return Problem(field.span, f"`{field.value}` is no date", hint)


def _moment_problem(field: Field, front: FrontMatter) -> Problem | None:
    if moment_of(field.value):
        return None
    example = front.row(field.key, f"{_SOME_DAY} 14:02")
    hint = f"write the day and the local time, such as `{example}`"
    return Problem(field.span, f"`{field.value}` is no date and time", hint)


def _yes_no_problem(field: Field, front: FrontMatter) -> Problem | None:
    if yes_or_no(field.value) is not None:
        return None
    hint = f"write `{front.row(field.key, True)}` or `{front.row(field.key, False)}`"
    return Problem(field.span, f"`{field.value}` is neither yes nor no", hint)


def _list_problem(field: Field, front: FrontMatter) -> Problem | None:
    values = field.value if isinstance(field.value, list) else [field.value]
    if not any(isinstance(value, list | dict) or value is None for value in values):
        return None
    hint = f"write a list of words, such as `{front.row(field.key, ('first', 'second'))}`"
    return Problem(field.span, f"`{field.key}` should be a list of words", hint)


def _scalar_problem(field: Field, front: FrontMatter, example: str = "value") -> Problem | None:
    if not isinstance(field.value, list | dict):
        return None
    hint = f"write one value, such as `{front.row(field.key, example)}`"
    return Problem(field.span, f"`{field.key}` should be one value", hint)


_PROBLEMS: Mapping[FieldType, Callable[[Field, FrontMatter], Problem | None]] = {
    "date": _date_problem,
    "due": _date_problem,
    "moment": _moment_problem,
    "yes-no": _yes_no_problem,
    "list": _list_problem,
    "people": _list_problem,
}


def moment_of(value: object) -> datetime | None:
    """Return the date and time that a field's value says, aware only where it gives an offset."""
    if isinstance(value, datetime):
        return value
    return read_moment(value) if isinstance(value, str) else None


def yes_or_no(value: object) -> bool | None:
    """Return what a field's value answers, None where it is neither yes nor no."""
    if isinstance(value, bool):
        return value
    read = read_yes_or_no(str(value)) if isinstance(value, str | int) else None
    return read if isinstance(read, bool) else None


def words_of(value: object) -> tuple[str, ...]:
    """Return the words of a field's value, be it one or a list of them."""
    values = value if isinstance(value, list | tuple) else (value,)
    return tuple(word for each in values if each is not None and (word := str(each).strip()))


def labelled_severity(values: Iterable[Value]) -> str | None:
    """Return the severity that a labelled value gives, None where none can be read."""
    found = (value.parsed for value in values if value.field.type == "severity")
    return next((severity for severity in found if isinstance(severity, str)), None)


def labelled_date(values: Iterable[Value]) -> date | None:
    """Return the date that a labelled value gives, None where none can be read."""
    found = (value.parsed for value in values if value.field.type == "date")
    return next((day for day in found if isinstance(day, date)), None)


def labelled_draft(values: Iterable[Value]) -> bool:
    """Return whether a labelled status calls the document a draft."""
    statuses = (value.text.source for value in values if value.field.id == "status")
    return any(fold(status) in DRAFT_WORDS for status in statuses)


def severity_in(metadata: tuple[MetadataValue, ...]) -> str | None:
    """Return `SEV1`, `SEV2` or `SEV3` where the front matter gives a readable severity."""
    values = (value for value in metadata if value.profile and value.profile.type == "severity")
    return next(
        (
            severity_of(value.field.value, value.profile.words)
            for value in values
            if value.profile and isinstance(value.field.value, str)
        ),
        None,
    )


def is_draft(metadata: tuple[MetadataValue, ...]) -> bool:
    """Return whether the front matter calls the document a draft; without a status it is final."""
    return any(
        str(value.field.value).casefold() in DRAFT_WORDS
        for value in metadata
        if value.profile and value.profile.id == "status"
    )


def date_in(metadata: tuple[MetadataValue, ...]) -> date | None:
    """Return the date that the front matter gives the incident, None where it gives none."""
    values = (value.field.value for value in metadata if value.profile and value.profile.type == "date")
    found = next((value for value in values if isinstance(value, date)), None)
    return found.date() if isinstance(found, datetime) else found
