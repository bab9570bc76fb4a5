"""The pydantic model of a settings dataclass: it explains what is wrong, and prints the JSON Schema."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from math import isnan
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as ModelField
from pydantic_core import ErrorDetails

from incidentdocs.settings.bounds import Bounds, bounds_of
from incidentdocs.settings.building import setting_key
from incidentdocs.settings.mistakes import ENOUGH, KeyPath, Mistake, instead, quoted

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
    where: KeyPath = details["loc"]
    name = _name(where)
    if details["type"] == "extra_forbidden":
        return Mistake(where, f"unknown key {quoted(name)}", instead(name, _known_keys(cls, where[:-1])))
    if details["type"] == "missing":
        return Mistake(where, f"the key {quoted(name)} is missing", f"add {name} = …")
    if details["type"] == "literal_error":
        return _unknown_word(where, name, details["input"], _type_at(cls, where))
    if details["type"] == "model_type" and all(isinstance(part, str) for part in where):
        how = f"write the line [{'.'.join(map(str, where))}] and the settings below it"
        return Mistake(where, f"{name} is {quoted(details['input'])}, not a table", how)
    if (bounded := _out_of_bounds(cls, details, name)) is not None:
        return bounded
    kind, how = _KINDS.get(details["type"], (details["msg"].lower(), "see the guide"))
    return Mistake(where, f"{name} is {quoted(details['input'])}, not {kind}", f"write {kind} {how}")


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
    beyond = f"{words} {getattr(bounds, bound)}" if not isnan(value) else "no number at all"
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
