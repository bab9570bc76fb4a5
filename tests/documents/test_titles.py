"""When two titles are the same to a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.titles import fold, title_key


@pytest.mark.parametrize(
    "title",
    [
        "Leçons apprises",
        "LECONS APPRISES",
        "3. Leçons apprises",
        "3) leçons  apprises",
        "6 Leçons apprises",
        "2.1 Leçons apprises",
        "6 – Leçons apprises",
        "IV. Leçons apprises",
        "6️⃣ Leçons apprises",
        "🎓 6. Leçons apprises",
        "#6 Leçons apprises",
        ":mortar_board: Leçons apprises",
        "🎓 Leçons apprises",
        "Leçons\u00a0apprises (brouillon)",
        "Lec\u0327ons apprises [v2]",
        "Leçons apprises :",
    ],
)
def test_decoration_does_not_make_another_title(title: str) -> None:
    assert title_key(title) == "lecons apprises"


@pytest.mark.parametrize(("one", "other"), [("L’impact", "L'impact"), ("Post‑mortem", "Post-mortem")])
def test_typographic_marks_are_the_plain_ones(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Impact", "Impacts"),
        ("Root cause", "Cause"),
        ("C", "C++ builds"),
        ("Impact", "2026 impact"),
        ("Impact", "5xx impact"),
        ("Impact", "Impact: fire: and water"),
    ],
)
def test_other_words_are_another_title(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_a_title_that_is_only_a_note_or_a_number_keeps_it() -> None:
    assert title_key("(notes)") == "notes"
    assert title_key("1.") == "1"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_and_other_texts_fold_alike(text: str) -> None:
    assert fold(text + "é") == fold(fold(text) + ("e" if text[-1:].isalnum() else " e"))
