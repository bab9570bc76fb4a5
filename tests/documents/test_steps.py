"""Numbered steps are found in lists, headings, bold lines and tables."""

import pytest

from incidentdocs.documents.sections import read_sections
from incidentdocs.documents.steps import Steps, read_steps
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import built_in


def read(text: str) -> Steps:
    _, (section,) = read_sections(parse(f"## Diagnosis\n{text}"), built_in("runbook"))
    return read_steps(section)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Look.\n2. Call.\n", (2, 3)),
        ("1) Look.\n\n   More.\n2) Call.\n", (2, 5)),
        ("### Step 1: look\nWords.\n### Étape 2 : appeler\n", (2, 4)),
        ("### 1. Look\nWords.\n### 2. Call\n", (2, 4)),
        ("**1. Look.** Words.\n\n**Step 2** Words.\n", (2, 4)),
        ("| Step | Do |\n|---|---|\n| 1 | Look |\n| 2. | Call |\n", (4, 5)),
        ("### API\n1. Look.\n\n### Disk\n1. Call.\n", (3, 6)),
        ("> 1. Look.\n", (2,)),
    ],
)
def test_steps_are_read_in_every_notation(text: str, lines: tuple[int, ...]) -> None:
    assert read(text) == Steps(lines, has_content=True)


@pytest.mark.parametrize(
    "text", ["Words.\n", "- Look.\n- Call.\n", "```\n1. code\n```\n", "### 404 errors\nWords.\n"]
)
def test_what_has_no_numbers_has_no_steps(text: str) -> None:
    assert read(text) == Steps((), has_content=True)


@pytest.mark.parametrize("text", ["", "-\n", "1.\n", "<!-- later -->\n", "---\n", "### Later\n"])
def test_an_empty_section_says_nothing(text: str) -> None:
    assert not read(text).has_content
