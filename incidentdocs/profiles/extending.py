"""How a repository's profile changes the one that it extends: tables merge, named entries merge by id."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from incidentdocs.settings.mistakes import ENOUGH, KeyPath, Mistake, instead, quoted

Entry = dict[str, Any]


def extend(base: Mapping[str, Any], over: Mapping[str, Any]) -> tuple[dict[str, Any], list[Mistake]]:
    """Return `base` changed by `over`, and the mistakes in how `over` asks for it.

    * A word, a number, a yes or no, and a list of them replace the base's.
    * A table merges key by key.
    * Entries with an `id` (`[[sections]]`, `[[metadata]]`, and a section's fields and milestones) merge
      by it: a known id changes the base's entry, a new one is added at the end.
    * `after = "impact"` in an entry puts it after that one, `after = ""` before all.
    * `remove = true` beside an `id` drops the base's entry; an empty list drops them all.
    """
    extension = _Extension()
    return extension.table(base, over, ()), extension.mistakes


class _Extension:
    """One merge, and the mistakes that it met."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def table(self, base: Mapping[str, Any], over: Mapping[str, Any], where: KeyPath) -> Entry:
        merged = dict(base)
        for key, value in over.items():
            merged[key] = self._value(base.get(key), value, (*where, key))
        return merged

    def _value(self, base: Any, over: Any, where: KeyPath) -> Any:
        if isinstance(base, Mapping) and isinstance(over, Mapping):
            return self.table(base, over, where)
        if _are_tables(over):
            return self._entries(base if _are_tables(base) else [], over, where)
        return over

    def _entries(self, base: Sequence[Entry], over: Sequence[Entry], where: KeyPath) -> list[Entry]:
        merged = list(base)
        seen: set[str] = set()
        for number, entry in enumerate(over):
            if mistake := _entry_mistake(entry, seen, (*where, number)):
                self.mistakes.append(mistake)
            elif "remove" in entry:
                self._remove(merged, entry["id"], (*where, number))
            else:
                self._change(merged, entry, (*where, number))
            seen.add(str(entry.get("id")))
        return merged

    def _remove(self, merged: list[Entry], id: str, where: KeyPath) -> None:
        place = _place(merged, id)
        if place is None:
            self._refuse(where, f"there is no {quoted(id)} to remove", id, merged)
        else:
            del merged[place]

    def _change(self, merged: list[Entry], entry: Entry, where: KeyPath) -> None:
        said = {key: value for key, value in entry.items() if key != "after"}
        place = _place(merged, entry["id"])
        if place is None:
            place = len(merged)
            merged.append({})
        merged[place] = self.table(merged[place], said, where)
        if "after" in entry:
            self._move(merged, place, entry["after"], where)

    def _move(self, merged: list[Entry], place: int, after: object, where: KeyPath) -> None:
        moved = merged.pop(place)
        before = -1 if after == "" else _place(merged, after)
        if before is None:
            self._refuse((*where, "after"), f"there is no {quoted(after)} here", str(after), merged)
        else:
            merged.insert(before + 1, moved)

    def _refuse(self, where: KeyPath, message: str, id: str, merged: Sequence[Entry]) -> None:
        if len(self.mistakes) < ENOUGH:
            known = [entry["id"] for entry in merged]
            hint = instead(id, known) if known else "remove the line"
            self.mistakes.append(Mistake(where, message, hint))


def _are_tables(value: Any) -> TypeGuard[list[Entry]]:
    return isinstance(value, list) and len(value) > 0 and all(isinstance(item, dict) for item in value)


def _place(entries: Sequence[Entry], id: object) -> int | None:
    return next((place for place, entry in enumerate(entries) if entry["id"] == id), None)


def _entry_mistake(entry: Entry, seen: set[str], where: KeyPath) -> Mistake | None:
    id = entry.get("id")
    if not isinstance(id, str):
        return Mistake(where, 'the key "id" is missing', 'add id = "…", which says what the entry changes')
    if id in seen:
        return Mistake(where, f"the id {quoted(id)} is here twice", "join the two, or give one another id")
    if entry.get("remove", True) is not True:
        message = f"remove is {quoted(entry['remove'])}"
        return Mistake((*where, "remove"), message, "write remove = true, or nothing")
    return None
