"""The JSON of a lint run, whose shape is a contract."""

import json

from incidentdocs.library.finding import Finding
from incidentdocs.library.result import LintResult
from incidentdocs.markdown.places import Span
from incidentdocs.output.lint_json import lint_json
from incidentdocs.output.told import Told

PATH = "docs/post-mortems/2026-03-14-api-down.md"


def test_json_has_exactly_the_keys_of_the_contract() -> None:
    error = Finding(PATH, Span(12, 3, 12, 8), "timeline-order", "error", "14:30 comes before", "write it")
    warning = Finding(PATH, Span(20, 1, 21, 4), "duration-mismatch", "warning", "too long", "write 40m")
    printed = json.loads(lint_json(Told(LintResult((error, warning), documents=3, suppressed=1, skipped=2))))
    assert printed == {
        "version": 1,
        "findings": [
            {
                "path": PATH,
                "line": 12,
                "column": 3,
                "end_line": 12,
                "end_column": 8,
                "rule": "timeline-order",
                "severity": "error",
                "message": "14:30 comes before",
                "hint": "write it",
                "url": "docs/rules/timeline-order.md",
                "fixable": False,
            },
            {
                "path": PATH,
                "line": 20,
                "column": 1,
                "end_line": 21,
                "end_column": 4,
                "rule": "duration-mismatch",
                "severity": "warning",
                "message": "too long",
                "hint": "write 40m",
                "url": "docs/rules/duration-mismatch.md",
                "fixable": False,
            },
        ],
        "summary": {"documents": 3, "errors": 1, "warnings": 1, "suppressed": 1, "skipped": 2},
    }


def test_json_holds_no_character_that_a_terminal_or_build_server_obeys() -> None:
    words = "\x1b[2J \u202e \x7f \u2028 ##vso[task.complete] \udcff"
    shown = lint_json(Told(LintResult((Finding(PATH, Span(1, 1, 1, 1), "r", "error", words, words),))))
    assert all(32 <= ord(character) < 127 or character == "\n" for character in shown)
    assert "##" not in shown
    assert json.loads(shown)["findings"][0]["message"] == words
