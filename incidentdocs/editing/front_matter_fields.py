"""A field of a document's front matter takes a value, and nothing else in the text changes."""

from collections.abc import Mapping, Sequence

from incidentdocs.editing.edits import Edit, edited
from incidentdocs.errors import UsageError
from incidentdocs.front_matter_values import yaml_value
from incidentdocs.markdown.front_matter import Field, FrontMatter, Value
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse


def with_fields(text: str, values: Mapping[str, Value], *, path: str) -> str:
    """Return the document `text` with `values` in its front matter, by key.

    A field that is there takes the value in its place, another is added at the end; comments stay.
    UsageError, naming `path`, for front matter in which something cannot be read.
    """
    source = parse(text)
    front = source.front_matter
    if front is None:
        rows = "".join(f"{key}: {yaml_value(value)}\n" for key, value in values.items())
        return f"---\n{rows}---\n\n{text}" if values else text
    if front.problems:
        problem = front.problems[0]
        said = f"{path}:{problem.span.line}: {problem.message}"
        raise UsageError(said, hint=f"{problem.hint}, then add {', '.join(values)} to the front matter")
    if any(source.lines[field.key_span.line - 1].lstrip().startswith("{") for field in front.fields):
        hint = f"write one field a row, then add {', '.join(values)} to them"
        raise UsageError(f"{path}: the fields of the front matter stand in braces", hint=hint)
    there = {field.key: field for field in front.fields}
    edits = [
        _edit(there[key], front.written(value), front, source.lines)
        for key, value in values.items()
        if key in there
    ]
    added = "".join(f"{front.row(key, value)}\n" for key, value in values.items() if key not in there)
    line = front.last if front.syntax == "YAML" else front.first + 1  # below a table it would be the table's
    return edited(text, [*edits, Edit(Span(line, 1, line, 1), added)] if added else edits)


def _edit(field: Field, written: str, front: FrontMatter, lines: Sequence[str]) -> Edit:
    """Return the edit that puts a value in the place of a field's value, or behind its key."""
    if field.span != field.key_span:
        return Edit(field.span, written)
    line, end = field.key_span[2:]
    row = lines[line - 1]
    after = row.find(":" if front.syntax == "YAML" else "=", end - 1) + 1
    return Edit(Span(line, after + 1, line, after + 1), f" {written}")
