"""Frozen dataclasses that share their methods behave as those that `dataclass` makes."""

import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import ClassVar

import pytest

from incidentdocs.settings.frozen import frozen


@frozen
class Made:
    kind: ClassVar[str] = "made"
    name: str
    count: int = 3
    words: Mapping[str, str] = field(default_factory=dict, metadata={"description": "Words."})


@frozen
class Below(Made):
    more: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Usual:
    kind: ClassVar[str] = "made"
    name: str
    count: int = 3
    words: Mapping[str, str] = field(default_factory=dict)


def test_fields_have_their_defaults_and_what_is_given() -> None:
    made = Made(name="a")
    assert (made.name, made.count, made.words) == ("a", 3, {})
    assert Made(name="a").words is not made.words
    assert Below(name="a", more=(1,)).more == (1,)
    assert [item.name for item in fields(Below)] == ["name", "count", "words", "more"]
    assert is_dataclass(made)


def test_what_is_missing_or_unknown_is_refused() -> None:
    with pytest.raises(TypeError, match="'name' is missing"):
        Made()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no field 'other'"):
        Made(name="a", other=1)  # type: ignore[call-arg]


def test_nothing_can_be_changed() -> None:
    made = Made(name="a")
    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.name
    assert replace(made, name="b") == Made(name="b")


def test_equality_words_and_pickles_are_those_of_a_dataclass() -> None:
    assert repr(Made(name="a")) == repr(Usual(name="a")).replace("Usual", "Made")
    assert Made(name="a") == Made(name="a") != Made(name="b")
    assert Made(name="a") != Below(name="a")
    assert pickle.loads(pickle.dumps(Made(name="a", words={"x": "y"}))) == Made(name="a", words={"x": "y"})
    assert hash(Made(name="a", words=())) == hash(Made(name="a", words=()))  # type: ignore[arg-type]
