"""Frozen dataclasses that share their methods: to generate them for each class would slow every start."""

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform

C = TypeVar("C", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(cls: C) -> C:
    """Make of a class with annotations a frozen, keyword-only dataclass, as `dataclass` would."""
    made: Any = cls
    made.__init__, made.__setattr__, made.__delattr__ = _init, _refuse, _refuse
    made.__eq__, made.__hash__, made.__repr__ = _eq, _hash, _repr
    dataclass(init=False, repr=False, eq=False)(made)
    return cls


def _init(self: Any, **given: Any) -> None:
    values = self.__dict__
    for item in fields(self):
        values[item.name] = given.pop(item.name) if item.name in given else _default(item)
    if given:
        raise TypeError(f"{type(self).__name__} has no field {next(iter(given))!r}")


def _default(item: Field[Any]) -> Any:
    if item.default_factory is not MISSING:
        return item.default_factory()
    if item.default is MISSING:
        raise TypeError(f"the field {item.name!r} is missing")
    return item.default


def _refuse(self: Any, name: str, *value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, item.name) for item in fields(self))


def _eq(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{item.name}={getattr(self, item.name)!r}" for item in fields(self))
    return f"{type(self).__qualname__}({shown})"
