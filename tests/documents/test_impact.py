"""Labelled values are found in every notation and read generously."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.clock import format_duration
from incidentdocs.documents.field_values import Unreadable, lost, read_value
from incidentdocs.documents.impact import Value, read_values
from incidentdocs.documents.sections import read_sections
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import built_in
from incidentdocs.profiles.profile import FieldProfile, FieldType


def read(text: str) -> tuple[Value, ...]:
    _, sections = read_sections(parse(f"## Impact\n{text}"), built_in("post-mortem"))
    return read_values(sections)


def parsed(text: str) -> dict[str, object]:
    return {value.field.id: value.parsed for value in read(text)}


def value_of(kind: FieldType, text: str) -> object:
    return read_value(FieldProfile(id="x", type=kind, values=("low", "high")), text)


@pytest.mark.parametrize(
    "text",
    [
        "- Duree downtime : 1h 40m\n- Users impactes : 40\n- Data loss : non\n",
        "- **Durée du downtime** : 1h40\n- *Users impactés:* 40\n- __Perte de données :__ non\n",
        "Downtime: 100 minutes\nUsers affected: 40\nData loss: no\n",
        "**Downtime** 1h 40m\n\n**Users affected:** 40\n\nData lost - none\n",
        "| Downtime | 1h 40m |\n|---|---|\n| Users affected | 40 |\n| Data loss (rows) | no |\n",
        "| Downtime | Users | Data loss |\n|---|---|---|\n| 1h 40m | 40 | no |\n",
        "### Downtime\n\n1h 40m\n\n### Users affected\n40 of them\n\n### Data loss\nNo.\n",
        "1. Downtime (UTC) = 1h 40m\n2. users : 40\n3. data-loss: no\n",
        "- Duration:\n  - 1h 40m\n- Users: 40\n- Data loss: no\n",
        "> - Downtime: 1h 40m\n> - Users: 40\n> - Data loss: no\n",
        "- The outage\n  - Downtime: 1h 40m\n  - Users: 40\n  - Data loss: no\n",
        "**Downtime**\n\n1h 40m\n\n**Users affected**\n\n- 40\n\nData loss:\n\nNo.\n\nA word more.\n",
    ],
)
def test_the_same_values_are_read_in_every_notation(text: str) -> None:
    assert parsed(text) == {"downtime": timedelta(hours=1, minutes=40), "users": 40, "data-loss": False}


def test_continuation_lines_and_nested_items_belong_to_the_value() -> None:
    (loss,) = read("- Data loss: yes,\n  in one table:\n  - 12 orders\n")
    assert loss.text.source == "yes,\nin one table:\n12 orders"
    assert loss.text.span() == (2, 14, 4, 14)
    assert loss.parsed is True


def test_a_label_of_the_team_s_own_is_no_value() -> None:
    assert read("- Regions: all\n- Note: the downtime: 4h is an estimate\n\nIt was bad.\n") == ()


def test_an_empty_value_has_neither_problem_nor_meaning() -> None:
    (value,) = read("- Downtime:\n")
    assert (value.text.source, value.parsed, value.problem) == ("", None, None)


@pytest.mark.parametrize("unknown", ["?", "??", "unknown", "Inconnu"])
def test_a_value_that_may_be_left_out_may_be_openly_unknown(unknown: str) -> None:
    cost, downtime = read(f"- Estimated cost: {unknown}\n- Downtime: {unknown}\n")
    assert cost.problem is None
    assert downtime.problem is not None


def test_an_unreadable_value_tells_where_and_what_to_write() -> None:
    (value,) = read("- Downtime: quite a while\n")
    assert value.problem is not None
    assert value.problem.span == (2, 13, 2, 26)
    assert value.problem.message == "`quite a while` is no duration"
    assert value.problem.hint == "write hours and minutes, such as `1h 40m` or `45m`"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h 40m", 100),
        ("45m", 45),
        ("1h40", 100),
        ("~1h", 60),
        ("environ 45m", 45),
        ("1h 40m (dont 20m de lecture seule)", 100),
        ("669 minutes", 669),
        ("< 5 min", 5),
        ("1 hour and 20 minutes", 80),
        ("1,5 heure", 90),
        ("1.5 days", 2160),
        ("01:40:00", 100),
        ("1d 3h", 1620),
        ("de 14h02 à 15h42 (100 min)", 100),
        ("0", 0),
        ("aucune", 0),
        ("no downtime", 0),
        ("pas de coupure", 0),
        ("n/a", 0),
    ],
)
def test_a_duration_is_read(text: str, minutes: int) -> None:
    assert value_of("duration", text) == timedelta(minutes=minutes)


@given(st.integers(1, 9999))
def test_a_duration_that_was_written_is_read_back(minutes: int) -> None:
    duration = timedelta(minutes=minutes)
    assert value_of("duration", f"about {format_duration(duration)}, see below") == duration


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("40", 40),
        ("~40", 40),
        ("1 200", 1200),
        ("1,200", 1200),
        ("1\u202f200 clients", 1200),
        ("environ 40 utilisateurs", 40),
        ("~40 users (EU only)", 40),
        ("aucun", 0),
        ("10-20", "10-20"),
        ("12 %", "12 %"),
        ("Tous les clients", "Tous les clients"),
        ("unknown", "unknown"),
        ("une dizaine", "une dizaine"),
    ],
)
def test_a_count_is_read(text: str, count: object) -> None:
    assert value_of("count", text) == count


@pytest.mark.parametrize(
    ("text", "answer", "what"),
    [
        ("no", False, ""),
        ("Aucune", False, ""),
        ("No data was lost", False, ""),
        ("pas de perte", False, ""),
        ("0 rows", False, ""),
        ("oui : 12 commandes", True, "12 commandes"),
        ("Yes", True, ""),
        ("3 orders", True, "3 orders"),
        ("partielle : 3 lignes", True, "3 lignes"),
    ],
)
def test_yes_and_no_are_read_with_what_was_lost(text: str, answer: bool, what: str) -> None:
    assert value_of("yes-no", text) is answer
    assert not answer or lost(text) == what


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("~1 500 €", 1500.0),
        ("EUR 300", 300.0),
        ("$1,200.50", 1200.5),
        ("1.500 €", 1500.0),
        ("0", 0.0),
        ("unknown", "unknown"),
        ("n/a", "n/a"),
        ("négligeable", "négligeable"),
    ],
)
def test_a_cost_is_read(text: str, cost: object) -> None:
    assert value_of("cost", text) == cost


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "le 2026-04-01", date(2026, 4, 1)),
        ("severity", "SEV1 (CRITICAL)", "SEV1"),
        ("choice", "High", "high"),
        ("people", "@a, @b", ("@a", "@b")),
        ("text", "whatever it was", "whatever it was"),
    ],
)
def test_other_types_are_read(kind: FieldType, text: str, value: object) -> None:
    assert value_of(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("duration", "100"),
        ("duration", "a while"),
        ("duration", "3 mo"),
        ("count", "many"),
        ("count", "users of v2"),
        ("yes-no", "maybe"),
        ("yes-no", "oui/non"),
        ("cost", "cher"),
        ("date", "yesterday"),
        ("severity", "bad"),
        ("choice", "medium"),
    ],
)
def test_what_is_no_value_of_its_type_says_so(kind: FieldType, text: str) -> None:
    assert isinstance(value_of(kind, text), Unreadable)


LABELS = st.sampled_from(
    ["Downtime", "**Users**", "Data loss", "Coût", "-", "|", "#", ":", "\n", "\n\n", "  ", "\t"]
)


@given(st.lists(LABELS | st.text(max_size=4), max_size=30).map("".join))
def test_any_text_is_read_and_every_place_is_inside_the_file(text: str) -> None:
    source = parse(f"## Impact\n{text}")
    _, sections = read_sections(source, built_in("post-mortem"))
    for value in read_values(sections):
        for span in (value.label.span(), value.text.span()):
            assert span[:2] <= span[2:]
            assert span.end_line <= len(source.lines)
            assert span.end_column <= len(source.lines[span.end_line - 1]) + 1


@given(
    st.text(max_size=40), st.sampled_from(["duration", "count", "yes-no", "cost", "date", "severity", "list"])
)
def test_any_value_is_read_or_said_to_be_unreadable(text: str, kind: FieldType) -> None:
    assert value_of(kind, text) is not None


def test_a_label_without_a_value_does_not_take_the_next_label_s() -> None:
    assert parsed(
        "**Downtime**\n\n- Users affected: 40\n\n**Data loss**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    ) == {
        "downtime": None,
        "users": 40,
        "data-loss": None,
    }


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("nine hours", 540),
        ("approximately nine hours", 540),
        ("Twenty-five minutes", 25),
        ("vingt et une minutes", 21),
        ("une heure et demie", 90),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("about an hour", 60),
        ("half an hour", 30),
        ("une demi-heure", 30),
        ("three quarters of an hour", 45),
        ("un quart d'heure", 15),
        ("deux jours", 2880),
        ("one hour and ten minutes", 70),
        ("45m, once in nine hours", 45),
        ("un jour et demi", 36 * 60),
    ],
)
def test_a_duration_in_words_is_read(text: str, minutes: int) -> None:
    assert value_of("duration", text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["several times a day", "one of the hours", "a few hours", "ones hours"])
def test_words_about_time_are_no_duration(text: str) -> None:
    assert isinstance(value_of("duration", text), Unreadable)
