import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.errors import UsageError
from incidentdocs.profiles.slug import LONGEST, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("API down", "api-down"),
        ("L'API n'a pas répondu — 3 h", "l-api-n-a-pas-repondu-3-h"),
        ("Œuvre & Straße", "oeuvre-strasse"),
        ("数据库宕机", "shujukudangji"),
        ("База данных упала", "baza-dannykh-upala"),
        ("قاعدة البيانات", "qdh-lbynt"),
        ("データベース停止", "detabesutingzhi"),
        ("🚀", "rocket"),
        ("../../x", "x"),
        ("..\\..\\CON", "con-document"),
        ("nul", "nul-document"),
        ("COM1", "com1-document"),
        ("{{ 7*7 }}", "7-7"),
        ("a\x00b\x1b[31m\nc", "a-b-31m-c"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
    ],
)
def test_a_title_in_any_script_becomes_readable_ascii(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slug("wonderful " * 1000) == "-".join(["wonderful"] * 6)
    assert slug("x" * 10_000) == "x" * LONGEST


@pytest.mark.parametrize("title", ["", "   ", "!!!", "..", "\u200d", "---"])
def test_a_title_without_any_letter_is_refused_with_a_hint(title: str) -> None:
    with pytest.raises(UsageError) as caught:
        slug(title)
    assert caught.value.hint


@given(st.text())
def test_a_slug_is_always_a_safe_file_name(title: str) -> None:
    try:
        name = slug(title)
    except UsageError:
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= LONGEST
    assert slug(name) == name
