"""The fields that stand above a document, as values with their places."""

from typing import NamedTuple

from incidentdocs.markdown.places import Problem, Span


class Field(NamedTuple):
    """One top-level field: `span` is its value's place, or its key's when the value is empty.

    `value` is a str, int, float, bool, date (or datetime), list, dict or None. A value that could not be read
    is its text as written, and the front matter holds a problem at its place.
    """

    key: str
    value: object
    span: Span
    key_span: Span


class FrontMatter(NamedTuple):
    """The YAML between a file's first line `---` (`first`) and its closing fence (`last`).

    `comments` are the lines that end with `# …`, each with the text behind the hash. Of a key written twice,
    `fields` keeps the first.
    """

    first: int
    last: int
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]
    comments: tuple[tuple[int, str], ...]

    def get(self, key: str) -> Field | None:
        """Return the field of that name, None when there is none."""
        return next((field for field in self.fields if field.key == key), None)
