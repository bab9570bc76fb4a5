"""What a file's name says by its profile's pattern."""

import pytest

from incidentdocs.profiles.file_names import Named, read_filename
from incidentdocs.profiles.profile import Profile

NUMBERED = Profile(
    kind="review",
    name={"en": "Review"},
    folders=("reviews",),
    filename="IR{year}-{number} - {title}.md",
    extensions=("md", ""),
)


@pytest.mark.parametrize("ending", ["", ".md"])
def test_a_name_gives_its_year_and_title(ending: str) -> None:
    assert read_filename(f"reviews/IR2026-007 - Queue full{ending}", NUMBERED) == Named(
        year=2026, title="Queue full"
    )


@pytest.mark.parametrize("name", ["IR2026-007 -  Queue full.md", "IR2026-007 - .md", "IR26-007 - Queue.md"])
def test_a_title_neither_begins_with_a_space_nor_is_empty(name: str) -> None:
    assert read_filename(f"reviews/{name}", NUMBERED) is None
