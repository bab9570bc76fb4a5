"""The quick way from a TOML table to a frozen dataclass: strict, and without a word of explanation."""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from incidentdocs.settings.bounds import Bounds, bounds_of

T = TypeVar("T")
Convert = Callable[[Any], Any]


def build(cls: type[T], data: Mapping[str, Any]) -> T:
    """Return `data` as a value of the dataclass `cls`, whose keys are its fields with hyphens.

    TypeError or ValueError for anything that the dataclass does not declare exactly.
    """
    if not isinstance(data, dict):
        raise TypeError("not a table")
    dataclass: Any = cls
    given = _given(_converters(dataclass), data)
    return cls(**{name: convert(data[key]) for key, name, convert in given})


def setting_key(name: str) -> str:
    """Return how a settings file writes the field called `name`; `from_` is `from`, a word of Python."""
    return name.rstrip("_").replace("_", "-")


def _given(
    converters: Mapping[str, tuple[str, Convert]], data: Mapping[str, Any]
) -> list[tuple[str, str, Convert]]:
    try:
        return [(key, *converters[key]) for key in data]
    except KeyError as error:
        raise TypeError(f"unknown key {error}") from error


@cache
def _converters(cls: type) -> dict[str, tuple[str, Convert]]:
    return {setting_key(field.name): (field.name, _bounded(field)) for field in fields(cls)}


def _bounded(field: Field[Any]) -> Convert:
    convert, bounds = _converter(field.type), bounds_of(field.metadata)
    if bounds == Bounds():
        return convert

    def converted(value: Any) -> Any:
        made = convert(value)
        if not bounds.hold(made):
            raise ValueError("out of bounds")
        return made

    return converted


def _converter(type_: Any) -> Convert:
    origin, arguments = get_origin(type_), get_args(type_)
    if is_dataclass(type_):
        nested: type[Any] = type_  # type: ignore[assignment]
        return lambda value: build(nested, value)
    if origin is tuple:
        return _items(_converter(arguments[0]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _table(_converter(arguments[1]))
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, UnionType):
        return _converter(next(argument for argument in arguments if argument is not NoneType))
    return _exactly(type_)


def _items(convert: Convert) -> Convert:
    def converted(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError("not a list")
        return tuple(convert(item) for item in value)

    return converted


def _table(convert: Convert) -> Convert:
    def converted(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise TypeError("not a table")
        return {key: convert(item) for key, item in value.items()}

    return converted


def _one_of(allowed: tuple[Any, ...]) -> Convert:
    def converted(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError("not an allowed word")
        return value

    return converted


def _exactly(type_: Any) -> Convert:
    def converted(value: Any) -> Any:
        if type_ is float and type(value) is int:  # `1` is a number as good as `1.0`
            return _as_float(value)
        if type_ is not Any and type(value) is not type_:  # a bool is no number here, nor a date-time a date
            raise TypeError(f"not {type_.__name__}")
        return value

    return converted


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError("a number too large") from error
