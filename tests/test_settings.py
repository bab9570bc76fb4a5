import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.errors import ConfigError
from incidentdocs.settings import read
from incidentdocs.settings.building import build
from incidentdocs.settings.checking import mistakes_in, model
from incidentdocs.settings.lines import key_lines
from incidentdocs.settings.mistakes import SettingsFile
from incidentdocs.settings.toml import MOST_CHARACTERS, decode_toml, parse_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    level: Literal["lead", "backup"] = "backup"
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    size: int
    on_call: bool = False
    people: tuple[Person, ...] = ()
    rooms: Mapping[str, str] = field(default_factory=dict)
    colour: Literal["red", "blue"] | None = None
    seats: int = field(default=4, metadata={"least": 0, "most": 9})
    weight: float = field(default=0.5, metadata={"above": 0, "most": 1})
    breaks: int | None = field(default=None, metadata={"least": 1})
    days: tuple[Literal["mon", "tue"], ...] = field(default=("mon",), metadata={"fewest": 1})
    names: tuple[str, ...] = field(default=(), metadata={"filled": True})
    motto: str = field(default="on", metadata={"filled": True})


def team(text: str, path: str = "team.toml") -> Team:
    return read(Team, parse_toml(text, path=path), SettingsFile(path, text))


def refusal(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        team(text)
    return caught.value


def test_a_table_becomes_a_frozen_value_with_tuples_and_nested_values() -> None:
    text = """
size = 2
on-call = true
colour = "red"
rooms = { ops = "A1" }
[[people]]
name = "Ada"
since = 2026-03-14
[[people]]
name = "Lin"
level = "lead"
"""
    people = (Person(name="Ada", since=date(2026, 3, 14)), Person(name="Lin", level="lead"))
    assert team(text) == Team(size=2, on_call=True, colour="red", rooms={"ops": "A1"}, people=people)


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_one() -> None:
    error = refusal('size = 1\n\n[[people]]\nname = "Ada"\nlevle = "lead"\n')
    assert error.line == 5
    assert 'unknown key "levle"' in error.message
    assert error.hint == 'did you mean "level"?'


def test_a_field_has_exactly_one_spelling() -> None:
    assert 'unknown key "on_call"' in refusal("size = 1\non_call = true\n").message
    assert refusal("size = 1\non_call = true\n").hint == 'did you mean "on-call"?'


def test_every_mistake_is_told_in_the_order_of_the_lines() -> None:
    error = refusal('colour = "redd"\nsize = "2"\non-call = 1\n[[people]]\nlevel = "lead"\n')
    assert [(each.message, each.hint) for each in (error, *error.others)] == [
        ('team.toml:1: colour cannot be "redd"', 'did you mean "red"?'),
        ('team.toml:2: size is "2", not a whole number', "write a whole number as in 1"),
        ("team.toml:3: on-call is 1, not true or false", "write true or false without quotes"),
        ('team.toml:4: the key "name" is missing', "add name = …"),
    ]


def test_a_flood_of_mistakes_is_cut() -> None:
    error = refusal("size = 1\n" + "\n".join(f"k{n} = 1" for n in range(500)))
    assert len(error.others) == 20
    assert error.others[-1].message == "team.toml: and more"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("size = true", "size is true, not a whole number"),
        ("size = 1.0", "size is 1.0, not a whole number"),
        ('size = 1\npeople = "Ada"', 'people is "Ada", not a list'),
        ('size = 1\npeople = ["Ada"]', 'item 1 of people is "Ada", not a table'),
        ("size = 1\nrooms = { ops = 3 }", "ops is 3, not text"),
        ('size = 1\nrooms = ["ops"]', "not a table"),
        ("size = 1\ncolour = 3", "colour cannot be 3"),
        ('size = 1\npeople = [{ name = "A", since = "2026-03-14" }]', "not a date"),
        ('size = 1\npeople = [{ name = "A", since = 2026-03-14T10:00:00 }]', "not a date"),
    ],
)
def test_nothing_is_silently_taken_for_something_else(wrong: str, told: str) -> None:
    assert told in refusal(wrong).message


