"""The quick reading of a version says what the whole document says."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.document import read_document
from incidentdocs.history import reading
from incidentdocs.history.outline import bullets, outline
from incidentdocs.history.reading import facts_reader
from incidentdocs.history.reviews import review_reader
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.profiles.profile import IncidentsProfile, Profile

DOCUMENTS = sorted(Path(__file__).parents[1].glob("*_documents/*.md"))
PIECES = (
    "## Action items",
    "## Action items",
    "## Impact",
    "# Post-mortem: a",
    "### Deeper",
    "### Impact",
    "#### Action items ##",
    "**Action items:**",
    "__Impact__ :",
    "- **Action items**",
    "1.",
    "   **Impact**",
    "- [ ] AI 1: close (owner @dev, due 2026-04-01)",
    "- [x] AI 2: open",
    "* [ ] AI 3: (owner @dev with @bot)",
    "- no action: nothing to do",
    "- Monitoring",
    "  - [ ] nested with a box (due 2026-04-01)",
    "1. numbered (owner @dev)",
    "- - -",
    "- ",
    "  on a second line, done 2026-04-02",
    "      deep",
    "  - nested",
    "  ## in a list",
    "Action items",
    "---",
    "===",
    "```",
    "~~~~",
    "    ```",
    "<div>",
    "<!-- note -->",
    "<!-- open",
    "-->",
    "> quote",
    "> ## Impact",
    "text",
    "TODO",
    "- [ ] AI 4: see [the log][Log] and [Log] (owner @dev)",
    "[log]: https://example.org/log",
    "> [log]: https://example.org/quoted",
    "severity: SEV1",
    "+++",
    'status = "draft"',
    "**Severity:** SEV2",
    "- Date: March 15, 2026",
    "| Status | Draft |",
    "|---|---|",
    "",
    "",
)


def assert_quick_is_whole(text: str, profile: Profile) -> None:
    path = "docs/post-mortems/2026-03-14-a.md"
    document = read_document(path, parse(text), profile, Process())
    whole = reading._facts(document, holds_placeholders=bool(document.placeholders))
    assert facts_reader(profile, Process())(path, text) == review_reader(profile)(whole, text)


HEADS = (
    (),
    ("---", "severity: SEV2", "---"),
    ("+++", 'severity = "SEV2"', 'status = "draft"', "+++"),
    ("+++", 'severity = "SEV2"', "", "# a note", "[params]", "a = 1", "+++"),
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["\n", "\r\n"]), st.sampled_from(HEADS)
)
def test_pieces_in_any_order(pieces: list[str], line_end: str, head: tuple[str, ...]) -> None:
    assert_quick_is_whole(line_end.join([*head, *pieces]), built_in("post-mortem"))


def test_toml_front_matter_is_plain_to_see() -> None:
    found = outline("\n".join((*HEADS[2], "# Post-mortem: a")), reading._judge(built_in("post-mortem")))
    assert found is not None
    assert found.frame.startswith("+++\nseverity")


@given(st.text())
def test_any_text(text: str) -> None:
    assert_quick_is_whole(text, built_in("post-mortem"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_whole_documents(path: Path) -> None:
    assert_quick_is_whole(path.read_text(encoding="utf-8"), built_in("post-mortem"))


def test_bold_titles_and_deeper_headings() -> None:
    item = "- [ ] AI 1: close (owner @dev, due 2026-04-01)"
    for title in ("**Action items**", "- **Action items**\n  - a", "### Action items", "#### Action items"):
        assert_quick_is_whole(
            f"# Post-mortem: a\n\n## Impact\nNone\n\n{title}\n{item}\n", built_in("post-mortem")
        )
        assert_quick_is_whole(f"{title}\n{item}\n\n## Ours\n", built_in("post-mortem"))


def test_a_document_of_several_incidents() -> None:
    profile = replace(built_in("post-mortem"), incidents=IncidentsProfile(level=1))
    item = "- [ ] AI 1: close (owner @dev, due 2026-04-01)"
    text = f"## Action items\n{item}\n\n# 2026-03-14 API down\n\n{item}\n\n## Action items\n{item}\n"
    assert_quick_is_whole(text, profile)


def test_real_documents(corpora: Path) -> None:
    for path in sorted(corpora.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert_quick_is_whole(text, built_in("post-mortem"))
        assert_quick_is_whole(text, built_in("runbook"))


BULLETS = tuple(piece for piece in PIECES if piece.startswith((" ", "- ", "* ", "1.")) or not piece)


@given(st.lists(st.sampled_from(BULLETS), max_size=12), st.integers(0, 3))
def test_bullets_are_read_one_by_one_as_they_are_read_together(pieces: list[str], above: int) -> None:
    text = "\n".join(["text"] * above + ["# Post-mortem: a", "## Action items", *pieces])
    assert_quick_is_whole(text, built_in("post-mortem"))


def test_a_section_goes_on_below_the_title() -> None:
    item = "- [ ] AI 1: close (owner @dev, due 2026-04-01)"
    assert_quick_is_whole(f"## Action items\n\n# Post-mortem: a\n\n{item}\n", built_in("post-mortem"))


def test_a_plain_document_is_not_read_whole() -> None:
    text = (DOCUMENTS[0].parent.parent / "careful_documents" / "2026-06-11-rechute.md").read_text(
        encoding="utf-8"
    )
    found = outline(text, reading._judge(built_in("post-mortem")))
    assert found is not None
    assert "rechute :" not in found.frame
    ((above, section),) = found.sections
    assert text.split("\n")[above] == section.split("\n")[0]
    assert bullets(section)
