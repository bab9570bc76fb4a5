"""The fields that stand above a document, as values with their places."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from incidentdocs.markdown.places import Problem, Span

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

    def row(self, key: str, value: str | Sequence[str], *, bare: bool = False) -> str:
        """Return how a field is written here; `bare` is a value that wants no quotes, such as a date."""
        if self.syntax == "YAML":
            return f"{key}: {value}" if isinstance(value, str) else f"{key}: [{', '.join(value)}]"
        if isinstance(value, str):
            return f"{key} = {value}" if bare else f'{key} = "{value}"'
        quoted = ", ".join(f'"{word}"' for word in value)
        return f"{key} = [{quoted}]"
