"""The pydantic model of a settings dataclass: it explains what is wrong, and prints the JSON Schema."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, reduce
from itertools import islice
from math import isnan
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as ModelField
from pydantic_core import ErrorDetails

from incidentdocs.settings.bounds import Bounds, bounds_of
from incidentdocs.settings.building import build, setting_key
from incidentdocs.settings.mistakes import ENOUGH, KeyPath, Mistake, inside, instead, quoted

T = TypeVar("T")

_KINDS = {
    "string_type": ("text", 'in quotes, as in "docs"'),
    "int_type": ("a whole number", "as in 1"),
    "float_type": ("a number", "as in 0.35"),
    "bool_type": ("true or false", "without quotes"),
    "date_type": ("a date", "without quotes, as in 2026-03-14"),
    "list_type": ("a list", 'in brackets, as in ["docs"]'),
    "dict_type": ("a table", 'in braces, as in { en = "Impact" }'),
    "model_type": ("a table", "in braces, or below a line with its name in brackets"),
}


def mistakes_in(cls: type, data: Mapping[str, Any]) -> list[Mistake]:
    """Return every mistake of `data` as settings of the dataclass `cls`; none where it is right."""
    try:
        model(cls).model_validate(data)
    except ValidationError as error:
        return [_mistake(cls, details) for details in error.errors(include_url=False)[:ENOUGH]]
    return []


def all_mistakes(
    cls: type[T], data: Mapping[str, Any], sense: Callable[[T], Iterable[Mistake]]
) -> list[Mistake]:
    """Return the mistakes of form in `data`, and those that `sense` finds in what else it says."""
    found = mistakes_in(cls, data)
    rest = without(data, [mistake.where for mistake in found])
    try:
        value = build(cls, rest)
    except (TypeError, ValueError):  # what is left cannot be understood alone
        return found
    more = (mistake for mistake in sense(value) if not _follows(mistake, found, rest))
    return [*found, *islice(more, ENOUGH)]


def without(data: Any, paths: Iterable[KeyPath]) -> Any:
    """Return a copy of `data` without what stands at `paths`; a list goes as a whole with an item of it."""
    left = deepcopy(data)
    for path in paths:
        keys = list(path)
        while keys and isinstance(keys[-1], int):
            keys.pop()
        table = left
        for part in keys[:-1]:
            table = inside(table, part)
        if keys and isinstance(table, dict):
            table.pop(keys[-1], None)
    return left


def _follows(mistake: Mistake, found: Iterable[Mistake], rest: Any) -> bool:
    """Return whether a mistake may be no more than what follows from one of those that were `found`.

    It is about something that stands at the place of one or below, or about a key that is missing in a table
    with an unknown one, which may be this one misspelt.
    """
    about = (mistake.where, *mistake.beside)
    if any(where[: len(one.where)] == one.where for one in found for where in about):
        return True
    missing = reduce(inside, mistake.where, rest) is None
    return missing and any(one.unknown and one.where[:-1] == mistake.where[:-1] for one in found)


@cache
def model(cls: type) -> type[BaseModel]:
    """Return the pydantic model of the dataclass `cls`: strict, closed, its keys with hyphens."""
    members: dict[str, Any] = {item.name: (_bounded_type(item), _member(item)) for item in fields(cls)}
    config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=False)
    return create_model(cls.__name__, __config__=config, __doc__=cls.__doc__, **members)


def _member(item: Field[Any]) -> Any:
    default: Any = item.default
    if item.default_factory is not MISSING:
        default = item.default_factory()
    return ModelField(
        ... if default is MISSING else default,
        alias=setting_key(item.name),
        description=item.metadata.get("description"),
    )


def _bounded_type(item: Field[Any]) -> Any:
    """Return the model's type of a field: a number, a text or a list within the field's bounds."""
    type_, bounds = _model_type(item.type), bounds_of(item.metadata)
    if bounds == Bounds():
        return type_
    text = ModelField(pattern=r"[^\s\x1c-\x1f]" if bounds.filled else None)
    if get_origin(type_) is list:
        return Annotated[list[Annotated[get_args(type_)[0], text]], ModelField(min_length=bounds.fewest)]  # type: ignore[misc]
    if type_ is str:
        return Annotated[str, text]
    numbers = ModelField(ge=bounds.least, gt=bounds.above, le=bounds.most)
    if get_origin(type_) in (Union, UnionType):
        number = next(argument for argument in get_args(type_) if argument is not NoneType)
        return Annotated[number, numbers] | None
    return Annotated[type_, numbers]


def _model_type(type_: Any) -> Any:
    origin, arguments = get_origin(type_), get_args(type_)
    if is_dataclass(type_):
        return model(type_)  # type: ignore[arg-type]
    if origin is tuple:
        return list[_model_type(arguments[0])]  # type: ignore[misc]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, _model_type(arguments[1])]  # type: ignore[misc]
    if origin in (Union, UnionType):
        return Union[tuple(_model_type(argument) for argument in arguments)]  # noqa: UP007
    return type_


def _mistake(cls: type, details: ErrorDetails) -> Mistake:
    where, kind, value = details["loc"], details["type"], details["input"]
    name = _name(where)
    if kind == "extra_forbidden":
        hint = instead(name, _known_keys(cls, where[:-1]))
        return Mistake(where, f"unknown key {quoted(name)}", hint, unknown=True)
    if kind == "missing":
        return Mistake(where, f"the key {quoted(name)} is missing", f"add {name} = …")
    if kind == "literal_error":
        return _unknown_word(where, name, value, _type_at(cls, where))
    return _out_of_bounds(cls, details, name) or _of_another_type(cls, details, name)


def _of_another_type(cls: type, details: ErrorDetails, name: str) -> Mistake:
    where, kind, value = details["loc"], details["type"], details["input"]
    if kind == "model_type" and all(isinstance(part, str) for part in where):
        how = f"write the line [{'.'.join(map(str, where))}] and the settings below it"
        return Mistake(where, f"{name} is {quoted(value)}, not a table", how)
    if kind == "list_type" and isinstance(value, dict) and is_dataclass(get_args(_type_at(cls, where))[0]):
        how = f"write double brackets around its name, as in [[{'.'.join(map(str, where))}]]"
        return Mistake(where, f"{name} is one table, not a list of tables", how)
    told, how = _KINDS.get(kind, (details["msg"].lower(), "see the guide"))
    return Mistake(where, f"{name} is {quoted(value)}, not {told}", f"write {told} {how}")


_BEYOND = {
    "greater_than": ("not above", "above"),
    "greater_than_equal": ("less than", "least"),
    "less_than_equal": ("more than", "most"),
}
"""How a message calls a number out of bounds, and which bound that is."""


def _out_of_bounds(cls: type, details: ErrorDetails, name: str) -> Mistake | None:
    """Return the mistake of a value that is of the right type and goes too far; None for any other."""
    where, kind, value = details["loc"], details["type"], details["input"]
    if kind == "string_pattern_mismatch":
        return Mistake(where, f"{name} is blank", "write a text, or leave it out")
    if kind == "too_short":
        return Mistake(where, f"{name} is an empty list", f"write at least one, or leave {name} out")
    if kind not in _BEYOND:
        return None
    field, (words, bound) = _field_at(cls, where), _BEYOND[kind]
    bounds = bounds_of(field.metadata)
    nan = isinstance(value, float) and isnan(value)
    beyond = "no number at all" if nan else f"{words} {getattr(bounds, bound)}"
    example = f", as in {name} = {field.default}" if isinstance(field.default, int | float) else ""
    hint = f"write a number {bounds.numbers}{example}"
    return Mistake(where, f"{name} is {quoted(value)}, {beyond}", hint)


def _field_at(cls: Any, where: KeyPath) -> Field[Any]:
    """Return the field that declares the value at `where` inside the dataclass `cls`."""
    table = _type_at(cls, where[:-1])
    return next(item for item in fields(table) if setting_key(item.name) == where[-1])


def _unknown_word(where: KeyPath, name: str, value: object, type_: Any) -> Mistake:
    known = [word for argument in (type_, *get_args(type_)) for word in _words(argument)]
    return Mistake(where, f"{name} cannot be {quoted(value)}", instead(str(value), known))


def _words(type_: Any) -> tuple[str, ...]:
    return get_args(type_) if get_origin(type_) is Literal else ()


def _name(where: KeyPath) -> str:
    """Return what a message calls the value at `where`: its key, or its number in its list."""
    if not where:
        return "the table"
    key = next((part for part in reversed(where) if isinstance(part, str)), "the list")
    return key if isinstance(where[-1], str) else f"item {where[-1] + 1} of {key}"


def _known_keys(cls: type, where: KeyPath) -> list[str]:
    table = _type_at(cls, where)
    return [setting_key(item.name) for item in fields(table)] if is_dataclass(table) else []


def _type_at(cls: Any, where: KeyPath) -> Any:
    """Return the declared type of the value at `where` inside the dataclass `cls`."""
    for part in where:
        if get_origin(cls) in (Union, UnionType):
            cls = get_args(cls)[0]  # the other one is None
        if is_dataclass(cls):
            cls = next(item.type for item in fields(cls) if setting_key(item.name) == part)
        elif get_origin(cls) is tuple:
            cls = get_args(cls)[0]
        else:
            cls = get_args(cls)[1]
    return cls