@pytest.mark.parametrize(
    ("wrong", "told", "hint"),
    [
        ("seats = -1", "seats is -1, less than 0", "write a number from 0 to 9, as in seats = 4"),
        ("seats = 10", "seats is 10, more than 9", "write a number from 0 to 9, as in seats = 4"),
        ("weight = 0", "weight is 0, not above 0", "write a number above 0 and up to 1, as in weight = 0.5"),
        ("weight = nan", "weight is nan, no number at all", "write a number above 0 and up to 1"),
        ("weight = inf", "weight is inf, more than 1", "write a number above 0 and up to 1"),
        ("breaks = 0", "breaks is 0, less than 1", "write a number from 1 on"),
        ("days = []", "days is an empty list", "write at least one, or leave days out"),
        ('names = ["a", " "]', "item 2 of names is blank", "write a text, or leave it out"),
        ('motto = ""', "motto is blank", "write a text, or leave it out"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_what_is_within(wrong: str, told: str, hint: str) -> None:
    error = refusal(f"size = 1\n{wrong}\n")
    assert error.message == f"team.toml:2: {told}"
    assert error.hint.startswith(hint)


def test_a_mistake_in_a_table_of_pyproject_stands_on_its_line() -> None:
    text = "[project]\nsize = 3\n[tool.team]\nsize = 1\nsiez = 2\n"
    with pytest.raises(ConfigError) as caught:
        read(
            Team, tomllib.loads(text)["tool"]["team"], SettingsFile("pyproject.toml", text, ("tool", "team"))
        )
    assert caught.value.line == 5


json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates(), st.datetimes()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
person = st.fixed_dictionaries(
    {"name": st.text(max_size=4) | json_values},
    optional={"level": st.sampled_from(["lead", "backup", "led"]), "since": st.dates() | json_values},
)
blank_texts = st.text(" \t\n\x1c\x1f\x85\u00a0\u2003\u200b\ufeff", max_size=3)
some_team = st.fixed_dictionaries(
    {},
    optional={
        "size": st.integers() | json_values,
        "on-call": st.booleans() | json_values,
        "people": st.lists(person | json_values, max_size=2) | json_values,
        "rooms": st.dictionaries(st.text(max_size=3), st.text(max_size=3) | json_values, max_size=2),
        "colour": st.sampled_from(["red", "blue", "green"]) | json_values,
        "on_call": json_values,
        "seats": st.integers(-2, 11) | json_values,
        "weight": st.floats() | st.integers(-1, 2) | json_values,
        "breaks": st.integers(-2, 3) | json_values,
        "days": st.lists(st.sampled_from(["mon", "wed"]), max_size=2) | json_values,
        "names": st.lists(blank_texts | st.text(max_size=3), max_size=2) | json_values,
        "motto": blank_texts | json_values,
    },
)


@given(some_team)
def test_the_quick_constructor_refuses_exactly_what_the_model_refuses(data: dict[str, Any]) -> None:
    try:
        build(Team, data)
    except (TypeError, ValueError):
        assert mistakes_in(Team, data)
    else:
        assert not mistakes_in(Team, data)


def test_the_schema_of_settings_has_their_keys_and_is_closed() -> None:
    schema = model(Team).model_json_schema()
    bounded = {"seats", "weight", "breaks", "days", "names", "motto"}
    assert set(schema["properties"]) == {"size", "on-call", "people", "rooms", "colour", *bounded}
    assert {"minimum": 0, "maximum": 9}.items() <= schema["properties"]["seats"].items()
    assert {"exclusiveMinimum": 0, "maximum": 1}.items() <= schema["properties"]["weight"].items()
    assert schema["properties"]["days"]["minItems"] == 1
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["size"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb =\n", 2),
        ('a = "x\n', 1),
        ("a = [1,\n2", 2),
        ("a = 1\na = 2\n", 2),
        ("[a]\n[a]\n", 2),
        ("a = 1\n\x00", 2),
    ],
)
def test_a_syntax_error_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_toml(text, path="a.toml")
    assert caught.value.line == line
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000,
        "a = " + "[" * 50_000 + "]" * 50_000,
        "a = " + "{a=" * 20_000 + "1" + "}" * 20_000,
        "a." * 50_000 + "b = 1",
        "[" + "a." * 50_000 + "b]",
        "a = " + "9" * 50_000,
        "#" + "x" * MOST_CHARACTERS,
        "a = 1\n" * 30_000,
    ],
)
def test_a_hostile_file_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ConfigError):
        parse_toml(text, path="a.toml")
    assert time.perf_counter() - start < 3


