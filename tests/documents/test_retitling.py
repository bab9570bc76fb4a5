"""A heading takes another title: what stays of it, and when it is left alone."""

import pytest

from incidentdocs.documents.retitling import retitled

TIMELINE = "Timeline (local times)"


def changed(written: str, title: str) -> str | None:
    found = retitled(written, title)
    return written[: found.start] + found.title + written[found.end :] if found else None


@pytest.mark.parametrize(
    ("written", "title", "becomes"),
    [
        ("Root causes", "Root cause", "Root cause"),
        ("3. Root causes (measured)", "Root cause", "3. Root cause (measured)"),
        ("3. Root causes (measured) :fire:", "Root cause", "3. Root cause (measured) :fire:"),
        ("1️⃣ Causes", "Root cause", "1️⃣ Root cause"),
        ("IV. Causes", "Root cause", "IV. Root cause"),
        ("🔥 Chronologie 🔥", TIMELINE, "🔥 Timeline 🔥"),
        ("Chronologie", TIMELINE, TIMELINE),
        ("Chronologie (UTC)", TIMELINE, "Timeline (UTC)"),
        ("**3. RCA** (draft)", "Root cause", "**3. Root cause** (draft)"),
        ("**Causes (à chaud)**", "Root cause", "**Root cause (à chaud)**"),
        ("*RCA*", "Root cause", "*Root cause*"),
        ("Impacts :", "Impact", "Impact :"),
        ("Causes <!-- relu -->", "Root cause", "Root cause <!-- relu -->"),
        ("Plan d’action", "Action items", "Action items"),
    ],
)
def test_the_title_gives_way_and_all_else_stays(written: str, title: str, becomes: str) -> None:
    assert changed(written, title) == becomes


@pytest.mark.parametrize("written", ["Pas d'alerte ?", "Pas d'alerte\u00a0?", "Pas d'alerte?"])
def test_a_question_ends_with_one_mark(written: str) -> None:
    assert changed(written, "Pourquoi pas d'alerte ?") == "Pourquoi pas d'alerte ?"


@pytest.mark.parametrize(
    "written",
    [
        "[RCA](https://wiki.example/rca)",
        "Root `cause` analysis",
        "**Root** cause analysis",
        "3.Causes",
        "Root\ncauses",
        "Causes <a id='causes'></a>",
        "",
        "(a) (b)",
    ],
)
def test_what_would_be_torn_apart_is_left_alone(written: str) -> None:
    assert changed(written, "Root cause") is None


@pytest.mark.parametrize("title", ["Why C#", "`df` says", "[x](y)"])
def test_a_title_that_markdown_would_read_as_more_is_not_written(title: str) -> None:
    assert changed("Causes", title) is None
