"""Where a setting belongs that was written in another table."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin

from incidentdocs.rules import RULES, load
from incidentdocs.settings.building import setting_key
from incidentdocs.settings.mistakes import KeyPath, Mistake


def advice(mistake: Mistake, cls: type, table: KeyPath) -> str:
    """Return where the setting of a mistake belongs if not where it stands, else the mistake's own hint.

    `cls` declares all settings, and `table` is theirs in the file.
    """
    where = mistake.where
    if len(where) < 2 or not isinstance(where[-1], str) or _is_declared(cls, where):
        return mistake.hint
    if rule := _rule_of_option(where):
        return f"it is an option: write it below [{'.'.join((*map(str, table), 'rules', rule, 'options'))}]"
    name, others = where[-1], dict(_tables(cls))
    if name in others.pop(""):
        return f"it belongs {_at_the_top(name, cls, table)}"
    homes = [".".join(map(str, (*table, home))) for home, names in others.items() if name in names]
    if homes and mistake.unknown and not mistake.hint.startswith("did you mean"):
        return f"it belongs below {' or '.join(f'[{home}]' for home in homes)}"
    return mistake.hint


def _is_declared(cls: Any, where: KeyPath) -> bool:
    """Return whether the last part of `where` is a setting of the table that holds it."""
    for part in where[:-1]:
        if is_dataclass(cls):
            cls = next((item.type for item in fields(cls) if setting_key(item.name) == part), None)
        else:
            arguments = get_args(cls)
            cls = arguments[0] if get_origin(cls) is tuple else arguments[-1] if arguments else None
    return is_dataclass(cls) and where[-1] in {setting_key(item.name) for item in fields(cls)}


def _rule_of_option(where: KeyPath) -> str:
    """Return the rule of which the last part of `where`, in the table of that rule, is an option."""
    if where[-3:-2] != ("rules",) or where[-2] not in RULES:
        return ""
    rule = load(str(where[-2]))
    return rule.name if where[-1] in {setting_key(option.name) for option in fields(rule)} else ""


def _tables(cls: Any) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the names of the tables of a configuration, "" for itself, each with its settings."""
    yield "", frozenset(setting_key(item.name) for item in fields(cls))
    for item in fields(cls):
        if is_dataclass(item.type):
            yield setting_key(item.name), frozenset(setting_key(each.name) for each in fields(item.type))


def _at_the_top(name: str, cls: Any, table: KeyPath) -> str:
    kind = next(item.type for item in fields(cls) if setting_key(item.name) == name)
    path = ".".join(map(str, (*table, name)))
    if is_dataclass(kind) or get_origin(kind) is Mapping:
        return f"in a table of its own: [{path}]"
    return f"directly below [{'.'.join(map(str, table))}]" if table else "above the first line in [brackets]"