def test_a_line_with_many_dots_in_its_value_is_no_long_key() -> None:
    text = 'about = "' + "a. " * 200 + '"\n'
    assert parse_toml(text, path="a.toml")["about"].startswith("a. a.")


def test_bytes_that_are_not_utf_8_are_told_with_their_line() -> None:
    with pytest.raises(ConfigError) as caught:
        decode_toml(b"a = 1\nb = '\xe9'\n", path="a.toml")
    assert caught.value.line == 2
    assert decode_toml("\ufeffa = 'é'".encode(), path="a.toml") == "a = 'é'"


def test_the_scanner_finds_the_line_of_every_kind_of_key() -> None:
    text = '''# head
a = 1 # [not.a.table]
"b c" . d = """
[x]
e = 1
""" # end
f = [
  1,  # one
  { g = 2, h.i = [3] },
]
[j.k]
l = '[[m]]'
[[n]]
o = [[1], [2, 3]]
[[n]]
[n.p]
q = 1
[[n.r]]
s = 1979-05-27 07:32:00
'''
    lines = key_lines(text)
    assert lines == {
        ("a",): 2,
        ("b c",): 3,
        ("b c", "d"): 3,
        ("f",): 7,
        ("f", 0): 8,
        ("f", 1): 9,
        ("f", 1, "g"): 9,
        ("f", 1, "h"): 9,
        ("f", 1, "h", "i"): 9,
        ("f", 1, "h", "i", 0): 9,
        ("j", "k"): 11,
        ("j", "k", "l"): 12,
        ("n",): 13,
        ("n", 0): 13,
        ("n", 0, "o"): 14,
        ("n", 0, "o", 0): 14,
        ("n", 0, "o", 0, 0): 14,
        ("n", 0, "o", 1): 14,
        ("n", 0, "o", 1, 0): 14,
        ("n", 0, "o", 1, 1): 14,
        ("n", 1): 15,
        ("n", 1, "p"): 16,
        ("n", 1, "p", "q"): 17,
        ("n", 1, "r"): 18,
        ("n", 1, "r", 0): 18,
        ("n", 1, "r", 0, "s"): 19,
    }


keys = st.sampled_from(["a", "b-c", '"d e"', "'f'", "g.h", '"i\\"j"', "1"])
scalars = st.sampled_from(
    ['"x"', "'y'", "1", "1.5", "true", "[1, 2]", "{ z = [1] }", '"""\n]\n"""', "[[1],\n[2]]"]
)


@given(
    st.lists(
        st.tuples(keys, scalars, st.sampled_from(["", " # c", "\n"])), max_size=5, unique_by=lambda x: x[0]
    )
)
def test_every_key_of_a_valid_text_has_a_line(pairs: list[tuple[str, str, str]]) -> None:
    text = "[[t]]\n" + "\n".join(f"{key} = {value}{end}" for key, value, end in pairs)
    data = tomllib.loads(text)
    lines = key_lines(text)
    for key in data["t"][0]:
        assert ("t", 0, key) in lines
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_one_error(text: str) -> None:
    try:
        data = parse_toml(text, path="a.toml")
    except ConfigError:
        return
    assert {path[0] for path in key_lines(text) if len(path) == 1} <= set(data)
