"""What is wrong in a settings file, told all at once, each mistake with its line and its remedy."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from incidentdocs.errors import ConfigError, equally_near, nearest, together

KeyPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands: keys, and the number of an item in a list (from 0)."""

MOST_TOLD = 20
"""Mistakes told at once; more would bury the first."""

MOST_NEAR = 3
"""Words that are equally near to an unknown one are no advice where there are more."""

ENOUGH = MOST_TOLD + 1
"""Mistakes worth looking for: the search for the nearest valid word takes its time."""


class Mistake(NamedTuple):
    """One mistake: the path of the key that is wrong, what is wrong, and what to write instead.

    `beside` are the paths of other keys whose values it is about too. It is `unknown` where the table has no
    such key.
    """

    where: KeyPath
    message: str
    hint: str
    beside: tuple[KeyPath, ...] = ()
    unknown: bool = False


class SettingsFile(NamedTuple):
    """A file whose table at `table` holds settings; `path` names it in messages."""

    path: str
    text: str
    table: KeyPath = ()

    def error(self, mistakes: Sequence[Mistake], merged: Mapping[str, Any] | None = None) -> ConfigError:
        """Return the error that tells all `mistakes`, in the order of the file's lines.

        `merged` is what the mistakes' paths lead through where that is more than the file: a list's
        item is then found in the file by its `id`.
        """
        lines = self._lines()
        placed = [(_line(lines, by_id(mistake.where, merged)), mistake) for mistake in mistakes]
        placed.sort(key=lambda pair: pair[0] or 0)
        errors = [
            ConfigError(mistake.message, path=self.path, line=line, hint=mistake.hint)
            for line, mistake in placed[:MOST_TOLD]
        ]
        if len(placed) > MOST_TOLD:
            errors.append(ConfigError("and more", path=self.path, hint="mend these first"))
        return together(errors)

    def _lines(self) -> dict[KeyPath, int]:
        from incidentdocs.settings.lines import key_lines
        from incidentdocs.settings.toml import parse_toml

        written = parse_toml(self.text, path=self.path)
        depth = len(self.table)
        lines: dict[KeyPath, int] = {}
        for where, line in key_lines(self.text).items():
            if where[:depth] == self.table:
                lines.setdefault(where[depth:], line)
                lines.setdefault(by_id(where, written)[depth:], line)
        return lines


def _line(lines: Mapping[KeyPath, int], where: KeyPath) -> int | None:
    """Return the line of the deepest part of `where` that the file writes."""
    return next((lines[where[:end]] for end in range(len(where), -1, -1) if where[:end] in lines), None)


def by_id(where: KeyPath, data: Any) -> KeyPath:
    """Return `where` with the `id` of a list's item in the place of its number, where it has one."""
    named: list[str | int] = []
    for part in where:
        data = inside(data, part)
        id = data.get("id") if isinstance(part, int) and isinstance(data, Mapping) else None
        named.append(id if isinstance(id, str) else part)
    return tuple(named)


def inside(data: Any, part: str | int) -> Any:
    """Return what stands in `data` at a key, or at the number of an item; None where nothing does."""
    if isinstance(part, int):
        return data[part] if isinstance(data, list) and part < len(data) else None
    return data.get(part) if isinstance(data, Mapping) else None


def quoted(value: object) -> str:
    """Return `value` as a message shows it: as TOML writes it, and short."""
    import json

    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, float):
        return str(value)
    shown = value if isinstance(value, str | int | list) else str(value)
    text = json.dumps(shown, ensure_ascii=False, default=str)
    if len(text) <= 60:
        return text
    return f"{text[:56]}…" + ('"' if text.startswith('"') else "")


def instead(word: str, known: Sequence[str], *, otherwise: str = "") -> str:
    """Return the hint for an unknown `word`: the nearest known ones, else `otherwise`, else all of them.

    `SEV9` is as near to `SEV1` as to `SEV3`, and then each is named.
    """
    near = nearest(word[:100], known)
    if near is not None:
        equal = equally_near(word[:100], near, known)
        *most, last = map(quoted, equal if len(equal) <= MOST_NEAR else [near])
        return f"did you mean {', '.join(most)} or {last}?" if most else f"did you mean {last}?"
    return otherwise or f"write one of {', '.join(map(quoted, known))}"
