from datetime import date

import pytest

from incidentdocs.process.people import Person, Roster

ANA = Person("ana", ("Ana Ruiz", "Ana"), ("ana@example.org",), "oncall", since=date(2026, 1, 5))
BOT = Person("bridge-bot", kind="agent")
ROSTER = Roster((ANA, BOT, Person("anatole", ("Ana",))))


@pytest.mark.parametrize("word", ["@ana", "ana", "ANA", "Ana Ruiz", "ana  ruiz", "Ana@Example.org", "@Ana"])
def test_somebody_is_found_by_handle_name_or_address(word: str) -> None:
    assert ROSTER.find(word) == ANA


@pytest.mark.parametrize("word", ["", "@", "ruiz", "ana@", "anna", "bridge"])
def test_nobody_is_found_by_what_names_nobody(word: str) -> None:
    assert ROSTER.find(word) is None


def test_of_two_who_share_a_name_the_first_is_meant() -> None:
    assert ROSTER.find("Ana") == ANA
    assert ROSTER.find("@anatole") == ROSTER.people[2]


def test_a_word_that_names_nobody_listed_is_a_handle_itself() -> None:
    assert [ROSTER.handle_of(word) for word in ("Ana Ruiz", "@ANA", " @Zoe ", "")] == [
        "ana",
        "ana",
        "Zoe",
        "",
    ]


def test_the_nearest_handle_is_told() -> None:
    assert ROSTER.nearest("@bridge-bott") == "@bridge-bot"
    assert ROSTER.nearest("Ana Ruis") == "@ana"
    assert ROSTER.nearest("@xyzzy") is None


def test_an_empty_roster_knows_nobody() -> None:
    assert not Roster()
    assert Roster().find("@ana") is None
    assert Roster().nearest("@ana") is None


def test_somebody_is_there_from_the_first_day_to_the_last() -> None:
    person = ANA._replace(until=date(2026, 3, 31))
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 3, 31), date(2026, 4, 1)]
    assert [person.present(day) for day in days] == [False, True, True, False]
    assert BOT.present(date(1, 1, 1))
