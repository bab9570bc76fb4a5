"""Comments that silence a rule, and the lines that each covers."""

import pytest

from incidentdocs.documents.suppressions import Suppression, read_suppressions
from incidentdocs.markdown.source import parse

IGNORE = "<!-- incidentdocs: ignore[impact-field] a rehearsal -->"


def only(text: str) -> Suppression:
    (suppression,) = read_suppressions(parse(text))
    return suppression


def covered(text: str) -> tuple[int, int]:
    suppression = only(text)
    assert suppression.rules == ("impact-field",)
    assert suppression.reason == "a rehearsal"
    line = parse(text).lines[suppression.span.line - 1]
    written = line[suppression.span.column - 1 : suppression.span.end_column - 1]
    assert written == IGNORE or written.startswith("incidentdocs:")
    return suppression.first, suppression.last


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"# T\n\n- one\n- two {IGNORE}\n  more\n- three\n", (4, 5)),
        (f"# T\n\n- one\n  - two {IGNORE}\n  - three\n", (4, 4)),
        (f"# T\n\n| a | b |\n| --- | --- |\n| c | d {IGNORE} |\n| e | f |\n", (5, 5)),
        (f"# T\n\n{IGNORE}\n## One\ntext\n\n### Deeper\ntext\n\n## Two\n", (4, 9)),
        (f"# T\n\n## One\n\n{IGNORE}\n\na\nb\n\nc\n", (7, 8)),
        (f"# T\n\ntext {IGNORE}\nmore\n\nother\n", (3, 4)),
        (f"{IGNORE}\n\n# T\n\n## One\n", (1, 5)),
        (f"---\nseverity: SEV1\n---\n{IGNORE}\n# T\n\n## One\n", (1, 7)),
        ("---\nseverity: SEV9 # incidentdocs: ignore[impact-field] a rehearsal\nx: 1\n---\n# T\n", (2, 2)),
        ("---\n# incidentdocs: ignore[impact-field] a rehearsal\nservices:\n  - a\nx: 1\n---\n# T\n", (3, 4)),
    ],
    ids=range(10),
)
def test_a_comment_covers_what_it_stands_at(text: str, lines: tuple[int, int]) -> None:
    assert covered(text) == lines
    assert covered(text.replace("\n", "\r\n")) == lines


def test_several_rules_share_one_reason() -> None:
    found = only("# T\n\n- a <!-- incidentdocs: ignore[one, two] both -->\n")
    assert (found.rules, found.reason) == (("one", "two"), "both")


@pytest.mark.parametrize("text", ["`{}`", "```\n{}\n```", "    {}"])
def test_a_comment_shown_as_code_silences_nothing(text: str) -> None:
    assert read_suppressions(parse("# T\n\nShown:\n\n" + text.format(IGNORE) + "\n")) == ()


def test_a_comment_that_is_not_understood_is_kept_without_rules() -> None:
    assert only("# T\n\n- a <!-- incidentdocs: ignore this -->\n").rules == ()
