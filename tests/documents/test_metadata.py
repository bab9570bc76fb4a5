"""What the front matter says is understood alike in YAML and in TOML."""

from datetime import date

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

YAML = "---\nseverity: critical\nstatus: draft\nservices: [api]\n{}\n---\n# Post-mortem: API\n"
TOML = '+++\nseverity = "critical"\nstatus = "draft"\nservices = ["api"]\n{}\n+++\n# Post-mortem: API\n'


def _document(text: str) -> Document:
    path = "docs/post-mortems/2026-03-10-api.md"
    return read_document(path, parse(text), built_in("post-mortem"), Process())


@pytest.mark.parametrize(
    "text",
    [
        YAML.format("date: 2026-03-14"),
        YAML.format("date: 2026-03-14 23:30:00"),
        TOML.format("date = 2026-03-14"),
        TOML.format("date = 2026-03-14T23:30:00Z"),
    ],
)
def test_the_fields_are_read_whatever_the_syntax(text: str) -> None:
    document = _document(text)
    assert (document.severity, document.is_draft) == ("SEV1", True)
    assert document.date == date(2026, 3, 14)
    assert type(document.date) is date  # a moment cannot be compared with a day
    assert [value.problem for value in document.metadata] == [None] * 4


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (YAML.format("date: soon"), "write `date: YYYY-MM-DD`, such as `date: 2026-03-14`"),
        (TOML.format('date = "soon"'), "write `date = YYYY-MM-DD`, such as `date = 2026-03-14`"),
        (YAML.format("runbooks: {a: b}"), "write a list of words, such as `runbooks: [first, second]`"),
        (TOML.format("[runbooks]"), None),
        (TOML.format("runbooks.a = 1"), 'write a list of words, such as `runbooks = ["first", "second"]`'),
    ],
)
def test_a_hint_is_written_as_the_field_is(text: str, hint: str | None) -> None:
    problems = [value.problem for value in _document(text).metadata if value.problem]
    assert [problem.hint for problem in problems] == ([hint] if hint else [])


def test_a_placeholder_is_found_in_toml_too() -> None:
    (found,) = _document(TOML.format('failure-mode = "TODO"')).placeholders
    assert (found.span.line, found.span.column, found.text) == (5, 16, "TODO")
