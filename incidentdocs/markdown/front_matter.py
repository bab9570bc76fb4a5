"""The fields that stand above a document, as values with their places."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from incidentdocs.front_matter_values import toml_key, toml_value, yaml_value
from incidentdocs.markdown.places import Problem, Span

Value = str | bool | int | float | date | Sequence[str]
"""What a field can be given to say."""

Syntax = Literal["YAML", "TOML"]

FENCES: Mapping[str, tuple[str, ...]] = {"---": ("---", "..."), "+++": ("+++",)}
"""The lines that may end a front matter, by the one that begins it: that of YAML, and that of TOML."""


class Field(NamedTuple):
    """One top-level field: `span` is its value's place, or its key's when the value is empty.

    `value` is a str, int, float, bool, date (or datetime), list, dict or None. A value that could not be read
    is its text as written, and the front matter holds a problem at its place.
    """

    key: str
    value: object
    span: Span
    key_span: Span


class Reading(NamedTuple):
    """The fields and problems of some rows, and the lines that end with `# …` with what it says."""

    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    comments: tuple[tuple[int, str], ...]


class FrontMatter(NamedTuple):
    """What stands from a file's first line, `---` for YAML and `+++` for TOML (`first`), to its end (`last`).

    `comments` are the lines that end with `# …`, each with the text behind the hash. Of a key written twice,
    `fields` keeps the first.
    """

    first: int
    last: int
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    comments: tuple[tuple[int, str], ...]
    syntax: Syntax = "YAML"

    def get(self, key: str) -> Field | None:
        """Return the field of that name, None when there is none."""
        return next((field for field in self.fields if field.key == key), None)

    def row(self, key: str, value: Value) -> str:
        """Return how a field is written here, so that it reads back as `value`."""
        if self.syntax == "YAML":
            return f"{yaml_value(key)}: {self.written(value)}"
        return f"{toml_key(key)} = {self.written(value)}"

    def written(self, value: Value) -> str:
        """Return how a field's value is written here; yes and no are words in YAML."""
        if self.syntax == "TOML":
            return toml_value(value)
        if isinstance(value, bool):
            return ("no", "yes")[value]
        return repr(value) if isinstance(value, float) else yaml_value(value)
